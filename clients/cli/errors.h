// What went wrong, as one line for people and as an exit code for scripts.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_CLIENTS_CLI_ERRORS_H_
#define ATTLAS_CLIENTS_CLI_ERRORS_H_

#include <grpcpp/support/status.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace attlas::cli {

// Exit codes.
inline constexpr int kExitOk = 0;
inline constexpr int kExitOther = 1;
inline constexpr int kExitBadArguments = 2;  // Also a revision or date that the server refuses.
inline constexpr int kExitNotFound = 3;
inline constexpr int kExitUnavailable = 4;

// The status of a call, with the reason, metadata and violations that google.rpc details carry.
absl::Status FromGrpcStatus(const grpc::Status& status);

// One line: what is wrong, where (an option or argument of the command line in place of the
// request's field), how to mend it, and the nearest names where the server sent some. No line
// breaks, nothing that could steer a terminal.
std::string FormatError(const absl::Status& status);

int ExitCode(const absl::Status& status);

// `did you mean `a`, `b` or `c`?`; empty for no names.
std::string DidYouMean(const std::vector<std::string>& names);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_ERRORS_H_
