// attlas transfers: who exports arms to whom, and which of them an instrument binds.
#include <memory>
#include <string>
#include <vector>

#include "attlas/transfers/v1/transfer_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/list_option.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using transfers::v1::CountInRegionRequest;
using transfers::v1::CountInRegionResponse;
using transfers::v1::GetCustomersRequest;
using transfers::v1::GetCustomersResponse;
using transfers::v1::GetExposureRequest;
using transfers::v1::GetExposureResponse;
using transfers::v1::GetRankingRequest;
using transfers::v1::GetRankingResponse;
using transfers::v1::GetSuppliersRequest;
using transfers::v1::GetSuppliersResponse;
using transfers::v1::TransferService;

struct Arguments {
  std::string direction;
  std::string state;
  std::string dataset;
  std::vector<std::string> datasets;
  std::string region;
  std::vector<std::string> regions;
  std::string instrument;
  std::vector<std::string> context_kinds;
  bool parties = false;
  int top = 0;
  int top_exporters = 0;
  int top_importers = 0;
  int page_size = 0;
  std::string page_token;
};

// Fills what every question has in common.
template <typename Request>
void FillCommon(const Arguments& arguments, const Session& session, Request* request) {
  *request->mutable_read() = session.read();
  request->set_instrument(CanonicalName(arguments.instrument));
  request->set_include_sources(true);
}

template <typename Request>
void FillPage(const Arguments& arguments, Request* request) {
  request->set_dataset(CanonicalName(arguments.dataset));
  request->set_page_size(arguments.page_size);
  request->set_page_token(arguments.page_token);
}

absl::Status RunRanking(const Arguments& arguments, Session& session) {
  GetRankingRequest request;
  FillCommon(arguments, session, &request);
  FillPage(arguments, &request);
  ATTLAS_ASSIGN_OR_RETURN(const size_t choice,
                          ChoiceOf("direction", arguments.direction, {"exporters", "importers"}));
  request.set_direction(choice == 0 ? transfers::v1::TRANSFER_DIRECTION_EXPORT
                                    : transfers::v1::TRANSFER_DIRECTION_IMPORT);
  request.set_top(arguments.top);
  request.set_grouping(CanonicalName(arguments.region));
  ATTLAS_ASSIGN_OR_RETURN(const GetRankingResponse response,
                          session.connection().Ask(&TransferService::Stub::GetRanking, request));
  return session.Show(response, [&] { return RenderRanking(response); });
}

absl::Status RunCount(const Arguments& arguments, Session& session) {
  CountInRegionRequest request;
  FillCommon(arguments, session, &request);
  for (const std::string& region : arguments.regions) {
    request.add_groupings(CanonicalName(region));
  }
  for (const std::string& dataset : arguments.datasets) {
    request.add_datasets(CanonicalName(dataset));
  }
  request.set_top_exporters(arguments.top_exporters);
  request.set_top_importers(arguments.top_importers);
  ATTLAS_ASSIGN_OR_RETURN(const CountInRegionResponse response,
                          session.connection().Ask(&TransferService::Stub::CountInRegion, request));
  return session.Show(response, [&] { return RenderRegionCounts(response); });
}

absl::Status RunSuppliers(const Arguments& arguments, Session& session) {
  GetSuppliersRequest request;
  FillCommon(arguments, session, &request);
  FillPage(arguments, &request);
  request.set_state(CanonicalName(arguments.state));
  ATTLAS_ASSIGN_OR_RETURN(const GetSuppliersResponse response,
                          session.connection().Ask(&TransferService::Stub::GetSuppliers, request));
  return session.Show(response, [&] { return RenderSuppliers(response); });
}

absl::Status RunCustomers(const Arguments& arguments, Session& session) {
  GetCustomersRequest request;
  FillCommon(arguments, session, &request);
  FillPage(arguments, &request);
  request.set_state(CanonicalName(arguments.state));
  ATTLAS_ASSIGN_OR_RETURN(const GetCustomersResponse response,
                          session.connection().Ask(&TransferService::Stub::GetCustomers, request));
  return session.Show(response, [&] { return RenderCustomers(response); });
}

