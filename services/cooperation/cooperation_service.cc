#include "services/cooperation/cooperation_service.h"

#include "attlas/cooperation/v1/cooperation_service.grpc.pb.h"
#include "services/common/handler.h"
#include "services/common/question_handler.h"
#include "services/cooperation/cooperation_queries.h"

namespace attlas::services {
namespace {

namespace v1 = cooperation::v1;

constexpr std::string_view kFullName = "attlas.cooperation.v1.CooperationService";

// Every method takes and gives bytes, so that a kept answer goes out as it is.
using RawService = v1::CooperationService::WithRawCallbackMethod_GetRoleMap<
    v1::CooperationService::WithRawCallbackMethod_FindCooperation<
        v1::CooperationService::WithRawCallbackMethod_FindDecisionPath<
            v1::CooperationService::WithRawCallbackMethod_GetReach<
                v1::CooperationService::WithRawCallbackMethod_FindDuplication<
                    v1::CooperationService::WithRawCallbackMethod_FindNetworks<
                        v1::CooperationService::WithRawCallbackMethod_PlanConvening<
                            v1::CooperationService::Service>>>>>>>;

class CooperationServiceFace final : public RawService, public HostedService {
 public:
  CooperationServiceFace(GraphApi* graph, ServiceRuntime* runtime)
      : graph_(graph), runtime_(runtime), queries_(graph, runtime->page_tokens()) {}

  std::string_view name() const override { return "cooperation"; }
  std::string_view full_name() const override { return kFullName; }
  grpc::Service* grpc_service() override { return this; }
  void Forget() override { queries_.Forget(); }
  BoundedCache::Statistics kept_subgraphs() const override { return queries_.kept_subgraphs(); }

  grpc::ServerUnaryReactor* GetRoleMap(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override {
    return AnswerQuestion(&get_role_map_, *graph_, context, request, response, &queries_,
                          &cooperation::CooperationQueries::GetRoleMap);
  }
  grpc::ServerUnaryReactor* FindCooperation(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override {
    return AnswerQuestion(&find_cooperation_, *graph_, context, request, response, &queries_,
                          &cooperation::CooperationQueries::FindCooperation);
  }
  grpc::ServerUnaryReactor* FindDecisionPath(grpc::CallbackServerContext* context,
                                             const grpc::ByteBuffer* request,
                                             grpc::ByteBuffer* response) override {
    return AnswerQuestion(&find_decision_path_, *graph_, context, request, response, &queries_,
                          &cooperation::CooperationQueries::FindDecisionPath);
  }

  grpc::ServerUnaryReactor* GetReach(grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* request,
                                     grpc::ByteBuffer* response) override {
    return AnswerQuestion(&get_reach_, *graph_, context, request, response, &queries_,
                          &cooperation::CooperationQueries::GetReach);
  }
  grpc::ServerUnaryReactor* FindDuplication(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override {
    return AnswerQuestion(&find_duplication_, *graph_, context, request, response, &queries_,
                          &cooperation::CooperationQueries::FindDuplication);
  }
  grpc::ServerUnaryReactor* FindNetworks(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override {
    return AnswerQuestion(&find_networks_, *graph_, context, request, response, &queries_,
                          &cooperation::CooperationQueries::FindNetworks);
  }
  grpc::ServerUnaryReactor* PlanConvening(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override {
    return AnswerQuestion(&plan_convening_, *graph_, context, request, response, &queries_,
                          &cooperation::CooperationQueries::PlanConvening);
  }

 private:
  const GraphApi* const graph_;
  ServiceRuntime* const runtime_;
  cooperation::CooperationQueries queries_;
  Method get_role_map_{runtime_, kFullName, "GetRoleMap", QuestionOptions(*runtime_)};
  Method find_cooperation_{runtime_, kFullName, "FindCooperation", QuestionOptions(*runtime_)};
  Method find_decision_path_{runtime_, kFullName, "FindDecisionPath", QuestionOptions(*runtime_)};
  Method get_reach_{runtime_, kFullName, "GetReach", QuestionOptions(*runtime_)};
  Method find_duplication_{runtime_, kFullName, "FindDuplication", QuestionOptions(*runtime_)};
  Method find_networks_{runtime_, kFullName, "FindNetworks", QuestionOptions(*runtime_)};
  Method plan_convening_{runtime_, kFullName, "PlanConvening", QuestionOptions(*runtime_)};
};

}  // namespace

std::unique_ptr<HostedService> MakeCooperationService(GraphApi* graph, ServiceRuntime* runtime) {
  return std::make_unique<CooperationServiceFace>(graph, runtime);
}

}  // namespace attlas::services
