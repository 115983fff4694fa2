// Small random graphs, once as a snapshot and once as plain lists for naive answers.
#ifndef ATTLAS_TESTS_GRAPH_QUERY_RANDOM_GRAPH_H_
#define ATTLAS_TESTS_GRAPH_QUERY_RANDOM_GRAPH_H_

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "graph/query/pattern.h"
#include "graph/snapshot/snapshot_builder.h"
#include "graph/snapshot/view.h"

namespace attlas::testing {

struct PlainNode {
  graph::TypeId type = 0;
  graph::Marking marking;
};

struct PlainEdge {
  graph::EdgeOrdinal edge = 0;
  graph::LinkRecord link;
  graph::Marking marking;
  graph::Confidence confidence = graph::v1::CONFIDENCE_SEEN;
};

// An edge as a walk takes it, from either end.
struct PlainStep {
  graph::NodeOrdinal to;
  const PlainEdge* edge;
};

class RandomGraph {
 public:
  RandomGraph(uint32_t seed, int nodes, int edges);

  graph::View MakeView(const graph::ReadRequest& request) const;
  graph::ReadRequest RandomRequest();
  int Below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }
  graph::v1::Direction RandomDirection();
  // Some edge types, or none for any.
  std::optional<graph::TypeSet> RandomTypes();

  graph::NodeOrdinal size() const { return static_cast<graph::NodeOrdinal>(nodes_.size()); }
  bool Visible(graph::NodeOrdinal node, const graph::ReadRequest& request) const;
  const PlainNode& node(graph::NodeOrdinal node) const { return nodes_[node]; }
  const std::vector<PlainEdge>& edges() const { return edges_; }

  // What a walk may do next, in no particular order.
  std::vector<PlainStep> Steps(graph::NodeOrdinal from, const graph::ReadRequest& request,
                               graph::v1::Direction direction,
                               const std::optional<graph::TypeSet>& types) const;

 private:
  std::mt19937 random_;
  std::vector<PlainNode> nodes_;
  std::vector<PlainEdge> edges_;
  graph::SnapshotPtr snapshot_;
};

// Names nodes `n0`, `n1` … and knows no properties: enough for patterns without conditions.
class PlainRecords final : public graph::RecordSource {
 public:
  absl::StatusOr<graph::NodeOrdinal> FindNode(const graph::View& view,
                                              std::string_view name) const override;
  absl::StatusOr<graph::SharedNode> ReadNode(const graph::View& view,
                                             graph::NodeOrdinal node) const override;
  absl::StatusOr<graph::SharedEdge> ReadEdge(const graph::View& view,
                                             graph::EdgeOrdinal edge) const override;
};

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_GRAPH_QUERY_RANDOM_GRAPH_H_
