#include "services/domain/subgraph_index.h"

#include <algorithm>
#include <utility>

#include "graph/base/strings.h"

namespace attlas::domain {

using graph::Edge;
using graph::Node;
using graph::ToAbsl;

namespace {

// Puts each edge into the list of its key, in the order given. Lists are made whole, so that none
// grows.
template <typename Ranked, typename KeyOf, typename Lists>
void FillLists(const std::vector<Ranked>& ranked, KeyOf key_of, Lists* lists) {
  using Entry = std::pair<typename Lists::key_type, const Edge*>;
  std::vector<Entry> entries;
  entries.reserve(ranked.size());
  for (const Ranked& edge : ranked) entries.emplace_back(key_of(edge), edge.edge);
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.first < b.first; });
  size_t count = 0;
  for (size_t i = 0; i < entries.size(); ++i) {
    count += i == 0 || entries[i].first != entries[i - 1].first ? 1 : 0;
  }
  lists->reserve(count);
  for (size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
    while (end < entries.size() && entries[end].first == entries[begin].first) ++end;
    auto& list = (*lists)[entries[begin].first];
    list.reserve(end - begin);
    for (size_t i = begin; i < end; ++i) list.push_back(entries[i].second);
  }
}

}  // namespace

SubgraphIndex::SubgraphIndex(services::SharedResponse<graph::v1::MatchPathsResponse> response)
    : response_(std::move(response)) {
  const graph::v1::Subgraph& subgraph = response_->subgraph();
  nodes_.reserve(static_cast<size_t>(subgraph.nodes_size()));
  for (const Node& node : subgraph.nodes()) {
    nodes_.emplace(node.name(), &node);
    nodes_of_type_[node.type()].push_back(&node);
  }
  // The order in which the graph met things may differ between revisions; answers must not.
  for (auto& [type, nodes] : nodes_of_type_) {
    std::sort(nodes.begin(), nodes.end(),
              [](const Node* a, const Node* b) { return a->name() < b->name(); });
  }
  // Edges are put in order once, and lists filled in that order.
  const std::vector<RankedEdge> ranked = RankEdges();
  FillLists(
      ranked, [](const RankedEdge& edge) { return EndKey(edge.from, edge.type); }, &out_);
  FillLists(
      ranked, [](const RankedEdge& edge) { return EndKey(edge.to, edge.type); }, &in_);
  FillLists(
      ranked, [](const RankedEdge& edge) { return edge.type; }, &edges_of_type_);
}

uint32_t SubgraphIndex::AddNumber(std::string_view text, Numbers* numbers) {
  return numbers->emplace(ToAbsl(text), static_cast<uint32_t>(numbers->size())).first->second;
}

std::vector<SubgraphIndex::RankedEdge> SubgraphIndex::RankEdges() {
  const auto& edges = response_->subgraph().edges();
  std::vector<RankedEdge> ranked;
  ranked.reserve(static_cast<size_t>(edges.size()));
  // Edges come in runs of one start, one end or one type, whose number need not be looked up again.
  const Edge* last = nullptr;
  for (const Edge& edge : edges) {
    const bool first = last == nullptr;
    const RankedEdge before = first ? RankedEdge() : ranked.back();
    const auto number = [&](const std::string& (Edge::*text)() const, uint32_t known,
                            Numbers* numbers) {
      const bool same = !first && (edge.*text)() == (last->*text)();
      return same ? known : AddNumber((edge.*text)(), numbers);
    };
    ranked.push_back({number(&Edge::from, before.from, &ends_),
                      number(&Edge::to, before.to, &ends_),
                      number(&Edge::type, before.type, &types_), &edge});
    last = &edge;
  }
  // Ends are numbered in the order of their names, so that edges compare by numbers.
  end_names_.reserve(ends_.size());
  for (const auto& [name, number] : ends_) end_names_.emplace_back(name.data(), name.size());
  std::sort(end_names_.begin(), end_names_.end());
  std::vector<uint32_t> ranks(end_names_.size());
  for (size_t rank = 0; rank < end_names_.size(); ++rank) {
    uint32_t& number = ends_.find(ToAbsl(end_names_[rank]))->second;
    ranks[number] = static_cast<uint32_t>(rank);
    number = static_cast<uint32_t>(rank);
  }
  for (RankedEdge& edge : ranked) {
    edge.from = ranks[edge.from];
    edge.to = ranks[edge.to];
  }
  std::sort(ranked.begin(), ranked.end(), [](const RankedEdge& a, const RankedEdge& b) {
    if (a.from != b.from) return a.from < b.from;
    return a.to != b.to ? a.to < b.to : a.edge->name() < b.edge->name();
  });
  return ranked;
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

std::optional<uint32_t> SubgraphIndex::NumberOf(std::string_view node) const {
  const auto found = ends_.find(ToAbsl(node));
  return found == ends_.end() ? std::nullopt : std::optional(found->second);
}

std::span<const Edge* const> SubgraphIndex::Find(const EdgeLists& lists, std::string_view node,
                                                 std::string_view type) const {
  const auto end = ends_.find(ToAbsl(node));
  const auto number = types_.find(ToAbsl(type));
  if (end == ends_.end() || number == types_.end()) return {};
  const auto found = lists.find(EndKey(end->second, number->second));
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
  const auto number = types_.find(ToAbsl(type));
  if (number == types_.end()) return {};
  return edges_of_type_.at(number->second);
}

std::span<const Node* const> SubgraphIndex::NodesOfType(std::string_view type) const {
  const auto found = nodes_of_type_.find(ToAbsl(type));
  if (found == nodes_of_type_.end()) return {};
  return found->second;
}

std::vector<const Node*> SubgraphIndex::PatternNodes(int pattern) const {
  std::vector<const Node*> nodes;
  if (pattern >= response_->pattern_matches_size()) return nodes;
  for (int index : response_->pattern_matches(pattern).node_indexes()) {
    nodes.push_back(&response_->subgraph().nodes(index));
  }
  std::sort(nodes.begin(), nodes.end(),
            [](const Node* a, const Node* b) { return a->name() < b->name(); });
  return nodes;
}

std::vector<const Edge*> SubgraphIndex::PatternEdges(int pattern) const {
  std::vector<const Edge*> edges;
  if (pattern >= response_->pattern_matches_size()) return edges;
  for (int index : response_->pattern_matches(pattern).edge_indexes()) {
    edges.push_back(&response_->subgraph().edges(index));
  }
  return edges;
}

}  // namespace attlas::domain
