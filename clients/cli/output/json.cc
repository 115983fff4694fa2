#include "clients/cli/output/json.h"

#include "google/protobuf/util/json_util.h"

namespace attlas::cli {
namespace {

absl::StatusOr<std::string> Format(const google::protobuf::Message& message, bool indented) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = indented;
  std::string text;
  const auto status = google::protobuf::util::MessageToJsonString(message, &text, options);
  if (!status.ok()) {
    return absl::InternalError("cannot write the answer as JSON: " + status.message().ToString());
  }
  if (text.empty() || text.back() != '\n') text += '\n';
  return text;
}

}  // namespace

absl::StatusOr<std::string> FormatJson(const google::protobuf::Message& message) {
  return Format(message, true);
}

absl::StatusOr<std::string> FormatJsonLine(const google::protobuf::Message& message) {
  return Format(message, false);
}

absl::Status ParseJson(std::string_view json, google::protobuf::Message* message) {
  const auto status = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(json.data(), json.size()), message);
  if (status.ok()) return absl::OkStatus();
  return absl::InvalidArgumentError(status.message().ToString());
}

}  // namespace attlas::cli
