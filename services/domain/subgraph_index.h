// The answer of one MatchPaths call, indexed for a domain question.
//
// Thread-safety: immutable after construction; not copyable, since it views its own response.
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

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "attlas/graph/v1/graph_service.pb.h"
#include "graph/model/statement.h"
#include "services/common/shared_response.h"

namespace attlas::domain {

class SubgraphIndex {
 public:
  explicit SubgraphIndex(services::SharedResponse<graph::v1::MatchPathsResponse> response);
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

  const graph::v1::MatchPathsResponse& response() const { return *response_; }

 private:
  using Numbers = absl::flat_hash_map<absl::string_view, uint32_t>;
  // By a node and an edge type.
  using EdgeLists = absl::flat_hash_map<uint64_t, std::vector<const graph::Edge*>>;
  struct RankedEdge {
    uint32_t from = 0;
    uint32_t to = 0;
    uint32_t type = 0;
    const graph::Edge* edge = nullptr;
  };

  static uint64_t EndKey(uint32_t end, uint32_t type) { return uint64_t{end} << 32 | type; }
  // The number of a text, given on first sight.
  static uint32_t AddNumber(std::string_view text, Numbers* numbers);

  // Numbers ends and types, and returns the edges by their ends, then by name. O(edges log edges).
  std::vector<RankedEdge> RankEdges();
  std::span<const graph::Edge* const> Find(const EdgeLists& lists, std::string_view node,
                                           std::string_view type) const;

  const services::SharedResponse<graph::v1::MatchPathsResponse> response_;
  absl::flat_hash_map<absl::string_view, const graph::Node*> nodes_;
  absl::flat_hash_map<absl::string_view, std::vector<const graph::Node*>> nodes_of_type_;
  Numbers ends_;  // By rank of the name.
  std::vector<std::string_view> end_names_;
  Numbers types_;  // Of edges.
  absl::flat_hash_map<uint32_t, std::vector<const graph::Edge*>> edges_of_type_;
  EdgeLists out_;
  EdgeLists in_;
};

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_SUBGRAPH_INDEX_H_
