#include "graph/query/pattern.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "graph/base/status_macros.h"

namespace attlas::graph {
namespace {

// Where the pattern may start, in order.
absl::StatusOr<std::vector<NodeOrdinal>> Starts(const View& view, const RecordSource& records,
                                                const CompiledSelector& selector,
                                                Budget& budget) {
  std::vector<NodeOrdinal> starts;
  const auto consider = [&](NodeOrdinal node) -> absl::Status {
    if (!view.Exists(node)) return absl::OkStatus();
    ATTLAS_ASSIGN_OR_RETURN(const bool meets, Meets(view, records, selector, node));
    if (meets && budget.SpendNode()) starts.push_back(node);
    return absl::OkStatus();
  };
  if (!selector.any_node) {
    for (const NodeOrdinal node : selector.nodes) ATTLAS_RETURN_IF_ERROR(consider(node));
    return starts;
  }
  for (NodeOrdinal node = 0; node < view.node_limit() && !budget.exhausted(); ++node) {
    ATTLAS_RETURN_IF_ERROR(consider(node));
  }
  return starts;
}

// Calls `take(EdgeRef)` for each edge that a hop may follow from the node; an error ends the hop.
template <typename Take>
absl::Status ForEachStep(const View& view, const RecordSource& records, const CompiledHop& hop,
                         NodeOrdinal node, Budget& budget, Take&& take) {
  absl::Status status;
  uint32_t followed = 0;
  const uint32_t fan_out = budget.limits().max_fan_out;
  const TypeSet* types = hop.edge_types.has_value() ? &*hop.edge_types : nullptr;
  view.ForEachEdge(node, hop.direction, types, [&](const EdgeRef& edge) {
    if (!budget.SpendEdge()) return false;
    const absl::StatusOr<bool> node_meets = Meets(view, records, hop.to, edge.neighbor);
    if (!node_meets.ok()) {
      status = node_meets.status();
      return false;
    }
    if (!*node_meets) return true;
    const absl::StatusOr<bool> edge_meets =
        MeetsEdge(view, records, hop.edge_predicates, edge.edge);
    if (!edge_meets.ok()) {
      status = edge_meets.status();
      return false;
    }
    if (!*edge_meets) return true;
    if (fan_out != 0 && ++followed > fan_out) {
      budget.Reach(v1::BOUND_FAN_OUT);
      return false;
    }
    const absl::StatusOr<bool> more = take(edge);
    status = more.status();
    return more.ok() && *more;
  });
  return status;
}

// Depth-first enumeration of paths without repeated nodes.
class PathWalk {
 public:
  PathWalk(const View& view, const RecordSource& records, const CompiledPattern& pattern,
           Budget& budget, absl::FunctionRef<bool(const MatchedPath&)> take)
      : view_(view), records_(records), pattern_(pattern), budget_(budget), take_(take) {}

  absl::StatusOr<bool> From(NodeOrdinal start) {
    path_.nodes = {start};
    path_.edges.clear();
    return Extend(0, 0);
  }

 private:
  // Goes on from the end of the path, `repeats` times into hop `index`. False to stop everything.
  absl::StatusOr<bool> Extend(size_t index, int repeats) {
    if (index == pattern_.hops.size()) return budget_.SpendResult() && take_(path_);
    const CompiledHop& hop = pattern_.hops[index];
    if (repeats >= hop.min_repeats) {
      ATTLAS_ASSIGN_OR_RETURN(const bool more, Extend(index + 1, 0));
      if (!more) return false;
    }
    if (repeats == hop.max_repeats) return true;
    bool go_on = true;
    ATTLAS_RETURN_IF_ERROR(ForEachStep(
        view_, records_, hop, path_.nodes.back(), budget_,
        [&](const EdgeRef& edge) -> absl::StatusOr<bool> {
          if (std::find(path_.nodes.begin(), path_.nodes.end(), edge.neighbor) !=
              path_.nodes.end()) {
            return true;
          }
          if (!budget_.SpendNode()) return go_on = false;
          path_.nodes.push_back(edge.neighbor);
          path_.edges.push_back(edge.edge);
          absl::StatusOr<bool> more = Extend(index, repeats + 1);
          path_.nodes.pop_back();
          path_.edges.pop_back();
          if (more.ok()) go_on = *more;
          return more;
        }));
    return go_on && !budget_.exhausted();
  }

  const View& view_;
  const RecordSource& records_;
  const CompiledPattern& pattern_;
  Budget& budget_;
  absl::FunctionRef<bool(const MatchedPath&)> take_;
  MatchedPath path_;
};

// One layer of the subgraph search: the nodes reached after so many steps, and the edges taken.
struct Step {
  NodeOrdinal from;
  NodeOrdinal to;
  EdgeOrdinal edge;
};

struct Layer {
  size_t hop;        // The hop that leads here.
  int repeats;       // How many times it was taken.
  size_t previous;   // The layer that it starts from.
  absl::flat_hash_set<NodeOrdinal> nodes;
  std::vector<Step> steps;
  bool accepting = false;  // Whether the pattern may end here.
};

class SubgraphSearch {
 public:
  SubgraphSearch(const View& view, const RecordSource& records, const CompiledPattern& pattern,
                 Budget& budget)
      : view_(view), records_(records), pattern_(pattern), budget_(budget) {}

