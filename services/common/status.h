// The one place where absl::Status and grpc::Status meet.
//
// What: an error of graph/base/error.h becomes a grpc::Status with google.rpc details (ErrorInfo of
// domain `attlas`, and BadRequest, ResourceInfo, PreconditionFailure, QuotaFailure or RetryInfo as
// the code asks for), and back. What a caller cannot mend (INTERNAL, DATA_LOSS, a disk that cannot
// be written) tells the caller the request id alone; the log has the rest.
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_COMMON_STATUS_H_
#define ATTLAS_SERVICES_COMMON_STATUS_H_

#include <grpcpp/support/status.h>

#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "graph/base/error.h"

namespace attlas::services {

// The domain of every ErrorInfo of ours.
inline constexpr char kErrorDomain[] = "attlas";

// What the caller of `request_id` is told about `status`.
grpc::Status ToGrpcStatus(const absl::Status& status, std::string_view request_id);

// Whether ToGrpcStatus tells a caller the request id alone, so that the log must tell the rest.
bool HidesItsCause(const absl::Status& status);

// The inverse: the code, message and ErrorDetail that the server had (metadata sorted by key).
// Statuses without our details (of a proxy, of the transport) get the reason of their code.
absl::Status FromGrpcStatus(const grpc::Status& status);

// The reason that an error of `code` without one is given, such as `DEADLINE_EXCEEDED`.
std::string_view DefaultReason(absl::StatusCode code);

// Errors that several helpers return.
absl::Status DeadlineExceeded();
absl::Status Overloaded(std::string_view what);      // RESOURCE_EXHAUSTED, OVERLOADED.
absl::Status Unavailable(std::string_view message);  // UNAVAILABLE, UNAVAILABLE.

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_STATUS_H_
