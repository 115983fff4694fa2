// What RankCandidates reads: of one instrument and one region set, or of all, which is kept.
//
// What: the patterns of the question and of all such questions (question_table.h), and what comes
// of what they match on a day from a confidence.
// Threads: thread-safe.
#ifndef ATTLAS_SERVICES_INSTRUMENTS_CANDIDATE_TABLE_H_
#define ATTLAS_SERVICES_INSTRUMENTS_CANDIDATE_TABLE_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "attlas/graph/v1/graph_service.pb.h"
#include "services/domain/act_table.h"
#include "services/domain/evidence.h"
#include "services/domain/kept_by_reading.h"
#include "services/domain/question_table.h"
#include "services/domain/subgraph_index.h"
#include "services/instruments/candidate_factors.h"

namespace attlas::instruments {

// At most this many, the last used, are kept; each from the question after so many others about its
// revision: reading all costs about as much as that many questions.
inline constexpr size_t kKeptCandidateTables = 2;
inline constexpr int kCandidatesAskedBefore = 4;

class CandidateTable : public domain::QuestionTable {
 public:
  // As QuestionTable.
  explicit CandidateTable(std::shared_ptr<const domain::SubgraphIndex> index)
      : QuestionTable(std::move(index)) {}
  CandidateTable(std::shared_ptr<const domain::SubgraphIndex> index, const Sources& sources);

  // How all stand towards every instrument, what instruments ask, and what states voiced.
  struct OnDay {
    domain::Standings standings;
    CountedLinks links;
    VoicedConcerns concerns;
  };
  std::shared_ptr<const OnDay> On(const domain::Reading& reading) const;

  // The themes that provisions, or those of an instrument, serve, whether their statements count or
  // not; all by number. REQUIRES: whole().
  std::span<const uint32_t> ThemesOf(uint32_t provision_or_instrument) const;

 private:
  absl::flat_hash_map<uint32_t, std::vector<uint32_t>> themes_;  // Of a table that is kept.
  domain::KeptByReading<OnDay> on_days_;
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
