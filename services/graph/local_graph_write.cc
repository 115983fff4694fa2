// Writes: Commit and Import.
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/access/requirement.h"
#include "services/access/space_registry.h"
#include "services/common/handler.h"
#include "services/graph/import_rows.h"
#include "services/graph/local_graph.h"
#include "services/graph/request_checks.h"

namespace attlas::services {
namespace {

namespace v1 = graph::v1;
using graph::InvalidField;

// Watches for the end of an import: whether the stream was whole.
class RowCount {
 public:
  absl::Status Take(const v1::ImportRequest& batch) {
    if (said_) return InvalidField("row_count", "stands in a message before the last");
    came_ += batch.nodes_size() + batch.edges_size();
    if (!batch.has_row_count()) return absl::OkStatus();
    said_ = true;
    if (batch.row_count() == came_) return absl::OkStatus();
    return InvalidField("row_count", absl::StrCat("says ", batch.row_count(), " rows, but ", came_,
                                                  " came; nothing was applied"));
  }
  absl::Status Finish() const {
    if (said_) return absl::OkStatus();
    return InvalidField("row_count",
                        absl::StrCat("is missing: the stream ended after ", came_,
                                     " rows without it, so it may have been cut off; nothing was "
                                     "applied. Set it in the last message"));
  }

 private:
  int64_t came_ = 0;
  bool said_ = false;
};

// Spaces are EngagementService's alone: their names and those of notes, and what is marked as
// theirs.
absl::Status CheckRegistry(const CallContext& context, const std::vector<v1::Mutation>& mutations) {
  if (KeepsSpaces(context.clearance)) return absl::OkStatus();
  for (size_t i = 0; i < mutations.size(); ++i) {
    if (!TouchesRegistry(mutations[i])) continue;
    return InvalidField(absl::StrCat("mutations[", i, "]"),
                        "spaces and notes are made and changed by EngagementService alone");
  }
  return absl::OkStatus();
}

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
  ATTLAS_RETURN_IF_ERROR(CheckRegistry(context, input.mutations));
  input.request_id = request.request_id();
  input.reason = request.reason();
  input.clearance = context.clearance;
  input.validate_only = request.validate_only();
  input.may_remark = Suffices(context.role, access::v1::ROLE_STEWARD);
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
  RowCount row_count;
  bool first = true;
  for (v1::ImportRequest batch; next(&batch); batch.Clear()) {
    if (std::exchange(first, false)) {
      input.validate_only = batch.validate_only();
      input.reason = batch.reason();
    }
    ATTLAS_RETURN_IF_ERROR(CheckCall(context));
    ATTLAS_RETURN_IF_ERROR(row_count.Take(batch));
    ATTLAS_RETURN_IF_ERROR(rows.Take(std::move(batch)));
  }
  // A stream that broke off ends like a whole one, but for its row count.
  ATTLAS_RETURN_IF_ERROR(CheckCall(context));
  ATTLAS_RETURN_IF_ERROR(row_count.Finish());
  rows.CheckEnds(*graph_, view);
  if (rows.faulty()) return Refused(rows, Token(view));

  input.mutations = rows.TakeMutations();
  if (input.mutations.empty()) return Refused(rows, Token(view));
  ATTLAS_RETURN_IF_ERROR(CheckRegistry(context, input.mutations));
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
