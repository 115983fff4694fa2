// attlas networks: the networks of police, customs and the like that connect states.
#include <memory>
#include <string>
#include <vector>

#include "attlas/cooperation/v1/cooperation_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using cooperation::v1::CooperationService;
using cooperation::v1::FindNetworksRequest;
using cooperation::v1::FindNetworksResponse;

struct Arguments {
  std::vector<std::string> states;
  std::string theme;
  std::vector<std::string> kinds;
};

absl::Status Run(const Arguments& arguments, Session& session) {
  FindNetworksRequest request;
  *request.mutable_read() = session.read();
  for (const std::string& state : arguments.states) request.add_states(CanonicalName(state));
  request.set_theme(CanonicalName(arguments.theme));
  for (const std::string& kind : arguments.kinds) request.add_organization_kinds(kind);
  request.set_include_sources(true);
  ATTLAS_ASSIGN_OR_RETURN(
      const FindNetworksResponse response,
      session.connection().Ask(&CooperationService::Stub::FindNetworks, request));
  return session.Show(response, [&] { return RenderNetworks(response); });
}

}  // namespace

void AddNetworksCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program->AddCommand(
      "networks", "Finds the police, customs and other networks that connect states");
  command
      ->add_option("state", arguments->states,
                   "The states, such as FJI VUT; one asks for all it "
                   "is connected with")
      ->required();
  command->add_option("--theme", arguments->theme, "Only networks that work on this theme")
      ->type_name("THEME");
  command
      ->add_option("--kind", arguments->kinds,
                   "Only organizations of this kind, such as regional-police; may be repeated")
      ->allow_extra_args(false)
      ->type_name("KIND");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
