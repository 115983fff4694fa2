#include "graph/query/traverse.h"

#include <algorithm>
#include <limits>

#include "graph/query/visited_marks.h"

namespace attlas::graph {
namespace {

// One breadth-first visit. All nodes met stand in one queue; a level is a stretch of it.
class BreadthFirst {
 public:
  BreadthFirst(const View& view, const TraverseSpec& spec, Budget& budget, VisitedMarks& marks,
               absl::FunctionRef<bool(const Visit&)> visit)
      : view_(view),
        spec_(spec),
        budget_(budget),
        visit_(visit),
        fan_out_(FanOutOf(budget)),
        marks_(marks.marker()),
        queue_(marks.queue()) {}

  void Run() {
    for (const NodeOrdinal start : spec_.starts) {
      if (!IsThere(start) || !marks_.Add(start)) continue;
      if (!Take({start, 0, kNoNode, nullptr})) return;
    }
    size_t begin = 0;
    for (int depth = 1; depth <= spec_.max_depth && begin < queue_.size(); ++depth) {
      const size_t end = queue_.size();
      if (depth == spec_.max_depth) asked_first_ = end;
      if (!ExpandLevel(begin, end, depth)) return;
      begin = end;
    }
    TellWhetherDepthCut(begin);
  }

 private:
  // A node that has a list exists, and the list is read anyway: the record of the node, elsewhere
  // in memory, need not be.
  bool IsThere(NodeOrdinal node) const {
    if (node >= view_.node_limit()) return false;
    const Snapshot& snapshot = view_.snapshot();
    const bool backward = spec_.direction == v1::DIRECTION_BACKWARD;
    const bool has_list = (backward ? snapshot.in(node) : snapshot.out(node)) != nullptr;
    return has_list ? !view_.Hides(node) : view_.Exists(node);
  }

  // Takes a node that was not met before; false to stop everything.
  ABSL_ATTRIBUTE_ALWAYS_INLINE bool Take(const Visit& met) {
    if (!budget_.SpendNode() || !visit_(met)) return false;
    if (queue_.size() == asked_first_) view_.PrefetchSlots(met.node, spec_.direction);
    queue_.push_back(met.node);
    return true;
  }

  bool ExpandLevel(size_t begin, size_t end, int depth) {
    const FetchAhead fetch(view_, spec_.direction, queue_, begin, end);
    for (size_t i = begin; i < end; ++i) {
      fetch.Before(i);
      if (!Expand(queue_[i], depth)) return false;
    }
    return true;
  }

  bool Expand(NodeOrdinal node, int depth) {
    return fan_out_ == kNoFanOut ? ExpandAll(node, depth) : ExpandSome(node, depth);
  }

  // Follows every edge. Most lead to nodes that were met before, which is the first thing to see.
  bool ExpandAll(NodeOrdinal node, int depth) {
    const VisitedMarks::Marker marks = marks_;
    uint32_t examined = 0;
    bool go_on = true;
    view_.ForEachWantedLink(
        node, spec_.direction, spec_.edge_types,
        [&](NodeOrdinal neighbor) ABSL_ATTRIBUTE_ALWAYS_INLINE {
          ++examined;
          return !marks.Contains(neighbor);
        },
        [&](const HotEdge& hot, const EdgeOrdinal* edge, bool) ABSL_ATTRIBUTE_ALWAYS_INLINE {
          marks.Put(hot.neighbor);
          go_on = Take({hot.neighbor, depth, node, edge});
          return go_on;
        });
    return go_on && budget_.SpendEdges(examined);
  }

  // Follows so many edges, met before or not.
  bool ExpandSome(NodeOrdinal node, int depth) {
    const VisitedMarks::Marker marks = marks_;
    uint32_t followed = 0;
    bool go_on = true;
    view_.ForEachLink(node, spec_.direction, spec_.edge_types,
                      [&](const HotEdge& hot, const EdgeOrdinal* edge, bool) {
                        if (followed == fan_out_) {
                          budget_.Reach(v1::BOUND_FAN_OUT);
                          return false;
                        }
                        ++followed;
                        if (marks.Add(hot.neighbor)) {
                          go_on = Take({hot.neighbor, depth, node, edge});
                        }
                        return go_on;
                      });
    return go_on && budget_.SpendEdges(followed);
  }

  // The depth cut the visit short if an edge of the last level leads to a node that was not met.
  void TellWhetherDepthCut(size_t begin) {
    // Mostly the first node leads on; the lists of others would then be asked for in vain.
    if (begin == queue_.size() || IsDecidedBy(queue_[begin])) return;
    const FetchAhead fetch(view_, spec_.direction, queue_, begin + 1, queue_.size());
    for (size_t i = begin + 1; i < queue_.size(); ++i) {
      fetch.Before(i);
      if (IsDecidedBy(queue_[i])) return;
    }
  }

  // Whether no other node need be looked at: an edge leads on from this one, which is noted, or
  // there is nothing left to spend.
  bool IsDecidedBy(NodeOrdinal node) {
    const VisitedMarks::Marker marks = marks_;
    uint32_t examined = 0;
    const bool cut = view_.HasWantedLink(node, spec_.direction, spec_.edge_types,
                                         [&](NodeOrdinal neighbor) ABSL_ATTRIBUTE_ALWAYS_INLINE {
                                           ++examined;
                                           return !marks.Contains(neighbor);
                                         });
    if (cut) budget_.Reach(v1::BOUND_DEPTH);
    return cut || !budget_.SpendEdges(examined);
  }

  const View& view_;
  const TraverseSpec& spec_;
  Budget& budget_;
  absl::FunctionRef<bool(const Visit&)> visit_;
  const uint32_t fan_out_;
  const VisitedMarks::Marker marks_;
  NodeQueue& queue_;
  // The place in the queue of the node by which TellWhetherDepthCut begins, which is asked for as
  // soon as it is met.
  size_t asked_first_ = std::numeric_limits<size_t>::max();
};

}  // namespace

void Traverse(const View& view, const TraverseSpec& spec, Budget& budget,
              absl::FunctionRef<bool(const Visit&)> visit) {
  BreadthFirst(view, spec, budget, VisitedMarks::ForThread(0, view.node_limit()), visit).Run();
}

Neighborhood ExtractNeighborhood(const View& view, const TraverseSpec& spec, size_t max_nodes,
                                 Budget& budget) {
  Neighborhood result;
  const VisitedMarks::Marker inside = VisitedMarks::ForThread(1, view.node_limit()).marker();
  Traverse(view, spec, budget, [&](const Visit& visit) {
    if (result.visits.size() >= max_nodes) {
      budget.Reach(v1::BOUND_RESULTS);
      return false;
    }
    result.visits.push_back(visit);
    inside.Add(visit.node);
    return true;
  });
  for (const Visit& visit : result.visits) {
    // The way to a node belongs to the picture even where a bound leaves out other edges.
    if (visit.edge != nullptr) result.edges.push_back(visit.via());
    if (budget.exhausted()) continue;
    view.ForEachEdge(visit.node, v1::DIRECTION_FORWARD, spec.edge_types, [&](const EdgeRef& edge) {
      if (inside.Contains(edge.neighbor)) result.edges.push_back(edge.edge);
      return budget.SpendEdge();
    });
  }
  std::sort(result.edges.begin(), result.edges.end());
  result.edges.erase(std::unique(result.edges.begin(), result.edges.end()), result.edges.end());
  return result;
}

}  // namespace attlas::graph
