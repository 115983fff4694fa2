#include "services/synergy/agencies.h"

#include <string>

#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"

namespace attlas::synergy {

using domain::EvidenceGatherer;
using domain::Reading;
using domain::SubgraphIndex;
using graph::Edge;

AgenciesByTheme AgencyRoles(const SubgraphIndex& index, std::string_view state,
                            const Reading& reading) {
  AgenciesByTheme roles;
  for (const Edge* agency_of : index.In(state, domain::kAgencyOf)) {
    if (!reading.Counts(*agency_of)) continue;
    for (const Edge* holds : index.Out(agency_of->from(), domain::kHoldsRole)) {
      if (!reading.Counts(*holds)) continue;
      for (const Edge* serves : index.Out(holds->to(), domain::kRoleServes)) {
        if (!reading.Counts(*serves)) continue;
        roles[serves->to()].push_back({agency_of, holds, serves});
      }
    }
  }
  return roles;
}

void FillAgency(const SubgraphIndex& index, const Reading& reading, const AgencyRole& role,
                EvidenceGatherer* evidence, v1::AgencyLink* link) {
  domain::FillNamed(index, role.holds->from(), link->mutable_agency());
  if (const graph::Node* node = index.FindNode(role.holds->from())) {
    link->set_kind(std::string(graph::TextProperty(node->properties(), "kind")));
  }
  domain::FillNamed(index, role.holds->to(), link->mutable_role());
  std::vector<const Edge*> path = {role.agency_of, role.holds, role.serves};
  for (const Edge* under : index.Out(role.holds->to(), domain::kRoleUnder)) {
    if (!reading.Counts(*under)) continue;
    domain::FillNamed(index, under->to(), link->add_instruments());
    path.push_back(under);
  }
  link->set_confidence(domain::LowestConfidence(path));
  evidence->Use(path, link->mutable_evidence());
}

}  // namespace attlas::synergy
