#include "tests/services/domain/varied_graph.h"

#include <cstdlib>
#include <iostream>
#include <map>
#include <utility>
#include <vector>

#include "services/common/limits.h"
#include "tests/services/domain/curated_graph.h"

namespace attlas::testing {
namespace {

void Check(const absl::Status& status) {
  if (status.ok()) return;
  std::cerr << "the varied graph cannot be made: " << status << '\n';
  std::abort();
}

// The edges of which something is changed, each with its change.
std::vector<graph::Edge> Varied(services::GraphApi& api) {
  std::map<std::string, size_t> seen;  // By type.
  std::vector<graph::Edge> varied;
  Check(api.Export(OperatorCall(), {}, [&](graph::v1::ExportResponse&& batch) {
    for (graph::Edge& edge : *batch.mutable_edges()) {
      const size_t position = seen[edge.type()]++;
      const bool lower = position % 5 == 1;
      const bool higher = position % 5 == 3;
      const bool mark = position % 11 == 2;
      if (!lower && !higher && !mark) continue;
      for (graph::Citation& citation : *edge.mutable_citations()) {
        if (lower) citation.set_confidence(graph::v1::CONFIDENCE_UNVERIFIED);
        if (higher) citation.set_confidence(graph::v1::CONFIDENCE_STRUCTURE_SEEN);
      }
      if (mark) edge.mutable_marking()->set_traffic_light(graph::v1::TRAFFIC_LIGHT_RED);
      edge.clear_etag();
      varied.push_back(std::move(edge));
    }
    return true;
  }));
  return varied;
}

}  // namespace

VariedGraph::VariedGraph() {
  Check(CopyCuratedStore(directory_.file("store")));
  auto opened = graph::Graph::Open({.path = directory_.file("store")});
  Check(opened.status());
  graph_ = *std::move(opened);
  api_ =
      std::make_unique<services::LocalGraph>(graph_.get(), services::ServiceLimits(), page_tokens_);
  graph::CommitInput input;
  input.unlimited = true;
  for (graph::Edge& edge : Varied(*api_)) {
    *input.mutations.emplace_back().mutable_put_edge() = std::move(edge);
  }
  Check(graph_->Commit(std::move(input)).status());
}

void VariedGraph::Put(graph::Edge edge) {
  edge.clear_etag();
  graph::CommitInput input;
  *input.mutations.emplace_back().mutable_put_edge() = std::move(edge);
  Check(graph_->Commit(std::move(input)).status());
}

graph::Edge VariedGraph::EdgeFrom(const std::string& node, const std::string& type) {
  graph::v1::ListEdgesRequest list;
  list.set_node(node);
  list.set_direction(graph::v1::DIRECTION_FORWARD);
  list.add_types(type);
  const auto edges = api_->ListEdges(OperatorCall(), list);
  Check(edges.status());
  if ((*edges)->edges().empty()) Check(absl::NotFoundError(node + " has no " + type));
  return (*edges)->edges(0);
}

VariedGraph& SharedVariedGraph() {
  static VariedGraph graph;
  return graph;
}

services::CallContext ReaderCall() {
  services::CallContext context = OperatorCall();
  context.clearance = {graph::v1::TRAFFIC_LIGHT_CLEAR, {}, false};
  return context;
}

}  // namespace attlas::testing
