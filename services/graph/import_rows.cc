#include "services/graph/import_rows.h"

#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "graph/base/strings.h"
#include "services/graph/request_checks.h"

namespace attlas::services {

namespace v1 = graph::v1;
using graph::FieldViolation;

ImportRows::ImportRows(const ServiceLimits& limits, const graph::OntologyIndex& ontology,
                       const graph::Clearance& clearance)
    : limits_(limits), ontology_(ontology), clearance_(clearance) {}

absl::Status ImportRows::Take(v1::ImportRequest&& batch) {
  for (graph::Node& node : *batch.mutable_nodes()) TakeNode(std::move(node));
  for (graph::Edge& edge : *batch.mutable_edges()) TakeEdge(std::move(edge));
  return CheckCount(nodes_.size() + edges_.size(), limits_.max_import_rows, "nodes", "rows");
}

void ImportRows::TakeNode(graph::Node&& node) {
  graph::Canonicalize(&node);
  std::vector<FieldViolation> violations;
  ontology_.CheckNode(node, "", &violations);
  CheckRow(node.name(), node.marking(), nodes_.size(), violations);
  if (!node_positions_.try_emplace(node.name(), nodes_.size()).second) {
    Note(nodes_.size(), node.name(), "name", "stands in the import twice; leave one row out");
  }
  nodes_.push_back(std::move(node));
}

void ImportRows::TakeEdge(graph::Edge&& edge) {
  std::vector<FieldViolation> violations;
  if (std::string problem = graph::EdgeNameProblem(edge); !problem.empty()) {
    violations.push_back({"name", std::move(problem)});
  }
  graph::Canonicalize(&edge);
  ontology_.CheckEdge(edge, "", &violations);
  CheckRow(edge.name(), edge.marking(), edges_.size(), violations);
  if (!edge_names_.insert(edge.name()).second) {
    Note(edges_.size(), edge.name(), "name",
         "stands in the import twice; leave one row out, or tell them apart by qualifier");
  }
  edges_.push_back(std::move(edge));
}

void ImportRows::CheckRow(const std::string& name, const graph::Marking& marking, size_t index,
                          const std::vector<FieldViolation>& violations) {
  for (const FieldViolation& violation : violations) {
    absl::string_view field = violation.field;
    absl::ConsumePrefix(&field, ".");
    Note(index, name, graph::ToStd(field), violation.description);
  }
  if (!graph::CanSee(clearance_, marking)) {
    Note(index, name, "marking", "the marking is above the clearance of the caller");
  }
}

void ImportRows::CheckEnds(const graph::Graph& graph, const graph::View& view) {
  absl::flat_hash_map<std::string, bool> known;
  const auto exists = [&](const std::string& name) {
    const auto [found, added] = known.try_emplace(name, false);
    if (added) found->second = node_positions_.contains(name) || graph.FindNode(view, name).ok();
    return found->second;
  };
  const auto check = [&](size_t index, const char* field, const std::string& end) {
    // Past the errors that are reported, looking for suggestions would be work for nothing.
    if (exists(end) || errors_.size() >= limits_.max_row_errors) return;
    const std::string hint = DidYouMean(graph.SuggestNames(view, end, 3));
    Note(index, edges_[index].name(), field, absl::StrCat("no node ", end, hint));
  };
  for (size_t i = 0; i < edges_.size(); ++i) {
    check(i, "from", edges_[i].from());
    check(i, "to", edges_[i].to());
  }
}

std::vector<size_t> ImportRows::CitedFirst() const {
  std::vector<std::vector<size_t>> citers(nodes_.size());
  std::vector<size_t> waits_for(nodes_.size(), 0);
  for (size_t i = 0; i < nodes_.size(); ++i) {
    for (const v1::Citation& citation : nodes_[i].citations()) {
      const auto cited = node_positions_.find(citation.source());
      if (cited == node_positions_.end() || cited->second == i) continue;
      citers[cited->second].push_back(i);
      ++waits_for[i];
    }
  }
  std::vector<size_t> order;
  std::vector<char> placed(nodes_.size(), 0);
  const auto place = [&](size_t node) {
    if (std::exchange(placed[node], 1)) return;
    order.push_back(node);
    // Whoever waited for this node alone may follow; `order` itself is the queue.
    for (size_t next = order.size() - 1; next < order.size(); ++next) {
      for (const size_t citer : citers[order[next]]) {
        if (--waits_for[citer] == 0 && !placed[citer]) {
          placed[citer] = 1;
          order.push_back(citer);
        }
      }
    }
  };
  for (size_t i = 0; i < nodes_.size(); ++i) {
    if (waits_for[i] == 0) place(i);
  }
  for (size_t i = 0; i < nodes_.size(); ++i) {
    if (!std::exchange(placed[i], 1)) order.push_back(i);
  }
  return order;
}

std::vector<v1::Mutation> ImportRows::TakeMutations() {
  std::vector<v1::Mutation> mutations;
  mutations.reserve(nodes_.size() + edges_.size());
  for (const size_t i : CitedFirst()) {
    origins_.push_back({i, nodes_[i].name()});
    *mutations.emplace_back().mutable_put_node() = std::move(nodes_[i]);
  }
  for (size_t i = 0; i < edges_.size(); ++i) {
    origins_.push_back({i, edges_[i].name()});
    *mutations.emplace_back().mutable_put_edge() = std::move(edges_[i]);
  }
  nodes_.clear();
  edges_.clear();
  return mutations;
}

bool ImportRows::NoteCommitError(const absl::Status& status) {
  const std::optional<graph::ErrorDetail> detail = graph::GetErrorDetail(status);
  if (!detail || detail->violations.empty()) return false;
  for (const FieldViolation& violation : detail->violations) {
    absl::string_view rest = violation.field;
    if (!absl::ConsumePrefix(&rest, "mutations[")) return false;
    const size_t end = rest.find(']');
    size_t index = 0;
    if (end == absl::string_view::npos || !absl::SimpleAtoi(rest.substr(0, end), &index) ||
        index >= origins_.size()) {
      return false;
    }
    rest.remove_prefix(end + 1);
    absl::ConsumePrefix(&rest, ".put_node");
    absl::ConsumePrefix(&rest, ".put_edge");
    absl::ConsumePrefix(&rest, ".");
    Note(origins_[index].index, origins_[index].name, graph::ToStd(rest), violation.description);
  }
  return true;
}

void ImportRows::Note(size_t index, const std::string& name, std::string_view field,
                      std::string_view message) {
  if (errors_.size() >= limits_.max_row_errors) return;
  v1::ImportResponse::RowError& error = errors_.emplace_back();
  error.set_row(static_cast<int64_t>(index) + 1);
  error.set_name(name);
  error.set_field(std::string(field));
  error.set_message(std::string(message));
}

}  // namespace attlas::services
