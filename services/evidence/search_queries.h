// Search, without gRPC: full text over all that the caller may see.
//
// What: checks the request, finds the index of the revision and of what the caller may see
// (services/search), and puts its answer into messages. See evidence_service.proto.
// Threads: thread-safe. Calls block: make them from a worker.
// Errors: those of EvidenceService, with an ErrorDetail payload.
#ifndef ATTLAS_SERVICES_EVIDENCE_SEARCH_QUERIES_H_
#define ATTLAS_SERVICES_EVIDENCE_SEARCH_QUERIES_H_

#include "absl/status/statusor.h"
#include "attlas/evidence/v1/evidence_service.pb.h"
#include "services/common/graph_api.h"
#include "services/common/page_token.h"
#include "services/search/index_keeper.h"

namespace attlas::evidence {

class SearchQueries {
 public:
  // `graph` and `page_tokens` outlive this.
  SearchQueries(services::GraphApi* graph, const services::PageTokenCodec* page_tokens)
      : graph_(graph), page_tokens_(page_tokens), indexes_(graph, {}) {}

  absl::StatusOr<v1::SearchResponse> Search(const services::CallContext& context,
                                            const v1::SearchRequest& request) const;

  // Drops the indexes: a redaction changed the past.
  void Forget() { indexes_.Clear(); }

  const search::IndexKeeper& indexes() const { return indexes_; }

 private:
  services::GraphApi* const graph_;
  const services::PageTokenCodec* const page_tokens_;
  mutable search::IndexKeeper indexes_;  // Thread-safe.
};

}  // namespace attlas::evidence

#endif  // ATTLAS_SERVICES_EVIDENCE_SEARCH_QUERIES_H_
