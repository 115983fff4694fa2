// Who belongs to an organization or a grouping.
//
// Thread-safety: functions and plain values, which view the index they were made from.
#ifndef ATTLAS_SERVICES_DOMAIN_MEMBERS_H_
#define ATTLAS_SERVICES_DOMAIN_MEMBERS_H_

#include <string>
#include <string_view>
#include <vector>

#include "services/domain/instrument_facts.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::domain {

// Whether a statement `MEMBER_OF` makes a state a member of the body: as one, or as a participant
// of a forum or an arrangement, which has no other members. An observer or a partner in dialogue is
// none.
bool IsMembership(const graph::Edge& edge);

// The edge type by which states belong to a body: that of groupings, or that of organizations.
std::string_view MembershipType(std::string_view body);

// The statements by which states belong to the body on the day, by state, each state once. A
// grouping is a definition: it is taken whole, whatever the confidence. Of an organization only
// members count, and only statements that are sure enough. O(statements).
std::vector<const graph::Edge*> MembersOf(const SubgraphIndex& index, std::string_view body,
                                          const Reading& reading);

// How a region set is defined; empty for none.
std::string DefinitionOf(const SubgraphIndex& index, std::string_view grouping);

// Names the region set over which an answer counts, and defines it; nothing for none.
template <typename Response>
void NameGrouping(const SubgraphIndex& index, std::string_view grouping, Response* response) {
  if (grouping.empty()) return;
  *response->mutable_grouping() = Named(index, grouping);
  response->set_grouping_definition(DefinitionOf(index, grouping));
}

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_MEMBERS_H_
