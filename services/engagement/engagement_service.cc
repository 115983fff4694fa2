#include "services/engagement/engagement_service.h"

#include "attlas/engagement/v1/engagement_service.grpc.pb.h"
#include "services/common/handler.h"
#include "services/common/question_handler.h"
#include "services/engagement/engagement_queries.h"

namespace attlas::services {
namespace {

namespace v1 = engagement::v1;
using engagement::EngagementQueries;

constexpr std::string_view kFullName = "attlas.engagement.v1.EngagementService";

// What reads takes and gives bytes, so that a kept answer goes out as it is; what writes does not.
using Service = v1::EngagementService::WithRawCallbackMethod_ListEngagements<
    v1::EngagementService::WithRawCallbackMethod_GetEngagement<
        v1::EngagementService::WithCallbackMethod_RecordEngagement<
            v1::EngagementService::Service>>>;

class EngagementServiceFace final : public Service, public HostedService {
 public:
  EngagementServiceFace(GraphApi* graph, ServiceRuntime* runtime)
      : graph_(graph), runtime_(runtime), queries_(graph, &runtime->page_tokens()) {}

  std::string_view name() const override { return "engagement"; }
  std::string_view full_name() const override { return kFullName; }
  grpc::Service* grpc_service() override { return this; }

  grpc::ServerUnaryReactor* ListEngagements(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &EngagementQueries::ListEngagements,
                  &methods_.list_engagements);
  }
  grpc::ServerUnaryReactor* GetEngagement(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &EngagementQueries::GetEngagement,
                  &methods_.get_engagement);
  }
  grpc::ServerUnaryReactor* RecordEngagement(grpc::CallbackServerContext* context,
                                             const v1::RecordEngagementRequest* request,
                                             v1::RecordEngagementResponse* response) override {
    return Write(context, request, response, &EngagementQueries::RecordEngagement,
                 &methods_.record_engagement);
  }

 private:
  struct Methods {
    explicit Methods(ServiceRuntime* runtime)
        : list_engagements(runtime, kFullName, "ListEngagements", Reading(runtime)),
          get_engagement(runtime, kFullName, "GetEngagement", Reading(runtime)),
          record_engagement(runtime, kFullName, "RecordEngagement", Writing(runtime)) {}
    static MethodOptions Reading(ServiceRuntime* runtime) {
      return {.default_deadline = runtime->limits().question_deadline};
    }
    static MethodOptions Writing(ServiceRuntime* runtime) {
      return {.default_deadline = runtime->limits().question_deadline,
              .dispatch = Dispatch::kWriter};
    }
    Method list_engagements;
    Method get_engagement;
    Method record_engagement;
  };

  template <typename Request, typename Response>
  using Question = absl::StatusOr<Response> (EngagementQueries::*)(const CallContext&,
                                                                   const Request&) const;

  // Hands a call to the question of the same name.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context,
                                   const grpc::ByteBuffer* request, grpc::ByteBuffer* response,
                                   Question<Request, Response> question, Method* method) {
    return AnswerQuestion<Request, Response>(
        method, *graph_, context, request, response,
        [this, question](const CallContext& call, const Request& asked) {
          return (queries_.*question)(call, asked);
        });
  }
  // The same of a call that changes something.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Write(grpc::CallbackServerContext* context, const Request* request,
                                  Response* response, Question<Request, Response> question,
                                  Method* method) {
    return method->Unary(context, request, response,
                         [this, question](const CallContext& call, const Request& asked) {
                           return (queries_.*question)(call, asked);
                         });
  }

  const GraphApi* const graph_;
  ServiceRuntime* const runtime_;
  EngagementQueries queries_;
  Methods methods_{runtime_};
};

}  // namespace

std::unique_ptr<HostedService> MakeEngagementService(GraphApi* graph, ServiceRuntime* runtime) {
  return std::make_unique<EngagementServiceFace>(graph, runtime);
}

}  // namespace attlas::services
