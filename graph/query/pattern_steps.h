// The steps that a pattern allows, one by one. Private to graph/query.
//
// Threads: single-thread.
#ifndef ATTLAS_GRAPH_QUERY_PATTERN_STEPS_H_
#define ATTLAS_GRAPH_QUERY_PATTERN_STEPS_H_

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "graph/base/status_macros.h"
#include "graph/query/pattern.h"

namespace attlas::graph {

// The steps of one hop. Remembers which nodes and edges met predicates, since reading a record
// costs far more than a step.
class HopSteps {
 public:
  HopSteps(const View& view, const RecordSource& records, const CompiledHop& hop, Budget& budget)
      : view_(view), records_(records), hop_(hop), budget_(budget) {}

  const CompiledHop& hop() const { return hop_; }

  // Calls `take(EdgeRef)`, which returns a StatusOr<bool>, for each edge that the hop may follow
  // from the node, until it returns false or an error, which is returned.
  template <typename Take>
  absl::Status ForEach(NodeOrdinal node, Take&& take) {
    absl::Status status;
    uint32_t followed = 0;
    const uint32_t fan_out = budget_.limits().max_fan_out;
    const TypeSet* types = hop_.edge_types.has_value() ? &*hop_.edge_types : nullptr;
    view_.ForEachEdge(node, hop_.direction, types, [&](const EdgeRef& edge) {
      if (!budget_.SpendEdge()) return false;
      const absl::StatusOr<bool> allowed = Allows(edge);
      if (!allowed.ok()) {
        status = allowed.status();
        return false;
      }
      if (!*allowed) return true;
      if (fan_out != 0 && ++followed > fan_out) {
        budget_.Reach(v1::BOUND_FAN_OUT);
        return false;
      }
      const absl::StatusOr<bool> more = take(edge);
      status = more.status();
      return more.ok() && *more;
    });
    return status;
  }

 private:
  absl::StatusOr<bool> Allows(const EdgeRef& edge) {
    ATTLAS_ASSIGN_OR_RETURN(const bool node_meets, NodeMeets(edge.neighbor));
    if (!node_meets || hop_.edge_predicates.empty()) return node_meets;
    if (const auto known = edges_.find(edge.edge); known != edges_.end()) return known->second;
    ATTLAS_ASSIGN_OR_RETURN(const bool meets,
                            MeetsEdge(view_, records_, hop_.edge_predicates, edge.edge));
    edges_.emplace(edge.edge, meets);
    return meets;
  }

  absl::StatusOr<bool> NodeMeets(NodeOrdinal node) {
    if (hop_.to.predicates.empty()) return Meets(view_, records_, hop_.to, node);
    if (const auto known = nodes_.find(node); known != nodes_.end()) return known->second;
    ATTLAS_ASSIGN_OR_RETURN(const bool meets, Meets(view_, records_, hop_.to, node));
    nodes_.emplace(node, meets);
    return meets;
  }

  const View& view_;
  const RecordSource& records_;
  const CompiledHop& hop_;
  Budget& budget_;
  absl::flat_hash_map<NodeOrdinal, bool> nodes_;
  absl::flat_hash_map<EdgeOrdinal, bool> edges_;
};

// The steps of each hop of a pattern.
inline std::vector<HopSteps> StepsOf(const View& view, const RecordSource& records,
                                     const CompiledPattern& pattern, Budget& budget) {
  std::vector<HopSteps> steps;
  for (const CompiledHop& hop : pattern.hops) steps.emplace_back(view, records, hop, budget);
  return steps;
}

// Calls `take(NodeOrdinal)`, which returns a StatusOr<bool>, for each node where the pattern may
// start, in order, until it returns false or an error, which is returned.
template <typename Take>
absl::Status ForEachStart(const View& view, const RecordSource& records,
                          const CompiledSelector& start, Budget& budget, Take&& take) {
  const size_t limit = start.any_node ? view.node_limit() : start.nodes.size();
  for (size_t i = 0; i < limit; ++i) {
    const NodeOrdinal node = start.any_node ? static_cast<NodeOrdinal>(i) : start.nodes[i];
    if (!budget.SpendEdge()) break;
    if (!view.Exists(node)) continue;
    ATTLAS_ASSIGN_OR_RETURN(const bool meets, Meets(view, records, start, node));
    if (!meets) continue;
    if (!budget.SpendNode()) break;
    ATTLAS_ASSIGN_OR_RETURN(const bool more, take(node));
    if (!more) break;
  }
  return absl::OkStatus();
}

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_QUERY_PATTERN_STEPS_H_
