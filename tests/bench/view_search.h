// The searches of baselines.h over a view, as a service makes them.
#ifndef ATTLAS_TESTS_BENCH_VIEW_SEARCH_H_
#define ATTLAS_TESTS_BENCH_VIEW_SEARCH_H_

#include <utility>
#include <vector>

#include "graph/query/paths.h"
#include "graph/query/traverse.h"
#include "tests/bench/baselines.h"

namespace attlas::bench {

// A snapshot through the filter of every query here: a caller cleared for GREEN, on its day.
inline graph::View ViewFor(const graph::SnapshotPtr& snapshot, const Filter& filter) {
  graph::ReadRequest request;
  request.as_of = filter.day;
  request.clearance.level = graph::v1::TRAFFIC_LIGHT_GREEN;
  return {snapshot, graph::ReadFilter(request, *snapshot)};
}

// A query brings its own budget, as each one of a service does.
class ViewSearch {
 public:
  // `view` outlives this.
  ViewSearch(const graph::View* view, const Filter& filter) : view_(view), types_(TypesOf(filter)) {
    hops_.edge_types = &types_;
    hops_.starts.resize(1);
    path_.edge_types = &types_;
    path_.direction = graph::v1::DIRECTION_FORWARD;
  }
  ViewSearch(const ViewSearch&) = delete;
  ViewSearch& operator=(const ViewSearch&) = delete;

  Reach VisitWithin(graph::NodeOrdinal start, int hops) {
    hops_.starts[0] = start;
    hops_.max_depth = hops;
    graph::Budget budget{graph::QueryLimits()};
    Reach reach;
    graph::Traverse(*view_, hops_, budget, [&](const graph::Visit&) {
      ++reach.count;
      return true;
    });
    reach.cut = budget.truncated();
    return reach;
  }

  std::vector<graph::NodeOrdinal> ShortestPath(graph::NodeOrdinal from, graph::NodeOrdinal to,
                                               int max_hops) {
    path_.from = from;
    path_.to = to;
    path_.max_hops = max_hops;
    graph::Budget budget{graph::QueryLimits()};
    auto paths = graph::FindPaths(*view_, path_, budget);
    return paths.empty() ? std::vector<graph::NodeOrdinal>() : std::move(paths[0].nodes);
  }

 private:
  static graph::TypeSet TypesOf(const Filter& filter) {
    std::vector<graph::TypeId> types;
    for (graph::TypeId type = 0; type <= filter.max_type; ++type) types.push_back(type);
    return graph::TypeSet(types);
  }

  const graph::View* const view_;
  const graph::TypeSet types_;
  graph::TraverseSpec hops_;
  graph::PathSpec path_;
};

}  // namespace attlas::bench

#endif  // ATTLAS_TESTS_BENCH_VIEW_SEARCH_H_
