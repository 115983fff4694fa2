// attlas simulate: what would change if a state joined, signed or left.
#include <memory>
#include <string>
#include <vector>

#include "attlas/synergy/v1/synergy_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/list_option.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using synergy::v1::SimulateParticipationRequest;
using synergy::v1::SimulateParticipationResponse;
using synergy::v1::SupposedAct;
using synergy::v1::SynergyService;

struct Arguments {
  std::string state;
  std::vector<std::string> join;
  std::vector<std::string> sign;
  std::vector<std::string> leave;
  std::string target;
};

void AddChanges(const std::vector<std::string>& instruments, SupposedAct act,
                SimulateParticipationRequest* request) {
  for (const std::string& instrument : instruments) {
    auto* change = request->add_changes();
    change->set_instrument(CanonicalName(instrument));
    change->set_act(act);
  }
}

absl::Status Run(const Arguments& arguments, Session& session) {
  SimulateParticipationRequest request;
  *request.mutable_read() = session.read();
  request.set_state(CanonicalName(arguments.state));
  AddChanges(arguments.join, synergy::v1::SUPPOSED_ACT_JOIN, &request);
  AddChanges(arguments.sign, synergy::v1::SUPPOSED_ACT_SIGN, &request);
  AddChanges(arguments.leave, synergy::v1::SUPPOSED_ACT_LEAVE, &request);
  request.set_target(CanonicalName(arguments.target));
  request.set_include_sources(true);
  if (request.changes_size() == 0) {
    return graph::InvalidField("--join", "no act to suppose; give --join, --sign or --leave");
  }
  ATTLAS_ASSIGN_OR_RETURN(
      const SimulateParticipationResponse response,
      session.connection().Ask(&SynergyService::Stub::SimulateParticipation, request));
  return session.Show(response, [&] { return RenderSimulation(response); });
}

}  // namespace

void AddSimulateCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      program->AddCommand("simulate", "Shows what would change if a state joined or left");
  command->add_option("state", arguments->state, "The state's ISO 3166 code, such as IDN")
      ->required();
  AddListOption(command, "--join", &arguments->join, "INSTRUMENT",
                "The state joins it; may be repeated");
  AddListOption(command, "--sign", &arguments->sign, "INSTRUMENT",
                "The state signs it; may be repeated");
  AddListOption(command, "--leave", &arguments->leave, "INSTRUMENT",
                "The state leaves it; may be repeated");
  command
      ->add_option("--target", arguments->target,
                   "Instrument whose themes are classed (default: the first joined)")
      ->type_name("INSTRUMENT");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
