// attlas roles: who holds the roles that an instrument needs in a state.
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
using cooperation::v1::GetRoleMapRequest;
using cooperation::v1::GetRoleMapResponse;

struct Arguments {
  std::string state;
  std::string instrument;
  std::vector<std::string> themes;
};

absl::Status Run(const Arguments& arguments, Session& session) {
  GetRoleMapRequest request;
  *request.mutable_read() = session.read();
  request.set_state(CanonicalName(arguments.state));
  request.set_instrument(CanonicalName(arguments.instrument));
  for (const std::string& theme : arguments.themes) request.add_themes(CanonicalName(theme));
  request.set_include_sources(true);
  ATTLAS_ASSIGN_OR_RETURN(const GetRoleMapResponse response,
                          session.connection().Ask(&CooperationService::Stub::GetRoleMap, request));
  return session.Show(response, [&] { return RenderRoleMap(response); });
}

}  // namespace

void AddRolesCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program->AddCommand(
      "roles", "Shows which agencies of a state hold the roles that an instrument needs");
  command->add_option("state", arguments->state, "The state's ISO 3166 code, such as PHL")
      ->required();
  command->add_option("instrument", arguments->instrument, "The instrument, such as att")
      ->required();
  command
      ->add_option("--theme", arguments->themes,
                   "Only this theme of the instrument, such as border-control; may be repeated")
      ->type_name("THEME")
      ->allow_extra_args(false);
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
