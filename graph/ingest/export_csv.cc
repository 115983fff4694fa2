#include "graph/ingest/export_csv.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "graph/base/status_macros.h"
#include "graph/ingest/derive.h"

namespace attlas::graph {
namespace {

std::vector<NodeOrdinal> NodesOf(const View& view) {
  std::vector<NodeOrdinal> nodes;
  for (NodeOrdinal node = 0; node < view.node_limit(); ++node) {
    if (view.Exists(node)) nodes.push_back(node);
  }
  return nodes;
}

// In the order of creation, which is that of the tables they came from.
std::vector<EdgeOrdinal> EdgesOf(const View& view, const std::vector<NodeOrdinal>& nodes) {
  std::vector<EdgeOrdinal> edges;
  for (const NodeOrdinal node : nodes) {
    view.ForEachEdge(node, v1::DIRECTION_FORWARD, nullptr, [&](const EdgeRef& edge) {
      edges.push_back(edge.edge);
      return true;
    });
  }
  std::sort(edges.begin(), edges.end());
  return edges;
}

// Drops citations of sources that are not among `visible`. Whether the statement may be written:
// whether it has a citation left, or needs none.
template <typename Statement>
bool KeepVisibleCitations(const absl::flat_hash_set<std::string>& visible, bool optional,
                          Statement* statement) {
  auto* citations = statement->mutable_citations();
  const auto hidden = std::remove_if(citations->begin(), citations->end(), [&](const Citation& c) {
    return !visible.contains(c.source());
  });
  citations->erase(hidden, citations->end());
  return optional || !citations->empty();
}

bool MayCiteNothing(const OntologyIndex& ontology, const Node& node) {
  const std::optional<TypeId> type = ontology.NodeTypeId(node.type());
  return type.has_value() && ontology.node_type(*type).citation_optional();
}

// Drops nodes whose citations are all hidden, and counts them. The names of those that are left. A
// node that is dropped may itself have been a rule that others cite, hence the rounds.
absl::flat_hash_set<std::string> KeepCitedNodes(const OntologyIndex& ontology,
                                                std::vector<Node>* nodes, ExportReport* report) {
  absl::flat_hash_set<std::string> visible;
  for (const Node& node : *nodes) visible.insert(node.name());
  for (size_t dropped = 1; dropped > 0; report->uncited += dropped) {
    std::vector<std::string> names;
    dropped = std::erase_if(*nodes, [&](Node& node) {
      if (KeepVisibleCitations(visible, MayCiteNothing(ontology, node), &node)) return false;
      names.push_back(node.name());
      return true;
    });
    for (const std::string& name : names) visible.erase(name);
  }
  return visible;
}

}  // namespace

absl::StatusOr<Dataset> CollectDataset(const Graph& graph, const View& view,
                                       const ExportOptions& options, ExportReport* report) {
  Dataset dataset;
  dataset.ontology = view.snapshot().ontology();
  const std::vector<NodeOrdinal> node_ordinals = NodesOf(view);
  ATTLAS_RETURN_IF_ERROR(graph.ScanNodes(view, node_ordinals, [&](size_t, Node&& node) {
    Canonicalize(&node);
    dataset.nodes.push_back(std::move(node));
  }));
  const absl::flat_hash_set<std::string> visible =
      KeepCitedNodes(*dataset.ontology, &dataset.nodes, report);

  const std::vector<EdgeOrdinal> edge_ordinals = EdgesOf(view, node_ordinals);
  ATTLAS_RETURN_IF_ERROR(graph.ScanEdges(view, edge_ordinals, [&](size_t, Edge&& edge) {
    Canonicalize(&edge);
    if (IsDerived(edge) && !options.include_derived) {
      ++report->derived;
    } else if (!visible.contains(edge.from()) || !visible.contains(edge.to()) ||
               !KeepVisibleCitations(visible, /*optional=*/false, &edge)) {
      ++report->uncited;
    } else {
      dataset.edges.push_back(std::move(edge));
    }
  }));
  report->nodes = dataset.nodes.size();
  report->edges = dataset.edges.size();
  return dataset;
}

absl::StatusOr<ExportReport> ExportDataset(const Graph& graph, const View& view,
                                           const std::string& directory,
                                           const ExportOptions& options) {
  ExportReport report;
  ATTLAS_ASSIGN_OR_RETURN(const Dataset dataset, CollectDataset(graph, view, options, &report));
  ATTLAS_RETURN_IF_ERROR(WriteDataset(dataset, directory));
  return report;
}

}  // namespace attlas::graph
