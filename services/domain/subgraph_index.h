// The answer of one MatchPaths call, indexed for a domain question.
//
// Thread-safety: immutable after construction; not copyable, since it views its own response.
//
// Example:
//   for (const Edge* act : index.Out("states/IDN", "SIGNED")) …
#ifndef ATTLAS_SERVICES_DOMAIN_SUBGRAPH_INDEX_H_
#define ATTLAS_SERVICES_DOMAIN_SUBGRAPH_INDEX_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "attlas/graph/v1/graph_service.pb.h"
#include "graph/model/statement.h"

namespace attlas::domain {

class SubgraphIndex {
 public:
  explicit SubgraphIndex(graph::v1::MatchPathsResponse response);
  SubgraphIndex(const SubgraphIndex&) = delete;
  SubgraphIndex& operator=(const SubgraphIndex&) = delete;

  // The node, or null where no pattern matched it.
  const graph::Node* FindNode(std::string_view name) const;
  // The name that people read; the resource name where it has none or is not here.
  std::string_view DisplayName(std::string_view name) const;

  // The edges of a type that leave or reach a node, in a stable order.
  std::span<const graph::Edge* const> Out(std::string_view node, std::string_view type) const;
  std::span<const graph::Edge* const> In(std::string_view node, std::string_view type) const;
  std::span<const graph::Edge* const> OfType(std::string_view type) const;

  // The nodes of a type, by name.
  std::span<const graph::Node* const> NodesOfType(std::string_view type) const;
  // The nodes and edges that the pattern at this position matched.
  std::vector<const graph::Node*> PatternNodes(int pattern) const;
  std::vector<const graph::Edge*> PatternEdges(int pattern) const;

  const graph::v1::MatchPathsResponse& response() const { return response_; }

 private:
  using EdgeKey = std::pair<absl::string_view, absl::string_view>;  // A node and an edge type.
  using EdgeLists = absl::flat_hash_map<EdgeKey, std::vector<const graph::Edge*>>;
  static std::span<const graph::Edge* const> Find(const EdgeLists& lists, std::string_view node,
                                                  std::string_view type);

  const graph::v1::MatchPathsResponse response_;
  absl::flat_hash_map<absl::string_view, const graph::Node*> nodes_;
  absl::flat_hash_map<absl::string_view, std::vector<const graph::Node*>> nodes_of_type_;
  absl::flat_hash_map<absl::string_view, std::vector<const graph::Edge*>> edges_of_type_;
  EdgeLists out_;
  EdgeLists in_;
};

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_SUBGRAPH_INDEX_H_
