#include "services/graph/answer_bytes.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace attlas::services {
namespace {

namespace v1 = graph::v1;

constexpr int32_t kCut = -1;

// What stays of a subgraph.
struct Kept {
  int nodes = 0;               // The first so many.
  std::vector<int32_t> edges;  // By old position: the new one, or kCut.

  bool HasNode(int32_t position) const { return position < nodes; }
  bool HasEdge(int32_t position) const { return edges[static_cast<size_t>(position)] != kCut; }
};

// For each edge, the later of its two ends by position.
std::vector<size_t> LaterEnds(const v1::Subgraph& subgraph) {
  absl::flat_hash_map<std::string_view, size_t> positions;
  for (int i = 0; i < subgraph.nodes_size(); ++i) {
    positions.emplace(subgraph.nodes(i).name(), static_cast<size_t>(i));
  }
  std::vector<size_t> later;
  for (const v1::Edge& edge : subgraph.edges()) {
    later.push_back(std::max(positions[edge.from()], positions[edge.to()]));
  }
  return later;
}

// Keeps the longest beginning of the nodes that fits together with the edges among them.
Kept CutSubgraph(size_t max_bytes, v1::Subgraph* subgraph) {
  const std::vector<size_t> later = LaterEnds(*subgraph);
  std::vector<size_t> bytes;  // Of each node and the edges that come with it.
  for (const v1::Node& node : subgraph->nodes()) bytes.push_back(node.ByteSizeLong());
  for (size_t i = 0; i < later.size(); ++i) {
    bytes[later[i]] += subgraph->edges(static_cast<int>(i)).ByteSizeLong();
  }
  Kept kept;
  size_t used = 0;
  for (const size_t more : bytes) {
    used += more;
    if (used > max_bytes && kept.nodes > 0) break;
    ++kept.nodes;
  }
  // Records are lent to the answer: they change places, never content.
  auto& edges = *subgraph->mutable_edges();
  int32_t kept_edges = 0;
  kept.edges.assign(later.size(), kCut);
  for (size_t i = 0; i < later.size(); ++i) {
    if (later[i] >= static_cast<size_t>(kept.nodes)) continue;
    kept.edges[i] = kept_edges;
    edges.SwapElements(kept_edges++, static_cast<int>(i));
  }
  edges.DeleteSubrange(kept_edges, edges.size() - kept_edges);
  subgraph->mutable_nodes()->DeleteSubrange(kept.nodes, subgraph->nodes_size() - kept.nodes);
  return kept;
}

// Whether the whole path was kept; its positions are then those of the cut subgraph.
bool KeepPath(const Kept& kept, v1::Path* path) {
  const auto has_node = [&](int32_t position) { return kept.HasNode(position); };
  const auto has_edge = [&](int32_t position) { return kept.HasEdge(position); };
  const auto& nodes = path->node_indexes();
  auto& edges = *path->mutable_edge_indexes();
  if (!std::all_of(nodes.begin(), nodes.end(), has_node) ||
      !std::all_of(edges.begin(), edges.end(), has_edge)) {
    return false;
  }
  for (int32_t& edge : edges) edge = kept.edges[static_cast<size_t>(edge)];
  return true;
}

void KeepMatch(const Kept& kept, v1::MatchPathsResponse::PatternMatch* match) {
  v1::MatchPathsResponse::PatternMatch cut;
  for (const int32_t node : match->node_indexes()) {
    if (kept.HasNode(node)) cut.add_node_indexes(node);
  }
  for (const int32_t edge : match->edge_indexes()) {
    if (kept.HasEdge(edge)) cut.add_edge_indexes(kept.edges[static_cast<size_t>(edge)]);
  }
  match->Swap(&cut);
}

template <typename Response>
void SayCut(Response* response) {
  response->set_truncated(true);
  response->add_reached_bounds(v1::BOUND_BYTES);
}

// What is left for nodes and edges beside the rest of an answer, such as positions. At least half,
// so that an answer of many paths over few nodes keeps some of both.
template <typename Response>
size_t ForSubgraph(size_t max_bytes, const Response& response) {
  const size_t rest = response.ByteSizeLong() - response.subgraph().ByteSizeLong();
  return std::max(max_bytes - std::min(rest, max_bytes), max_bytes / 2);
}

// Removes matches or paths from the end until the answer fits.
template <typename Response, typename List>
void DropFromTheEnd(size_t max_bytes, const Response& response, List* list) {
  size_t bytes = response.ByteSizeLong();
  while (bytes > max_bytes && !list->empty()) {
    bytes -= list->rbegin()->ByteSizeLong();
    list->RemoveLast();
  }
}

}  // namespace

void CutToBytes(size_t max_bytes, v1::BatchGetNodesResponse* response) {
  if (response->ByteSizeLong() <= max_bytes) return;
  size_t used = 0;
  for (const std::string& name : response->missing_names()) used += name.size() + 2;
  int kept = 0;
  for (const v1::Node& node : response->nodes()) {
    used += node.ByteSizeLong();
    if (used > max_bytes && kept > 0) break;
    ++kept;
  }
  if (kept == response->nodes_size()) return;
  for (int i = kept; i < response->nodes_size(); ++i) {
    response->add_unread_names(response->nodes(i).name());
  }
  response->mutable_nodes()->DeleteSubrange(kept, response->nodes_size() - kept);
  SayCut(response);
}

void CutToBytes(size_t max_bytes, v1::MatchPathsResponse* response) {
  if (response->ByteSizeLong() <= max_bytes) return;
  const Kept kept = CutSubgraph(ForSubgraph(max_bytes, *response), response->mutable_subgraph());
  v1::MatchPathsResponse whole;
  for (v1::MatchPathsResponse::Match& match : *response->mutable_matches()) {
    if (KeepPath(kept, match.mutable_path())) *whole.add_matches() = std::move(match);
  }
  response->mutable_matches()->Swap(whole.mutable_matches());
  for (v1::MatchPathsResponse::PatternMatch& match : *response->mutable_pattern_matches()) {
    KeepMatch(kept, &match);
  }
  DropFromTheEnd(max_bytes, *response, response->mutable_matches());
  SayCut(response);
}

void CutToBytes(size_t max_bytes, v1::FindPathsResponse* response) {
  if (response->ByteSizeLong() <= max_bytes) return;
  const Kept kept = CutSubgraph(ForSubgraph(max_bytes, *response), response->mutable_subgraph());
  v1::FindPathsResponse whole;
  for (v1::Path& path : *response->mutable_paths()) {
    if (KeepPath(kept, &path)) *whole.add_paths() = std::move(path);
  }
  response->mutable_paths()->Swap(whole.mutable_paths());
  DropFromTheEnd(max_bytes, *response, response->mutable_paths());
  SayCut(response);
}

void CutToBytes(size_t max_bytes, v1::GetNeighborhoodResponse* response) {
  if (response->ByteSizeLong() <= max_bytes) return;
  const Kept kept = CutSubgraph(ForSubgraph(max_bytes, *response), response->mutable_subgraph());
  response->mutable_depths()->Truncate(kept.nodes);
  SayCut(response);
}

}  // namespace attlas::services
