// attlas figures: published figures beside our counts.
#include <memory>
#include <string>
#include <vector>

#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "attlas/instruments/v1/instrument_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/list_option.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using graph::v1::GraphService;
using graph::v1::ListNodesRequest;
using graph::v1::ListNodesResponse;
using instruments::v1::CompareFiguresRequest;
using instruments::v1::CompareFiguresResponse;
using instruments::v1::InstrumentService;

constexpr int kMostFigures = 1'000;

struct Arguments {
  std::string figure;
  std::string instrument;
  std::vector<std::string> regions;
  std::vector<std::string> dates;
};

// Which figures there are.
absl::Status RunList(Session& session) {
  ListNodesRequest request;
  *request.mutable_read() = session.read();
  request.mutable_selector()->add_types("figure");
  request.set_page_size(kMostFigures);
  ATTLAS_ASSIGN_OR_RETURN(const ListNodesResponse response,
                          session.connection().Ask(&GraphService::Stub::ListNodes, request));
  return session.Show(response, [&] { return RenderFigureList(response); });
}

absl::Status Run(const Arguments& arguments, Session& session) {
  if (arguments.figure.empty() && arguments.instrument.empty()) return RunList(session);
  CompareFiguresRequest request;
  *request.mutable_read() = session.read();
  request.set_figure(CanonicalName(arguments.figure));
  request.set_instrument(CanonicalName(arguments.instrument));
  for (const std::string& region : arguments.regions) request.add_groupings(CanonicalName(region));
  for (const std::string& date : arguments.dates) {
    ATTLAS_ASSIGN_OR_RETURN(*request.add_dates(), DateOf("--on", date));
  }
  request.set_include_sources(true);
  ATTLAS_ASSIGN_OR_RETURN(
      const CompareFiguresResponse response,
      session.connection().Ask(&InstrumentService::Stub::CompareFigures, request));
  return session.Show(response, [&] { return RenderFigures(response); });
}

}  // namespace

void AddFiguresCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      program->AddCommand("figures", "Sets published figures beside our counts, or lists them");
  command->add_option("figure", arguments->figure, "The figure; none to list them");
  command->add_option("--instrument", arguments->instrument, "Every figure of this instrument")
      ->type_name("INSTRUMENT");
  AddListOption(command, "--region", &arguments->regions, "GROUPING",
                "Region set to count over; may be repeated");
  AddListOption(command, "--on", &arguments->dates, "DATE", "Date to count on; may be repeated");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
