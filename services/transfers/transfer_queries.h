// The questions of TransferService, without gRPC.
//
// What: each method asks the graph once (more only for sources, or where a name has to be looked
// for) and makes the answer from that one revision. See transfer_service.proto for what each
// returns.
// Threads: thread-safe. Calls block: make them from a worker.
// Errors: those of TransferService, with an ErrorDetail payload.
//
// Example:
//   TransferQueries queries(&graph);
//   ATTLAS_ASSIGN_OR_RETURN(auto answer, queries.GetSuppliers(context, request));
#ifndef ATTLAS_SERVICES_TRANSFERS_TRANSFER_QUERIES_H_
#define ATTLAS_SERVICES_TRANSFERS_TRANSFER_QUERIES_H_

#include "absl/status/statusor.h"
#include "attlas/transfers/v1/transfer_service.pb.h"
#include "services/common/bounded_cache.h"
#include "services/common/graph_api.h"
#include "services/common/page_token.h"
#include "services/domain/kept_subgraphs.h"

namespace attlas::transfers {

class TransferQueries {
 public:
  // `graph` outlives this. `page_tokens` seals where lists go on; by default such a token ends with
  // the process.
  explicit TransferQueries(services::GraphApi* graph,
                           services::PageTokenCodec page_tokens =
                               services::PageTokenCodec(services::PageTokenKey::Random()))
      : graph_(graph), page_tokens_(page_tokens), subgraphs_(graph) {}

  absl::StatusOr<v1::GetRankingResponse> GetRanking(const services::CallContext& context,
                                                    const v1::GetRankingRequest& request) const;
  absl::StatusOr<v1::CountInRegionResponse> CountInRegion(
      const services::CallContext& context, const v1::CountInRegionRequest& request) const;
  absl::StatusOr<v1::GetSuppliersResponse> GetSuppliers(
      const services::CallContext& context, const v1::GetSuppliersRequest& request) const;
  absl::StatusOr<v1::GetCustomersResponse> GetCustomers(
      const services::CallContext& context, const v1::GetCustomersRequest& request) const;
  absl::StatusOr<v1::GetExposureResponse> GetExposure(const services::CallContext& context,
                                                      const v1::GetExposureRequest& request) const;

  // Drops what is kept of the graph: a redaction changed the past.
  void Forget() { subgraphs_.Forget(); }
  // What is kept of what questions read, each of a revision and a clearance.
  services::BoundedCache::Statistics kept_subgraphs() const { return subgraphs_.statistics(); }

 private:
  services::GraphApi* const graph_;
  const services::PageTokenCodec page_tokens_;
  mutable domain::KeptSubgraphs subgraphs_;
};

}  // namespace attlas::transfers

#endif  // ATTLAS_SERVICES_TRANSFERS_TRANSFER_QUERIES_H_
