// What questions read of the graph, kept for the next question that reads the same.
//
// What: a question reads the graph at any date and any confidence (scope.h), so that those about
// other days, other confidences, other ways to count and other pages read the same subgraph. It is
// kept as it was read, for the revision and the clearance. Why it is never wrong: as with
// KeptReads. Memory: within so many bytes, by what a record commonly takes; what was used longest
// ago makes room. A record is shared with whatever else holds it. When not: for what is made of a
// read that all questions of a kind share (kept_reads.h). Complexity: a look-up costs O(request).
// Threads: thread-safe. Ask blocks where it reads: call it from a worker.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(const auto index,
//                           subgraphs_.Ask(context, scope, &names, [&](auto* question) {
//                             AddPatterns(names[0].name(), question);
//                           }));
#ifndef ATTLAS_SERVICES_DOMAIN_KEPT_SUBGRAPHS_H_
#define ATTLAS_SERVICES_DOMAIN_KEPT_SUBGRAPHS_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "services/common/bounded_cache.h"
#include "services/common/graph_api.h"
#include "services/domain/question.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::domain {

class KeptSubgraphs {
 public:
  // Keeps at most `max_bytes`, 0 for none. `graph` outlives this.
  explicit KeptSubgraphs(services::GraphApi* graph, size_t max_bytes = size_t{16} << 20)
      : graph_(graph), kept_({.max_bytes = max_bytes}) {}

  // As domain::Ask, but that nothing is read where it was before.
  absl::StatusOr<std::shared_ptr<const SubgraphIndex>> Ask(
      const services::CallContext& context, const Scope& scope, std::vector<NameArgument>* names,
      absl::FunctionRef<void(graph::v1::MatchPathsRequest*)> build);

  // What the graph matches. Errors: those of MatchPaths.
  absl::StatusOr<std::shared_ptr<const SubgraphIndex>> Match(
      const services::CallContext& context, const graph::v1::MatchPathsRequest& request);

  // Drops everything, also what is being read now: a redaction changed the past.
  void Forget() { kept_.Clear(); }

  services::BoundedCache::Statistics statistics() const { return kept_.statistics(); }

 private:
  services::GraphApi* const graph_;
  services::BoundedCache kept_;
};

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_KEPT_SUBGRAPHS_H_
