#include "services/common/status.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "graph/base/strings.h"
#include "services/common/error_info.h"

namespace attlas::services {
namespace {

using graph::ErrorDetail;
using graph::FieldViolation;

// The details travel in one header, and a client accepts 8 KiB of headers by default. What does not
// fit is counted in the metadata `omitted_violations`.
constexpr size_t kMaxMessageBytes = 1'024;
constexpr size_t kMaxDetailBytes = 3'072;
constexpr size_t kMaxTextBytes = 512;
constexpr char kOmittedKey[] = "omitted_violations";
constexpr char kRetryAfterKey[] = "retry_after_ms";

std::string Cut(std::string_view text, size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  size_t end = bytes;
  // Not inside a character of UTF-8: protobuf would refuse the string.
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return absl::StrCat(graph::ToAbsl(text.substr(0, end)), "...");
}

bool TellsRequestIdOnly(absl::StatusCode code, std::string_view reason) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kDataLoss || reason == "STORAGE_UNAVAILABLE";
}

// What the caller is told instead of a message that may name files or our own code.
std::string ScrubbedMessage(absl::StatusCode code, std::string_view reason,
                            std::string_view request_id) {
  std::string_view what = "internal error";
  if (code == absl::StatusCode::kDataLoss) what = "stored data are damaged";
  if (reason == "STORAGE_UNAVAILABLE") what = "the store cannot be written at present";
  return absl::StrCat(graph::ToAbsl(what), "; the server's log tells more under request id ",
                      graph::ToAbsl(request_id));
}

bool IsPreconditionCode(absl::StatusCode code) {
  return code == absl::StatusCode::kAborted || code == absl::StatusCode::kFailedPrecondition;
}

bool IsResourceCode(absl::StatusCode code) {
  return code == absl::StatusCode::kNotFound || code == absl::StatusCode::kAlreadyExists;
}

// Adds as many violations as fit; returns how many did not.
template <typename Add>
size_t AddViolations(const std::vector<FieldViolation>& violations, Add add) {
  size_t bytes = 0;
  for (size_t i = 0; i < violations.size(); ++i) {
    const std::string field = Cut(violations[i].field, kMaxTextBytes);
    const std::string description = Cut(violations[i].description, kMaxTextBytes);
    bytes += field.size() + description.size() + 8;
    if (bytes > kMaxDetailBytes) return violations.size() - i;
    add(field, description);
  }
  return 0;
}

size_t AddViolationDetail(absl::StatusCode code, std::string_view message,
                          const ErrorDetail& detail, google::rpc::Status* status) {
  if (IsPreconditionCode(code)) {
    google::rpc::PreconditionFailure failure;
    const auto add = [&](const std::string& subject, const std::string& description) {
      auto* violation = failure.add_violations();
      violation->set_type(detail.reason);
      violation->set_subject(subject);
      violation->set_description(description);
    };
    const size_t omitted = AddViolations(detail.violations, add);
    const std::string* resource = detail.Find("resource");
    if (detail.violations.empty()) add(resource ? *resource : "", std::string(message));
    status->add_details()->PackFrom(failure);
    return omitted;
  }
  if (detail.violations.empty()) return 0;
  google::rpc::BadRequest bad_request;
  const size_t omitted = AddViolations(
      detail.violations, [&](const std::string& field, const std::string& description) {
        auto* violation = bad_request.add_field_violations();
        violation->set_field(field);
        violation->set_description(description);
      });
  status->add_details()->PackFrom(bad_request);
  return omitted;
}

void AddResourceDetail(std::string_view message, const ErrorDetail& detail,
                       google::rpc::Status* status) {
  const std::string* resource = detail.Find("resource");
  if (resource == nullptr) return;
  google::rpc::ResourceInfo info;
  info.set_resource_type(resource->starts_with("edges/") ? "attlas.graph.v1.Edge"
                                                         : "attlas.graph.v1.Node");
  info.set_resource_name(*resource);
  info.set_description(std::string(message));
  status->add_details()->PackFrom(info);
}

// How long to wait before another try: what the error says, or a moment.
int64_t RetryMilliseconds(const ErrorDetail& detail) {
  constexpr int64_t kMoment = 100;
  const std::string* said = detail.Find(kRetryAfterKey);
  int64_t milliseconds = 0;
  return said != nullptr && absl::SimpleAtoi(*said, &milliseconds) && milliseconds > 0
             ? milliseconds
             : kMoment;
}

void AddRetryDetail(absl::StatusCode code, std::string_view message, const ErrorDetail& detail,
                    google::rpc::Status* status) {
  if (code == absl::StatusCode::kResourceExhausted) {
    google::rpc::QuotaFailure quota;
    auto* violation = quota.add_violations();
    violation->set_subject("caller");
    violation->set_description(std::string(message));
    status->add_details()->PackFrom(quota);
  }
  google::rpc::RetryInfo retry;
  const int64_t milliseconds = RetryMilliseconds(detail);
  retry.mutable_retry_delay()->set_seconds(milliseconds / 1'000);
  retry.mutable_retry_delay()->set_nanos(static_cast<int32_t>(milliseconds % 1'000 * 1'000'000));
  status->add_details()->PackFrom(retry);
}

ErrorInfo MakeErrorInfo(const ErrorDetail& detail) {
  ErrorInfo info{.reason = detail.reason, .domain = kErrorDomain, .metadata = {}};
  for (const auto& [key, value] : detail.metadata) info.metadata[key] = Cut(value, kMaxTextBytes);
  return info;
}

// The detail of a status, with what every status has filled in.
ErrorDetail CompleteDetail(const absl::Status& status, std::string_view request_id) {
  ErrorDetail detail = graph::GetErrorDetail(status).value_or(ErrorDetail());
  if (detail.reason.empty()) detail.reason = DefaultReason(status.code());
  if (TellsRequestIdOnly(status.code(), detail.reason)) {
    detail.metadata = {{"request_id", std::string(request_id)}};
    detail.violations.clear();
  }
  return detail;
}

void TakeViolations(const google::protobuf::Any& any, ErrorDetail* detail) {
  google::rpc::BadRequest bad_request;
  if (any.UnpackTo(&bad_request)) {
    for (const auto& violation : bad_request.field_violations()) {
      detail->violations.push_back({violation.field(), violation.description()});
    }
  }
  google::rpc::PreconditionFailure failure;
  if (any.UnpackTo(&failure)) {
    for (const auto& violation : failure.violations()) {
      detail->violations.push_back({violation.subject(), violation.description()});
    }
  }
}

// Whether the only violation is the one that ToGrpcStatus makes of the message.
bool IsMadeUp(absl::StatusCode code, std::string_view message, const ErrorDetail& detail) {
  if (!IsPreconditionCode(code) || detail.violations.size() != 1) return false;
  const std::string* resource = detail.Find("resource");
  return detail.violations[0].description == message &&
         detail.violations[0].field == (resource ? *resource : "");
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status, std::string_view request_id) {
  if (status.ok()) return grpc::Status::OK;
  absl::StatusCode code = status.code();
  ErrorDetail detail = CompleteDetail(status, request_id);
  const std::string message = TellsRequestIdOnly(code, detail.reason)
                                  ? ScrubbedMessage(code, detail.reason, request_id)
                                  : Cut(graph::ToStd(status.message()), kMaxMessageBytes);
  if (code == absl::StatusCode::kUnknown) code = absl::StatusCode::kInternal;

  google::rpc::Status rpc;
  rpc.set_code(static_cast<int>(code));
  rpc.set_message(message);
  google::rpc::Status rest;
  const size_t omitted = AddViolationDetail(code, message, detail, &rest);
  if (omitted > 0) detail.metadata.emplace_back(kOmittedKey, absl::StrCat(omitted));
  if (IsResourceCode(code)) AddResourceDetail(message, detail, &rest);
  if (code == absl::StatusCode::kResourceExhausted || code == absl::StatusCode::kUnavailable) {
    AddRetryDetail(code, message, detail, &rest);
  }
  *rpc.add_details() = MakeErrorInfo(detail).Pack();
  rpc.mutable_details()->MergeFrom(rest.details());
  return grpc::Status(static_cast<grpc::StatusCode>(code), message, rpc.SerializeAsString());
}

bool HidesItsCause(const absl::Status& status) {
  if (status.ok()) return false;
  const std::optional<ErrorDetail> detail = graph::GetErrorDetail(status);
  return TellsRequestIdOnly(status.code(), detail ? detail->reason : "");
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  ErrorDetail detail;
  google::rpc::Status rpc;
  if (!status.error_details().empty() && rpc.ParseFromString(status.error_details())) {
    for (const google::protobuf::Any& any : rpc.details()) {
      const std::optional<ErrorInfo> info = ErrorInfo::Unpack(any);
      if (info && info->domain == kErrorDomain) {
        detail.reason = info->reason;
        detail.metadata.assign(info->metadata.begin(), info->metadata.end());
      }
      TakeViolations(any, &detail);
    }
  }
  if (IsMadeUp(code, status.error_message(), detail)) detail.violations.clear();
  if (detail.reason.empty()) detail.reason = DefaultReason(code);
  return graph::MakeError(code, status.error_message(), detail);
}

std::string_view DefaultReason(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return "INVALID_FIELD";
    case absl::StatusCode::kNotFound:
      return "RESOURCE_NOT_FOUND";
    case absl::StatusCode::kAlreadyExists:
      return "RESOURCE_ALREADY_EXISTS";
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kFailedPrecondition:
      return "PRECONDITION_FAILED";
    case absl::StatusCode::kPermissionDenied:
      return "MARKING_ABOVE_CLEARANCE";
    case absl::StatusCode::kUnauthenticated:
      return "CREDENTIALS_REJECTED";
    case absl::StatusCode::kResourceExhausted:
      return "OVERLOADED";
    case absl::StatusCode::kUnavailable:
      return "UNAVAILABLE";
    case absl::StatusCode::kDeadlineExceeded:
      return "DEADLINE_EXCEEDED";
    case absl::StatusCode::kCancelled:
      return "CANCELLED";
    case absl::StatusCode::kDataLoss:
      return "DATA_LOSS";
    default:
      return "INTERNAL";
  }
}

absl::Status DeadlineExceeded() {
  return graph::MakeError(absl::StatusCode::kDeadlineExceeded, "the time for the call ran out",
                          {.reason = "DEADLINE_EXCEEDED", .metadata = {}, .violations = {}});
}

absl::Status Overloaded(std::string_view what) {
  return graph::MakeError(absl::StatusCode::kResourceExhausted,
                          absl::StrCat(graph::ToAbsl(what), "; try again later"),
                          {.reason = "OVERLOADED", .metadata = {}, .violations = {}});
}

absl::Status Unavailable(std::string_view message) {
  return graph::MakeError(absl::StatusCode::kUnavailable, message,
                          {.reason = "UNAVAILABLE", .metadata = {}, .violations = {}});
}

}  // namespace attlas::services
