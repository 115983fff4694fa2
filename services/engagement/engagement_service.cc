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

// How a change is made: where it may wait for the disk.
MethodOptions WritingOptions(const ServiceRuntime& runtime) {
  return {.default_deadline = runtime.limits().question_deadline, .dispatch = Dispatch::kWriter};
}

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
  void Forget() override { queries_.Forget(); }
  BoundedCache::Statistics kept_subgraphs() const override { return queries_.kept_subgraphs(); }

  grpc::ServerUnaryReactor* ListEngagements(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override {
    return AnswerQuestion(&list_engagements_, *graph_, context, request, response, &queries_,
                          &EngagementQueries::ListEngagements);
  }
  grpc::ServerUnaryReactor* GetEngagement(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override {
    return AnswerQuestion(&get_engagement_, *graph_, context, request, response, &queries_,
                          &EngagementQueries::GetEngagement);
  }
  grpc::ServerUnaryReactor* RecordEngagement(grpc::CallbackServerContext* context,
                                             const v1::RecordEngagementRequest* request,
                                             v1::RecordEngagementResponse* response) override {
    return record_engagement_.Unary(context, request, response, &queries_,
                                    &EngagementQueries::RecordEngagement);
  }
  grpc::ServerUnaryReactor* CreateSpace(grpc::CallbackServerContext* context,
                                        const v1::CreateSpaceRequest* request,
                                        v1::CreateSpaceResponse* response) override {
    return create_space_.Unary(context, request, response, &spaces_, &SpaceQueries::CreateSpace);
  }
  grpc::ServerUnaryReactor* GetSpace(grpc::CallbackServerContext* context,
                                     const v1::GetSpaceRequest* request,
                                     v1::GetSpaceResponse* response) override {
    return get_space_.Unary(context, request, response, &spaces_, &SpaceQueries::GetSpace);
  }
  grpc::ServerUnaryReactor* ListSpaces(grpc::CallbackServerContext* context,
                                       const v1::ListSpacesRequest* request,
                                       v1::ListSpacesResponse* response) override {
    return list_spaces_.Unary(context, request, response, &spaces_, &SpaceQueries::ListSpaces);
  }
  grpc::ServerUnaryReactor* UpdateSpaceMembers(grpc::CallbackServerContext* context,
                                               const v1::UpdateSpaceMembersRequest* request,
                                               v1::UpdateSpaceMembersResponse* response) override {
    return update_space_members_.Unary(context, request, response, &spaces_,
                                       &SpaceQueries::UpdateSpaceMembers);
  }
  grpc::ServerUnaryReactor* PostToSpace(grpc::CallbackServerContext* context,
                                        const v1::PostToSpaceRequest* request,
                                        v1::PostToSpaceResponse* response) override {
    return post_to_space_.Unary(context, request, response, &spaces_, &SpaceQueries::PostToSpace);
  }
  grpc::ServerUnaryReactor* ListNotes(grpc::CallbackServerContext* context,
                                      const v1::ListNotesRequest* request,
                                      v1::ListNotesResponse* response) override {
    return list_notes_.Unary(context, request, response, &spaces_, &SpaceQueries::ListNotes);
  }
  grpc::ServerUnaryReactor* SetAttribution(grpc::CallbackServerContext* context,
                                           const v1::SetAttributionRequest* request,
                                           v1::SetAttributionResponse* response) override {
    return set_attribution_.Unary(context, request, response, &spaces_,
                                  &SpaceQueries::SetAttribution);
  }
  grpc::ServerUnaryReactor* ReleaseStatement(grpc::CallbackServerContext* context,
                                             const v1::ReleaseStatementRequest* request,
                                             v1::ReleaseStatementResponse* response) override {
    return release_statement_.Unary(context, request, response, &spaces_,
                                    &SpaceQueries::ReleaseStatement);
  }
  grpc::ServerUnaryReactor* CloseSpace(grpc::CallbackServerContext* context,
                                       const v1::CloseSpaceRequest* request,
                                       v1::CloseSpaceResponse* response) override {
    return close_space_.Unary(context, request, response, &spaces_, &SpaceQueries::CloseSpace);
  }

 private:
  const GraphApi* const graph_;
  ServiceRuntime* const runtime_;
  EngagementQueries queries_;
  SpaceQueries spaces_;
  Method list_engagements_{runtime_, kFullName, "ListEngagements", QuestionOptions(*runtime_)};
  Method get_engagement_{runtime_, kFullName, "GetEngagement", QuestionOptions(*runtime_)};
  Method record_engagement_{runtime_, kFullName, "RecordEngagement", WritingOptions(*runtime_)};
  Method create_space_{runtime_, kFullName, "CreateSpace", WritingOptions(*runtime_)};
  Method get_space_{runtime_, kFullName, "GetSpace", QuestionOptions(*runtime_)};
  Method list_spaces_{runtime_, kFullName, "ListSpaces", QuestionOptions(*runtime_)};
  Method update_space_members_{runtime_, kFullName, "UpdateSpaceMembers",
                               WritingOptions(*runtime_)};
  Method post_to_space_{runtime_, kFullName, "PostToSpace", WritingOptions(*runtime_)};
  Method list_notes_{runtime_, kFullName, "ListNotes", QuestionOptions(*runtime_)};
  Method set_attribution_{runtime_, kFullName, "SetAttribution", WritingOptions(*runtime_)};
  Method release_statement_{runtime_, kFullName, "ReleaseStatement", WritingOptions(*runtime_)};
  Method close_space_{runtime_, kFullName, "CloseSpace", WritingOptions(*runtime_)};
};

}  // namespace

std::unique_ptr<HostedService> MakeEngagementService(GraphApi* graph, ServiceRuntime* runtime,
                                                     SpaceKeeper* keeper) {
  return std::make_unique<EngagementServiceFace>(graph, runtime, keeper);
}

}  // namespace attlas::services
