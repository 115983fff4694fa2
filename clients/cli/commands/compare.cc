// attlas compare: the themes of instruments side by side.
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

using synergy::v1::CompareInstrumentsRequest;
using synergy::v1::CompareInstrumentsResponse;
using synergy::v1::SynergyService;

struct Arguments {
  std::string instrument;
  std::vector<std::string> others;
  bool addressing_all_members = false;
};

absl::Status Run(const Arguments& arguments, Session& session) {
  CompareInstrumentsRequest request;
  *request.mutable_read() = session.read();
  request.set_instrument(CanonicalName(arguments.instrument));
  for (const std::string& other : arguments.others) request.add_others(CanonicalName(other));
  request.set_addressing_all_members(arguments.addressing_all_members);
  ATTLAS_ASSIGN_OR_RETURN(
      const CompareInstrumentsResponse response,
      session.connection().Ask(&SynergyService::Stub::CompareInstruments, request));
  return session.Show(response, [&] { return RenderComparison(response); });
}

}  // namespace

void AddCompareCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      program->AddCommand("compare", "Sets the obligation themes of instruments side by side");
  command->add_option("instrument", arguments->instrument, "The instrument, such as att")
      ->required();
  command->add_option("others", arguments->others,
                      "Those to set beside it; none for all that have provisions");
  command->add_flag("--all-members", arguments->addressing_all_members,
                    "Add those that address all members of the United Nations");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
