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
  void Forget() override {
    queries_.Forget();
    searches_.Forget();
  }
  BoundedCache::Statistics kept_subgraphs() const override { return queries_.kept_subgraphs(); }

  grpc::ServerUnaryReactor* ListConcerns(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override {
    return AnswerQuestion(&list_concerns_, *graph_, context, request, response, &queries_,
                          &EvidenceQueries::ListConcerns);
  }
  grpc::ServerUnaryReactor* FindAnswers(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    return AnswerQuestion(&find_answers_, *graph_, context, request, response, &queries_,
                          &EvidenceQueries::FindAnswers);
  }
  grpc::ServerUnaryReactor* ListUnanswered(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override {
    return AnswerQuestion(&list_unanswered_, *graph_, context, request, response, &queries_,
                          &EvidenceQueries::ListUnanswered);
  }
  grpc::ServerUnaryReactor* FindSharedConcerns(grpc::CallbackServerContext* context,
                                               const grpc::ByteBuffer* request,
                                               grpc::ByteBuffer* response) override {
    return AnswerQuestion(&find_shared_concerns_, *graph_, context, request, response, &queries_,
                          &EvidenceQueries::FindSharedConcerns);
  }
  grpc::ServerUnaryReactor* GetChanges(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override {
    return AnswerQuestion(&get_changes_, *graph_, context, request, response, &queries_,
                          &EvidenceQueries::GetChanges);
  }
  grpc::ServerUnaryReactor* Search(grpc::CallbackServerContext* context,
                                   const grpc::ByteBuffer* request,
                                   grpc::ByteBuffer* response) override {
    return AnswerQuestion(&search_, *graph_, context, request, response, &searches_,
                          &evidence::SearchQueries::Search);
  }
  grpc::ServerUnaryReactor* GetSource(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override {
    return AnswerQuestion(&get_source_, *graph_, context, request, response, &queries_,
                          &EvidenceQueries::GetSource);
  }
  grpc::ServerUnaryReactor* ListStatementsOf(grpc::CallbackServerContext* context,
                                             const grpc::ByteBuffer* request,
                                             grpc::ByteBuffer* response) override {
    return AnswerQuestion(&list_statements_of_, *graph_, context, request, response, &queries_,
                          &EvidenceQueries::ListStatementsOf);
  }

 private:
  const GraphApi* const graph_;
  ServiceRuntime* const runtime_;
  EvidenceQueries queries_;
  evidence::SearchQueries searches_;
  Method list_concerns_{runtime_, kFullName, "ListConcerns", QuestionOptions(*runtime_)};
  Method find_answers_{runtime_, kFullName, "FindAnswers", QuestionOptions(*runtime_)};
  Method list_unanswered_{runtime_, kFullName, "ListUnanswered", QuestionOptions(*runtime_)};
  Method find_shared_concerns_{runtime_, kFullName, "FindSharedConcerns",
                               QuestionOptions(*runtime_)};
  Method get_changes_{runtime_, kFullName, "GetChanges", QuestionOptions(*runtime_)};
  Method search_{runtime_, kFullName, "Search", QuestionOptions(*runtime_)};
  Method get_source_{runtime_, kFullName, "GetSource", QuestionOptions(*runtime_)};
  Method list_statements_of_{runtime_, kFullName, "ListStatementsOf", QuestionOptions(*runtime_)};
};

}  // namespace

std::unique_ptr<HostedService> MakeEvidenceService(GraphApi* graph, ServiceRuntime* runtime) {
  return std::make_unique<EvidenceServiceFace>(graph, runtime);
}

}  // namespace attlas::services
