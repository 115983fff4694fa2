#include "services/domain/subgraph_index.h"

#include <algorithm>

#include "graph/base/strings.h"

namespace attlas::domain {

using graph::Edge;
using graph::Node;
using graph::ToAbsl;

SubgraphIndex::SubgraphIndex(graph::v1::MatchPathsResponse response)
    : response_(std::move(response)) {
  const graph::v1::Subgraph& subgraph = response_.subgraph();
  nodes_.reserve(static_cast<size_t>(subgraph.nodes_size()));
  for (const Node& node : subgraph.nodes()) {
    nodes_.emplace(node.name(), &node);
    nodes_of_type_[node.type()].push_back(&node);
  }
  for (const Edge& edge : subgraph.edges()) {
    out_[EdgeKey(edge.from(), edge.type())].push_back(&edge);
    in_[EdgeKey(edge.to(), edge.type())].push_back(&edge);
    edges_of_type_[edge.type()].push_back(&edge);
  }
  // The order in which the graph met things may differ between revisions; answers must not.
  for (auto& [type, nodes] : nodes_of_type_) {
    std::sort(nodes.begin(), nodes.end(),
              [](const Node* a, const Node* b) { return a->name() < b->name(); });
  }
  const auto by_ends = [](const Edge* a, const Edge* b) {
    if (a->from() != b->from()) return a->from() < b->from();
    if (a->to() != b->to()) return a->to() < b->to();
    return a->name() < b->name();
  };
  for (auto* lists : {&out_, &in_}) {
    for (auto& [key, edges] : *lists) std::sort(edges.begin(), edges.end(), by_ends);
  }
  for (auto& [type, edges] : edges_of_type_) std::sort(edges.begin(), edges.end(), by_ends);
}

const Node* SubgraphIndex::FindNode(std::string_view name) const {
  const auto found = nodes_.find(ToAbsl(name));
  return found == nodes_.end() ? nullptr : found->second;
}

std::string_view SubgraphIndex::DisplayName(std::string_view name) const {
  const Node* node = FindNode(name);
  return node == nullptr || node->display_name().empty() ? name
                                                         : std::string_view(node->display_name());
}

std::span<const Edge* const> SubgraphIndex::Find(const EdgeLists& lists, std::string_view node,
                                                 std::string_view type) {
  const auto found = lists.find(EdgeKey(ToAbsl(node), ToAbsl(type)));
  if (found == lists.end()) return {};
  return found->second;
}

std::span<const Edge* const> SubgraphIndex::Out(std::string_view node,
                                                std::string_view type) const {
  return Find(out_, node, type);
}

std::span<const Edge* const> SubgraphIndex::In(std::string_view node, std::string_view type) const {
  return Find(in_, node, type);
}

std::span<const Edge* const> SubgraphIndex::OfType(std::string_view type) const {
  const auto found = edges_of_type_.find(ToAbsl(type));
  if (found == edges_of_type_.end()) return {};
  return found->second;
}

std::span<const Node* const> SubgraphIndex::NodesOfType(std::string_view type) const {
  const auto found = nodes_of_type_.find(ToAbsl(type));
  if (found == nodes_of_type_.end()) return {};
  return found->second;
}

std::vector<const Node*> SubgraphIndex::PatternNodes(int pattern) const {
  std::vector<const Node*> nodes;
  if (pattern >= response_.pattern_matches_size()) return nodes;
  for (int index : response_.pattern_matches(pattern).node_indexes()) {
    nodes.push_back(&response_.subgraph().nodes(index));
  }
  std::sort(nodes.begin(), nodes.end(),
            [](const Node* a, const Node* b) { return a->name() < b->name(); });
  return nodes;
}

std::vector<const Edge*> SubgraphIndex::PatternEdges(int pattern) const {
  std::vector<const Edge*> edges;
  if (pattern >= response_.pattern_matches_size()) return edges;
  for (int index : response_.pattern_matches(pattern).edge_indexes()) {
    edges.push_back(&response_.subgraph().edges(index));
  }
  return edges;
}

}  // namespace attlas::domain