absl::Status RunExposure(const Arguments& arguments, Session& session) {
  GetExposureRequest request;
  FillCommon(arguments, session, &request);
  FillPage(arguments, &request);
  request.set_state(CanonicalName(arguments.state));
  request.set_grouping(CanonicalName(arguments.region));
  for (const std::string& kind : arguments.context_kinds) request.add_context_kinds(kind);
  request.set_include_parties(arguments.parties);
  ATTLAS_ASSIGN_OR_RETURN(const GetExposureResponse response,
                          session.connection().Ask(&TransferService::Stub::GetExposure, request));
  return session.Show(response, [&] { return RenderExposure(response); });
}

// Adds a subcommand with the options that every question takes.
CLI::App* AddQuestion(Program* program, CLI::App* group, const char* name, const char* help,
                      const std::shared_ptr<Arguments>& arguments,
                      absl::Status (*run)(const Arguments&, Session&)) {
  CLI::App* command = group->add_subcommand(name, help);
  command
      ->add_option("--instrument", arguments->instrument,
                   "The instrument whose parties are shown; att by default")
      ->type_name("INSTRUMENT");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments, run](Session& session) { return run(*arguments, session); });
  return command;
}

void AddPageOptions(CLI::App* command, const std::shared_ptr<Arguments>& arguments) {
  command
      ->add_option("--dataset", arguments->dataset,
                   "The edition, such as 'SIPRI 2020-2024'; the latest by default")
      ->type_name("DATASET");
  command->add_option("--page-size", arguments->page_size, "The most of a page")
      ->type_name("COUNT");
  command->add_option("--page-token", arguments->page_token, "The page to show")
      ->type_name("TOKEN");
}

void AddRanking(Program* program, CLI::App* group) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = AddQuestion(
      program, group, "ranking", "Lists the largest exporters or importers", arguments, RunRanking);
  command->add_option("direction", arguments->direction, "exporters or importers")->required();
  command->add_option("--region", arguments->region, "Only those of this region set")
      ->type_name("GROUPING");
  command->add_option("--top", arguments->top, "Only ranks up to this")->type_name("RANK");
  AddPageOptions(command, arguments);
}

void AddCount(Program* program, CLI::App* group) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = AddQuestion(
      program, group, "count",
      "Counts the largest exporters and importers in region sets, by edition", arguments, RunCount);
  command->add_option("regions", arguments->regions, "Region sets, such as unrcpd-43")->required();
  AddListOption(command, "--dataset", &arguments->datasets, "DATASET",
                "An edition; may be repeated; all that were published by default");
  command->add_option("--exporters", arguments->top_exporters, "Over how many exporters")
      ->type_name("RANKS");
  command->add_option("--importers", arguments->top_importers, "Over how many importers")
      ->type_name("RANKS");
}

void AddPartners(Program* program, CLI::App* group, const char* name, const char* help,
                 absl::Status (*run)(const Arguments&, Session&)) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = AddQuestion(program, group, name, help, arguments, run);
  command->add_option("state", arguments->state, "The state, such as IDN")->required();
  AddPageOptions(command, arguments);
}

void AddExposure(Program* program, CLI::App* group) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      AddQuestion(program, group, "exposure",
                  "Shows which share of imports comes from parties, for one state or all that are "
                  "no parties",
                  arguments, RunExposure);
  command->add_option("state", arguments->state, "The importer; all by default");
  command->add_option("--region", arguments->region, "Only importers of this region set")
      ->type_name("GROUPING");
  AddListOption(command, "--context", &arguments->context_kinds, "KIND",
                "Only importers touched by this kind, such as arms-embargo; may be repeated");
  command->add_flag("--parties", arguments->parties, "Lists parties as well");
  AddPageOptions(command, arguments);
}

}  // namespace

void AddTransfersCommand(Program* program) {
  CLI::App* group =
      program->AddCommand("transfers", "Shows who exports arms to whom, and who is bound");
  group->require_subcommand(1);
  AddRanking(program, group);
  AddCount(program, group);
  AddPartners(program, group, "suppliers",
              "Shows who supplies a state, and which of them are parties", RunSuppliers);
  AddPartners(program, group, "customers",
              "Shows whom a state supplies, and what conflict and measures touch them",
              RunCustomers);
  AddExposure(program, group);
}

}  // namespace attlas::cli
