#include "services/common/undecodable_request.h"

#include <grpcpp/support/interceptor.h>

#include <string_view>

#include "graph/base/error.h"
#include "services/common/status.h"

namespace attlas::services {
namespace {

using grpc::experimental::InterceptionHookPoints;

class Explainer final : public grpc::experimental::Interceptor {
 public:
  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      const grpc::Status status = methods->GetSendStatus();
      // No handler of ours says UNIMPLEMENTED, nor anything without a message.
      if (status.error_code() == grpc::StatusCode::UNIMPLEMENTED &&
          status.error_message().empty()) {
        methods->ModifySendStatus(ToGrpcStatus(UndecodableRequest(), ""));
      }
    }
    methods->Proceed();
  }
};

class ExplainerFactory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  grpc::experimental::Interceptor* CreateServerInterceptor(
      grpc::experimental::ServerRpcInfo* info) override {
    return std::string_view(info->method()).starts_with("/attlas.") ? new Explainer : nullptr;
  }
};

}  // namespace

absl::Status UndecodableRequest() {
  return graph::MakeError(
      absl::StatusCode::kInvalidArgument,
      "the request cannot be read: its bytes are no message of this method, or a text is not UTF-8",
      {.reason = "INVALID_FIELD", .metadata = {}, .violations = {}});
}

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>
MakeUndecodableRequestInterceptor() {
  return std::make_unique<ExplainerFactory>();
}

}  // namespace attlas::services
