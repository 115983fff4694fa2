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

  grpc::ServerUnaryReactor* GetRoleMap(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &cooperation::CooperationQueries::GetRoleMap,
                  &methods_.get_role_map);
  }
  grpc::ServerUnaryReactor* FindCooperation(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &cooperation::CooperationQueries::FindCooperation,
                  &methods_.find_cooperation);
  }
  grpc::ServerUnaryReactor* FindDecisionPath(grpc::CallbackServerContext* context,
                                             const grpc::ByteBuffer* request,
                                             grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &cooperation::CooperationQueries::FindDecisionPath,
                  &methods_.find_decision_path);
  }

  grpc::ServerUnaryReactor* GetReach(grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* request,
                                     grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &cooperation::CooperationQueries::GetReach,
                  &methods_.get_reach);
  }
  grpc::ServerUnaryReactor* FindDuplication(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &cooperation::CooperationQueries::FindDuplication,
                  &methods_.find_duplication);
  }
  grpc::ServerUnaryReactor* FindNetworks(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &cooperation::CooperationQueries::FindNetworks,
                  &methods_.find_networks);
  }
  grpc::ServerUnaryReactor* PlanConvening(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &cooperation::CooperationQueries::PlanConvening,
                  &methods_.plan_convening);
  }

 private:
  struct Methods {
    explicit Methods(ServiceRuntime* runtime)
        : get_role_map(runtime, kFullName, "GetRoleMap", Options(runtime)),
          find_cooperation(runtime, kFullName, "FindCooperation", Options(runtime)),
          find_decision_path(runtime, kFullName, "FindDecisionPath", Options(runtime)),
          get_reach(runtime, kFullName, "GetReach", Options(runtime)),
          find_duplication(runtime, kFullName, "FindDuplication", Options(runtime)),
          find_networks(runtime, kFullName, "FindNetworks", Options(runtime)),
          plan_convening(runtime, kFullName, "PlanConvening", Options(runtime)) {}
    static MethodOptions Options(ServiceRuntime* runtime) {
      return {.default_deadline = runtime->limits().question_deadline};
    }
    Method get_role_map;
    Method find_cooperation;
    Method find_decision_path;
    Method get_reach;
    Method find_duplication;
    Method find_networks;
    Method plan_convening;
  };

  // Hands a call to the question of the same name.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Answer(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response,
      absl::StatusOr<Response> (cooperation::CooperationQueries::*question)(const CallContext&,
                                                                            const Request&) const,
      Method* method) {
    return AnswerQuestion<Request, Response>(
        method, *graph_, context, request, response,
        [this, question](const CallContext& call, const Request& asked) {
          return (queries_.*question)(call, asked);
        });
  }

  const GraphApi* const graph_;
  ServiceRuntime* const runtime_;
  cooperation::CooperationQueries queries_;
  Methods methods_{runtime_};
};

}  // namespace

std::unique_ptr<HostedService> MakeCooperationService(GraphApi* graph, ServiceRuntime* runtime) {
  return std::make_unique<CooperationServiceFace>(graph, runtime);
}

}  // namespace attlas::services
