// The answer of one MatchPaths call, indexed for a domain question.
//
// What: nodes by name and by type; edges by their ends and types, in one order whatever that of the
// graph was. Nodes that edges link have numbers, so that what a question goes over often can be
// looked up without their names.
// Complexity: making it is O(nodes log nodes + edges log edges); Out and In are O(1) but for the
// types of a node's edges, which are few.
// Threads: immutable after construction; not copyable, since it views its own response.
//
// Example:
//   for (const Edge* act : index.Out("states/IDN", "SIGNED")) …
#ifndef ATTLAS_SERVICES_DOMAIN_SUBGRAPH_INDEX_H_
#define ATTLAS_SERVICES_DOMAIN_SUBGRAPH_INDEX_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/call_once.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "attlas/graph/v1/graph_service.pb.h"
#include "graph/model/statement.h"
#include "services/common/shared_response.h"
#include "services/domain/runs.h"

namespace attlas::domain {

class ActTable;

// Of an edge of an index, with the numbers of its ends.
struct NumberedEdge {
  uint32_t from = 0;
  uint32_t to = 0;
  const graph::Edge* edge = nullptr;
};
using NumberedEdges = std::vector<NumberedEdge>;

class SubgraphIndex {
 public:
  explicit SubgraphIndex(services::SharedResponse<graph::v1::MatchPathsResponse> response);
  ~SubgraphIndex();
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

  // The ends of edges are numbered from 0 in the order of their names; none for any other node.
  std::optional<uint32_t> NumberOf(std::string_view node) const;
  size_t end_count() const { return ends_.size(); }
  // Their names, by number.
  std::span<const std::string_view> EndNames() const { return end_names_; }
  // All edges by their start, then by their end, then by name.
  std::span<const NumberedEdge> ByEnds() const { return by_ends_; }

  // The acts among the edges (act_table.h), made at the first call. O(edges), then O(1).
  const ActTable& acts() const;

  const graph::v1::MatchPathsResponse& response() const { return *response_; }

 private:
  using Numbers = absl::flat_hash_map<absl::string_view, uint32_t>;

  // The edges of each end, by their type, in the order in which they were given.
  class EdgeLists {
   public:
    EdgeLists() = default;
    // `types` are those of the edges, `end` tells of which end.
    EdgeLists(const NumberedEdges& edges, std::span<const uint32_t> types, size_t end_count,
              uint32_t NumberedEdge::*end);

    std::span<const graph::Edge* const> Find(uint32_t end, uint32_t type) const;

   private:
    std::vector<const graph::Edge*> edges_;
    std::vector<uint32_t> types_;  // Of each.
    Runs by_end_;                  // Of both.
  };

  // Numbers ends and types, and puts the edges in order; the numbers of their types.
  std::vector<uint32_t> NumberEdges();
  std::span<const graph::Edge* const> Find(const EdgeLists& lists, std::string_view node,
                                           std::string_view type) const;

  const services::SharedResponse<graph::v1::MatchPathsResponse> response_;
  absl::flat_hash_map<absl::string_view, const graph::Node*> nodes_;
  absl::flat_hash_map<absl::string_view, std::vector<const graph::Node*>> nodes_of_type_;
  Numbers ends_;  // By rank of the name.
  std::vector<std::string_view> end_names_;
  Numbers types_;  // Of edges.
  NumberedEdges by_ends_;
  std::vector<std::vector<const graph::Edge*>> edges_of_type_;  // By the number of the type.
  EdgeLists out_;
  EdgeLists in_;
  mutable absl::once_flag acts_once_;
  mutable std::unique_ptr<const ActTable> acts_;
};

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_SUBGRAPH_INDEX_H_
