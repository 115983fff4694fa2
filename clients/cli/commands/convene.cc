// attlas convene: the plan of a meeting.
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
using cooperation::v1::PlanConveningRequest;
using cooperation::v1::PlanConveningResponse;

struct Arguments {
  std::string theme;
  std::string region;
  std::string from;
  std::string to;
  int margin = 0;
};

absl::Status Run(const Arguments& arguments, Session& session) {
  PlanConveningRequest request;
  *request.mutable_read() = session.read();
  request.set_theme(CanonicalName(arguments.theme));
  request.set_grouping(CanonicalName(arguments.region));
  ATTLAS_ASSIGN_OR_RETURN(*request.mutable_start_date(), DateOf("--from", arguments.from));
  if (!arguments.to.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(*request.mutable_end_date(), DateOf("--to", arguments.to));
  }
  request.set_margin_days(arguments.margin);
  request.set_include_sources(true);
  ATTLAS_ASSIGN_OR_RETURN(
      const PlanConveningResponse response,
      session.connection().Ask(&CooperationService::Stub::PlanConvening, request));
  return session.Show(response, [&] { return RenderConvening(response); });
}

}  // namespace

void AddConveneCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program->AddCommand(
      "convene", "Plans a meeting: states and ministries, organizations, evidence, clashes");
  command->add_option("theme", arguments->theme, "The theme, such as border-control")->required();
  command->add_option("--region", arguments->region, "The region set whose states are invited")
      ->required()
      ->type_name("GROUPING");
  command->add_option("--from", arguments->from, "The first day")->required()->type_name("DATE");
  command->add_option("--to", arguments->to, "The last day (default: the first)")
      ->type_name("DATE");
  command
      ->add_option("--margin", arguments->margin,
                   "Name events this many days before and after as well (default: 14)")
      ->check(CLI::Range(1, 366))
      ->type_name("DAYS");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
