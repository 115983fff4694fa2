// attlas status: who takes part in an instrument.
#include <memory>
#include <string>
#include <vector>

#include "attlas/instruments/v1/instrument_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using instruments::v1::GetStatusRequest;
using instruments::v1::GetStatusResponse;
using instruments::v1::InstrumentService;

struct Arguments {
  std::string instrument;
  std::string region;
  std::string count_by;
  bool list = false;
};

absl::StatusOr<GetStatusRequest> MakeRequest(const Arguments& arguments, bool list,
                                             const Session& session) {
  GetStatusRequest request;
  *request.mutable_read() = session.read();
  request.set_instrument(CanonicalName(arguments.instrument));
  request.set_grouping(CanonicalName(arguments.region));
  if (!arguments.count_by.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(const size_t choice,
                            ChoiceOf("--count-by", arguments.count_by, {"deposit", "in-force"}));
    request.set_count_by(choice == 0 ? instruments::v1::COUNT_BY_DEPOSIT
                                     : instruments::v1::COUNT_BY_IN_FORCE);
  }
  const bool table = session.form() == OutputForm::kTable;
  request.set_counts_only(table && !list);
  request.set_include_sources(!table || list);
  return request;
}

absl::Status Run(const Arguments& arguments, Session& session) {
  const bool list = arguments.list || !arguments.region.empty();
  ATTLAS_ASSIGN_OR_RETURN(const GetStatusRequest request, MakeRequest(arguments, list, session));
  ATTLAS_ASSIGN_OR_RETURN(const GetStatusResponse response,
                          session.connection().Ask(&InstrumentService::Stub::GetStatus, request));
  return session.Show(response, [&] { return RenderStatus(response, list); });
}

}  // namespace

void AddStatusCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      program->AddCommand("status", "Counts who is party, signatory or outside an instrument");
  command->add_option("instrument", arguments->instrument, "The instrument, such as att")
      ->required();
  command->add_option("--region", arguments->region, "Count over this region set; names its states")
      ->type_name("GROUPING");
  command
      ->add_option("--count-by", arguments->count_by,
                   "By which date a state becomes a party: deposit (default) or in-force")
      ->type_name("DATE");
  command->add_flag("--list", arguments->list, "Name every state in the table");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
