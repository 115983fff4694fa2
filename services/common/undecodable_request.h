// Requests whose bytes are no message of their method, or hold text that is not UTF-8.
//
// gRPC answers them before a handler sees them, with UNIMPLEMENTED and no word; this turns that
// into INVALID_ARGUMENT with our details.
// Threads: thread-safe.
#ifndef ATTLAS_SERVICES_COMMON_UNDECODABLE_REQUEST_H_
#define ATTLAS_SERVICES_COMMON_UNDECODABLE_REQUEST_H_

#include <grpcpp/support/server_interceptor.h>

#include <memory>

#include "absl/status/status.h"

namespace attlas::services {

// INVALID_ARGUMENT (INVALID_FIELD), without a field: nothing of the request could be read.
absl::Status UndecodableRequest();

// For grpc::ServerBuilder::experimental().SetInterceptorCreators. Looks at attlas services alone.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>
MakeUndecodableRequestInterceptor();

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_UNDECODABLE_REQUEST_H_
