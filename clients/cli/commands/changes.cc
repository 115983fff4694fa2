// attlas changes: what changed about a node, in the world and in what is recorded.
#include <memory>
#include <string>
#include <vector>

#include "attlas/evidence/v1/evidence_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/list_option.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using evidence::v1::EvidenceService;
using evidence::v1::GetChangesRequest;
using evidence::v1::GetChangesResponse;

struct Arguments {
  std::string node;
  std::string since;
  std::string since_revision;
  std::vector<std::string> types;
  int32_t page_size = 0;
  std::string page_token;
};

absl::Status RunChanges(const Arguments& arguments, Session& session) {
  GetChangesRequest request;
  *request.mutable_read() = session.read();
  if (!arguments.since.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(*request.mutable_since(), DateOf("--since", arguments.since));
  }
  ATTLAS_ASSIGN_OR_RETURN(*request.mutable_node(), ResolveNode(session.connection(), session.read(),
                                                               "node", arguments.node));
  request.set_since_revision(arguments.since_revision);
  for (const std::string& type : arguments.types) request.add_types(type);
  request.set_page_size(arguments.page_size);
  request.set_page_token(arguments.page_token);
  request.set_include_sources(true);
  ATTLAS_ASSIGN_OR_RETURN(const GetChangesResponse response,
                          session.connection().Ask(&EvidenceService::Stub::GetChanges, request));
  return session.Show(response, [&] { return RenderNodeChanges(response); });
}

}  // namespace

void AddChangesCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program->AddCommand(
      "changes", "Tells what changed about a node: in the world, and in what is recorded");
  command->add_option("node", arguments->node, "The node, such as states/PHL")->required();
  command->add_option("--since", arguments->since, "What began or ended in the world since then")
      ->type_name("DATE");
  command
      ->add_option("--since-revision", arguments->since_revision,
                   "What was recorded after this revision")
      ->type_name("REVISION");
  AddListOption(command, "--type", &arguments->types, "TYPE",
                "Only this edge type; may be repeated");
  command->add_option("--page-size", arguments->page_size, "The most of a page")
      ->type_name("COUNT");
  command->add_option("--page-token", arguments->page_token, "The page to show")
      ->type_name("TOKEN");
  program->AddReadOptions(command);
  program->OnRun(command,
                 [arguments](Session& session) { return RunChanges(*arguments, session); });
}

}  // namespace attlas::cli
