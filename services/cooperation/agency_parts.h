// The agencies of a place by kind, and whether they appear in arms-control work.
//
// What: an agency appears where it holds a role, or took part in or organized an event or activity,
// by statements that are sure enough. An agency whose own statement is not sure enough is named and
// marked as left out, so that an office is never forgotten in silence.
// Thread-safety: functions and plain values, which view the index they were made from.
#ifndef ATTLAS_SERVICES_COOPERATION_AGENCY_PARTS_H_
#define ATTLAS_SERVICES_COOPERATION_AGENCY_PARTS_H_

#include <string_view>
#include <vector>

#include "attlas/cooperation/v1/contact.pb.h"
#include "services/domain/evidence.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::cooperation {

inline constexpr std::string_view kGenderEquality = "gender-equality";

// An agency of a place and the statements about it that count.
struct AgencyFacts {
  const graph::Node* node = nullptr;
  const graph::Edge* agency_of = nullptr;
  bool left_out = false;                        // `agency_of` is not sure enough.
  std::vector<const graph::Edge*> roles;        // HOLDS_ROLE, on the day.
  std::vector<const graph::Edge*> engagements;  // ATTENDED and ORGANIZED, up to the day.

  std::string_view kind() const;
  bool is_linked() const { return !roles.empty() || !engagements.empty(); }
};

// The hops from a place to its agencies.
graph::v1::Hop ToAgencies();
// The same, to those of one kind.
graph::v1::Hop ToAgencies(std::string_view kind);

// The agencies of the place that the index holds, by name: those that count first.
std::vector<AgencyFacts> AgenciesOf(const domain::SubgraphIndex& index, std::string_view place,
                                    const domain::Reading& reading);

// An agency in the form of an answer.
v1::AgencyPart AgencyPartFrom(const domain::SubgraphIndex& index, const AgencyFacts& agency,
                              domain::EvidenceGatherer* evidence);

}  // namespace attlas::cooperation

#endif  // ATTLAS_SERVICES_COOPERATION_AGENCY_PARTS_H_
