// Names and records of the graph, as queries and answers need them.
//
// Threads: GraphRecords is immutable; SubgraphBuilder is single-thread.
#ifndef ATTLAS_SERVICES_GRAPH_GRAPH_RECORDS_H_
#define ATTLAS_SERVICES_GRAPH_GRAPH_RECORDS_H_

#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attlas/graph/v1/subgraph.pb.h"
#include "graph/base/status_macros.h"
#include "graph/graph.h"
#include "graph/query/pattern.h"
#include "services/common/shared_response.h"

namespace attlas::services {

// The records of a graph, behind the interface of the query library.
class GraphRecords final : public graph::RecordSource {
 public:
  explicit GraphRecords(const graph::Graph* graph) : graph_(graph) {}

  // NOT_FOUND suggests the nearest visible names.
  absl::StatusOr<graph::NodeOrdinal> FindNode(const graph::View& view,
                                              std::string_view name) const override;
  absl::StatusOr<graph::SharedNode> ReadNode(const graph::View& view,
                                             graph::NodeOrdinal node) const override {
    return graph_->ReadNode(view, node);
  }
  absl::StatusOr<graph::SharedEdge> ReadEdge(const graph::View& view,
                                             graph::EdgeOrdinal edge) const override {
    return graph_->ReadEdge(view, edge);
  }

 private:
  const graph::Graph* graph_;
};

// `status`, if it is NOT_FOUND of a resource, with the nearest visible names in message and
// metadata (`suggestions`); any other status as it is.
absl::Status WithSuggestions(const graph::Graph& graph, const graph::View& view,
                             absl::Status status);

// Collects nodes and edges, each once, and reads them all at the end.
class SubgraphBuilder {
 public:
  // The position that the node or edge has in the subgraph.
  int32_t AddNode(graph::NodeOrdinal node);
  int32_t AddEdge(graph::EdgeOrdinal edge);

  // Reads everything into the subgraph of `response`.
  template <typename Response>
  absl::Status Build(const graph::Graph& graph, const graph::View& view, bool omit_node_citations,
                     SharedResponse<Response>* response) const {
    graph::v1::Subgraph* const subgraph = response->mutable_message()->mutable_subgraph();
    ATTLAS_ASSIGN_OR_RETURN(const auto nodes, graph.ReadNodes(view, nodes_));
    ATTLAS_ASSIGN_OR_RETURN(const auto edges, graph.ReadEdges(view, edges_));
    subgraph->mutable_nodes()->Reserve(static_cast<int>(nodes.size()));
    subgraph->mutable_edges()->Reserve(static_cast<int>(edges.size()));
    for (const graph::SharedNode& node : nodes) {
      response->Lend(omit_node_citations ? node.WithoutCitations() : node,
                     subgraph->mutable_nodes());
    }
    for (const graph::SharedEdge& edge : edges) response->Lend(edge, subgraph->mutable_edges());
    return absl::OkStatus();
  }

 private:
  std::vector<graph::NodeOrdinal> nodes_;
  std::vector<graph::EdgeOrdinal> edges_;
  absl::flat_hash_map<graph::NodeOrdinal, int32_t> node_positions_;
  absl::flat_hash_map<graph::EdgeOrdinal, int32_t> edge_positions_;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_GRAPH_GRAPH_RECORDS_H_
