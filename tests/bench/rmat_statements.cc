#include "tests/bench/rmat_statements.h"

#include "graph/model/date.h"
#include "tests/bench/rmat.h"

namespace attlas::bench {
namespace {

constexpr char kSource[] = "sources/generator";

void Cite(graph::Citation* citation) {
  citation->set_source(kSource);
  citation->set_confidence(graph::v1::CONFIDENCE_SEEN);
}

graph::v1::Mutation NodeMutation(const std::string& name, const std::string& type) {
  graph::v1::Mutation mutation;
  graph::Node& node = *mutation.mutable_put_node();
  node.set_name(name);
  node.set_type(type);
  node.set_display_name(name);
  if (name != kSource) Cite(node.add_citations());
  return mutation;
}

}  // namespace

std::string RmatNodeName(graph::NodeOrdinal node) { return "things/n" + std::to_string(node); }

std::vector<graph::v1::Mutation> RmatNodeMutations(graph::NodeOrdinal nodes) {
  std::vector<graph::v1::Mutation> mutations;
  mutations.reserve(nodes + size_t{1});
  mutations.push_back(NodeMutation(kSource, "source"));
  for (graph::NodeOrdinal node = 0; node < nodes; ++node) {
    mutations.push_back(NodeMutation(RmatNodeName(node), "thing"));
  }
  return mutations;
}

graph::v1::Mutation RmatEdgeMutation(const graph::NumberedLink& link) {
  graph::v1::Mutation mutation;
  graph::Edge& edge = *mutation.mutable_put_edge();
  edge.set_type(std::string("LINK_") + static_cast<char>('A' + link.link.type));
  edge.set_from(RmatNodeName(link.link.from));
  edge.set_to(RmatNodeName(link.link.to));
  // Several edges may join the same two nodes.
  edge.set_qualifier(std::to_string(link.edge));
  *edge.mutable_valid_from() = graph::DateOfDay(link.link.valid_from);
  if (link.link.valid_to != graph::kEndOfTime) {
    *edge.mutable_valid_to() = graph::DateOfDay(link.link.valid_to);
  }
  edge.mutable_marking()->set_traffic_light(
      static_cast<graph::TrafficLight>(graph::v1::TRAFFIC_LIGHT_CLEAR + link.link.access));
  Cite(edge.add_citations());
  return mutation;
}

std::vector<graph::v1::Mutation> RmatEdgeMutations(std::span<const graph::NumberedLink> links) {
  std::vector<graph::v1::Mutation> mutations;
  mutations.reserve(links.size());
  for (const graph::NumberedLink& link : links) mutations.push_back(RmatEdgeMutation(link));
  return mutations;
}

}  // namespace attlas::bench
