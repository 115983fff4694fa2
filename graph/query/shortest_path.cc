// One shortest path by hops: breadth first from both ends at once.
#include <algorithm>

#include "graph/query/paths.h"
#include "graph/query/paths_internal.h"
#include "graph/query/visited_marks.h"

namespace attlas::graph {
namespace {

// One of the two searches. Its queue holds every node met, the frontier at the end; `came_from` has
// for each the place in the queue of the node that led to it. Which edge led there is found again
// for the few nodes of the path alone.
struct Side {
  VisitedMarks& marks;
  std::vector<NodeOrdinal>& queue;
  std::vector<uint32_t>& came_from;
  v1::Direction direction;
  size_t frontier = 0;  // Where the frontier begins.
  int depth = 0;

  size_t frontier_size() const { return queue.size() - frontier; }
};

Side MakeSide(const View& view, int slot, NodeOrdinal start, v1::Direction direction) {
  VisitedMarks& marks = VisitedMarks::ForThread(slot, view.node_limit());
  marks.Add(start);
  marks.queue().push_back(start);
  marks.links().push_back(0);
  return {marks, marks.queue(), marks.links(), direction};
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
      if (Expand(i, side, other)) return true;
    }
    side.frontier = end;
    ++side.depth;
    return false;
  }

  bool Expand(size_t place, Side& side, const Side& other) {
    const uint32_t fan_out = budget_.limits().max_fan_out;
    uint32_t followed = 0;
    bool met = false;
    const auto follow = [&](const HotEdge& hot, const EdgeOrdinal*, bool) {
      if (fan_out != 0 && ++followed > fan_out) {
        budget_.Reach(v1::BOUND_FAN_OUT);
        return false;
      }
      if (!budget_.SpendEdge()) return false;
      if (IsAvoided(view_, spec_, hot.neighbor) || !side.marks.Add(hot.neighbor)) return true;
      if (!budget_.SpendNode()) return false;
      side.queue.push_back(hot.neighbor);
      side.came_from.push_back(static_cast<uint32_t>(place));
      met = other.marks.Contains(hot.neighbor);
      return !met;
    };
    view_.ForEachLink(side.queue[place], side.direction, spec_.edge_types, follow);
    return met;
  }

  // The nodes from the one at `place` of the queue back to the start of the side.
  static std::vector<NodeOrdinal> Chain(const Side& side, size_t place) {
    std::vector<NodeOrdinal> chain = {side.queue[place]};
    while (place != 0) {
      place = side.came_from[place];
      chain.push_back(side.queue[place]);
    }
    return chain;
  }

  static size_t PlaceOf(const Side& side, NodeOrdinal node) {
    return static_cast<size_t>(
        std::find(side.queue.rbegin(), side.queue.rend(), node).base() - side.queue.begin() - 1);
  }

  // The side that grew last has the meeting at the end of its queue, the other in its frontier.
  ScoredPath Join() const {
    const bool ahead_last = behind_.marks.Contains(ahead_.queue.back());
    const NodeOrdinal meeting = ahead_last ? ahead_.queue.back() : behind_.queue.back();
    ScoredPath path;
    path.nodes = Chain(ahead_, PlaceOf(ahead_, meeting));
    std::reverse(path.nodes.begin(), path.nodes.end());
    const std::vector<NodeOrdinal> rest = Chain(behind_, PlaceOf(behind_, meeting));
    path.nodes.insert(path.nodes.end(), rest.begin() + 1, rest.end());
    for (size_t i = 0; i + 1 < path.nodes.size(); ++i) {
      path.edges.push_back(FirstEdge(path.nodes[i], path.nodes[i + 1]));
    }
    path.cost = static_cast<double>(path.edges.size());
    return path;
  }

  EdgeOrdinal FirstEdge(NodeOrdinal from, NodeOrdinal to) const {
    EdgeOrdinal first = kNoEdge;
    view_.ForEachEdge(from, spec_.direction, spec_.edge_types, [&](const EdgeRef& edge) {
      if (edge.neighbor == to) first = edge.edge;
      return first == kNoEdge;
    });
    return first;
  }

  const View& view_;
  const PathSpec& spec_;
  Budget& budget_;
  Side ahead_;
  Side behind_;
};

}  // namespace

std::vector<ScoredPath> FindShortestPath(const View& view, const PathSpec& spec, Budget& budget) {
  return BidirectionalSearch(view, spec, budget).Run();
}

}  // namespace attlas::graph
