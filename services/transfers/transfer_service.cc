#include "services/transfers/transfer_service.h"

#include "attlas/transfers/v1/transfer_service.grpc.pb.h"
#include "services/common/handler.h"
#include "services/common/question_handler.h"
#include "services/transfers/transfer_queries.h"

namespace attlas::services {
namespace {

namespace v1 = transfers::v1;
using transfers::TransferQueries;

constexpr std::string_view kFullName = "attlas.transfers.v1.TransferService";

// Every method takes and gives bytes, so that a kept answer goes out as it is.
using RawService = v1::TransferService::WithRawCallbackMethod_GetRanking<
    v1::TransferService::WithRawCallbackMethod_CountInRegion<
        v1::TransferService::WithRawCallbackMethod_GetSuppliers<
            v1::TransferService::WithRawCallbackMethod_GetCustomers<
                v1::TransferService::WithRawCallbackMethod_GetExposure<
                    v1::TransferService::Service>>>>>;

class TransferServiceFace final : public RawService, public HostedService {
 public:
  TransferServiceFace(GraphApi* graph, ServiceRuntime* runtime)
      : graph_(graph), runtime_(runtime), queries_(graph, runtime->page_tokens()) {}

  std::string_view name() const override { return "transfers"; }
  std::string_view full_name() const override { return kFullName; }
  grpc::Service* grpc_service() override { return this; }

  grpc::ServerUnaryReactor* GetRanking(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &TransferQueries::GetRanking, &methods_.get_ranking);
  }
  grpc::ServerUnaryReactor* CountInRegion(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &TransferQueries::CountInRegion,
                  &methods_.count_in_region);
  }
  grpc::ServerUnaryReactor* GetSuppliers(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &TransferQueries::GetSuppliers,
                  &methods_.get_suppliers);
  }
  grpc::ServerUnaryReactor* GetCustomers(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &TransferQueries::GetCustomers,
                  &methods_.get_customers);
  }
  grpc::ServerUnaryReactor* GetExposure(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &TransferQueries::GetExposure,
                  &methods_.get_exposure);
  }

 private:
  struct Methods {
    explicit Methods(ServiceRuntime* runtime)
        : get_ranking(runtime, kFullName, "GetRanking", Options(runtime)),
          count_in_region(runtime, kFullName, "CountInRegion", Options(runtime)),
          get_suppliers(runtime, kFullName, "GetSuppliers", Options(runtime)),
          get_customers(runtime, kFullName, "GetCustomers", Options(runtime)),
          get_exposure(runtime, kFullName, "GetExposure", Options(runtime)) {}
    static MethodOptions Options(ServiceRuntime* runtime) {
      return {.default_deadline = runtime->limits().question_deadline};
    }
    Method get_ranking;
    Method count_in_region;
    Method get_suppliers;
    Method get_customers;
    Method get_exposure;
  };

  // Hands a call to the question of the same name.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context,
                                   const grpc::ByteBuffer* request, grpc::ByteBuffer* response,
                                   absl::StatusOr<Response> (TransferQueries::*question)(
                                       const CallContext&, const Request&) const,
                                   Method* method) {
    return AnswerQuestion<Request, Response>(
        method, *graph_, context, request, response,
        [this, question](const CallContext& call, const Request& asked) {
          return (queries_.*question)(call, asked);
        });
  }

  const GraphApi* const graph_;
  ServiceRuntime* const runtime_;
  TransferQueries queries_;
  Methods methods_{runtime_};
};

}  // namespace

std::unique_ptr<HostedService> MakeTransferService(GraphApi* graph, ServiceRuntime* runtime) {
  return std::make_unique<TransferServiceFace>(graph, runtime);
}

}  // namespace attlas::services
