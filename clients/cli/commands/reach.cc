// attlas reach and attlas duplication: what reaches states, whom nobody reached, and who works side
// by side.
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
using cooperation::v1::FindDuplicationRequest;
using cooperation::v1::FindDuplicationResponse;
using cooperation::v1::GetReachRequest;
using cooperation::v1::GetReachResponse;

// What both commands are asked.
struct Arguments {
  std::string state;
  std::string region;
  std::string theme;
  std::string instrument;
  std::string from;
  std::string to;
  std::string agencies;
  std::string page_token;
  int page_size = 0;
  int window = 0;
};

template <typename Request>
absl::Status FillRequest(const Arguments& arguments, const Session& session, Request* request) {
  *request->mutable_read() = session.read();
  request->set_state(CanonicalName(arguments.state));
  request->set_grouping(CanonicalName(arguments.region));
  request->set_theme(CanonicalName(arguments.theme));
  request->set_instrument(CanonicalName(arguments.instrument));
  if (!arguments.from.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(*request->mutable_from_date(), DateOf("--from", arguments.from));
  }
  if (!arguments.to.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(*request->mutable_to_date(), DateOf("--to", arguments.to));
  }
  request->set_page_size(arguments.page_size);
  request->set_page_token(arguments.page_token);
  request->set_include_sources(true);
  return absl::OkStatus();
}

absl::Status RunReach(const Arguments& arguments, Session& session) {
  GetReachRequest request;
  ATTLAS_RETURN_IF_ERROR(FillRequest(arguments, session, &request));
  request.set_agency_kind(arguments.agencies);
  ATTLAS_ASSIGN_OR_RETURN(const GetReachResponse response,
                          session.connection().Ask(&CooperationService::Stub::GetReach, request));
  return session.Show(response, [&] { return RenderReach(response); });
}

absl::Status RunDuplication(const Arguments& arguments, Session& session) {
  FindDuplicationRequest request;
  ATTLAS_RETURN_IF_ERROR(FillRequest(arguments, session, &request));
  request.set_window_days(arguments.window);
  ATTLAS_ASSIGN_OR_RETURN(
      const FindDuplicationResponse response,
      session.connection().Ask(&CooperationService::Stub::FindDuplication, request));
  return session.Show(response, [&] { return RenderDuplication(response); });
}

void AddFilters(CLI::App* command, Arguments* arguments) {
  command->add_option("state", arguments->state, "The state, such as FJI");
  command->add_option("--region", arguments->region, "The states of this region set")
      ->type_name("GROUPING");
  command->add_option("--theme", arguments->theme, "Only what is about this theme")
      ->type_name("THEME");
  command->add_option("--instrument", arguments->instrument, "Only what is about this instrument")
      ->type_name("INSTRUMENT");
  command->add_option("--from", arguments->from, "Only what began on this day or later")
      ->type_name("DATE");
  command->add_option("--to", arguments->to, "Only what began before this day")->type_name("DATE");
  command->add_option("--page-token", arguments->page_token, "Go on from an earlier page")
      ->type_name("TOKEN");
}

}  // namespace

void AddReachCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program->AddCommand(
      "reach", "Shows what reaches states, whom nobody reached, and whom assistance is open to");
  AddFilters(command, arguments.get());
  command
      ->add_option("--agencies", arguments->agencies,
                   "Also which agencies of this kind appear, such as gender-equality")
      ->type_name("KIND");
  command->add_option("--limit", arguments->page_size, "Most states (default: 50)")
      ->check(CLI::Range(1, 200))
      ->type_name("COUNT");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return RunReach(*arguments, session); });
}

void AddDuplicationCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program->AddCommand(
      "duplication", "Finds different organizers at work on one topic in one state");
  AddFilters(command, arguments.get());
  command->add_option("--window", arguments->window, "How many days apart at most (default: 365)")
      ->check(CLI::Range(1, 3660))
      ->type_name("DAYS");
  command->add_option("--limit", arguments->page_size, "Most cases (default: 50)")
      ->check(CLI::Range(1, 500))
      ->type_name("COUNT");
  program->AddReadOptions(command);
  program->OnRun(command,
                 [arguments](Session& session) { return RunDuplication(*arguments, session); });
}

}  // namespace attlas::cli
