// What a service says beside the code and the message of a status.
//
// Statuses of calls keep the details of google.rpc as payloads, by their type URLs; this reads
// those that people and programs ask for most.
//
// Example:
//   const absl::StatusOr<GetStatusResponse> answer = client->Call(...);
//   if (absl::IsNotFound(answer.status())) {
//     std::cerr << "no " << attlas::client::DetailsOf(answer.status()).resource << '\n';
//   }
#ifndef ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_ERROR_H_
#define ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_ERROR_H_

#include <grpcpp/support/status.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace attlas::client {

// A field of the request that is at fault.
struct FieldViolation {
  std::string field;        // Its path, as `mutations[3].edge.valid_to`.
  std::string description;  // What is wrong, and how to mend it.
};

// What had to be true and is not.
struct Precondition {
  std::string type;
  std::string subject;  // The name of what it is about.
  std::string description;
};

struct ErrorDetails {
  // Why, as a value of attlas.errors.v1.ErrorReason without its prefix, such as
  // `RESOURCE_NOT_FOUND`; empty where no service said it.
  std::string reason;
  // All that varies in the message; which keys, the comment of the reason says.
  std::map<std::string, std::string> metadata;
  std::vector<FieldViolation> violations;
  // The name of what is missing, or there already; empty where it is about something else.
  std::string resource;
  std::vector<Precondition> preconditions;
  // How long to wait before asking again.
  std::optional<absl::Duration> retry_after;
};

// The same status, with its details as payloads. Nobody but the caller cancels: where it did not,
// CANCELLED means that the call reached a daemon that had begun to stop, and becomes UNAVAILABLE.
absl::Status FromGrpc(const grpc::Status& status, bool cancelled_here);

// The details of a status that a call ended with; empty ones for any other.
ErrorDetails DetailsOf(const absl::Status& status);

}  // namespace attlas::client

#endif  // ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_ERROR_H_
