// attlas synergies: what a state already has that serves an instrument.
#include <memory>
#include <string>
#include <vector>

#include "attlas/synergy/v1/synergy_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using synergy::v1::FindSynergiesRequest;
using synergy::v1::FindSynergiesResponse;
using synergy::v1::SynergyService;

struct Arguments {
  std::string state;
  std::string instrument;
  std::vector<std::string> themes;
  std::vector<std::string> own;
};

absl::Status Run(const Arguments& arguments, Session& session) {
  FindSynergiesRequest request;
  *request.mutable_read() = session.read();
  request.set_state(CanonicalName(arguments.state));
  request.set_target(CanonicalName(arguments.instrument));
  for (const std::string& theme : arguments.themes) request.add_themes(CanonicalName(theme));
  for (const std::string& own : arguments.own) request.add_instruments(CanonicalName(own));
  request.set_include_sources(true);
  ATTLAS_ASSIGN_OR_RETURN(const FindSynergiesResponse response,
                          session.connection().Ask(&SynergyService::Stub::FindSynergies, request));
  return session.Show(response, [&] { return RenderSynergies(response); });
}

}  // namespace

void AddSynergiesCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program->AddCommand(
      "synergies", "Shows what links a state to an instrument through what it already does");
  command->add_option("state", arguments->state, "The state's ISO 3166 code, such as IDN")
      ->required();
  command->add_option("instrument", arguments->instrument, "The instrument, such as att")
      ->required();
  command
      ->add_option("--theme", arguments->themes,
                   "Only this theme of the instrument, such as brokering; may be repeated")
      ->type_name("THEME")
      ->allow_extra_args(false);
  command
      ->add_option("--instrument", arguments->own,
                   "Only what the state does under this instrument, such as unpoa; may be repeated")
      ->type_name("INSTRUMENT")
      ->allow_extra_args(false);
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
