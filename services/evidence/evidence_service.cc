#include "services/evidence/evidence_service.h"

#include "attlas/evidence/v1/evidence_service.grpc.pb.h"
#include "services/common/handler.h"
#include "services/common/question_handler.h"
#include "services/evidence/evidence_queries.h"
#include "services/evidence/search_queries.h"

namespace attlas::services {
namespace {

namespace v1 = evidence::v1;
using evidence::EvidenceQueries;

constexpr std::string_view kFullName = "attlas.evidence.v1.EvidenceService";

// Every method takes and gives bytes, so that a kept answer goes out as it is.
using RawService = v1::EvidenceService::WithRawCallbackMethod_ListConcerns<
    v1::EvidenceService::WithRawCallbackMethod_FindAnswers<
        v1::EvidenceService::WithRawCallbackMethod_ListUnanswered<
            v1::EvidenceService::WithRawCallbackMethod_FindSharedConcerns<
                v1::EvidenceService::WithRawCallbackMethod_GetChanges<
                    v1::EvidenceService::WithRawCallbackMethod_Search<
                        v1::EvidenceService::WithRawCallbackMethod_GetSource<
                            v1::EvidenceService::WithRawCallbackMethod_ListStatementsOf<
                                v1::EvidenceService::Service>>>>>>>>;

class EvidenceServiceFace final : public RawService, public HostedService {
 public:
  EvidenceServiceFace(GraphApi* graph, ServiceRuntime* runtime)
      : graph_(graph),
        runtime_(runtime),
        queries_(graph, &runtime->page_tokens()),
        searches_(graph, &runtime->page_tokens()) {}

  std::string_view name() const override { return "evidence"; }
  std::string_view full_name() const override { return kFullName; }
  grpc::Service* grpc_service() override { return this; }
  void Forget() override { searches_.Forget(); }

  grpc::ServerUnaryReactor* ListConcerns(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &EvidenceQueries::ListConcerns,
                  &methods_.list_concerns);
  }
  grpc::ServerUnaryReactor* FindAnswers(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &EvidenceQueries::FindAnswers,
                  &methods_.find_answers);
  }
  grpc::ServerUnaryReactor* ListUnanswered(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &EvidenceQueries::ListUnanswered,
                  &methods_.list_unanswered);
  }
  grpc::ServerUnaryReactor* FindSharedConcerns(grpc::CallbackServerContext* context,
                                               const grpc::ByteBuffer* request,
                                               grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &EvidenceQueries::FindSharedConcerns,
                  &methods_.find_shared_concerns);
  }
  grpc::ServerUnaryReactor* GetChanges(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &EvidenceQueries::GetChanges, &methods_.get_changes);
  }
  grpc::ServerUnaryReactor* Search(grpc::CallbackServerContext* context,
                                   const grpc::ByteBuffer* request,
                                   grpc::ByteBuffer* response) override {
    return AnswerQuestion<v1::SearchRequest, v1::SearchResponse>(
        &methods_.search, *graph_, context, request, response,
        [this](const CallContext& call, const v1::SearchRequest& asked) {
          return searches_.Search(call, asked);
        });
  }
  grpc::ServerUnaryReactor* GetSource(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &EvidenceQueries::GetSource, &methods_.get_source);
  }
  grpc::ServerUnaryReactor* ListStatementsOf(grpc::CallbackServerContext* context,
                                             const grpc::ByteBuffer* request,
                                             grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &EvidenceQueries::ListStatementsOf,
                  &methods_.list_statements_of);
  }

 private:
  struct Methods {
    explicit Methods(ServiceRuntime* runtime)
        : list_concerns(runtime, kFullName, "ListConcerns", Reading(runtime)),
          find_answers(runtime, kFullName, "FindAnswers", Reading(runtime)),
          list_unanswered(runtime, kFullName, "ListUnanswered", Reading(runtime)),
          find_shared_concerns(runtime, kFullName, "FindSharedConcerns", Reading(runtime)),
          get_changes(runtime, kFullName, "GetChanges", Reading(runtime)),
          search(runtime, kFullName, "Search", Reading(runtime)),
          get_source(runtime, kFullName, "GetSource", Reading(runtime)),
          list_statements_of(runtime, kFullName, "ListStatementsOf", Reading(runtime)) {}
    static MethodOptions Reading(ServiceRuntime* runtime) {
      return {.default_deadline = runtime->limits().question_deadline};
    }
    Method list_concerns;
    Method find_answers;
    Method list_unanswered;
    Method find_shared_concerns;
    Method get_changes;
    Method search;
    Method get_source;
    Method list_statements_of;
  };

  template <typename Request, typename Response>
  using Question = absl::StatusOr<Response> (EvidenceQueries::*)(const CallContext&,
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

  const GraphApi* const graph_;
  ServiceRuntime* const runtime_;
  EvidenceQueries queries_;
  evidence::SearchQueries searches_;
  Methods methods_{runtime_};
};

}  // namespace

std::unique_ptr<HostedService> MakeEvidenceService(GraphApi* graph, ServiceRuntime* runtime) {
  return std::make_unique<EvidenceServiceFace>(graph, runtime);
}

}  // namespace attlas::services
