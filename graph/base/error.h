// Errors with a machine-readable reason.
//
// Everything in graph/ returns absl::Status or absl::StatusOr. An error that a caller can act on
// carries an ErrorDetail as payload: the reason (a value of attlas.errors.v1.ErrorReason without
// its prefix), metadata, and the fields at fault. The services turn it into google.rpc details.
//
// Thread-safety: functions only; safe from any thread.
//
// Example:
//   return MakeError(absl::StatusCode::kNotFound, "no node states/XXX",
//                    {.reason = "RESOURCE_NOT_FOUND", .metadata = {{"resource", "states/XXX"}}});
#ifndef ATTLAS_GRAPH_BASE_ERROR_H_
#define ATTLAS_GRAPH_BASE_ERROR_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace attlas::graph {

// A field of a request that is at fault.
struct FieldViolation {
  std::string field;        // Path of the field, as `mutations[3].edge.valid_to`.
  std::string description;  // What is wrong and how to mend it.
};

// What an error says beyond its message.
struct ErrorDetail {
  std::string reason = {};  // Such as `INVALID_FIELD`.
  std::vector<std::pair<std::string, std::string>> metadata = {};
  std::vector<FieldViolation> violations = {};

  // The value of a key of the metadata; null for none.
  const std::string* Find(std::string_view key) const {
    for (const auto& [name, value] : metadata) {
      if (name == key) return &value;
    }
    return nullptr;
  }
};

// Makes a status of `code` with `detail` as payload.
absl::Status MakeError(absl::StatusCode code, std::string_view message, const ErrorDetail& detail);

// INVALID_ARGUMENT with reason INVALID_FIELD and one violation.
absl::Status InvalidField(std::string_view field, std::string_view description);

// INVALID_ARGUMENT with all `violations` (at least one) under `reason`; the message joins them.
absl::Status InvalidFields(std::vector<FieldViolation> violations,
                           std::string_view reason = "INVALID_FIELD");

// NOT_FOUND with reason RESOURCE_NOT_FOUND for the resource `name`. The same for hidden and
// missing.
absl::Status ResourceNotFound(std::string_view name);

// The detail of an error made above; nothing for other statuses.
std::optional<ErrorDetail> GetErrorDetail(const absl::Status& status);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_BASE_ERROR_H_
