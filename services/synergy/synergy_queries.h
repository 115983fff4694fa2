// The questions of SynergyService, without gRPC.
//
// What: each method asks the graph once (more only for sources, for a law that will be kept, or
// where a name has to be looked for) and makes the answer from that one revision. See
// synergy_service.proto for what each returns. Threads: thread-safe. Calls block: make them from a
// worker. Errors: those of InstrumentService and SynergyService, with an ErrorDetail payload.
//
// Example:
//   SynergyQueries queries(&graph);
//   ATTLAS_ASSIGN_OR_RETURN(auto answer, queries.FindSynergies(context, request));
#ifndef ATTLAS_SERVICES_SYNERGY_SYNERGY_QUERIES_H_
#define ATTLAS_SERVICES_SYNERGY_SYNERGY_QUERIES_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "attlas/synergy/v1/synergy_service.pb.h"
#include "services/common/bounded_cache.h"
#include "services/common/encoded_response.h"
#include "services/common/graph_api.h"
#include "services/common/page_token.h"
#include "services/domain/goods.h"
#include "services/domain/kept_laws.h"
#include "services/domain/kept_reads.h"
#include "services/domain/kept_subgraphs.h"
#include "services/synergy/bridge_table.h"

namespace attlas::synergy {

using Synergies = services::EncodedResponse<v1::FindSynergiesResponse>;
using Bridges = services::EncodedResponse<v1::FindBridgesResponse>;

class SynergyQueries {
 public:
  // `graph` outlives this. `page_tokens` seals where lists go on; by default such a token ends with
  // the process.
  explicit SynergyQueries(services::GraphApi* graph,
                          services::PageTokenCodec page_tokens =
                              services::PageTokenCodec(services::PageTokenKey::Random()))
      : graph_(graph),
        page_tokens_(page_tokens),
        goods_(graph),
        laws_(graph),
        subgraphs_(graph),
        bridges_(graph, kKeptBridgeTables, kBridgesAskedBefore) {}

  absl::StatusOr<Synergies> FindSynergies(const services::CallContext& context,
                                          const v1::FindSynergiesRequest& request) const;
  absl::StatusOr<v1::CompareInstrumentsResponse> CompareInstruments(
      const services::CallContext& context, const v1::CompareInstrumentsRequest& request) const;
  absl::StatusOr<v1::SimulateParticipationResponse> SimulateParticipation(
      const services::CallContext& context, const v1::SimulateParticipationRequest& request) const;
  absl::StatusOr<Bridges> FindBridges(const services::CallContext& context,
                                      const v1::FindBridgesRequest& request) const;

  // Drops what is kept of the graph: a redaction changed the past.
  void Forget() {
    laws_.Forget();
    subgraphs_.Forget();
    bridges_.Forget();
  }
  // What is kept of what questions read, each of a revision and a clearance.
  services::BoundedCache::Statistics kept_subgraphs() const { return subgraphs_.statistics(); }
  // How many revisions and clearances are kept for FindBridges now.
  size_t kept_bridge_tables() const { return bridges_.size(); }

 private:
  services::GraphApi* const graph_;
  const services::PageTokenCodec page_tokens_;
  mutable domain::GoodsCache goods_;
  mutable domain::KeptLaws laws_;
  mutable domain::KeptSubgraphs subgraphs_;
  mutable domain::KeptReads bridges_;
};

}  // namespace attlas::synergy

#endif  // ATTLAS_SERVICES_SYNERGY_SYNERGY_QUERIES_H_
