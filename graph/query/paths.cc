#include "graph/query/paths.h"

#include "graph/query/paths_internal.h"

namespace attlas::graph {

std::vector<ScoredPath> FindPaths(const View& view, const PathSpec& spec, Budget& budget) {
  if (spec.from >= view.node_limit() || spec.to >= view.node_limit()) return {};
  view.PrefetchSlots(spec.from, spec.direction);
  view.PrefetchSlots(spec.to, Opposite(spec.direction));
  if (spec.max_paths <= 0 || !view.Exists(spec.from) || !view.Exists(spec.to)) return {};
  if (spec.from == spec.to) return {ScoredPath{{spec.from}, {}, 0}};
  if (spec.unit_costs() && spec.max_paths == 1) return FindShortestPath(view, spec, budget);
  return FindBestPaths(view, spec, budget);
}

}  // namespace attlas::graph
