// The questions of InstrumentService, without gRPC.
//
// What: each method asks the graph once (more only for sources, or where a name has to be looked
// for) and makes the answer from that one revision. See instrument_service.proto for what each
// returns.
// Threads: thread-safe. Calls block: make them from a worker.
// Errors: those of InstrumentService, with an ErrorDetail payload.
//
// Example:
//   InstrumentQueries queries(&graph);
//   ATTLAS_ASSIGN_OR_RETURN(auto answer, queries.GetStatus(context, request));
#ifndef ATTLAS_SERVICES_INSTRUMENTS_INSTRUMENT_QUERIES_H_
#define ATTLAS_SERVICES_INSTRUMENTS_INSTRUMENT_QUERIES_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "attlas/instruments/v1/instrument_service.pb.h"
#include "services/common/bounded_cache.h"
#include "services/common/encoded_response.h"
#include "services/common/graph_api.h"
#include "services/common/page_token.h"
#include "services/domain/goods.h"
#include "services/domain/kept_reads.h"
#include "services/domain/kept_subgraphs.h"
#include "services/domain/terms.h"
#include "services/instruments/candidate_table.h"

namespace attlas::instruments {

using RankedCandidates = services::EncodedResponse<v1::RankCandidatesResponse>;

class InstrumentQueries {
 public:
  // `graph` outlives this. `page_tokens` seals where lists go on; by default such a token ends with
  // the process.
  explicit InstrumentQueries(services::GraphApi* graph,
                             services::PageTokenCodec page_tokens =
                                 services::PageTokenCodec(services::PageTokenKey::Random()))
      : graph_(graph),
        page_tokens_(page_tokens),
        goods_(graph),
        terms_(graph),
        subgraphs_(graph),
        candidates_(graph, kKeptCandidateTables, kCandidatesAskedBefore) {}

  absl::StatusOr<v1::ListInstrumentsResponse> ListInstruments(
      const services::CallContext& context, const v1::ListInstrumentsRequest& request) const;
  absl::StatusOr<v1::GetInstrumentResponse> GetInstrument(
      const services::CallContext& context, const v1::GetInstrumentRequest& request) const;
  absl::StatusOr<v1::GetStateProfileResponse> GetStateProfile(
      const services::CallContext& context, const v1::GetStateProfileRequest& request) const;
  absl::StatusOr<v1::GetStatusResponse> GetStatus(const services::CallContext& context,
                                                  const v1::GetStatusRequest& request) const;
  absl::StatusOr<v1::GetStatusTimelineResponse> GetStatusTimeline(
      const services::CallContext& context, const v1::GetStatusTimelineRequest& request) const;
  absl::StatusOr<v1::CompareFiguresResponse> CompareFigures(
      const services::CallContext& context, const v1::CompareFiguresRequest& request) const;
  absl::StatusOr<v1::GetMembershipShareResponse> GetMembershipShare(
      const services::CallContext& context, const v1::GetMembershipShareRequest& request) const;
  absl::StatusOr<RankedCandidates> RankCandidates(const services::CallContext& context,
                                                  const v1::RankCandidatesRequest& request) const;
  absl::StatusOr<v1::GetReportingStatusResponse> GetReportingStatus(
      const services::CallContext& context, const v1::GetReportingStatusRequest& request) const;
  absl::StatusOr<v1::FindSharedReportingResponse> FindSharedReporting(
      const services::CallContext& context, const v1::FindSharedReportingRequest& request) const;

  // Drops what is kept of the graph: a redaction changed the past.
  void Forget() {
    subgraphs_.Forget();
    candidates_.Forget();
  }
  // What is kept of what questions read, each of a revision and a clearance.
  services::BoundedCache::Statistics kept_subgraphs() const { return subgraphs_.statistics(); }
  // How many revisions and clearances are kept for RankCandidates now.
  size_t kept_candidate_tables() const { return candidates_.size(); }

 private:
  services::GraphApi* const graph_;
  const services::PageTokenCodec page_tokens_;
  mutable domain::GoodsCache goods_;
  mutable domain::TermsCache terms_;
  mutable domain::KeptSubgraphs subgraphs_;
  mutable domain::KeptReads candidates_;
};

}  // namespace attlas::instruments

#endif  // ATTLAS_SERVICES_INSTRUMENTS_INSTRUMENT_QUERIES_H_
