#include "services/domain/members.h"

#include <algorithm>
#include <iterator>

#include "services/domain/patterns.h"

namespace attlas::domain {

using graph::Edge;

bool IsMembership(const Edge& edge) {
  static constexpr std::string_view kRoles[] = {"member", "participant", "participating-state"};
  const std::string_view role = graph::TextProperty(edge.properties(), "role");
  return std::find(std::begin(kRoles), std::end(kRoles), role) != std::end(kRoles);
}

std::string_view MembershipType(std::string_view body) {
  return body.starts_with("groupings/") ? kMemberOfGrouping : kMemberOf;
}

std::vector<const Edge*> MembersOf(const SubgraphIndex& index, std::string_view body,
                                   const Reading& reading) {
  const std::string_view type = MembershipType(body);
  std::vector<const Edge*> members;
  for (const Edge* edge : index.In(body, type)) {
    const bool counts = type == kMemberOfGrouping ? reading.Holds(*edge)
                                                  : reading.Counts(*edge) && IsMembership(*edge);
    if (counts) members.push_back(edge);
  }
  std::stable_sort(members.begin(), members.end(),
                   [](const Edge* a, const Edge* b) { return a->from() < b->from(); });
  const auto same_state = [](const Edge* a, const Edge* b) { return a->from() == b->from(); };
  members.erase(std::unique(members.begin(), members.end(), same_state), members.end());
  return members;
}

std::string DefinitionOf(const SubgraphIndex& index, std::string_view grouping) {
  const graph::Node* node = index.FindNode(grouping);
  if (node == nullptr) return {};
  return std::string(graph::TextProperty(node->properties(), "definition_note"));
}

}  // namespace attlas::domain
