// The k best paths: best first over partial paths, led by the exact cost of the rest of the way.
//
// The rest of the way is known from one search backwards from the goal, so a partial path is never
// followed that cannot arrive, and paths come out in the order of their cost.
#include "graph/query/paths.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <queue>
#include <tuple>

#include "absl/container/flat_hash_map.h"
#include "graph/query/paths_internal.h"

namespace attlas::graph {
namespace {

constexpr double kTolerance = 1e-9;
// Paths of equal cost that are compared before the best are chosen among them.
constexpr size_t kMaxTies = 10'000;

double CostOf(const View& view, const PathSpec& spec, const EdgeRef& edge) {
  const double cost = spec.type_costs.empty() ? 1.0 : spec.type_costs[edge.type];
  if (spec.confidence_penalty == 0) return cost;
  const int grade = view.snapshot().access_classes().at(edge.access).confidence;
  return cost + spec.confidence_penalty * (v1::CONFIDENCE_SEEN - grade);
}

// The least cost from each node to the goal, and the fewest hops, within the bound on hops.
struct RestOfTheWay {
  absl::flat_hash_map<NodeOrdinal, double> cost;
  absl::flat_hash_map<NodeOrdinal, int> hops;
};

void CountHops(const View& view, const PathSpec& spec, Budget& budget, RestOfTheWay& rest) {
  std::vector<NodeOrdinal> frontier = {spec.to};
  rest.hops.emplace(spec.to, 0);
  for (int depth = 1; depth <= spec.max_hops && !frontier.empty(); ++depth) {
    std::vector<NodeOrdinal> next;
    for (const NodeOrdinal node : frontier) {
      view.ForEachEdge(node, Opposite(spec.direction), spec.edge_types, [&](const EdgeRef& edge) {
        if (!budget.SpendEdge()) return false;
        if (IsAvoided(view, spec, edge.neighbor)) return true;
        if (!rest.hops.emplace(edge.neighbor, depth).second) return true;
        next.push_back(edge.neighbor);
        return budget.SpendNode();
      });
      if (budget.exhausted()) return;
    }
    frontier = std::move(next);
  }
}

void CountCosts(const View& view, const PathSpec& spec, Budget& budget, RestOfTheWay& rest) {
  using Entry = std::pair<double, NodeOrdinal>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  rest.cost[spec.to] = 0;
  queue.push({0, spec.to});
  while (!queue.empty() && !budget.exhausted()) {
    const auto [cost, node] = queue.top();
    queue.pop();
    if (cost > rest.cost[node] + kTolerance) continue;
    view.ForEachEdge(node, Opposite(spec.direction), spec.edge_types, [&](const EdgeRef& edge) {
      if (!budget.SpendEdge()) return false;
      if (!rest.hops.contains(edge.neighbor)) return true;
      const double total = cost + CostOf(view, spec, edge);
      const auto [it, is_new] = rest.cost.try_emplace(edge.neighbor, total);
      if (!is_new && it->second <= total) return true;
      it->second = total;
      queue.push({total, edge.neighbor});
      return true;
    });
  }
}

// A partial path, as a chain back to the start.
struct Partial {
  std::shared_ptr<const Partial> before;
  NodeOrdinal node;
  EdgeOrdinal via;
  int hops;
  double cost;
};

bool Passes(const Partial& path, NodeOrdinal node) {
  for (const Partial* at = &path; at != nullptr; at = at->before.get()) {
    if (at->node == node) return true;
  }
  return false;
}

ScoredPath Unroll(const Partial& path) {
  ScoredPath result;
  result.cost = path.cost;
  for (const Partial* at = &path; at != nullptr; at = at->before.get()) {
    result.nodes.push_back(at->node);
    if (at->via != kNoEdge) result.edges.push_back(at->via);
  }
  std::reverse(result.nodes.begin(), result.nodes.end());
  std::reverse(result.edges.begin(), result.edges.end());
  return result;
}

struct Candidate {
  double estimate;
  uint64_t number;  // Order of discovery, so that ties are stable.
  std::shared_ptr<const Partial> path;

