// The questions of EngagementService, without gRPC.
//
// What: each method asks the graph once (more only for sources, or where a name has to be looked
// for) and makes the answer from that one revision; RecordEngagement commits once. See
// engagement_service.proto.
// Threads: thread-safe. Calls block: make them from a worker.
// Errors: those of EngagementService, with an ErrorDetail payload.
#ifndef ATTLAS_SERVICES_ENGAGEMENT_ENGAGEMENT_QUERIES_H_
#define ATTLAS_SERVICES_ENGAGEMENT_ENGAGEMENT_QUERIES_H_

#include "absl/status/statusor.h"
#include "attlas/engagement/v1/engagement_service.pb.h"
#include "services/common/bounded_cache.h"
#include "services/common/graph_api.h"
#include "services/common/page_token.h"
#include "services/domain/kept_subgraphs.h"
#include "services/domain/terms.h"

namespace attlas::engagement {

class EngagementQueries {
 public:
  // `graph` and `page_tokens` outlive this.
  EngagementQueries(services::GraphApi* graph, const services::PageTokenCodec* page_tokens)
      : graph_(graph), page_tokens_(page_tokens), terms_(graph), subgraphs_(graph) {}

  absl::StatusOr<v1::ListEngagementsResponse> ListEngagements(
      const services::CallContext& context, const v1::ListEngagementsRequest& request) const;
  absl::StatusOr<v1::GetEngagementResponse> GetEngagement(
      const services::CallContext& context, const v1::GetEngagementRequest& request) const;
  absl::StatusOr<v1::RecordEngagementResponse> RecordEngagement(
      const services::CallContext& context, const v1::RecordEngagementRequest& request) const;

  // Drops what is kept of the graph: a redaction changed the past.
  void Forget() { subgraphs_.Forget(); }
  // What is kept of what questions read, each of a revision and a clearance.
  services::BoundedCache::Statistics kept_subgraphs() const { return subgraphs_.statistics(); }

 private:
  services::GraphApi* const graph_;
  const services::PageTokenCodec* const page_tokens_;
  mutable domain::TermsCache terms_;
  mutable domain::KeptSubgraphs subgraphs_;
};

}  // namespace attlas::engagement

#endif  // ATTLAS_SERVICES_ENGAGEMENT_ENGAGEMENT_QUERIES_H_
