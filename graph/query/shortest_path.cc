// One shortest path by hops: breadth first from both ends at once.
#include <algorithm>

#include "graph/query/paths.h"
#include "graph/query/paths_internal.h"
#include "graph/query/visited_marks.h"

namespace attlas::graph {
namespace {

// One of the two searches. Its queue holds every node met, the frontier at the end.
struct Side {
  VisitedMarks::Marker marks;
  NodeQueue& queue;
  std::vector<Arrival>& arrivals;
  v1::Direction direction;
  size_t frontier = 0;  // Where the frontier begins.
  int depth = 0;

  size_t frontier_size() const { return queue.size() - frontier; }
};

Side MakeSide(const View& view, int slot, NodeOrdinal start, v1::Direction direction) {
  VisitedMarks& marks = VisitedMarks::ForThread(slot, view.node_limit());
  marks.marker().Add(start);
  marks.queue().push_back(start);
  marks.arrivals().push_back({nullptr, 0});
  return {marks.marker(), marks.queue(), marks.arrivals(), direction};
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
    const FetchAhead fetch(view_, side.direction, side.queue, side.frontier, end);
    for (size_t i = side.frontier; i < end && !budget_.exhausted(); ++i) {
      fetch.Before(i);
      if (Expand(static_cast<uint32_t>(i), side, other)) return true;
    }
    side.frontier = end;
    ++side.depth;
    return false;
  }

  bool Expand(uint32_t place, Side& side, const Side& other) {
    const uint32_t fan_out = FanOutOf(budget_);
    const bool avoids = !spec_.avoid_node_types.empty();
    uint32_t followed = 0;
    bool met = false;
    const auto follow = [&](const HotEdge& hot, const EdgeOrdinal* edge, bool) {
      if (followed == fan_out) {
        budget_.Reach(v1::BOUND_FAN_OUT);
        return false;
      }
      ++followed;
      if (side.marks.Contains(hot.neighbor)) return true;
      if (avoids && IsAvoided(view_, spec_, hot.neighbor)) return true;
      side.marks.Add(hot.neighbor);
      if (!budget_.SpendNode()) return false;
      side.queue.push_back(hot.neighbor);
      side.arrivals.push_back({edge, place});
      met = other.marks.Contains(hot.neighbor);
      return !met;
    };
    view_.ForEachLink(side.queue[place], side.direction, spec_.edge_types, follow);
    budget_.SpendEdges(followed);
    return met;
  }

  static size_t PlaceOf(const Side& side, NodeOrdinal node) {
    const std::span<const NodeOrdinal> nodes = side.queue.nodes();
    return static_cast<size_t>(std::find(nodes.rbegin(), nodes.rend(), node).base() -
                               nodes.begin() - 1);
  }

  // The side that grew last has the meeting at the end of its queue, the other in its frontier.
  ScoredPath Join() const {
    const bool ahead_last = behind_.marks.Contains(ahead_.queue.back());
    const NodeOrdinal meeting = ahead_last ? ahead_.queue.back() : behind_.queue.back();
    ScoredPath path;
    path.nodes.push_back(meeting);
    Follow(ahead_, meeting, path);
    std::reverse(path.nodes.begin(), path.nodes.end());
    std::reverse(path.edges.begin(), path.edges.end());
    Follow(behind_, meeting, path);
    path.cost = static_cast<double>(path.edges.size());
    return path;
  }

  // Appends the way from the meeting back to the start of the side.
  static void Follow(const Side& side, NodeOrdinal meeting, ScoredPath& path) {
    for (size_t place = PlaceOf(side, meeting); place != 0;) {
      path.edges.push_back(*side.arrivals[place].via);
      place = side.arrivals[place].from;
      path.nodes.push_back(side.queue[place]);
    }
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