  absl::StatusOr<MatchedSubgraph> Run() {
    ATTLAS_ASSIGN_OR_RETURN(const std::vector<NodeOrdinal> starts,
                            Starts(view_, records_, pattern_.start, budget_));
    // Layers of one hop are kept apart by the number of repeats; what the next hop starts from is
    // the union of those that may end the hop.
    layers_.push_back({0, 0, 0, {starts.begin(), starts.end()}, {}, pattern_.hops.empty()});
    std::vector<size_t> ends = {0};
    for (size_t hop = 0; hop < pattern_.hops.size(); ++hop) {
      ATTLAS_ASSIGN_OR_RETURN(ends, Advance(hop, ends));
    }
    return Prune(ends);
  }

 private:
  absl::StatusOr<std::vector<size_t>> Advance(size_t hop, const std::vector<size_t>& from) {
    const CompiledHop& compiled = pattern_.hops[hop];
    std::vector<size_t> ends;
    std::vector<size_t> sources = from;
    for (int repeats = 1; repeats <= compiled.max_repeats; ++repeats) {
      std::vector<size_t> reached;
      for (const size_t source : sources) {
        ATTLAS_ASSIGN_OR_RETURN(const size_t layer, Expand(hop, repeats, source));
        reached.push_back(layer);
      }
      if (repeats >= compiled.min_repeats) ends.insert(ends.end(), reached.begin(), reached.end());
      sources = std::move(reached);
    }
    return ends;
  }

  absl::StatusOr<size_t> Expand(size_t hop, int repeats, size_t source) {
    Layer layer{hop, repeats, source, {}, {}, false};
    std::vector<NodeOrdinal> ordered(layers_[source].nodes.begin(), layers_[source].nodes.end());
    std::sort(ordered.begin(), ordered.end());
    for (const NodeOrdinal node : ordered) {
      ATTLAS_RETURN_IF_ERROR(ForEachStep(view_, records_, pattern_.hops[hop], node, budget_,
                                         [&](const EdgeRef& edge) -> absl::StatusOr<bool> {
                                           if (layer.nodes.insert(edge.neighbor).second &&
                                               !budget_.SpendNode()) {
                                             return false;
                                           }
                                           layer.steps.push_back({node, edge.neighbor, edge.edge});
                                           return true;
                                         }));
      if (budget_.exhausted()) break;
    }
    layers_.push_back(std::move(layer));
    return layers_.size() - 1;
  }

  // Keeps what leads to an accepted end, walking the layers backwards.
  MatchedSubgraph Prune(const std::vector<size_t>& ends) {
    std::vector<absl::flat_hash_set<NodeOrdinal>> useful(layers_.size());
    for (const size_t end : ends) useful[end] = layers_[end].nodes;
    MatchedSubgraph result;
    for (size_t index = layers_.size(); index-- > 0;) {
      result.nodes.insert(result.nodes.end(), useful[index].begin(), useful[index].end());
      if (index == 0) continue;
      const Layer& layer = layers_[index];
      for (const Step& step : layer.steps) {
        if (!useful[index].contains(step.to)) continue;
        result.edges.push_back(step.edge);
        useful[layer.previous].insert(step.from);
      }
    }
    for (auto* list : {&result.nodes, &result.edges}) {
      std::sort(list->begin(), list->end());
      list->erase(std::unique(list->begin(), list->end()), list->end());
    }
    return result;
  }

  const View& view_;
  const RecordSource& records_;
  const CompiledPattern& pattern_;
  Budget& budget_;
  std::vector<Layer> layers_;
};

}  // namespace

absl::Status MatchPaths(const View& view, const RecordSource& records,
                        const CompiledPattern& pattern, Budget& budget,
                        absl::FunctionRef<bool(const MatchedPath&)> take) {
  ATTLAS_ASSIGN_OR_RETURN(const std::vector<NodeOrdinal> starts,
                          Starts(view, records, pattern.start, budget));
  PathWalk walk(view, records, pattern, budget, take);
  for (const NodeOrdinal start : starts) {
    ATTLAS_ASSIGN_OR_RETURN(const bool more, walk.From(start));
    if (!more) break;
  }
  return budget.CancellationStatus();
}

absl::StatusOr<MatchedSubgraph> MatchSubgraph(const View& view, const RecordSource& records,
                                              const CompiledPattern& pattern, Budget& budget) {
  SubgraphSearch search(view, records, pattern, budget);
  ATTLAS_ASSIGN_OR_RETURN(MatchedSubgraph result, search.Run());
  ATTLAS_RETURN_IF_ERROR(budget.CancellationStatus());
  return result;
}

}  // namespace attlas::graph
