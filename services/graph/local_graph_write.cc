// Writes: Commit and Import.
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "services/common/handler.h"
#include "services/graph/local_graph.h"
#include "services/graph/request_checks.h"

namespace attlas::services {
namespace {

namespace v1 = graph::v1;
using graph::FieldViolation;
using graph::InvalidField;

// The rows of an import, in the order of the stream, and what is wrong with them.
class ImportRows {
 public:
  ImportRows(const ServiceLimits& limits, const graph::OntologyIndex& ontology,
             const graph::Clearance& clearance)
      : limits_(limits), ontology_(ontology), clearance_(clearance) {}

  // Takes a batch. Faults of rows are noted; INVALID_FIELD past max_import_rows.
  absl::Status Take(v1::ImportRequest&& batch) {
    for (v1::Node& node : *batch.mutable_nodes()) TakeNode(std::move(node));
    for (v1::Edge& edge : *batch.mutable_edges()) TakeEdge(std::move(edge));
    return CheckCount(nodes_.size() + edges_.size(), limits_.max_import_rows, "nodes", "rows");
  }

  // Notes edges whose ends neither come with the import nor are there for this caller.
  void CheckEnds(const graph::Graph& graph, const graph::View& view) {
    absl::flat_hash_map<std::string, bool> known;
    const auto exists = [&](const std::string& name) {
      const auto [found, added] = known.try_emplace(name, false);
      if (added) found->second = node_names_.contains(name) || graph.FindNode(view, name).ok();
      return found->second;
    };
    for (size_t i = 0; i < edges_.size(); ++i) {
      for (const auto& [field, end] : {std::pair<const char*, const std::string&>{
                                           "from", edges_[i].from()},
                                       {"to", edges_[i].to()}}) {
        if (exists(end)) continue;
        Note(i, edges_[i].name(), field,
             absl::StrCat("no node ", end, DidYouMean(graph.SuggestNames(view, end, 3))));
      }
    }
  }

  // The mutations, nodes first. The rows are gone afterwards.
  std::vector<v1::Mutation> TakeMutations() {
    std::vector<v1::Mutation> mutations;
    mutations.reserve(nodes_.size() + edges_.size());
    node_rows_ = nodes_.size();
    for (v1::Node& node : nodes_) {
      row_names_.push_back(node.name());
      *mutations.emplace_back().mutable_put_node() = std::move(node);
    }
    for (v1::Edge& edge : edges_) {
      row_names_.push_back(edge.name());
      *mutations.emplace_back().mutable_put_edge() = std::move(edge);
    }
    nodes_.clear();
    edges_.clear();
    return mutations;
  }

  // Notes the violations of a refused commit by row; false if one belongs to no row.
  bool NoteCommitError(const absl::Status& status) {
    const std::optional<graph::ErrorDetail> detail = graph::GetErrorDetail(status);
    if (!detail || detail->violations.empty()) return false;
    for (const FieldViolation& violation : detail->violations) {
      absl::string_view rest = violation.field;
      if (!absl::ConsumePrefix(&rest, "mutations[")) return false;
      const size_t end = rest.find(']');
      size_t index = 0;
      if (end == absl::string_view::npos || !absl::SimpleAtoi(rest.substr(0, end), &index) ||
          index >= row_names_.size()) {
        return false;
      }
      rest.remove_prefix(end + 1);
      absl::ConsumePrefix(&rest, ".put_node");
      absl::ConsumePrefix(&rest, ".put_edge");
      absl::ConsumePrefix(&rest, ".");
      Note(index < node_rows_ ? index : index - node_rows_, row_names_[index], graph::ToStd(rest),
           violation.description);
    }
    return true;
  }

  bool faulty() const { return !errors_.empty(); }
  const std::vector<v1::ImportResponse::RowError>& errors() const { return errors_; }

 private:
  void TakeNode(v1::Node&& node) {
    graph::Canonicalize(&node);
    std::vector<FieldViolation> violations;
    ontology_.CheckNode(node, "", &violations);
    CheckRow(node.name(), node.marking(), nodes_.size(), violations);
    node_names_.insert(node.name());
    nodes_.push_back(std::move(node));
  }

  void TakeEdge(v1::Edge&& edge) {
    graph::Canonicalize(&edge);
    std::vector<FieldViolation> violations;
    ontology_.CheckEdge(edge, "", &violations);
    CheckRow(edge.name(), edge.marking(), edges_.size(), violations);
    edges_.push_back(std::move(edge));
  }

  void CheckRow(const std::string& name, const v1::Marking& marking, size_t index,
                const std::vector<FieldViolation>& violations) {
    for (const FieldViolation& violation : violations) {
      absl::string_view field = violation.field;
      absl::ConsumePrefix(&field, ".");
      Note(index, name, graph::ToStd(field), violation.description);
    }
    if (!graph::CanSee(clearance_, marking)) {
      Note(index, name, "marking", "the marking is above the clearance of the caller");
    }
    if (!name.empty() && !names_.insert(name).second) {
      Note(index, name, "name", "stands in the import twice; leave one row out");
    }
  }

