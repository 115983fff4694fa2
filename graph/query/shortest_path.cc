// One shortest path by hops: breadth first from both ends at once.
#include <algorithm>
#include <optional>

#include "graph/query/paths.h"
#include "graph/query/paths_internal.h"
#include "graph/query/visited_marks.h"

namespace attlas::graph {
namespace {

// How a side came to a node.
struct Arrival {
  uint32_t visit = 0;
  NodeOrdinal from = kNoNode;
  EdgeOrdinal via = kNoEdge;
};

// One of the two searches. Its queue holds every node met; the frontier is the end of it.
struct Side {
  VisitTable<Arrival>& arrivals;
  std::vector<NodeOrdinal>& queue;
  v1::Direction direction;
  size_t frontier = 0;  // Where the frontier begins.
  int depth = 0;

  size_t frontier_size() const { return queue.size() - frontier; }
};

Side MakeSide(const View& view, int slot, NodeOrdinal start, v1::Direction direction) {
  auto& arrivals = VisitTable<Arrival>::ForThread(slot, view.node_limit());
  arrivals.Add(start);
  arrivals.at(start) = {arrivals.at(start).visit, kNoNode, kNoEdge};
  arrivals.queue().push_back(start);
  return {arrivals, arrivals.queue(), direction};
}

class BidirectionalSearch {
 public:
  BidirectionalSearch(const View& view, const PathSpec& spec, Budget& budget)
      : view_(view),
        spec_(spec),
        budget_(budget),
        ahead_(MakeSide(view, 0, spec.from, spec.direction)),
        behind_(MakeSide(view, 1, spec.to, Opposite(spec.direction))) {}

  std::vector<ScoredPath> Run() {
    while (ahead_.frontier_size() != 0 && behind_.frontier_size() != 0 && !budget_.exhausted()) {
      if (ahead_.depth + behind_.depth == spec_.max_hops) {
        budget_.Reach(v1::BOUND_DEPTH);
        break;
      }
      const bool grow_ahead = ahead_.frontier_size() <= behind_.frontier_size();
      if (grow_ahead ? Grow(ahead_, behind_) : Grow(behind_, ahead_)) return {Join()};
    }
    return {};
  }

 private:
  // Takes one more step on a side; whether it met the other. The first meeting is on a shortest
  // path: a shorter one would have been met in an earlier step.
  bool Grow(Side& side, const Side& other) {
    const size_t end = side.queue.size();
    for (size_t i = side.frontier; i < end && !budget_.exhausted(); ++i) {
      if (i + kSlotsAhead < end) view_.PrefetchSlots(side.queue[i + kSlotsAhead], side.direction);
      if (i + kListsAhead < end) view_.PrefetchLists(side.queue[i + kListsAhead], side.direction);
      if (Expand(side.queue[i], side, other)) return true;
    }
    side.frontier = end;
    ++side.depth;
    return false;
  }

  bool Expand(NodeOrdinal node, Side& side, const Side& other) {
    const uint32_t fan_out = budget_.limits().max_fan_out;
    uint32_t followed = 0;
    view_.ForEachEdge(node, side.direction, spec_.edge_types, [&](const EdgeRef& edge) {
      if (fan_out != 0 && ++followed > fan_out) {
        budget_.Reach(v1::BOUND_FAN_OUT);
        return false;
      }
      if (!budget_.SpendEdge()) return false;
      if (IsAvoided(view_, spec_, edge.neighbor) || !side.arrivals.Add(edge.neighbor)) return true;
      Arrival& arrival = side.arrivals.at(edge.neighbor);
      arrival.from = node;
      arrival.via = edge.edge;
      if (!budget_.SpendNode()) return false;
      if (other.arrivals.Contains(edge.neighbor)) {
        meeting_ = edge.neighbor;
        return false;
      }
      side.queue.push_back(edge.neighbor);
      return true;
    });
    return meeting_.has_value();
  }

  ScoredPath Join() const {
    ScoredPath path;
    path.nodes.push_back(*meeting_);
    for (Arrival at = ahead_.arrivals.at(*meeting_); at.from != kNoNode;
         at = ahead_.arrivals.at(at.from)) {
      path.nodes.push_back(at.from);
      path.edges.push_back(at.via);
    }
    std::reverse(path.nodes.begin(), path.nodes.end());
    std::reverse(path.edges.begin(), path.edges.end());
    for (Arrival at = behind_.arrivals.at(*meeting_); at.from != kNoNode;
         at = behind_.arrivals.at(at.from)) {
      path.nodes.push_back(at.from);
      path.edges.push_back(at.via);
    }
    path.cost = static_cast<double>(path.edges.size());
    return path;
  }

  const View& view_;
  const PathSpec& spec_;
  Budget& budget_;
  Side ahead_;
  Side behind_;
  std::optional<NodeOrdinal> meeting_;
};

}  // namespace

std::vector<ScoredPath> FindShortestPath(const View& view, const PathSpec& spec, Budget& budget) {
  return BidirectionalSearch(view, spec, budget).Run();
}

}  // namespace attlas::graph
