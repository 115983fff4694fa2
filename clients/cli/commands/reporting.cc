// attlas reporting: which reports states owe, and which duties to report go together.
#include <memory>
#include <string>

#include "attlas/instruments/v1/instrument_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using instruments::v1::FindSharedReportingRequest;
using instruments::v1::FindSharedReportingResponse;
using instruments::v1::GetReportingStatusRequest;
using instruments::v1::GetReportingStatusResponse;
using instruments::v1::InstrumentService;

struct StatusArguments {
  std::string instrument;
  std::string state;
  std::string region;
  std::vector<std::string> standings;
  int32_t from_year = 0;
  int32_t to_year = 0;
  int32_t limit = 0;
};

struct SharedArguments {
  std::string state;
  std::string instrument;
};

absl::Status RunStatus(const StatusArguments& arguments, Session& session) {
  GetReportingStatusRequest request;
  *request.mutable_read() = session.read();
  request.set_instrument(CanonicalName(arguments.instrument));
  request.set_state(CanonicalName(arguments.state));
  request.set_grouping(CanonicalName(arguments.region));
  for (const std::string& standing : arguments.standings) {
    ATTLAS_ASSIGN_OR_RETURN(const size_t choice, ChoiceOf("--standing", standing,
                                                          {"in-time", "late", "submitted",
                                                           "missing", "unknown", "not-due"}));
    request.add_standings(static_cast<instruments::v1::ReportStanding>(choice + 1));
  }
  request.set_from_year(arguments.from_year);
  request.set_to_year(arguments.to_year);
  request.set_page_size(arguments.limit);
  request.set_include_sources(true);
  ATTLAS_ASSIGN_OR_RETURN(
      const GetReportingStatusResponse response,
      session.connection().Ask(&InstrumentService::Stub::GetReportingStatus, request));
  return session.Show(response, [&] { return RenderReportingStatus(response); });
}

absl::Status RunShared(const SharedArguments& arguments, Session& session) {
  FindSharedReportingRequest request;
  *request.mutable_read() = session.read();
  request.set_state(CanonicalName(arguments.state));
  request.set_target(CanonicalName(arguments.instrument));
  request.set_include_sources(true);
  ATTLAS_ASSIGN_OR_RETURN(
      const FindSharedReportingResponse response,
      session.connection().Ask(&InstrumentService::Stub::FindSharedReporting, request));
  return session.Show(response, [&] { return RenderSharedReporting(response); });
}

}  // namespace

void AddReportingCommand(Program* program) {
  auto arguments = std::make_shared<StatusArguments>();
  CLI::App* command = program->AddCommand(
      "reporting", "Shows which reports states owe under an instrument, and what became of them");
  command->add_option("instrument", arguments->instrument, "The instrument, such as att")
      ->required();
  command->add_option("--state", arguments->state, "Keep to this state")->type_name("STATE");
  command->add_option("--region", arguments->region, "Keep to this region set")
      ->type_name("GROUPING");
  command
      ->add_option("--standing", arguments->standings,
                   "Keep to reports that are in-time, late, submitted, missing, unknown or "
                   "not-due; may be repeated")
      ->type_name("STANDING");
  command->add_option("--from-year", arguments->from_year, "First year in which reports are due")
      ->check(CLI::Range(1, 9999))
      ->type_name("YEAR");
  command->add_option("--to-year", arguments->to_year, "Last year in which reports are due")
      ->check(CLI::Range(1, 9999))
      ->type_name("YEAR");
  command->add_option("--limit", arguments->limit, "Most reports (default: 100)")
      ->check(CLI::Range(1, 1000))
      ->type_name("COUNT");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return RunStatus(*arguments, session); });
}

void AddSharedReportingCommand(Program* program) {
  auto arguments = std::make_shared<SharedArguments>();
  CLI::App* command = program->AddCommand(
      "shared-reporting", "Shows which duties to report of a state one collection of data serves");
  command->add_option("state", arguments->state, "The state, such as IDN")->required();
  command->add_option("instrument", arguments->instrument,
                      "An instrument whose duties are set beside those that the state has");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return RunShared(*arguments, session); });
}

}  // namespace attlas::cli
