// A message in protobuf text format, with the line and column of every problem.
//
// Threads: single-thread; a value on the stack of whoever reads a file.
//
// Example:
//   TextProto file("policy.textproto");
//   ATTLAS_RETURN_IF_ERROR(file.Parse(text, &policy));
//   return file.Locate(Check(policy));  // `grants[3].role` becomes `policy.textproto:17:3`.
#ifndef ATTLAS_GRAPH_MODEL_TEXT_PROTO_H_
#define ATTLAS_GRAPH_MODEL_TEXT_PROTO_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/text_format.h"

namespace attlas::graph {

class TextProto {
 public:
  // `path` is what problems name.
  explicit TextProto(std::string path) : path_(std::move(path)) {}

  // INVALID_ARGUMENT with one violation a problem, its field being `path:line:column`.
  absl::Status Parse(const std::string& text, google::protobuf::Message* message);

  // `status` with each field path of its violations, such as `grants[3].role`, turned into the
  // position of the deepest part that the file holds. Other statuses come back as they are.
  // REQUIRES: Parse returned OK, and `descriptor` is that of its message.
  absl::Status Locate(const absl::Status& status,
                      const google::protobuf::Descriptor& descriptor) const;

 private:
  std::string LocateField(const google::protobuf::Descriptor& descriptor,
                          std::string_view field) const;

  std::string path_;
  google::protobuf::TextFormat::ParseInfoTree positions_;
};

// The bytes of a file. NOT_FOUND that names `what` and says why it cannot be read.
absl::StatusOr<std::string> ReadTextFile(const std::string& path, std::string_view what);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_MODEL_TEXT_PROTO_H_
