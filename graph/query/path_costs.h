// Costs of hops in whole ticks, and the least cost of the rest of the way. Private to graph/query.
//
// Whole numbers add up alike in any order, so that equal costs are equal and the order of paths is
// a total one. Threads: single-thread; PathCosts is immutable.
#ifndef ATTLAS_GRAPH_QUERY_PATH_COSTS_H_
#define ATTLAS_GRAPH_QUERY_PATH_COSTS_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/query/paths.h"

namespace attlas::graph {

using Ticks = int64_t;

class PathCosts {
 public:
  // `view` outlives this.
  PathCosts(const View& view, const PathSpec& spec);

  Ticks TicksOf(const EdgeRef& edge) const {
    return type_ticks_[edge.type] + penalty_ticks_[Grade(edge)];
  }
  double CostOf(const EdgeRef& edge) const {
    return type_costs_[edge.type] + penalties_[Grade(edge)];
  }

 private:
  // Any where no confidence costs anything.
  size_t Grade(const EdgeRef& edge) const {
    return penalizes_ ? static_cast<size_t>(view_.ConfidenceOf(edge)) : 0;
  }

  const View& view_;
  const bool penalizes_;
  std::vector<double> type_costs_;  // By edge type.
  std::vector<double> penalties_;   // By confidence.
  std::vector<Ticks> type_ticks_;
  std::vector<Ticks> penalty_ticks_;
};

// The least that a path from a node to the goal may cost, and the fewest hops it may take.
struct Rest {
  int hops = 0;
  Ticks ticks = 0;
};

// One search backwards from the goal.
class RestOfTheWay {
 public:
  RestOfTheWay(const View& view, const PathSpec& spec, const PathCosts& costs, Budget& budget);

  // Null where the goal cannot be reached within max_hops.
  const Rest* Find(NodeOrdinal node) const {
    const auto found = rest_.find(node);
    return found == rest_.end() ? nullptr : &found->second;
  }
  // Whether max_hops left out nodes that are farther from the goal.
  bool cut() const { return cut_; }

 private:
  void CountHops(const View& view, const PathSpec& spec, Budget& budget);
  void CountTicks(const View& view, const PathSpec& spec, const PathCosts& costs, Budget& budget);

  absl::flat_hash_map<NodeOrdinal, Rest> rest_;
  bool cut_ = false;
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_QUERY_PATH_COSTS_H_
