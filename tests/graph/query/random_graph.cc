#include "tests/graph/query/random_graph.h"

#include <cstdlib>

#include "graph/base/error.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::DayNumber;
using graph::LinkRecord;
using graph::NodeOrdinal;
using graph::ReadRequest;

}  // namespace

RandomGraph::RandomGraph(uint32_t seed, int nodes, int edges) : random_(seed) {
  const auto ontology = TestOntology();
  const auto random_marking = [&] {
    graph::Marking marking;
    marking.set_traffic_light(
        static_cast<graph::v1::TrafficLight>(Below(3) == 0 ? 1 + Below(5) : 1));
    if (Below(8) == 0) marking.set_space(Below(2) == 0 ? "spaces/a" : "spaces/b");
    return marking;
  };
  graph::SnapshotBuilder builder(nullptr, ontology);
  for (int i = 0; i < nodes; ++i) {
    nodes_.push_back(
        {static_cast<graph::TypeId>(Below(static_cast<int>(ontology->node_type_count()))),
         random_marking()});
    builder.PutNode(
        static_cast<NodeOrdinal>(i), nodes_.back().type,
        *builder.access_classes().FindOrAdd(nodes_.back().marking, graph::v1::CONFIDENCE_SEEN));
  }
  for (int i = 0; i < edges; ++i) {
    PlainEdge edge;
    edge.edge = static_cast<graph::EdgeOrdinal>(i);
    edge.marking = random_marking();
    edge.confidence = static_cast<graph::Confidence>(1 + Below(4));
    edge.link.from = static_cast<NodeOrdinal>(Below(nodes));
    edge.link.to = static_cast<NodeOrdinal>(Below(nodes));
    if (Below(2) == 0) edge.link.valid_from = static_cast<DayNumber>(Below(100));
    if (Below(3) == 0) edge.link.valid_to = static_cast<DayNumber>(100 + Below(100));
    edge.link.type =
        static_cast<graph::TypeId>(Below(static_cast<int>(ontology->edge_type_count())));
    edge.link.access = *builder.access_classes().FindOrAdd(edge.marking, edge.confidence);
    builder.PutEdge(edge.edge, edge.link);
    edges_.push_back(edge);
  }
  snapshot_ = std::move(builder).Build(1);
}

graph::View RandomGraph::MakeView(const ReadRequest& request) const {
  return {snapshot_, graph::ReadFilter(request, *snapshot_)};
}

ReadRequest RandomGraph::RandomRequest() {
  ReadRequest request;
  if (Below(2) == 0) request.as_of = static_cast<DayNumber>(Below(220));
  request.clearance.level = static_cast<graph::v1::TrafficLight>(1 + Below(5));
  if (Below(2) == 0) request.clearance.spaces.emplace_back("spaces/a");
  if (Below(4) == 0) request.clearance = graph::Clearance::Operator();
  request.min_confidence = static_cast<graph::Confidence>(Below(3));
  return request;
}

graph::v1::Direction RandomGraph::RandomDirection() {
  return static_cast<graph::v1::Direction>(1 + Below(3));
}

std::optional<graph::TypeSet> RandomGraph::RandomTypes() {
  if (Below(2) == 0) return std::nullopt;
  std::vector<graph::TypeId> types = {static_cast<graph::TypeId>(Below(4))};
  if (Below(2) == 0) types.push_back(static_cast<graph::TypeId>(Below(4)));
  return graph::TypeSet(std::move(types));
}

bool RandomGraph::Visible(NodeOrdinal node, const ReadRequest& request) const {
  return graph::CanSee(request.clearance, nodes_[node].marking);
}

std::vector<PlainStep> RandomGraph::Steps(NodeOrdinal from, const ReadRequest& request,
                                          graph::v1::Direction direction,
                                          const std::optional<graph::TypeSet>& types) const {
  std::vector<PlainStep> steps;
  if (!Visible(from, request)) return steps;
  for (const PlainEdge& edge : edges_) {
    const LinkRecord& link = edge.link;
    if (types.has_value() && !types->Contains(link.type)) continue;
    if (!graph::CanSee(request.clearance, edge.marking)) continue;
    if (edge.confidence < request.min_confidence) continue;
    if (request.as_of.has_value() &&
        (link.valid_from > *request.as_of || link.valid_to <= *request.as_of)) {
      continue;
    }
    if (!Visible(link.from, request) || !Visible(link.to, request)) continue;
    if (link.from == from && direction != graph::v1::DIRECTION_BACKWARD) {
      steps.push_back({link.to, &edge});
    }
    if (link.to == from && direction != graph::v1::DIRECTION_FORWARD) {
      steps.push_back({link.from, &edge});
    }
  }
  return steps;
}

absl::StatusOr<NodeOrdinal> PlainRecords::FindNode(const graph::View& view,
                                                   std::string_view name) const {
  const auto node = static_cast<NodeOrdinal>(std::atoi(std::string(name.substr(1)).c_str()));
  if (!view.Exists(node)) return graph::ResourceNotFound(name);
  return node;
}

absl::StatusOr<graph::SharedNode> PlainRecords::ReadNode(const graph::View&, NodeOrdinal) const {
  return graph::SharedNode::Of({});
}

absl::StatusOr<graph::SharedEdge> PlainRecords::ReadEdge(const graph::View&,
                                                         graph::EdgeOrdinal) const {
  return graph::SharedEdge::Of({});
}

}  // namespace attlas::testing
