// What FindBridges reads: of one state and one target, or of all, which is kept.
//
// What: the patterns of the question and of all such questions (question_table.h), and what comes
// of what they match on a day from a confidence.
// Threads: thread-safe.
#ifndef ATTLAS_SERVICES_SYNERGY_BRIDGE_TABLE_H_
#define ATTLAS_SERVICES_SYNERGY_BRIDGE_TABLE_H_

#include <memory>
#include <string>

#include "attlas/graph/v1/graph_service.pb.h"
#include "services/domain/act_table.h"
#include "services/domain/evidence.h"
#include "services/domain/question_table.h"
#include "services/domain/recently_used.h"
#include "services/synergy/contacts.h"

namespace attlas::synergy {

// At most this many, the last used, are kept; each from the question after so many others about its
// revision. Reading all and making the table takes as many instructions as 3.1 questions that read
// for themselves (`read_paths early-bridges`, `first-bridges`), a question after that a fiftieth of
// one. So from the third on, whoever asks any number of questions pays at most 1.7 times what it
// would cost to know the number beforehand; from the second or the fourth on it would be 2.0 times.
inline constexpr size_t kKeptBridgeTables = 2;
inline constexpr int kBridgesAskedBefore = 2;

class BridgeTable : public domain::QuestionTable {
 public:
  using QuestionTable::QuestionTable;

  // How all stand towards every instrument, and what links them.
  struct OnDay {
    domain::Standings standings;
    ContactPoints contacts;
  };
  std::shared_ptr<const OnDay> On(const domain::Reading& reading) const;

 private:
  static constexpr size_t kMaxDays = 4;

  domain::RecentlyUsed<domain::Reading, OnDay, kMaxDays> on_days_;
};

void AddBridgePatterns(const std::string& state, const std::string& target,
                       graph::v1::MatchPathsRequest* request);
void AddAllBridgePatterns(graph::v1::MatchPathsRequest* request);

// Notes the statements that the question about the state and the target matches, and that hold but
// are not sure enough. O(statements that are left out).
void NoteLeftOut(const BridgeTable& table, const domain::Standings& standings,
                 const std::string& state, const std::string& target,
                 domain::EvidenceGatherer* evidence);

}  // namespace attlas::synergy

#endif  // ATTLAS_SERVICES_SYNERGY_BRIDGE_TABLE_H_
