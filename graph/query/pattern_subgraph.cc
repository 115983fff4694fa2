// What lies on some match of a pattern: forwards over all steps, then back over those that arrive.
#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "graph/base/status_macros.h"
#include "graph/query/pattern.h"
#include "graph/query/pattern_steps.h"

namespace attlas::graph {
namespace {

struct Step {
  NodeOrdinal from;
  NodeOrdinal to;
  EdgeOrdinal edge;
};

// The nodes that a walk may be at when it has taken a hop so many times, and the steps that lead
// there. What follows depends on the layer and the node alone, not on the way there.
struct Layer {
  std::vector<size_t> sources;  // The layers from which the steps start.
  absl::flat_hash_set<NodeOrdinal> nodes;
  std::vector<Step> steps;
};

class SubgraphSearch {
 public:
  SubgraphSearch(const View& view, const RecordSource& records, const CompiledPattern& pattern,
                 Budget& budget)
      : view_(view),
        records_(records),
        start_(pattern.start),
        steps_(StepsOf(view, records, pattern, budget)),
        budget_(budget) {}

  absl::StatusOr<MatchedSubgraph> Run() {
    layers_.emplace_back();
    ATTLAS_RETURN_IF_ERROR(ForEachStart(view_, records_, start_, budget_,
                                        [&](NodeOrdinal node) -> absl::StatusOr<bool> {
                                          layers_[0].nodes.insert(node);
                                          return true;
                                        }));
    std::vector<size_t> ends = {0};
    for (HopSteps& steps : steps_) {
      ATTLAS_ASSIGN_OR_RETURN(ends, TakeHop(steps, std::move(ends)));
    }
    return Prune(ends);
  }

 private:
  // Adds the layers of a hop that starts from those of `sources`; the layers where it may end.
  absl::StatusOr<std::vector<size_t>> TakeHop(HopSteps& steps, std::vector<size_t> sources) {
    std::vector<size_t> ends;
    for (int repeats = 1; repeats <= steps.hop().max_repeats; ++repeats) {
      ATTLAS_RETURN_IF_ERROR(AddLayer(steps, std::move(sources)));
      sources = {layers_.size() - 1};
      if (repeats >= steps.hop().min_repeats) ends.push_back(layers_.size() - 1);
    }
    return ends;
  }

  absl::Status AddLayer(HopSteps& steps, std::vector<size_t> sources) {
    Layer layer;
    for (const NodeOrdinal node : Union(sources)) {
      if (budget_.exhausted()) break;
      ATTLAS_RETURN_IF_ERROR(steps.ForEach(node, [&](const EdgeRef& edge) -> absl::StatusOr<bool> {
        const bool is_new = layer.nodes.insert(edge.neighbor).second;
        if (is_new && !budget_.SpendNode()) return false;
        layer.steps.push_back({node, edge.neighbor, edge.edge});
        return true;
      }));
    }
    layer.sources = std::move(sources);
    layers_.push_back(std::move(layer));
    return absl::OkStatus();
  }

  // The nodes of the layers, sorted, so that a bound cuts the same ones each time.
  std::vector<NodeOrdinal> Union(const std::vector<size_t>& layers) const {
    std::vector<NodeOrdinal> nodes;
    for (const size_t layer : layers) {
      nodes.insert(nodes.end(), layers_[layer].nodes.begin(), layers_[layer].nodes.end());
    }
    SortUnique(nodes);
    return nodes;
  }

  // Keeps what leads to an end, walking the layers backwards.
  MatchedSubgraph Prune(const std::vector<size_t>& ends) const {
    std::vector<absl::flat_hash_set<NodeOrdinal>> useful(layers_.size());
    for (const size_t end : ends) useful[end] = layers_[end].nodes;
    MatchedSubgraph result;
    for (size_t index = layers_.size(); index-- > 0;) {
      result.nodes.insert(result.nodes.end(), useful[index].begin(), useful[index].end());
      for (const Step& step : layers_[index].steps) {
        if (!useful[index].contains(step.to)) continue;
        result.edges.push_back(step.edge);
        for (const size_t source : layers_[index].sources) {
          if (layers_[source].nodes.contains(step.from)) useful[source].insert(step.from);
        }
      }
    }
    SortUnique(result.nodes);
    SortUnique(result.edges);
    return result;
  }

  static void SortUnique(std::vector<uint32_t>& ordinals) {
    std::sort(ordinals.begin(), ordinals.end());
    ordinals.erase(std::unique(ordinals.begin(), ordinals.end()), ordinals.end());
  }

  const View& view_;
  const RecordSource& records_;
  const CompiledSelector& start_;
  std::vector<HopSteps> steps_;
  Budget& budget_;
  std::vector<Layer> layers_;
};

}  // namespace

absl::StatusOr<MatchedSubgraph> MatchSubgraph(const View& view, const RecordSource& records,
                                              const CompiledPattern& pattern, Budget& budget) {
  SubgraphSearch search(view, records, pattern, budget);
  ATTLAS_ASSIGN_OR_RETURN(MatchedSubgraph result, search.Run());
  ATTLAS_RETURN_IF_ERROR(budget.CancellationStatus());
  return result;
}

}  // namespace attlas::graph
