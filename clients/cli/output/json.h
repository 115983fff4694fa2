// Responses as JSON: the proto3 JSON mapping, fields in the order of their numbers, so that the
// same answer always gives the same bytes.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_CLIENTS_CLI_OUTPUT_JSON_H_
#define ATTLAS_CLIENTS_CLI_OUTPUT_JSON_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace attlas::cli {

// Indented, over several lines, with a line break at the end.
absl::StatusOr<std::string> FormatJson(const google::protobuf::Message& message);

// On one line, with a line break at the end.
absl::StatusOr<std::string> FormatJsonLine(const google::protobuf::Message& message);

// Reads JSON into `message`. INVALID_ARGUMENT, with the place, where it does not fit.
absl::Status ParseJson(std::string_view json, google::protobuf::Message* message);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_OUTPUT_JSON_H_
