#include "services/engagement/engagement_service.h"

#include "attlas/engagement/v1/engagement_service.grpc.pb.h"
#include "services/common/handler.h"
#include "services/common/question_handler.h"
#include "services/engagement/engagement_queries.h"
#include "services/engagement/space_queries.h"

namespace attlas::services {
namespace {

namespace v1 = engagement::v1;
using engagement::EngagementQueries;
using engagement::SpaceKeeper;
using engagement::SpaceQueries;

constexpr std::string_view kFullName = "attlas.engagement.v1.EngagementService";

// What reads takes and gives bytes, so that a kept answer goes out as it is. What writes does not,
// nor what is asked of spaces: such an answer is for its caller alone and is not kept.
template <typename Base>
using WithSpaceReads = v1::EngagementService::WithCallbackMethod_GetSpace<
    v1::EngagementService::WithCallbackMethod_ListSpaces<
        v1::EngagementService::WithCallbackMethod_ListNotes<Base>>>;
template <typename Base>
using WithSpaceWrites = v1::EngagementService::WithCallbackMethod_CreateSpace<
    v1::EngagementService::WithCallbackMethod_UpdateSpaceMembers<
        v1::EngagementService::WithCallbackMethod_CloseSpace<
            v1::EngagementService::WithCallbackMethod_PostToSpace<
                v1::EngagementService::WithCallbackMethod_SetAttribution<
                    v1::EngagementService::WithCallbackMethod_ReleaseStatement<Base>>>>>>;
using Service = v1::EngagementService::WithRawCallbackMethod_ListEngagements<
    v1::EngagementService::WithRawCallbackMethod_GetEngagement<
        v1::EngagementService::WithCallbackMethod_RecordEngagement<
            WithSpaceReads<WithSpaceWrites<v1::EngagementService::Service>>>>>;

class EngagementServiceFace final : public Service, public HostedService {
 public:
  EngagementServiceFace(GraphApi* graph, ServiceRuntime* runtime, SpaceKeeper* keeper)
      : graph_(graph),
        runtime_(runtime),
        queries_(graph, &runtime->page_tokens()),
        spaces_(graph, &runtime->page_tokens(), keeper) {}

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
    return methods_.record_engagement.Unary(
        context, request, response,
        [this](const CallContext& call, const v1::RecordEngagementRequest& asked) {
          return queries_.RecordEngagement(call, asked);
        });
  }
  grpc::ServerUnaryReactor* CreateSpace(grpc::CallbackServerContext* context,
                                        const v1::CreateSpaceRequest* request,
                                        v1::CreateSpaceResponse* response) override {
    return InSpaces(context, request, response, &SpaceQueries::CreateSpace, &methods_.create_space);
  }
  grpc::ServerUnaryReactor* GetSpace(grpc::CallbackServerContext* context,
                                     const v1::GetSpaceRequest* request,
                                     v1::GetSpaceResponse* response) override {
    return InSpaces(context, request, response, &SpaceQueries::GetSpace, &methods_.get_space);
  }
  grpc::ServerUnaryReactor* ListSpaces(grpc::CallbackServerContext* context,
                                       const v1::ListSpacesRequest* request,
                                       v1::ListSpacesResponse* response) override {
    return InSpaces(context, request, response, &SpaceQueries::ListSpaces, &methods_.list_spaces);
  }
  grpc::ServerUnaryReactor* UpdateSpaceMembers(grpc::CallbackServerContext* context,
                                               const v1::UpdateSpaceMembersRequest* request,
                                               v1::UpdateSpaceMembersResponse* response) override {
    return InSpaces(context, request, response, &SpaceQueries::UpdateSpaceMembers,
                    &methods_.update_space_members);
  }
  grpc::ServerUnaryReactor* PostToSpace(grpc::CallbackServerContext* context,
                                        const v1::PostToSpaceRequest* request,
                                        v1::PostToSpaceResponse* response) override {
    return InSpaces(context, request, response, &SpaceQueries::PostToSpace,
                    &methods_.post_to_space);
  }
  grpc::ServerUnaryReactor* ListNotes(grpc::CallbackServerContext* context,
                                      const v1::ListNotesRequest* request,
                                      v1::ListNotesResponse* response) override {
    return InSpaces(context, request, response, &SpaceQueries::ListNotes, &methods_.list_notes);
  }
  grpc::ServerUnaryReactor* SetAttribution(grpc::CallbackServerContext* context,
                                           const v1::SetAttributionRequest* request,
                                           v1::SetAttributionResponse* response) override {
    return InSpaces(context, request, response, &SpaceQueries::SetAttribution,
                    &methods_.set_attribution);
  }
  grpc::ServerUnaryReactor* ReleaseStatement(grpc::CallbackServerContext* context,
                                             const v1::ReleaseStatementRequest* request,
                                             v1::ReleaseStatementResponse* response) override {
    return InSpaces(context, request, response, &SpaceQueries::ReleaseStatement,
                    &methods_.release_statement);
  }
  grpc::ServerUnaryReactor* CloseSpace(grpc::CallbackServerContext* context,
                                       const v1::CloseSpaceRequest* request,
                                       v1::CloseSpaceResponse* response) override {
    return InSpaces(context, request, response, &SpaceQueries::CloseSpace, &methods_.close_space);
  }

 private:
  struct Methods {
    explicit Methods(ServiceRuntime* runtime)
        : list_engagements(runtime, kFullName, "ListEngagements", Reading(runtime)),
          get_engagement(runtime, kFullName, "GetEngagement", Reading(runtime)),
          record_engagement(runtime, kFullName, "RecordEngagement", Writing(runtime)),
          create_space(runtime, kFullName, "CreateSpace", Writing(runtime)),
          get_space(runtime, kFullName, "GetSpace", Reading(runtime)),
          list_spaces(runtime, kFullName, "ListSpaces", Reading(runtime)),
          update_space_members(runtime, kFullName, "UpdateSpaceMembers", Writing(runtime)),
          post_to_space(runtime, kFullName, "PostToSpace", Writing(runtime)),
          list_notes(runtime, kFullName, "ListNotes", Reading(runtime)),
          set_attribution(runtime, kFullName, "SetAttribution", Writing(runtime)),
          release_statement(runtime, kFullName, "ReleaseStatement", Writing(runtime)),
          close_space(runtime, kFullName, "CloseSpace", Writing(runtime)) {}
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
    Method create_space;
    Method get_space;
    Method list_spaces;
    Method update_space_members;
    Method post_to_space;
    Method list_notes;
    Method set_attribution;
    Method release_statement;
    Method close_space;
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
  template <typename Request, typename Response>
  using SpaceQuestion = absl::StatusOr<Response> (SpaceQueries::*)(const CallContext&,
                                                                   const Request&) const;

  // The same of a question about spaces.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* InSpaces(grpc::CallbackServerContext* context, const Request* request,
                                     Response* response, SpaceQuestion<Request, Response> question,
                                     Method* method) {
    return method->Unary(context, request, response,
                         [this, question](const CallContext& call, const Request& asked) {
                           return (spaces_.*question)(call, asked);
                         });
  }

  const GraphApi* const graph_;
  ServiceRuntime* const runtime_;
  EngagementQueries queries_;
  SpaceQueries spaces_;
  Methods methods_{runtime_};
};

}  // namespace

std::unique_ptr<HostedService> MakeEngagementService(GraphApi* graph, ServiceRuntime* runtime,
                                                     SpaceKeeper* keeper) {
  return std::make_unique<EngagementServiceFace>(graph, runtime, keeper);
}

}  // namespace attlas::services
