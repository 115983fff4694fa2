// attlas data apply: commits a change set that `attlas data diff` made.
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "attlas/exchange/v1/change_set.pb.h"
#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "clients/cli/commands/data_commands.h"
#include "clients/cli/graph_reading.h"
#include "clients/cli/output/json.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using exchange::v1::ChangeSet;
using graph::v1::CommitRequest;
using graph::v1::CommitResponse;

struct Arguments {
  std::string file;
  bool dry_run = false;
};

CommitRequest RequestOf(const ChangeSet& set, bool dry_run) {
  CommitRequest request;
  for (const auto& change : set.changes()) *request.add_mutations() = change.mutation();
  *request.mutable_preconditions() = set.preconditions();
  request.set_reason(set.reason());
  // What is only tried must not be answered by a try.
  if (!dry_run) request.set_request_id(set.request_id());
  request.set_validate_only(dry_run);
  return request;
}

// An error of a graph that is another one than that the set was made for.
absl::Status Moved(const absl::Status& status) {
  if (!absl::IsAborted(status) && !absl::IsAlreadyExists(status) && !absl::IsNotFound(status)) {
    return status;
  }
  return absl::AbortedError(
      absl::StrCat("the graph changed since the change set was made, and nothing was applied; run "
                   "`attlas data diff` again (",
                   std::string(status.message()), ")"));
}

absl::Status Run(const Arguments& arguments, Session& session) {
  ATTLAS_ASSIGN_OR_RETURN(const std::string json, ReadWholeFile(arguments.file));
  ChangeSet set;
  ATTLAS_RETURN_IF_ERROR(ParseJson(json, &set));
  if (set.changes().empty()) {
    session.console().Note("the change set is empty; nothing to apply");
    return absl::OkStatus();
  }
  const CommitRequest request = RequestOf(set, arguments.dry_run);
  const absl::StatusOr<CommitResponse> response =
      session.connection().Ask(&graph::v1::GraphService::Stub::Commit, request);
  if (!response.ok()) return Moved(response.status());
  return session.Show(*response, [&] {
    Document document;
    document.Say(absl::StrCat(set.changes_size(), set.changes_size() == 1 ? " change" : " changes",
                              arguments.dry_run ? " would be applied" : " applied"));
    document.Say(absl::StrCat("Revision ", response->revision()), Tone::kDim);
    return document;
  });
}

}  // namespace

void AddDataApplyCommand(Program* program, CLI::App* data) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = data->add_subcommand(
      "apply", "Commits a change set, all of it or nothing; refuses where the graph moved");
  command->add_option("changeset", arguments->file, "A file that `attlas data diff --file` wrote")
      ->required();
  command->add_flag("--dry-run", arguments->dry_run, "Let the daemon check it and apply nothing");
  program->AddCallOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
