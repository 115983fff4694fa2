#include "services/common/undecodable_request.h"

#include <grpcpp/support/interceptor.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"
#include "graph/base/error.h"
#include "services/common/status.h"

namespace attlas::services {
namespace {

using grpc::experimental::InterceptionHookPoints;

// Whether there is a method `/package.Service/Method`.
bool IsMethod(std::string_view path) {
  std::string name(path.substr(1));
  std::replace(name.begin(), name.end(), '/', '.');
  return google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name) != nullptr;
}

class Explainer final : public grpc::experimental::Interceptor {
 public:
  explicit Explainer(grpc::experimental::ServerRpcInfo* info) : info_(info) {}

  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      const grpc::Status status = methods->GetSendStatus();
      // No handler of ours says UNIMPLEMENTED; gRPC says it of unknown methods, too.
      if (status.error_code() == grpc::StatusCode::UNIMPLEMENTED && IsMethod(info_->method())) {
        methods->ModifySendStatus(ToGrpcStatus(UndecodableRequest(), ""));
      }
    }
    methods->Proceed();
  }

 private:
  grpc::experimental::ServerRpcInfo* const info_;  // Lives as long as the call.
};

class ExplainerFactory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  grpc::experimental::Interceptor* CreateServerInterceptor(
      grpc::experimental::ServerRpcInfo* info) override {
    return std::string_view(info->method()).starts_with("/attlas.") ? new Explainer(info) : nullptr;
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
