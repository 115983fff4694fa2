// attlas share: which share of a body's members takes part in an instrument.
#include <memory>
#include <string>

#include "attlas/instruments/v1/instrument_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using instruments::v1::GetMembershipShareRequest;
using instruments::v1::GetMembershipShareResponse;
using instruments::v1::InstrumentService;

struct Arguments {
  std::string body;
  std::string instrument;
  std::string count_by;
};

absl::Status Run(const Arguments& arguments, Session& session) {
  GetMembershipShareRequest request;
  *request.mutable_read() = session.read();
  request.set_body(CanonicalName(arguments.body));
  request.set_instrument(CanonicalName(arguments.instrument));
  request.set_include_sources(true);
  if (!arguments.count_by.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(const size_t choice,
                            ChoiceOf("--count-by", arguments.count_by, {"deposit", "in-force"}));
    request.set_count_by(choice == 0 ? instruments::v1::COUNT_BY_DEPOSIT
                                     : instruments::v1::COUNT_BY_IN_FORCE);
  }
  ATTLAS_ASSIGN_OR_RETURN(
      const GetMembershipShareResponse response,
      session.connection().Ask(&InstrumentService::Stub::GetMembershipShare, request));
  return session.Show(response, [&] { return RenderMembershipShare(response); });
}

}  // namespace

void AddShareCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program->AddCommand(
      "share", "Shows which share of a body's members takes part in an instrument");
  command->add_option("body", arguments->body, "The organization or grouping, such as pif")
      ->required();
  command->add_option("instrument", arguments->instrument, "The instrument, such as att")
      ->required();
  command
      ->add_option("--count-by", arguments->count_by,
                   "By which date a state becomes a party: deposit (default) or in-force")
      ->type_name("DATE");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
