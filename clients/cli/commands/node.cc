// attlas node: one node of the graph.
#include <memory>
#include <string>

#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using graph::v1::GetNodeRequest;
using graph::v1::GetNodeResponse;
using graph::v1::GraphService;

absl::Status Run(const std::string& name, Session& session) {
  const Connection& connection = session.connection();
  GetNodeRequest request;
  *request.mutable_read() = session.read();
  ATTLAS_ASSIGN_OR_RETURN(*request.mutable_name(),
                          ResolveNode(connection, session.read(), "name", name));
  ATTLAS_ASSIGN_OR_RETURN(const GetNodeResponse response,
                          connection.Ask(&GraphService::Stub::GetNode, request));
  return session.Show(response, [&] { return RenderNode(response); });
}

}  // namespace

void AddNodeCommand(Program* program) {
  auto name = std::make_shared<std::string>();
  CLI::App* command = program->AddCommand("node", "Shows a node with its properties and sources");
  command->add_option("name", *name, "A node, such as states/IDN or att")->required();
  program->AddReadOptions(command);
  program->OnRun(command, [name](Session& session) { return Run(*name, session); });
}

}  // namespace attlas::cli
