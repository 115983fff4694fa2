// attlas decision-path: the way from a contact to where joining an instrument is decided.
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
using cooperation::v1::FindDecisionPathRequest;
using cooperation::v1::FindDecisionPathResponse;

struct Arguments {
  std::string from;
  std::string to;
  int max_steps = 0;
  int max_paths = 0;
};

absl::Status Run(const Arguments& arguments, Session& session) {
  FindDecisionPathRequest request;
  *request.mutable_read() = session.read();
  request.set_from(CanonicalName(arguments.from));
  request.set_to(CanonicalName(arguments.to));
  request.set_max_steps(arguments.max_steps);
  request.set_max_paths(arguments.max_paths);
  request.set_include_sources(true);
  ATTLAS_ASSIGN_OR_RETURN(
      const FindDecisionPathResponse response,
      session.connection().Ask(&CooperationService::Stub::FindDecisionPath, request));
  return session.Show(response, [&] { return RenderDecisionPath(response); });
}

}  // namespace

void AddDecisionPathCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program->AddCommand(
      "decision-path", "Shows the way from a contact to where joining an instrument is decided");
  command->add_option("from", arguments->from, "The agency of the contact, such as phl-stmo")
      ->required();
  command->add_option("to", arguments->to,
                      "The agency to reach (default: those that decide or advise)");
  command->add_option("--max-steps", arguments->max_steps, "The most steps of a way (default 4)")
      ->type_name("NUMBER");
  command
      ->add_option("--max-paths", arguments->max_paths,
                   "The most ways to each decision point (default 3)")
      ->type_name("NUMBER");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
