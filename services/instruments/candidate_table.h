// What RankCandidates reads: of one instrument and one region set, or of all, which is kept.
//
// What: the patterns of the question, and the same patterns from every state and every region set
// to every instrument, so that what all match holds what any question would: each walk of the one
// is a walk of the other. What a question about the kept whole would have matched is told again
// where it matters, which is for the statements that are left out (NoteLeftOut).
// Thread-safety: a CandidateTable is safe from any thread.
#ifndef ATTLAS_SERVICES_INSTRUMENTS_CANDIDATE_TABLE_H_
#define ATTLAS_SERVICES_INSTRUMENTS_CANDIDATE_TABLE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "attlas/graph/v1/graph_service.pb.h"
#include "attlas/instruments/v1/answer.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/domain/act_table.h"
#include "services/domain/evidence.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/law.h"
#include "services/domain/subgraph_index.h"
#include "services/domain/written_statements.h"

namespace attlas::instruments {

inline constexpr std::string_view kAnsweredBy = "ANSWERED_BY";
inline constexpr std::string_view kAddresses = "ADDRESSES";

// At most this many, the last used, are kept; each from the question after so many others about its
// revision: reading all costs about as much as that many questions.
inline constexpr size_t kKeptCandidateTables = 2;
inline constexpr int kCandidatesAskedBefore = 4;

class CandidateTable {
 public:
  // Of what one question reads.
  explicit CandidateTable(std::shared_ptr<const domain::SubgraphIndex> index)
      : index_(std::move(index)), acts_(*index_) {}
  // Of what every question reads, with the sources that are cited there.
  CandidateTable(std::shared_ptr<const domain::SubgraphIndex> index,
                 const google::protobuf::RepeatedPtrField<instruments::v1::Source>& sources);

  const domain::SubgraphIndex& index() const { return *index_; }
  const domain::ActTable& acts() const { return acts_; }
  bool whole() const { return law_.has_value(); }
  // Null in a table that is not kept.
  const domain::WrittenStatements* statements() const { return whole() ? &*statements_ : nullptr; }
  // The links of an instrument that count.
  std::vector<domain::ProvisionLink> LinksOf(std::string_view instrument,
                                             const domain::Reading& reading) const {
    return law_.has_value() ? law_->LinksOf(instrument, reading)
                            : domain::LinksOf(*index_, instrument, reading);
  }
  // The themes that provisions, or those of an instrument, serve, whether their statements count or
  // not; all by number. REQUIRES: whole().
  std::span<const uint32_t> ThemesOf(uint32_t provision_or_instrument) const;

 private:
  const std::shared_ptr<const domain::SubgraphIndex> index_;
  const domain::ActTable acts_;
  // Made ready for a table that is kept.
  std::optional<domain::Law> law_;
  std::optional<domain::WrittenStatements> statements_;
  absl::flat_hash_map<uint32_t, std::vector<uint32_t>> themes_;
};

// Of the members of a region set or, where it is empty, of all states.
void AddCandidatePatterns(const std::string& target, const std::string& grouping,
                          graph::v1::MatchPathsRequest* request);
void AddAllCandidatePatterns(graph::v1::MatchPathsRequest* request);

// Notes the statements that the question about the target and the region set matches, and that hold
// but are not sure enough. O(statements that are left out + links of the target).
void NoteLeftOut(const CandidateTable& table, const domain::Standings& standings,
                 const std::string& target, const std::string& grouping,
                 domain::EvidenceGatherer* evidence);

}  // namespace attlas::instruments

#endif  // ATTLAS_SERVICES_INSTRUMENTS_CANDIDATE_TABLE_H_
