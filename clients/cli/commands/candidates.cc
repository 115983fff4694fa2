// attlas candidates: the states that are nearest to joining an instrument.
#include <memory>
#include <string>

#include "attlas/instruments/v1/instrument_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using instruments::v1::InstrumentService;
using instruments::v1::RankCandidatesRequest;
using instruments::v1::RankCandidatesResponse;

struct Arguments {
  std::string instrument;
  std::string region;
  bool signatories = false;
  int32_t limit = 0;
};

absl::Status Run(const Arguments& arguments, Session& session) {
  RankCandidatesRequest request;
  *request.mutable_read() = session.read();
  request.set_instrument(CanonicalName(arguments.instrument));
  request.set_grouping(CanonicalName(arguments.region));
  request.set_signatories_only(arguments.signatories);
  request.set_page_size(arguments.limit);
  request.set_include_sources(true);
  ATTLAS_ASSIGN_OR_RETURN(
      const RankCandidatesResponse response,
      session.connection().Ask(&InstrumentService::Stub::RankCandidates, request));
  return session.Show(response, [&] { return RenderCandidates(response); });
}

}  // namespace

void AddCandidatesCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      program->AddCommand("candidates", "Ranks the states nearest to joining an instrument");
  command->add_option("instrument", arguments->instrument, "The instrument, such as att")
      ->required();
  command->add_option("--region", arguments->region, "Keep to this region set")
      ->type_name("GROUPING");
  command->add_flag("--signatories", arguments->signatories, "Only states that have signed");
  command->add_option("--limit", arguments->limit, "Most candidates (default: 50)")
      ->check(CLI::Range(1, 500))
      ->type_name("COUNT");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
