// How long a caller waits, as each protocol writes it.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_GATEWAY_RPC_RPC_TIMEOUT_H_
#define ATTLAS_SERVICES_GATEWAY_RPC_RPC_TIMEOUT_H_

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/gateway/http/http_message.h"
#include "services/gateway/rpc/rpc_request.h"

namespace attlas::gateway {

// Longer ones are cut to this.
inline constexpr absl::Duration kLongestTimeout = absl::Hours(24 * 365);

// `connect-timeout-ms`: at most ten digits. `grpc-timeout`: at most eight digits and one of the
// units H, M, S, m, u and n. Nothing where there is none; INVALID_ARGUMENT for another form.
absl::StatusOr<std::optional<absl::Duration>> TimeoutOf(const Headers& headers, Protocol protocol);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_RPC_RPC_TIMEOUT_H_
