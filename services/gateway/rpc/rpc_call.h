// Passes a call on to the services and its answer back.
//
// What: a generic call of gRPC on the channel inside the process. Nothing waits: gRPC calls back on
// threads of its own, and all else runs as tasks of the exchange.
// Threads: StartCall is called as a task of the exchange.
#ifndef ATTLAS_SERVICES_GATEWAY_RPC_RPC_CALL_H_
#define ATTLAS_SERVICES_GATEWAY_RPC_RPC_CALL_H_

#include <grpcpp/generic/generic_stub.h>

#include <memory>

#include "services/common/forwarded_caller.h"
#include "services/gateway/http/exchange.h"
#include "services/gateway/http/http_limits.h"
#include "services/gateway/json/json_memo.h"
#include "services/gateway/rpc/rpc_request.h"

namespace attlas::gateway {

// What every call uses; it outlives them.
struct CallContext {
  grpc::GenericStub* stub;
  const services::ForwardedCallers* callers;  // Null for the services of another daemon.
  JsonMemo* memo;
  const HttpLimits* limits;
};

// Answers `exchange` with what the services answer.
void StartCall(const std::shared_ptr<Exchange>& exchange, CallShape shape, CallRequest request,
               const CallContext& services);

// Answers with an error that was found before there is a call.
void FailCall(const std::shared_ptr<Exchange>& exchange, const CallShape& shape,
              const absl::Status& status);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_RPC_RPC_CALL_H_
