// The questions of EvidenceService, without gRPC.
//
// What: each method asks the graph once (more only for sources, or where a name has to be looked
// for) and makes the answer from that one revision. See evidence_service.proto.
// Threads: thread-safe. Calls block: make them from a worker.
// Errors: those of EvidenceService, with an ErrorDetail payload.
#ifndef ATTLAS_SERVICES_EVIDENCE_EVIDENCE_QUERIES_H_
#define ATTLAS_SERVICES_EVIDENCE_EVIDENCE_QUERIES_H_

#include "absl/status/statusor.h"
#include "attlas/evidence/v1/evidence_service.pb.h"
#include "services/common/bounded_cache.h"
#include "services/common/graph_api.h"
#include "services/common/page_token.h"
#include "services/domain/kept_subgraphs.h"

namespace attlas::evidence {

class EvidenceQueries {
 public:
  // `graph` and `page_tokens` outlive this.
  EvidenceQueries(services::GraphApi* graph, const services::PageTokenCodec* page_tokens)
      : graph_(graph), page_tokens_(page_tokens), subgraphs_(graph) {}

  absl::StatusOr<v1::ListConcernsResponse> ListConcerns(
      const services::CallContext& context, const v1::ListConcernsRequest& request) const;
  absl::StatusOr<v1::FindAnswersResponse> FindAnswers(const services::CallContext& context,
                                                      const v1::FindAnswersRequest& request) const;
  absl::StatusOr<v1::ListUnansweredResponse> ListUnanswered(
      const services::CallContext& context, const v1::ListUnansweredRequest& request) const;
  absl::StatusOr<v1::FindSharedConcernsResponse> FindSharedConcerns(
      const services::CallContext& context, const v1::FindSharedConcernsRequest& request) const;
  // Asks the graph again at the earlier revision, for the ontology, and once for each recorded
  // change.
  absl::StatusOr<v1::GetChangesResponse> GetChanges(const services::CallContext& context,
                                                    const v1::GetChangesRequest& request) const;
  // Asks the graph once for each thousand statements.
  absl::StatusOr<v1::GetSourceResponse> GetSource(const services::CallContext& context,
                                                  const v1::GetSourceRequest& request) const;
  absl::StatusOr<v1::ListStatementsOfResponse> ListStatementsOf(
      const services::CallContext& context, const v1::ListStatementsOfRequest& request) const;

  // Drops what is kept of the graph: a redaction changed the past.
  void Forget() { subgraphs_.Forget(); }
  // What is kept of what questions read, each of a revision and a clearance.
  services::BoundedCache::Statistics kept_subgraphs() const { return subgraphs_.statistics(); }

 private:
  services::GraphApi* const graph_;
  const services::PageTokenCodec* const page_tokens_;
  mutable domain::KeptSubgraphs subgraphs_;
};

}  // namespace attlas::evidence

#endif  // ATTLAS_SERVICES_EVIDENCE_EVIDENCE_QUERIES_H_
