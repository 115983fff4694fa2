// attlas state: what is known of a state.
#include <memory>
#include <string>

#include "attlas/instruments/v1/instrument_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using instruments::v1::GetStateProfileRequest;
using instruments::v1::GetStateProfileResponse;
using instruments::v1::InstrumentService;

absl::Status Run(const std::string& state, Session& session) {
  GetStateProfileRequest request;
  *request.mutable_read() = session.read();
  request.set_state(CanonicalName(state));
  request.set_include_sources(true);
  ATTLAS_ASSIGN_OR_RETURN(
      const GetStateProfileResponse response,
      session.connection().Ask(&InstrumentService::Stub::GetStateProfile, request));
  return session.Show(response, [&] { return RenderStateProfile(response); });
}

}  // namespace

void AddStateCommand(Program* program) {
  auto state = std::make_shared<std::string>();
  CLI::App* command = program->AddCommand(
      "state", "Shows how a state stands towards every instrument, and its contacts");
  command->add_option("state", *state, "The state's ISO 3166 code, such as IDN")->required();
  program->AddReadOptions(command);
  program->OnRun(command, [state](Session& session) { return Run(*state, session); });
}

}  // namespace attlas::cli
