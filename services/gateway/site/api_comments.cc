#include "services/gateway/site/api_comments.h"

#include <map>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/descriptor.pb.h"

namespace attlas::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::ServiceDescriptor;

// Lines that follow one another are one paragraph.
std::string Paragraphs(const std::string& comment) {
  std::string text;
  bool new_paragraph = false;
  for (const absl::string_view raw : absl::StrSplit(comment, '\n')) {
    const absl::string_view line = absl::StripAsciiWhitespace(raw);
    if (line.empty()) {
      new_paragraph = !text.empty();
      continue;
    }
    if (!text.empty()) text += new_paragraph ? "\n\n" : " ";
    text.append(line.data(), line.size());
    new_paragraph = false;
  }
  return text;
}

template <typename Found>
std::string CommentOf(const Found* found) {
  google::protobuf::SourceLocation location;
  if (found == nullptr || !found->GetSourceLocation(&location)) return {};
  const std::string& comment =
      location.leading_comments.empty() ? location.trailing_comments : location.leading_comments;
  return Paragraphs(comment);
}

void Collect(const Descriptor* message, std::map<std::string, const Descriptor*>* found) {
  if (message->full_name().starts_with("google.protobuf.")) return;
  // Entries of maps are written as members of an object.
  if (!message->options().map_entry() && !found->emplace(message->full_name(), message).second) {
    return;
  }
  for (int i = 0; i < message->field_count(); ++i) {
    const FieldDescriptor* field = message->field(i);
    if (field->message_type() != nullptr) Collect(field->message_type(), found);
  }
}

}  // namespace

ApiComments::ApiComments(std::string_view descriptor_set) {
  google::protobuf::FileDescriptorSet set;
  if (!set.ParseFromArray(descriptor_set.data(), static_cast<int>(descriptor_set.size()))) return;
  for (const auto& file : set.file()) pool_.BuildFile(file);
}

std::string ApiComments::OfService(const std::string& name) const {
  return CommentOf(pool_.FindServiceByName(name));
}
std::string ApiComments::OfMethod(const std::string& name) const {
  return CommentOf(pool_.FindMethodByName(name));
}
std::string ApiComments::OfMessage(const std::string& name) const {
  return CommentOf(pool_.FindMessageTypeByName(name));
}
std::string ApiComments::OfField(const std::string& name) const {
  return CommentOf(pool_.FindFieldByName(name));
}
std::string ApiComments::OfEnum(const std::string& name) const {
  return CommentOf(pool_.FindEnumTypeByName(name));
}
std::string ApiComments::OfEnumValue(const std::string& name) const {
  return CommentOf(pool_.FindEnumValueByName(name));
}

std::string FirstSentence(std::string_view comment) {
  const std::string_view paragraph = comment.substr(0, comment.find("\n\n"));
  const size_t end = paragraph.find(". ");
  return std::string(end == std::string_view::npos ? paragraph : paragraph.substr(0, end + 1));
}

std::vector<const Descriptor*> MessagesOf(const std::vector<const ServiceDescriptor*>& services) {
  std::map<std::string, const Descriptor*> found;
  for (const ServiceDescriptor* service : services) {
    for (int i = 0; i < service->method_count(); ++i) {
      Collect(service->method(i)->input_type(), &found);
      Collect(service->method(i)->output_type(), &found);
    }
  }
  std::vector<const Descriptor*> messages;
  messages.reserve(found.size());
  for (const auto& [name, message] : found) messages.push_back(message);
  return messages;
}

std::vector<const EnumDescriptor*> EnumsOf(const std::vector<const Descriptor*>& messages) {
  std::vector<const EnumDescriptor*> types;
  std::set<std::string> seen;
  for (const Descriptor* message : messages) {
    for (int i = 0; i < message->field_count(); ++i) {
      const FieldDescriptor* field = message->field(i);
      if (field->is_map()) field = field->message_type()->map_value();
      const EnumDescriptor* type = field->enum_type();
      if (type != nullptr && seen.insert(type->full_name()).second) types.push_back(type);
    }
  }
  return types;
}

}  // namespace attlas::gateway
