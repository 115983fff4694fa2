// The service of the conformance suite: answers as each request says, and tells what it was asked.
//
// What: an ordinary service of gRPC, which knows nothing of the gateway before it.
// Threads: thread-safe; each call has a thread of its own.
#ifndef ATTLAS_TESTS_CONFORMANCE_CONFORMANCE_SERVICE_H_
#define ATTLAS_TESTS_CONFORMANCE_CONFORMANCE_SERVICE_H_

#include "connectrpc/conformance/v1/service.grpc.pb.h"

namespace attlas::conformance {

namespace v1 = connectrpc::conformance::v1;

// `Unimplemented` stays as it is generated: it is none.
class ConformanceService final : public v1::ConformanceService::Service {
 public:
  grpc::Status Unary(grpc::ServerContext* context, const v1::UnaryRequest* request,
                     v1::UnaryResponse* response) override;
  grpc::Status IdempotentUnary(grpc::ServerContext* context,
                               const v1::IdempotentUnaryRequest* request,
                               v1::IdempotentUnaryResponse* response) override;
  grpc::Status ClientStream(grpc::ServerContext* context,
                            grpc::ServerReader<v1::ClientStreamRequest>* reader,
                            v1::ClientStreamResponse* response) override;
  grpc::Status ServerStream(grpc::ServerContext* context, const v1::ServerStreamRequest* request,
                            grpc::ServerWriter<v1::ServerStreamResponse>* writer) override;
  grpc::Status BidiStream(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::BidiStreamResponse, v1::BidiStreamRequest>* stream) override;
};

}  // namespace attlas::conformance

#endif  // ATTLAS_TESTS_CONFORMANCE_CONFORMANCE_SERVICE_H_
