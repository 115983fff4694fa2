// attlas path: the best paths between two nodes.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/list_option.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using graph::v1::FindPathsRequest;
using graph::v1::FindPathsResponse;
using graph::v1::GraphService;

struct Arguments {
  std::string from;
  std::string to;
  int32_t max_paths = 1;
  int32_t max_hops = 0;
  std::vector<std::string> avoid;
};

absl::Status Run(const Arguments& arguments, Session& session) {
  const Connection& connection = session.connection();
  FindPathsRequest request;
  *request.mutable_read() = session.read();
  ATTLAS_ASSIGN_OR_RETURN(*request.mutable_from(),
                          ResolveNode(connection, session.read(), "from", arguments.from));
  ATTLAS_ASSIGN_OR_RETURN(*request.mutable_to(),
                          ResolveNode(connection, session.read(), "to", arguments.to));
  request.set_max_paths(arguments.max_paths);
  request.set_max_hops(arguments.max_hops);
  for (const std::string& type : arguments.avoid) request.add_avoid_node_types(type);
  ATTLAS_ASSIGN_OR_RETURN(const FindPathsResponse response,
                          connection.Ask(&GraphService::Stub::FindPaths, request));
  return session.Show(response, [&] { return RenderPaths(response); });
}

}  // namespace

void AddPathCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program->AddCommand("path", "Shows the best paths between two nodes");
  command->add_option("from", arguments->from, "A node, such as states/IDN or idn")->required();
  command->add_option("to", arguments->to, "A node, such as instruments/att or att")->required();
  command->add_option("--max-paths", arguments->max_paths, "Most paths (default: 1)")
      ->check(CLI::Range(1, 100))
      ->type_name("COUNT");
  command->add_option("--max-hops", arguments->max_hops, "Most hops of a path (default: 6)")
      ->check(CLI::Range(1, 8))
      ->type_name("COUNT");
  AddListOption(command, "--avoid", &arguments->avoid, "TYPE",
                "Node type to keep out of; may be repeated");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
