// Concerns with those who voiced them and what speaks to them, from the statements about them.
//
// Thread-safety: functions and plain values, which view their index.
//
// Example:
//   for (graph::v1::Pattern& pattern : ConcernPatterns(AllConcerns())) …
//   for (const Challenge& one : ChallengesOf(*index, scope.reading)) … ConcernFrom(…)
#ifndef ATTLAS_SERVICES_EVIDENCE_CONCERNS_H_
#define ATTLAS_SERVICES_EVIDENCE_CONCERNS_H_

#include <optional>
#include <string_view>
#include <vector>

#include "attlas/evidence/v1/concern.pb.h"
#include "services/domain/evidence.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::evidence {

inline constexpr std::string_view kAnsweredBy = "ANSWERED_BY";
inline constexpr std::string_view kAddresses = "ADDRESSES";

// One concern and the statements about it that count on the day.
struct Challenge {
  const graph::Node* node = nullptr;
  std::vector<const graph::Edge*> voices;        // Latest first; those without a date last.
  std::vector<const graph::Edge*> themes;        // What it is about.
  std::vector<const graph::Edge*> clauses;       // Provisions that answer it.
  std::vector<const graph::Edge*> publications;  // That bear on it, published by the day.
  std::optional<graph::Date> latest;             // When it was last voiced.
};

// A pattern without hops whose matches are every concern. Another pattern that ends at concerns,
// such as one from a state along VOICED, may stand in its place.
graph::v1::Pattern AllConcerns();

// The patterns that read all that a Challenge holds of the concerns where `concerns` ends.
std::vector<graph::v1::Pattern> ConcernPatterns(const graph::v1::Pattern& concerns);

// One concern of the index, also one that nobody voiced by the day of the reading.
Challenge ChallengeOf(const domain::SubgraphIndex& index, const graph::Node& node,
                      const domain::Reading& reading);

// The concerns of the index that somebody voiced by the day of the reading, latest first, then by
// name. O(statements log statements).
std::vector<Challenge> ChallengesOf(const domain::SubgraphIndex& index,
                                    const domain::Reading& reading);

// Whether a publication was published by the day; true where its date is not known.
bool PublishedBy(const domain::SubgraphIndex& index, std::string_view publication,
                 const domain::Reading& reading);

// The concern in the form of an answer.
v1::Concern ConcernFrom(const domain::SubgraphIndex& index, const Challenge& challenge,
                        const domain::Scope& scope, domain::EvidenceGatherer* evidence);

// What the concerns are about, the most frequent theme first.
std::vector<v1::ConcernThemeCount> CountThemes(const domain::SubgraphIndex& index,
                                               const std::vector<Challenge>& challenges);

// Tells the reader that positions age, and how many of the concerns are old.
void NoteAge(const std::vector<Challenge>& challenges, const domain::Scope& scope,
             domain::EvidenceGatherer* evidence);

}  // namespace attlas::evidence

#endif  // ATTLAS_SERVICES_EVIDENCE_CONCERNS_H_
