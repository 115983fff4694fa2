// The questions of CooperationService, without gRPC.
//
// What: each method asks the graph once (more only for sources, or where a name has to be looked
// for) and makes the answer from that one revision. See cooperation_service.proto for what each
// returns. Threads: thread-safe. Calls block: make them from a worker. Errors: those of
// InstrumentService and CooperationService, with an ErrorDetail payload.
//
// Example:
//   CooperationQueries queries(&graph);
//   ATTLAS_ASSIGN_OR_RETURN(auto answer, queries.GetRoleMap(context, request));
#ifndef ATTLAS_SERVICES_COOPERATION_COOPERATION_QUERIES_H_
#define ATTLAS_SERVICES_COOPERATION_COOPERATION_QUERIES_H_

#include "absl/status/statusor.h"
#include "attlas/cooperation/v1/cooperation_service.pb.h"
#include "services/common/bounded_cache.h"
#include "services/common/graph_api.h"
#include "services/common/page_token.h"
#include "services/domain/kept_subgraphs.h"
#include "services/domain/terms.h"

namespace attlas::cooperation {

class CooperationQueries {
 public:
  // `graph` outlives this. `page_tokens` seals where lists go on; by default such a token ends with
  // the process.
  explicit CooperationQueries(services::GraphApi* graph,
                              services::PageTokenCodec page_tokens =
                                  services::PageTokenCodec(services::PageTokenKey::Random()))
      : graph_(graph), page_tokens_(page_tokens), terms_(graph), subgraphs_(graph) {}

  absl::StatusOr<v1::GetRoleMapResponse> GetRoleMap(const services::CallContext& context,
                                                    const v1::GetRoleMapRequest& request) const;
  absl::StatusOr<v1::GetReachResponse> GetReach(const services::CallContext& context,
                                                const v1::GetReachRequest& request) const;
  absl::StatusOr<v1::FindDuplicationResponse> FindDuplication(
      const services::CallContext& context, const v1::FindDuplicationRequest& request) const;
  absl::StatusOr<v1::FindNetworksResponse> FindNetworks(
      const services::CallContext& context, const v1::FindNetworksRequest& request) const;
  absl::StatusOr<v1::PlanConveningResponse> PlanConvening(
      const services::CallContext& context, const v1::PlanConveningRequest& request) const;

  absl::StatusOr<v1::FindCooperationResponse> FindCooperation(
      const services::CallContext& context, const v1::FindCooperationRequest& request) const;
  absl::StatusOr<v1::FindDecisionPathResponse> FindDecisionPath(
      const services::CallContext& context, const v1::FindDecisionPathRequest& request) const;

  // Drops what is kept of the graph: a redaction changed the past.
  void Forget() { subgraphs_.Forget(); }
  // What is kept of what questions read, each of a revision and a clearance.
  services::BoundedCache::Statistics kept_subgraphs() const { return subgraphs_.statistics(); }

 private:
  services::GraphApi* const graph_;
  const services::PageTokenCodec page_tokens_;
  mutable domain::TermsCache terms_;
  mutable domain::KeptSubgraphs subgraphs_;
};

}  // namespace attlas::cooperation

#endif  // ATTLAS_SERVICES_COOPERATION_COOPERATION_QUERIES_H_