  void Note(size_t index, const std::string& name, std::string_view field,
            std::string_view message) {
    if (errors_.size() >= limits_.max_row_errors) return;
    v1::ImportResponse::RowError& error = errors_.emplace_back();
    error.set_row(static_cast<int64_t>(index) + 1);
    error.set_name(name);
    error.set_field(std::string(field));
    error.set_message(std::string(message));
  }

  const ServiceLimits& limits_;
  const graph::OntologyIndex& ontology_;
  const graph::Clearance& clearance_;
  std::vector<v1::Node> nodes_;
  std::vector<v1::Edge> edges_;
  absl::flat_hash_set<std::string> names_;
  absl::flat_hash_set<std::string> node_names_;
  size_t node_rows_ = 0;
  std::vector<std::string> row_names_;
  std::vector<v1::ImportResponse::RowError> errors_;
};

v1::ImportResponse Refused(const ImportRows& rows, std::string revision) {
  v1::ImportResponse response;
  response.set_revision(std::move(revision));
  for (const v1::ImportResponse::RowError& error : rows.errors()) {
    *response.add_row_errors() = error;
  }
  return response;
}

}  // namespace

absl::StatusOr<v1::CommitResponse> LocalGraph::Commit(const CallContext& context,
                                                      const v1::CommitRequest& request) {
  ATTLAS_RETURN_IF_ERROR(CheckCall(context));
  if (request.mutations().empty()) {
    return InvalidField("mutations", "at least one mutation is required");
  }
  ATTLAS_RETURN_IF_ERROR(CheckCount(static_cast<size_t>(request.mutations_size()),
                                    limits_.max_mutations, "mutations", "mutations"));
  ATTLAS_RETURN_IF_ERROR(CheckCount(static_cast<size_t>(request.preconditions_size()),
                                    limits_.max_preconditions, "preconditions", "preconditions"));
  graph::CommitInput input;
  input.mutations.assign(request.mutations().begin(), request.mutations().end());
  input.preconditions.assign(request.preconditions().begin(), request.preconditions().end());
  input.request_id = request.request_id();
  input.reason = request.reason();
  input.clearance = context.clearance;
  input.validate_only = request.validate_only();
  absl::StatusOr<graph::CommitOutput> output = graph_->Commit(std::move(input));
  if (!output.ok()) {
    ATTLAS_ASSIGN_OR_RETURN(const graph::View view, OpenView(context, v1::ReadOptions()));
    return WithSuggestions(*graph_, view, output.status());
  }
  v1::CommitResponse response;
  response.set_revision(graph_->RevisionToken(output->revision));
  for (std::string& name : output->names) response.add_names(std::move(name));
  for (std::string& etag : output->etags) response.add_etags(std::move(etag));
  return response;
}

absl::StatusOr<v1::ImportResponse> LocalGraph::Import(const CallContext& context,
                                                      ImportSource next) {
  ATTLAS_ASSIGN_OR_RETURN(const graph::View view, OpenView(context, v1::ReadOptions()));
  ImportRows rows(limits_, *view.snapshot().ontology(), context.clearance);
  graph::CommitInput input;
  input.clearance = context.clearance;
  input.unlimited = true;
  bool first = true;
  for (v1::ImportRequest batch; next(&batch); batch.Clear()) {
    if (std::exchange(first, false)) {
      input.validate_only = batch.validate_only();
      input.reason = batch.reason();
    }
    ATTLAS_RETURN_IF_ERROR(CheckCall(context));
    ATTLAS_RETURN_IF_ERROR(rows.Take(std::move(batch)));
  }
  rows.CheckEnds(*graph_, view);
  // A stream that broke off ends like a whole one; nothing of it may be applied.
  ATTLAS_RETURN_IF_ERROR(CheckCall(context));
  if (rows.faulty()) return Refused(rows, Token(view));

  input.mutations = rows.TakeMutations();
  if (input.mutations.empty()) return Refused(rows, Token(view));
  const absl::StatusOr<graph::CommitOutput> output = graph_->Commit(std::move(input));
  if (!output.ok()) {
    if (rows.NoteCommitError(output.status())) return Refused(rows, Token(view));
    return output.status();
  }
  v1::ImportResponse response;
  response.set_revision(graph_->RevisionToken(output->revision));
  response.set_created_count(static_cast<int64_t>(output->created));
  response.set_updated_count(static_cast<int64_t>(output->updated));
  response.set_unchanged_count(static_cast<int64_t>(output->unchanged));
  return response;
}

}  // namespace attlas::services
