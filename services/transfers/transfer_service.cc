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
  void Forget() override { queries_.Forget(); }
  BoundedCache::Statistics kept_subgraphs() const override { return queries_.kept_subgraphs(); }

  grpc::ServerUnaryReactor* GetRanking(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override {
    return AnswerQuestion(&get_ranking_, *graph_, context, request, response, &queries_,
                          &TransferQueries::GetRanking);
  }
  grpc::ServerUnaryReactor* CountInRegion(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override {
    return AnswerQuestion(&count_in_region_, *graph_, context, request, response, &queries_,
                          &TransferQueries::CountInRegion);
  }
  grpc::ServerUnaryReactor* GetSuppliers(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override {
    return AnswerQuestion(&get_suppliers_, *graph_, context, request, response, &queries_,
                          &TransferQueries::GetSuppliers);
  }
  grpc::ServerUnaryReactor* GetCustomers(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override {
    return AnswerQuestion(&get_customers_, *graph_, context, request, response, &queries_,
                          &TransferQueries::GetCustomers);
  }
  grpc::ServerUnaryReactor* GetExposure(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    return AnswerQuestion(&get_exposure_, *graph_, context, request, response, &queries_,
                          &TransferQueries::GetExposure);
  }

 private:
  const GraphApi* const graph_;
  ServiceRuntime* const runtime_;
  TransferQueries queries_;
  Method get_ranking_{runtime_, kFullName, "GetRanking", QuestionOptions(*runtime_)};
  Method count_in_region_{runtime_, kFullName, "CountInRegion", QuestionOptions(*runtime_)};
  Method get_suppliers_{runtime_, kFullName, "GetSuppliers", QuestionOptions(*runtime_)};
  Method get_customers_{runtime_, kFullName, "GetCustomers", QuestionOptions(*runtime_)};
  Method get_exposure_{runtime_, kFullName, "GetExposure", QuestionOptions(*runtime_)};
};

}  // namespace

std::unique_ptr<HostedService> MakeTransferService(GraphApi* graph, ServiceRuntime* runtime) {
  return std::make_unique<TransferServiceFace>(graph, runtime);
}

}  // namespace attlas::services
