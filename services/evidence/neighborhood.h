// The neighbourhood of a node whose changes are told, at one revision, and the words for it.
//
// Thread-safety: functions and plain values.
#ifndef ATTLAS_SERVICES_EVIDENCE_NEIGHBORHOOD_H_
#define ATTLAS_SERVICES_EVIDENCE_NEIGHBORHOOD_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "graph/base/strings.h"
#include "services/common/graph_api.h"
#include "services/domain/kept_subgraphs.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::evidence {

// Adds what the neighbourhood is made of (see EvidenceService.GetChanges).
void AddNeighborhood(std::string_view node, graph::v1::MatchPathsRequest* question);

// The neighbourhood as it was recorded at an earlier revision; empty where the node was not there
// for the caller. Errors in the revision blame `since_revision`.
absl::StatusOr<std::shared_ptr<const domain::SubgraphIndex>> NeighborhoodAt(
    domain::KeptSubgraphs* subgraphs, const services::CallContext& context,
    const domain::Scope& scope, const std::string& since_revision, std::string_view node);

// What the ontology says of edge types.
class StatementWords {
 public:
  // One graph call.
  static absl::StatusOr<StatementWords> Read(services::GraphApi* graph,
                                             const services::CallContext& context,
                                             const domain::Scope& scope, std::string_view revision);

  bool IsEdgeType(std::string_view type) const { return sentences_.contains(graph::ToAbsl(type)); }
  // The names of the edge types, in order.
  std::vector<std::string> EdgeTypes() const;
  // The statement as a sentence: `Indonesia signed UNSCR 1540.` The names are those of the index.
  std::string Sentence(const domain::SubgraphIndex& index, const graph::Edge& edge) const;

 private:
  absl::flat_hash_map<std::string, std::string> sentences_;  // By edge type.
};

}  // namespace attlas::evidence

#endif  // ATTLAS_SERVICES_EVIDENCE_NEIGHBORHOOD_H_
