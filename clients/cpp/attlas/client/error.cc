#include "attlas/client/error.h"

#include <google/protobuf/unknown_field_set.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>

#include <array>

#include "absl/strings/cord.h"

namespace attlas::client {
namespace {

constexpr char kTypes[] = "type.googleapis.com/google.rpc.";

// Reads the detail of this type; false if the status has none.
template <typename Detail>
bool Find(const absl::Status& status, const std::string& type, Detail* detail) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kTypes + type);
  return payload.has_value() && detail->ParseFromString(std::string(*payload));
}

// Reads google.rpc.ErrorInfo, which the packaged google/rpc protos are too old to have: reason is
// field 1, metadata, a map, is field 3.
void ReadErrorInfo(const absl::Status& status, ErrorDetails* details) {
  using google::protobuf::UnknownField;
  using google::protobuf::UnknownFieldSet;
  UnknownFieldSet info;
  if (!Find(status, "ErrorInfo", &info)) return;
  for (int i = 0; i < info.field_count(); ++i) {
    const UnknownField& field = info.field(i);
    if (field.type() != UnknownField::TYPE_LENGTH_DELIMITED) continue;
    if (field.number() == 1) details->reason = field.length_delimited();
    UnknownFieldSet entry;
    if (field.number() != 3 || !entry.ParseFromString(field.length_delimited())) continue;
    std::array<std::string, 3> parts;  // The key is field 1, the value field 2.
    for (int j = 0; j < entry.field_count(); ++j) {
      const UnknownField& part = entry.field(j);
      if (part.type() != UnknownField::TYPE_LENGTH_DELIMITED || part.number() > 2) continue;
      parts[static_cast<size_t>(part.number())] = part.length_delimited();
    }
    details->metadata[parts[1]] = parts[2];
  }
}

}  // namespace

absl::Status FromGrpc(const grpc::Status& status, bool cancelled_here) {
  if (status.ok()) return absl::OkStatus();
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  const bool stopping = code == absl::StatusCode::kCancelled && !cancelled_here;
  absl::Status converted(stopping ? absl::StatusCode::kUnavailable : code, status.error_message());
  google::rpc::Status details;
  if (details.ParseFromString(status.error_details())) {
    for (const google::protobuf::Any& detail : details.details()) {
      converted.SetPayload(detail.type_url(), absl::Cord(detail.value()));
    }
  }
  return converted;
}

ErrorDetails DetailsOf(const absl::Status& status) {
  ErrorDetails details;
  ReadErrorInfo(status, &details);
  google::rpc::BadRequest bad;
  if (Find(status, "BadRequest", &bad)) {
    for (const auto& violation : bad.field_violations()) {
      details.violations.push_back({violation.field(), violation.description()});
    }
  }
  google::rpc::ResourceInfo resource;
  if (Find(status, "ResourceInfo", &resource)) details.resource = resource.resource_name();
  google::rpc::PreconditionFailure failure;
  if (Find(status, "PreconditionFailure", &failure)) {
    for (const auto& violation : failure.violations()) {
      details.preconditions.push_back(
          {violation.type(), violation.subject(), violation.description()});
    }
  }
  google::rpc::RetryInfo retry;
  if (Find(status, "RetryInfo", &retry)) {
    details.retry_after = absl::Seconds(retry.retry_delay().seconds()) +
                          absl::Nanoseconds(retry.retry_delay().nanos());
  }
  return details;
}

}  // namespace attlas::client
