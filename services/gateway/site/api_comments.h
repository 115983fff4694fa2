// What the protos say of their services, methods, messages and fields.
//
// Threads: immutable once made; thread-safe.
#ifndef ATTLAS_SERVICES_GATEWAY_SITE_API_COMMENTS_H_
#define ATTLAS_SERVICES_GATEWAY_SITE_API_COMMENTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/descriptor.h"

namespace attlas::gateway {

class ApiComments {
 public:
  // Reads a FileDescriptorSet; one that is damaged has no comments.
  explicit ApiComments(std::string_view descriptor_set);

  // The comment above an element of this full name, its lines joined to paragraphs; empty where
  // there is none.
  std::string OfService(const std::string& name) const;
  std::string OfMethod(const std::string& name) const;
  std::string OfMessage(const std::string& name) const;
  std::string OfField(const std::string& name) const;
  std::string OfEnum(const std::string& name) const;
  std::string OfEnumValue(const std::string& name) const;

 private:
  google::protobuf::DescriptorPool pool_;
};

// The first sentence of a comment.
std::string FirstSentence(std::string_view comment);

// The messages that the methods of `services` use, each once, in the order of their names; without
// those of google.protobuf, which JSON writes in forms of their own.
std::vector<const google::protobuf::Descriptor*> MessagesOf(
    const std::vector<const google::protobuf::ServiceDescriptor*>& services);

// The enumerations that the fields of `messages` use, each once.
std::vector<const google::protobuf::EnumDescriptor*> EnumsOf(
    const std::vector<const google::protobuf::Descriptor*>& messages);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_SITE_API_COMMENTS_H_
