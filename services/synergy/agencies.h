// Agencies of a state that already hold roles on a theme.
//
// Thread-safety: functions and plain values, which view the index they were made from.
#ifndef ATTLAS_SERVICES_SYNERGY_AGENCIES_H_
#define ATTLAS_SERVICES_SYNERGY_AGENCIES_H_

#include <map>
#include <string_view>
#include <vector>

#include "attlas/synergy/v1/commitment.pb.h"
#include "services/domain/evidence.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::synergy {

// An agency of the state with a role that serves a theme: the three statements that say so.
struct AgencyRole {
  const graph::Edge* agency_of = nullptr;
  const graph::Edge* holds = nullptr;
  const graph::Edge* serves = nullptr;
};
using AgenciesByTheme = std::map<std::string_view, std::vector<AgencyRole>>;

// The roles of which every statement counts. O(roles of the state's agencies).
AgenciesByTheme AgencyRoles(const domain::SubgraphIndex& index, std::string_view state,
                            const domain::Reading& reading);

// A role in the form of an answer.
void FillAgency(const domain::SubgraphIndex& index, const domain::Reading& reading,
                const AgencyRole& role, domain::EvidenceGatherer* evidence, v1::AgencyLink* link);

}  // namespace attlas::synergy

#endif  // ATTLAS_SERVICES_SYNERGY_AGENCIES_H_
