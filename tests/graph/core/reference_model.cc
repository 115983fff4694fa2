#include "tests/graph/core/reference_model.h"

#include <algorithm>

#include "graph/model/date.h"

namespace attlas::testing {
namespace {

using graph::Canonicalize;
using graph::Edge;
using graph::Node;
using graph::v1::Mutation;

template <typename Entity>
bool CitesKnownSources(const ReferenceState& state, const Entity& entity) {
  return std::all_of(entity.citations().begin(), entity.citations().end(),
                     [&](const auto& citation) { return state.nodes.contains(citation.source()); });
}

bool PutNode(ReferenceState& state, Node node, bool may_exist, bool must_exist) {
  Canonicalize(&node);
  const bool exists = state.nodes.contains(node.name());
  if ((exists && !may_exist) || (!exists && must_exist)) return false;
  if (!CitesKnownSources(state, node)) return false;
  state.nodes[node.name()] = node;
  return true;
}

bool PutEdge(ReferenceState& state, Edge edge, bool may_exist, bool must_exist) {
  Canonicalize(&edge);
  const bool exists = state.edges.contains(edge.name());
  if ((exists && !may_exist) || (!exists && must_exist)) return false;
  if (!CitesKnownSources(state, edge)) return false;
  if (!state.nodes.contains(edge.from()) || !state.nodes.contains(edge.to())) return false;
  state.edges[edge.name()] = edge;
  return true;
}

bool DeleteNode(ReferenceState& state, const std::string& name) {
  const bool touched = std::any_of(state.edges.begin(), state.edges.end(), [&](const auto& entry) {
    return entry.second.from() == name || entry.second.to() == name;
  });
  return !touched && state.nodes.erase(name) == 1;
}

bool Apply(ReferenceState& state, const Mutation& mutation) {
  switch (mutation.action_case()) {
    case Mutation::kCreateNode:
      return PutNode(state, mutation.create_node(), false, false);
    case Mutation::kUpdateNode:
      return PutNode(state, mutation.update_node(), true, true);
    case Mutation::kPutNode:
      return PutNode(state, mutation.put_node(), true, false);
    case Mutation::kDeleteNode:
      return DeleteNode(state, mutation.delete_node());
    case Mutation::kCreateEdge:
      return PutEdge(state, mutation.create_edge(), false, false);
    case Mutation::kUpdateEdge:
      return PutEdge(state, mutation.update_edge(), true, true);
    case Mutation::kPutEdge:
      return PutEdge(state, mutation.put_edge(), true, false);
    case Mutation::kDeleteEdge:
      return state.edges.erase(mutation.delete_edge()) == 1;
    case Mutation::ACTION_NOT_SET:
      break;
  }
  return false;
}

bool HoldsOn(const Edge& edge, const graph::v1::Date& date) {
  const graph::DayNumber day = graph::FirstDay(date);
  if (edge.has_valid_from() && graph::FirstDay(edge.valid_from()) > day) return false;
  return !edge.has_valid_to() || graph::FirstDay(edge.valid_to()) > day;
}

}  // namespace

std::optional<ReferenceState> ReferenceModel::Try(const std::vector<Mutation>& mutations) const {
  ReferenceState state = latest();
  for (const Mutation& mutation : mutations) {
    if (!Apply(state, mutation)) return std::nullopt;
  }
  return state;
}

std::vector<std::string> ReferenceModel::VisibleNodes(const ReferenceState& state,
                                                      const graph::Clearance& clearance) {
  std::vector<std::string> names;
  for (const auto& [name, node] : state.nodes) {
    if (graph::CanSee(clearance, node.marking())) names.push_back(name);
  }
  return names;
}

std::vector<std::string> ReferenceModel::VisibleEdges(const ReferenceState& state,
                                                      const graph::Clearance& clearance,
                                                      std::optional<graph::v1::Date> as_of,
                                                      graph::Confidence min_confidence) {
  std::vector<std::string> names;
  for (const auto& [name, edge] : state.edges) {
    if (!graph::CanSee(clearance, edge.marking()) ||
        !graph::CanSee(clearance, state.nodes.at(edge.from()).marking()) ||
        !graph::CanSee(clearance, state.nodes.at(edge.to()).marking())) {
      continue;
    }
    if (as_of.has_value() && !HoldsOn(edge, *as_of)) continue;
    const graph::Confidence shown =
        graph::BestConfidence(Shown(edge, state, clearance).citations());
    if (shown < min_confidence) continue;
    names.push_back(name);
  }
  return names;
}

}  // namespace attlas::testing
