#include "graph/query/path_costs.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

#include "graph/query/paths_internal.h"

namespace attlas::graph {
namespace {

constexpr Ticks kUnknown = std::numeric_limits<Ticks>::max();

// Ticks in a cost of 1, unless costs are so high that a path would not fit.
constexpr double kTicksPerUnit = 1e9;
constexpr double kMostTicksOfHop = 1e16;

std::vector<Ticks> InTicks(const std::vector<double>& costs, double scale, Ticks least) {
  std::vector<Ticks> ticks;
  ticks.reserve(costs.size());
  for (const double cost : costs)
    ticks.push_back(std::max<Ticks>(std::llround(cost * scale), least));
  return ticks;
}

}  // namespace

PathCosts::PathCosts(const View& view, const PathSpec& spec)
    : view_(view), penalizes_(spec.confidence_penalty != 0), type_costs_(spec.type_costs) {
  if (type_costs_.empty()) {
    type_costs_.assign(view.snapshot().ontology()->edge_type_count(), 1.0);
  }
  // Of every grade that there can be, so that the scale tells nothing of what is hidden.
  for (int grade = v1::CONFIDENCE_UNSPECIFIED; grade <= v1::CONFIDENCE_SEEN; ++grade) {
    penalties_.push_back(spec.confidence_penalty * (v1::CONFIDENCE_SEEN - grade));
  }
  double highest = 1;
  for (const auto* costs : {&type_costs_, &penalties_}) {
    for (const double cost : *costs) highest = std::max(highest, cost);
  }
  const double scale = std::min(kTicksPerUnit, kMostTicksOfHop / highest);
  // Every hop costs at least a tick, so that a detour never costs nothing.
  type_ticks_ = InTicks(type_costs_, scale, 1);
  penalty_ticks_ = InTicks(penalties_, scale, 0);
}

RestOfTheWay::RestOfTheWay(const View& view, const PathSpec& spec, const PathCosts& costs,
                           Budget& budget) {
  CountHops(view, spec, budget);
  CountTicks(view, spec, costs, budget);
}

void RestOfTheWay::CountHops(const View& view, const PathSpec& spec, Budget& budget) {
  std::vector<NodeOrdinal> frontier = {spec.to};
  rest_.emplace(spec.to, Rest{0, kUnknown});
  for (int depth = 1; depth <= spec.max_hops && !frontier.empty(); ++depth) {
    std::vector<NodeOrdinal> next;
    for (const NodeOrdinal node : frontier) {
      view.ForEachEdge(node, Opposite(spec.direction), spec.edge_types, [&](const EdgeRef& edge) {
        if (!budget.SpendEdge()) return false;
        if (IsAvoided(view, spec, edge.neighbor)) return true;
        if (!rest_.emplace(edge.neighbor, Rest{depth, kUnknown}).second) return true;
        next.push_back(edge.neighbor);
        return budget.SpendNode();
      });
      if (budget.exhausted()) return;
    }
    frontier = std::move(next);
  }
  cut_ = !frontier.empty();
}

void RestOfTheWay::CountTicks(const View& view, const PathSpec& spec, const PathCosts& costs,
                              Budget& budget) {
  using Entry = std::pair<Ticks, NodeOrdinal>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  rest_[spec.to].ticks = 0;
  queue.push({0, spec.to});
  while (!queue.empty() && !budget.exhausted()) {
    const Ticks ticks = queue.top().first;
    const NodeOrdinal node = queue.top().second;
    queue.pop();
    if (ticks > rest_[node].ticks) continue;
    view.ForEachEdge(node, Opposite(spec.direction), spec.edge_types, [&](const EdgeRef& edge) {
      if (!budget.SpendEdge()) return false;
      const auto found = rest_.find(edge.neighbor);
      if (found == rest_.end()) return true;
      const Ticks total = ticks + costs.TicksOf(edge);
      if (total >= found->second.ticks) return true;
      found->second.ticks = total;
      queue.push({total, edge.neighbor});
      return true;
    });
  }
}

}  // namespace attlas::graph