  bool operator>(const Candidate& other) const {
    return std::tie(estimate, number) > std::tie(other.estimate, other.number);
  }
};

class BestFirst {
 public:
  BestFirst(const View& view, const PathSpec& spec, const RestOfTheWay& rest, Budget& budget)
      : view_(view), spec_(spec), rest_(rest), budget_(budget) {}

  std::vector<ScoredPath> Run() {
    Push(std::make_shared<Partial>(Partial{nullptr, spec_.from, kNoEdge, 0, 0}));
    while (!queue_.empty() && !budget_.exhausted()) {
      const Candidate best = queue_.top();
      queue_.pop();
      if (Enough(best.estimate)) break;
      if (best.path->node == spec_.to) {
        found_.push_back(Unroll(*best.path));
      } else {
        Extend(best.path);
      }
    }
    std::sort(found_.begin(), found_.end(), Better);
    if (found_.size() > wanted()) found_.resize(wanted());
    return std::move(found_);
  }

 private:
  size_t wanted() const { return static_cast<size_t>(spec_.max_paths); }

  // Whether nothing that costs `estimate` or more can belong to the answer.
  bool Enough(double estimate) {
    if (found_.size() < wanted()) return false;
    if (found_.size() >= kMaxTies) {
      budget_.Reach(v1::BOUND_RESULTS);
      return true;
    }
    return estimate > found_[wanted() - 1].cost + kTolerance;
  }

  static bool Better(const ScoredPath& a, const ScoredPath& b) {
    if (std::abs(a.cost - b.cost) > kTolerance) return a.cost < b.cost;
    if (a.edges.size() != b.edges.size()) return a.edges.size() < b.edges.size();
    return a.edges < b.edges;
  }

  void Push(std::shared_ptr<const Partial> path) {
    const auto rest = rest_.cost.find(path->node);
    if (rest == rest_.cost.end()) return;
    queue_.push({path->cost + rest->second, next_++, std::move(path)});
  }

  void Extend(const std::shared_ptr<const Partial>& path) {
    uint32_t followed = 0;
    const uint32_t fan_out = budget_.limits().max_fan_out;
    view_.ForEachEdge(path->node, spec_.direction, spec_.edge_types, [&](const EdgeRef& edge) {
      if (!budget_.SpendEdge()) return false;
      if (fan_out != 0 && ++followed > fan_out) {
        budget_.Reach(v1::BOUND_FAN_OUT);
        return false;
      }
      const auto hops = rest_.hops.find(edge.neighbor);
      if (hops == rest_.hops.end() || path->hops + 1 + hops->second > spec_.max_hops) return true;
      if (Passes(*path, edge.neighbor)) return true;
      Push(std::make_shared<Partial>(Partial{path, edge.neighbor, edge.edge, path->hops + 1,
                                             path->cost + CostOf(view_, spec_, edge)}));
      return budget_.SpendNode();
    });
  }

  const View& view_;
  const PathSpec& spec_;
  const RestOfTheWay& rest_;
  Budget& budget_;
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> queue_;
  uint64_t next_ = 0;
  std::vector<ScoredPath> found_;
};

}  // namespace

std::vector<ScoredPath> FindPaths(const View& view, const PathSpec& spec, Budget& budget) {
  if (!view.Exists(spec.from) || !view.Exists(spec.to)) return {};
  if (spec.from == spec.to) return {ScoredPath{{spec.from}, {}, 0}};
  if (spec.unit_costs() && spec.max_paths == 1) return FindShortestPath(view, spec, budget);
  RestOfTheWay rest;
  CountHops(view, spec, budget, rest);
  CountCosts(view, spec, budget, rest);
  return BestFirst(view, spec, rest, budget).Run();
}

}  // namespace attlas::graph
