// What RankCandidates reads: of one instrument and one region set, or of all, which is kept.
//
// What: the patterns of the question and of all such questions (question_table.h), and what comes
// of what they match on a day from a confidence.
// Threads: thread-safe.
#ifndef ATTLAS_SERVICES_INSTRUMENTS_CANDIDATE_TABLE_H_
#define ATTLAS_SERVICES_INSTRUMENTS_CANDIDATE_TABLE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attlas/graph/v1/graph_service.pb.h"
#include "services/domain/act_table.h"
#include "services/domain/evidence.h"
#include "services/domain/goods.h"
#include "services/domain/question_table.h"
#include "services/domain/recently_used.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"
#include "services/instruments/candidate_factors.h"

namespace attlas::instruments {

// At most this many, the last used, are kept; each from the question after so many others about its
// revision. Reading all and making the table takes as many instructions as 3.7 questions that read
// for themselves (`read_paths early-candidates`, `first-candidates`), a question after that a
// seventieth of one. So from the third on, whoever asks any number of questions pays at most 1.9
// times what it would cost to know the number beforehand; from the second on it would be 2.3 times.
inline constexpr size_t kKeptCandidateTables = 2;
inline constexpr int kCandidatesAskedBefore = 2;

class CandidateTable : public domain::QuestionTable {
 public:
  // As QuestionTable.
  explicit CandidateTable(std::shared_ptr<const domain::SubgraphIndex> index);
  CandidateTable(std::shared_ptr<const domain::SubgraphIndex> index, const Sources& sources);

  // A state, and its number where an edge links it.
  struct State {
    std::string_view name;
    std::optional<uint32_t> number;
  };
  // All states, by name.
  std::span<const State> states() const { return states_; }

  // What comes of the statements on a day from a confidence.
  class OnDay;
  std::shared_ptr<const OnDay> On(const domain::Reading& reading) const;

  // The themes that provisions, or those of an instrument, serve, whether their statements count or
  // not; all by number. REQUIRES: whole().
  std::span<const uint32_t> ThemesOf(uint32_t provision_or_instrument) const {
    return themes_[provision_or_instrument];
  }

 private:
  static constexpr size_t kMaxDays = 4;

  void AddStates();

  std::vector<State> states_;
  std::vector<std::vector<uint32_t>> themes_;  // By number, of a table that is kept.
  domain::RecentlyUsed<domain::Reading, OnDay, kMaxDays> on_days_;
};

class CandidateTable::OnDay {
 public:
  OnDay(const CandidateTable& table, const domain::Reading& reading);

  // How all stand towards every instrument, and what states voiced.
  const domain::Standings& standings() const { return standings_; }
  const VoicedConcerns& concerns() const { return concerns_; }

  // What brings states near to one instrument.
  struct Towards {
    ThemeCounts themes;
    EventsAbout events;
  };
  // `taxonomy` is that of the table's revision.
  std::shared_ptr<const Towards> To(std::string_view target,
                                    const domain::GoodsTaxonomy& taxonomy) const;

 private:
  static constexpr size_t kMaxTargets = 8;

  const CandidateTable& table_;
  const domain::Standings standings_;
  const CountedLinks links_;
  const VoicedConcerns concerns_;
  domain::RecentlyUsed<std::optional<uint32_t>, Towards, kMaxTargets> towards_;  // By number.
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
