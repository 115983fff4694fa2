// attlas history: what was ever said of a node or an edge.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>

#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using graph::v1::GetHistoryRequest;
using graph::v1::GetHistoryResponse;
using graph::v1::GraphService;

constexpr int32_t kMostOfPage = 1'000;

struct Arguments {
  std::string name;
  int32_t limit = 50;
};

// Pages until there are `limit` changes; the answer is as of one page.
absl::StatusOr<GetHistoryResponse> Fetch(const Connection& connection, GetHistoryRequest request,
                                         int32_t limit) {
  GetHistoryResponse all;
  do {
    request.set_page_size(std::min(kMostOfPage, limit - all.changes_size()));
    ATTLAS_ASSIGN_OR_RETURN(GetHistoryResponse page,
                            connection.Ask(&GraphService::Stub::GetHistory, request));
    all.mutable_changes()->MergeFrom(page.changes());
    all.set_next_page_token(page.next_page_token());
    all.set_revision(page.revision());
    request.set_page_token(page.next_page_token());
  } while (!all.next_page_token().empty() && all.changes_size() < limit);
  return all;
}

absl::Status Run(const Arguments& arguments, Session& session) {
  GetHistoryRequest request;
  *request.mutable_read() = session.read();
  ATTLAS_ASSIGN_OR_RETURN(*request.mutable_name(), ResolveNode(session.connection(), session.read(),
                                                               "name", arguments.name));
  ATTLAS_ASSIGN_OR_RETURN(const GetHistoryResponse response,
                          Fetch(session.connection(), request, arguments.limit));
  return session.Show(response, [&] { return RenderHistory(response); });
}

}  // namespace

void AddHistoryCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      program->AddCommand("history", "Shows what was ever said of a node or a statement");
  command->add_option("name", arguments->name, "A node or a statement, as states/IDN or edges/<id>")
      ->required();
  command->add_option("--limit", arguments->limit, "Most changes (default: 50)")
      ->check(CLI::Range(1, 1'000'000))
      ->type_name("COUNT");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
