// Peers: states that voiced a concern and take part in an instrument, before or after.
//
// Thread-safety: plain values and one class for a single thread, which view their index.
//
// Example:
//   Joiners joiners(*index, scope.reading, TargetOf(*index, challenges, named));
//   if (const Joiner* joiner = joiners.Find(voiced->from())) TimingOf(…, *joiner)
#ifndef ATTLAS_SERVICES_EVIDENCE_PEERS_H_
#define ATTLAS_SERVICES_EVIDENCE_PEERS_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "attlas/evidence/v1/answer.pb.h"
#include "services/domain/evidence.h"
#include "services/domain/participation.h"
#include "services/domain/question.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"
#include "services/evidence/concerns.h"

namespace attlas::evidence {

// The instrument in which peers take part: the one that is named or, where none is, the one whose
// provisions answer most of the concerns that are held.
class Target {
 public:
  // Reads the field `target`. INVALID_ARGUMENT for a malformed name.
  absl::Status Set(std::string_view text, std::vector<domain::NameArgument>* names);
  // The acts by which peers joined it, as a hop from a state. REQUIRES a chosen name.
  graph::v1::Hop Joined(const std::vector<domain::NameArgument>& names) const;
  // Adds what choosing reads.
  void AddTo(const std::vector<domain::NameArgument>& names,
             graph::v1::MatchPathsRequest* question) const;
  // Its name; empty where none was named and no provision answers any concern.
  std::string NameIn(const domain::SubgraphIndex& index, const domain::Reading& reading,
                     const std::vector<domain::NameArgument>& names) const;

 private:
  std::optional<size_t> named_;  // Where it stands among the names.
};

// Which came first, as far as the dates tell. A date of a year alone may mean any day of it.
v1::PeerTiming TimingOf(const std::optional<graph::Date>& voiced,
                        const std::optional<graph::Date>& joined);

// The states of an index that take part in the target by an act of their own or of their
// organization. A signature alone does not count.
class Joiners {
 public:
  // `target` may be empty: nobody joined it then. The index outlives this.
  Joiners(const domain::SubgraphIndex& index, const domain::Reading& reading, std::string target);

  const std::string& target() const { return target_; }
  // How a state takes part, or null.
  const domain::Standing* Find(std::string_view state) const;
  // When a voice was raised, compared with the joining of its holder; UNSPECIFIED where the holder
  // did not join.
  v1::PeerTiming TimingOfVoice(const graph::Edge& voiced) const;

  // By theme of concern: the states that voiced one and joined afterwards. O(voices).
  std::map<std::string_view, std::set<std::string_view>> JoinedAnyway(
      const std::vector<Challenge>& challenges) const;

 private:
  const domain::SubgraphIndex& index_;
  const domain::Reading reading_;
  const std::string target_;
  domain::InstrumentTerms terms_;
  mutable std::map<std::string_view, std::optional<domain::Standing>> standings_;
};

// Counts what was left out for its confidence, without the acts towards other instruments, which
// are read where the target is not known beforehand.
void NoteLeftOut(const domain::SubgraphIndex& index, std::string_view target,
                 domain::EvidenceGatherer* evidence);

// The date of the act by which a state takes part; none where it is not known.
std::optional<graph::Date> JoinedDate(const domain::Standing& standing);

}  // namespace attlas::evidence

#endif  // ATTLAS_SERVICES_EVIDENCE_PEERS_H_
