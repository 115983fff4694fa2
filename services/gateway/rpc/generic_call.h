// What unary calls and streams to the services have in common.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_GATEWAY_RPC_GENERIC_CALL_H_
#define ATTLAS_SERVICES_GATEWAY_RPC_GENERIC_CALL_H_

#include <grpcpp/client_context.h>
#include <grpcpp/support/byte_buffer.h>

#include <string>

#include "services/common/forwarded_caller.h"
#include "services/gateway/http/http_message.h"
#include "services/gateway/http/shared_bytes.h"
#include "services/gateway/rpc/rpc_request.h"

namespace attlas::gateway {

grpc::ByteBuffer ToBuffer(const std::string& bytes);
// The bytes of a message, without a copy where they are in one piece, as they mostly are.
SharedBytes BytesOf(const grpc::ByteBuffer& buffer);
// The same; none where they are in several.
SharedBytes WholeOf(const grpc::ByteBuffer& buffer);

// Gives `context` the metadata and the deadline of a request, and whom it is for: as our
// services believe it, or as those of another daemon do where `callers` is null.
void PrepareContext(const CallRequest& request, const Peer& peer,
                    const services::ForwardedCallers* callers, grpc::ClientContext* context);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_RPC_GENERIC_CALL_H_
