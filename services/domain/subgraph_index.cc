#include "services/domain/subgraph_index.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "graph/base/strings.h"
#include "services/domain/act_table.h"

namespace attlas::domain {

using graph::Edge;
using graph::Node;
using graph::ToAbsl;

namespace {

// The number of a text, given on first sight.
uint32_t NumberFor(std::string_view text,
                   absl::flat_hash_map<absl::string_view, uint32_t>* numbers) {
  return numbers->emplace(ToAbsl(text), static_cast<uint32_t>(numbers->size())).first->second;
}

struct TypedEdge : NumberedEdge {
  uint32_t type = 0;
};

// Edges come in runs of one start, one end or one type, whose number need not be looked up again.
class EdgeNumbering {
 public:
  using Numbers = absl::flat_hash_map<absl::string_view, uint32_t>;
  EdgeNumbering(Numbers* ends, Numbers* types) : ends_(ends), types_(types) {}

  TypedEdge Next(const Edge& edge) {
    TypedEdge next;
    next.edge = &edge;
    const bool first = last_.edge == nullptr;
    next.from =
        !first && edge.from() == last_.edge->from() ? last_.from : NumberFor(edge.from(), ends_);
    next.to = !first && edge.to() == last_.edge->to() ? last_.to : NumberFor(edge.to(), ends_);
    next.type =
        !first && edge.type() == last_.edge->type() ? last_.type : NumberFor(edge.type(), types_);
    return last_ = next;
  }

 private:
  Numbers* const ends_;
  Numbers* const types_;
  TypedEdge last_;
};

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
  const std::vector<uint32_t> types = NumberEdges();
  out_ = EdgeLists(by_ends_, types, ends_.size(), &NumberedEdge::from);
  in_ = EdgeLists(by_ends_, types, ends_.size(), &NumberedEdge::to);
  edges_of_type_.resize(types_.size());
  for (size_t i = 0; i < types.size(); ++i) edges_of_type_[types[i]].push_back(by_ends_[i].edge);
}

SubgraphIndex::~SubgraphIndex() = default;

const ActTable& SubgraphIndex::acts() const {
  absl::call_once(acts_once_, [this] { acts_ = std::make_unique<const ActTable>(*this); });
  return *acts_;
}

std::vector<uint32_t> SubgraphIndex::NumberEdges() {
  const auto& edges = response_->subgraph().edges();
  std::vector<TypedEdge> typed;
  typed.reserve(static_cast<size_t>(edges.size()));
  EdgeNumbering numbering(&ends_, &types_);
  for (const Edge& edge : edges) typed.push_back(numbering.Next(edge));
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
  for (TypedEdge& edge : typed) {
    edge.from = ranks[edge.from];
    edge.to = ranks[edge.to];
  }
  std::sort(typed.begin(), typed.end(), [](const TypedEdge& a, const TypedEdge& b) {
    if (a.from != b.from) return a.from < b.from;
    return a.to != b.to ? a.to < b.to : a.edge->name() < b.edge->name();
  });
  std::vector<uint32_t> types;
  types.reserve(typed.size());
  by_ends_.reserve(typed.size());
  for (const TypedEdge& edge : typed) {
    by_ends_.push_back(edge);
    types.push_back(edge.type);
  }
  return types;
}

SubgraphIndex::EdgeLists::EdgeLists(const NumberedEdges& edges, std::span<const uint32_t> types,
                                    size_t end_count, uint32_t NumberedEdge::*end) {
  // By the end and the type; what is alike in both stays in order.
  std::vector<uint32_t> order(edges.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    const uint32_t end_of_a = edges[a].*end;
    const uint32_t end_of_b = edges[b].*end;
    return end_of_a != end_of_b ? end_of_a < end_of_b : types[a] < types[b];
  });
  edges_.reserve(order.size());
  types_.reserve(order.size());
  for (const uint32_t position : order) {
    edges_.push_back(edges[position].edge);
    types_.push_back(types[position]);
  }
  by_end_ = Runs(order.size(), end_count, [&](size_t i) { return edges[order[i]].*end; });
}

std::span<const Edge* const> SubgraphIndex::EdgeLists::Find(uint32_t end, uint32_t type) const {
  const auto types = by_end_.In(std::span(types_), end);
  const auto [first, last] = std::equal_range(types.begin(), types.end(), type);
  return by_end_.In(std::span(edges_), end)
      .subspan(static_cast<size_t>(first - types.begin()), static_cast<size_t>(last - first));
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
  const auto number = types_.find(ToAbsl(type));
  if (number == types_.end()) return {};
  const auto end = ends_.find(ToAbsl(node));
  if (end == ends_.end()) return {};
  return lists.Find(end->second, number->second);
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
  return edges_of_type_[number->second];
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
