// attlas cooperation: which agencies of a state already work together.
#include <memory>
#include <string>

#include "attlas/cooperation/v1/cooperation_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using cooperation::v1::CooperationService;
using cooperation::v1::FindCooperationRequest;
using cooperation::v1::FindCooperationResponse;

struct Arguments {
  std::string state;
  std::string apart_from;
};

absl::Status Run(const Arguments& arguments, Session& session) {
  FindCooperationRequest request;
  *request.mutable_read() = session.read();
  request.set_state(CanonicalName(arguments.state));
  request.set_apart_from(CanonicalName(arguments.apart_from));
  request.set_include_sources(true);
  ATTLAS_ASSIGN_OR_RETURN(
      const FindCooperationResponse response,
      session.connection().Ask(&CooperationService::Stub::FindCooperation, request));
  return session.Show(response, [&] { return RenderCooperation(response); });
}

}  // namespace

void AddCooperationCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program->AddCommand(
      "cooperation", "Shows which agencies of a state already work together, and under what");
  command->add_option("state", arguments->state, "The state's ISO 3166 code, such as PHL")
      ->required();
  command
      ->add_option("--apart-from", arguments->apart_from,
                   "Leaves an instrument out, to see what there is beside it")
      ->type_name("INSTRUMENT");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
