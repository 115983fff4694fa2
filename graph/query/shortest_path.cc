// One shortest path by hops: breadth first from both ends at once.
#include <algorithm>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "graph/query/paths.h"
#include "graph/query/paths_internal.h"

namespace attlas::graph {
namespace {

// How a side came to a node.
struct Arrival {
  NodeOrdinal from;
  EdgeOrdinal via;
};

// One of the two searches.
struct Side {
  v1::Direction direction;
  absl::flat_hash_map<NodeOrdinal, Arrival> arrivals;
  std::vector<NodeOrdinal> frontier;
  int depth = 0;
};

Side MakeSide(NodeOrdinal start, v1::Direction direction) {
  Side side{direction, {}, {start}, 0};
  side.arrivals.emplace(start, Arrival{kNoNode, kNoEdge});
  return side;
}

// Takes one more step on a side; the node where it meets the other, if it does. All nodes of the
// step are looked at, so that the meeting does not hang on the order of adjacency alone.
std::optional<NodeOrdinal> Grow(const View& view, const PathSpec& spec, Side& side,
                                const Side& other, Budget& budget) {
  std::vector<NodeOrdinal> next;
  std::optional<NodeOrdinal> meeting;
  const uint32_t fan_out = budget.limits().max_fan_out;
  for (const NodeOrdinal node : side.frontier) {
    uint32_t followed = 0;
    view.ForEachEdge(node, side.direction, spec.edge_types, [&](const EdgeRef& edge) {
      if (!budget.SpendEdge()) return false;
      if (fan_out != 0 && ++followed > fan_out) {
        budget.Reach(v1::BOUND_FAN_OUT);
        return false;
      }
      if (IsAvoided(view, spec, edge.neighbor)) return true;
      if (!side.arrivals.emplace(edge.neighbor, Arrival{node, edge.edge}).second) return true;
      if (!budget.SpendNode()) return false;
      if (other.arrivals.contains(edge.neighbor)) {
        meeting = edge.neighbor;
        return false;
      }
      next.push_back(edge.neighbor);
      return true;
    });
    if (meeting.has_value() || budget.exhausted()) break;
  }
  side.frontier = std::move(next);
  ++side.depth;
  return meeting;
}

ScoredPath Join(const Side& ahead, const Side& behind, NodeOrdinal meeting) {
  ScoredPath path;
  for (NodeOrdinal node = meeting; node != kNoNode; node = ahead.arrivals.at(node).from) {
    path.nodes.push_back(node);
    if (ahead.arrivals.at(node).via != kNoEdge) path.edges.push_back(ahead.arrivals.at(node).via);
  }
  std::reverse(path.nodes.begin(), path.nodes.end());
  std::reverse(path.edges.begin(), path.edges.end());
  for (NodeOrdinal node = meeting; behind.arrivals.at(node).from != kNoNode;
       node = behind.arrivals.at(node).from) {
    path.nodes.push_back(behind.arrivals.at(node).from);
    path.edges.push_back(behind.arrivals.at(node).via);
  }
  path.cost = static_cast<double>(path.edges.size());
  return path;
}

}  // namespace

std::vector<ScoredPath> FindShortestPath(const View& view, const PathSpec& spec, Budget& budget) {
  Side ahead = MakeSide(spec.from, spec.direction);
  Side behind = MakeSide(spec.to, Opposite(spec.direction));
  while (ahead.depth + behind.depth < spec.max_hops && !ahead.frontier.empty() &&
         !behind.frontier.empty() && !budget.exhausted()) {
    const bool grow_ahead = ahead.frontier.size() <= behind.frontier.size();
    Side& side = grow_ahead ? ahead : behind;
    const std::optional<NodeOrdinal> meeting =
        Grow(view, spec, side, grow_ahead ? behind : ahead, budget);
    if (meeting.has_value()) return {Join(ahead, behind, *meeting)};
  }
  if (!ahead.frontier.empty() && !behind.frontier.empty() && !budget.exhausted()) {
    budget.Reach(v1::BOUND_DEPTH);
  }
  return {};
}

}  // namespace attlas::graph
