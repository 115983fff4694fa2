// Errors of RPCs as the Connect protocol writes them.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_GATEWAY_RPC_RPC_ERROR_H_
#define ATTLAS_SERVICES_GATEWAY_RPC_RPC_ERROR_H_

#include <grpcpp/support/status.h>

#include <string_view>

#include "absl/status/status.h"
#include "services/gateway/json/json_writer.h"

namespace attlas::gateway {

// `not_found`; `unknown` for what is no code.
std::string_view CodeName(grpc::StatusCode code);
// The status of HTTP that goes with it, such as 404.
int HttpStatusOf(grpc::StatusCode code);

// An error that the gateway itself finds; with details where it has an ErrorDetail.
grpc::Status ToRpcStatus(const absl::Status& status);

// Writes `{"code":…,"message":…,"details":[…]}`. Each detail has its type, its bytes in base64 and,
// where its type is known, the same as JSON under `debug`.
void WriteError(const grpc::Status& status, JsonWriter* json);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_RPC_RPC_ERROR_H_
