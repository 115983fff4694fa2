// Passes a call with a stream of requests, of answers, or of both, on to the services.
//
// Threads: StartStream is called as a task of the exchange.
#ifndef ATTLAS_SERVICES_GATEWAY_RPC_STREAM_CALL_H_
#define ATTLAS_SERVICES_GATEWAY_RPC_STREAM_CALL_H_

#include <memory>

#include "services/gateway/http/exchange.h"
#include "services/gateway/rpc/rpc_call.h"
#include "services/gateway/rpc/rpc_request.h"

namespace attlas::gateway {

// Answers `exchange` with what the services answer.
void StartStream(const std::shared_ptr<Exchange>& exchange, CallShape shape,
                 const CallRequest& request, const CallContext& services);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_RPC_STREAM_CALL_H_
