#include "graph/ingest/load.h"

#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/ingest/derive.h"

namespace attlas::graph {
namespace {

constexpr size_t kSteps = 4;

absl::Status CheckSameOntology(const Graph& graph, const Dataset& dataset) {
  const std::shared_ptr<const OntologyIndex> stored = graph.ontology();
  if (stored != nullptr && SerializeDeterministic(stored->proto()) ==
                               SerializeDeterministic(dataset.ontology->proto())) {
    return absl::OkStatus();
  }
  const int version = stored == nullptr ? 0 : stored->proto().version();
  return MakeError(absl::StatusCode::kFailedPrecondition,
                   absl::StrCat("the graph has another ontology (version ", version,
                                ") than the dataset (version ", dataset.ontology->proto().version(),
                                "); open the graph with the dataset's ontology"),
                   {.reason = "ONTOLOGY_VIOLATION"});
}

absl::StatusOr<std::vector<Edge>> Derive(const Dataset& dataset) {
  std::vector<RuleProblem> problems;
  std::vector<Edge> derived =
      DeriveStatements(*dataset.ontology, dataset.nodes, dataset.edges, &problems);
  if (problems.empty()) return derived;
  std::vector<FieldViolation> violations;
  violations.reserve(problems.size());
  for (const RuleProblem& problem : problems) {
    violations.push_back({absl::StrCat(problem.rule, ".", problem.property), problem.text});
  }
  return InvalidFields(std::move(violations));
}

// Finds what earlier loads put into the graph and the set no longer holds.
class Pruner {
 public:
  Pruner(const Graph& graph, const View& view, const Dataset& dataset)
      : graph_(graph), view_(view) {
    for (const Node& node : dataset.nodes) wanted_.insert(node.name());
    for (const Edge& edge : dataset.edges) wanted_.insert(edge.name());
  }

  // Appends the names of edges and of nodes to delete.
  absl::Status Find(std::vector<std::string>* edges, std::vector<std::string>* nodes) {
    absl::flat_hash_set<NodeOrdinal> touched;
    for (NodeOrdinal node = 0; node < view_.node_limit(); ++node) {
      if (!view_.Exists(node)) continue;
      std::vector<EdgeRef> refs;
      view_.ForEachEdge(node, v1::DIRECTION_FORWARD, nullptr, [&](const EdgeRef& ref) {
        refs.push_back(ref);
        return true;
      });
      for (const EdgeRef& ref : refs) {
        ATTLAS_ASSIGN_OR_RETURN(const SharedEdge edge, graph_.ReadEdge(view_, ref.edge));
        ATTLAS_ASSIGN_OR_RETURN(const bool stale, IsStale(edge->name()));
        if (stale) {
          edges->push_back(edge->name());
        } else {
          touched.insert({node, ref.neighbor});
        }
      }
    }
    for (NodeOrdinal ordinal = 0; ordinal < view_.node_limit(); ++ordinal) {
      if (!view_.Exists(ordinal) || touched.contains(ordinal)) continue;
      ATTLAS_ASSIGN_OR_RETURN(const SharedNode node, graph_.ReadNode(view_, ordinal));
      ATTLAS_ASSIGN_OR_RETURN(const bool stale, IsStale(node->name()));
      if (stale) nodes->push_back(node->name());
    }
    return absl::OkStatus();
  }

 private:
  absl::StatusOr<bool> IsStale(const std::string& name) const {
    if (wanted_.contains(name)) return false;
    ATTLAS_ASSIGN_OR_RETURN(const std::vector<v1::Change> changes,
                            graph_.History(view_, name, 0, 1));
    return !changes.empty() && changes[0].reason() == kLoadReason;
  }

  const Graph& graph_;
  const View& view_;
  absl::flat_hash_set<std::string> wanted_;
};

}  // namespace

absl::StatusOr<LoadReport> LoadDataset(Graph& graph, Dataset dataset, const Progress& progress,
                                       const LoadOptions& options) {
  size_t step = 0;
  const auto tell = [&](const std::string& what) {
    if (progress) progress(what, step++, kSteps);
  };
  ATTLAS_RETURN_IF_ERROR(CheckSameOntology(graph, dataset));
  LoadReport report;
  report.nodes = dataset.nodes.size();
  report.edges = dataset.edges.size();

  tell("applying rules");
  ATTLAS_ASSIGN_OR_RETURN(std::vector<Edge> derived, Derive(dataset));
  report.derived = derived.size();
  dataset.edges.insert(dataset.edges.end(), std::make_move_iterator(derived.begin()),
                       std::make_move_iterator(derived.end()));

  CommitInput input;
  input.reason = kLoadReason;
  input.unlimited = true;
  std::vector<std::string> stale_nodes;
  if (options.prune) {
    tell("looking for what is no longer in the set");
    std::vector<std::string> stale_edges;
    // What stands in a confidential space is in no set, and stays.
    const Clearance outside_spaces = {.level = v1::TRAFFIC_LIGHT_RED};
    ATTLAS_ASSIGN_OR_RETURN(const View view, graph.Read(v1::ReadOptions(), outside_spaces));
    ATTLAS_RETURN_IF_ERROR(Pruner(graph, view, dataset).Find(&stale_edges, &stale_nodes));
    for (std::string& name : stale_edges) {
      input.mutations.emplace_back().set_delete_edge(std::move(name));
    }
  }
  input.mutations.reserve(input.mutations.size() + dataset.nodes.size() + dataset.edges.size() +
                          stale_nodes.size());
  for (Node& node : dataset.nodes) {
    *input.mutations.emplace_back().mutable_put_node() = std::move(node);
  }
  for (Edge& edge : dataset.edges) {
    *input.mutations.emplace_back().mutable_put_edge() = std::move(edge);
  }
  for (std::string& name : stale_nodes) {
    input.mutations.emplace_back().set_delete_node(std::move(name));
  }

  tell(absl::StrCat("writing ", input.mutations.size(), " nodes and statements"));
  ATTLAS_ASSIGN_OR_RETURN(const CommitOutput output, graph.Commit(std::move(input)));
  report.revision = output.revision;
  report.created = output.created;
  report.updated = output.updated;
  report.deleted = output.deleted;
  report.unchanged = output.unchanged;
  step = kSteps;
  tell("done");
  return report;
}

}  // namespace attlas::graph
