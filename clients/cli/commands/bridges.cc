// attlas bridges: parties to an instrument that are near to a state.
#include <cstdint>
#include <memory>
#include <string>

#include "attlas/synergy/v1/synergy_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using synergy::v1::FindBridgesRequest;
using synergy::v1::FindBridgesResponse;
using synergy::v1::SynergyService;

struct Arguments {
  std::string state;
  std::string instrument;
  int32_t limit = 0;
  std::string order;
};

absl::Status Run(const Arguments& arguments, Session& session) {
  FindBridgesRequest request;
  *request.mutable_read() = session.read();
  request.set_state(CanonicalName(arguments.state));
  request.set_target(CanonicalName(arguments.instrument));
  request.set_page_size(arguments.limit);
  request.set_include_sources(true);
  if (!arguments.order.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(const size_t choice,
                            ChoiceOf("--order", arguments.order, {"similarity", "contact"}));
    request.set_order(choice == 0 ? synergy::v1::BRIDGE_ORDER_SIMILARITY
                                  : synergy::v1::BRIDGE_ORDER_CONTACT);
  }
  ATTLAS_ASSIGN_OR_RETURN(const FindBridgesResponse response,
                          session.connection().Ask(&SynergyService::Stub::FindBridges, request));
  return session.Show(response, [&] { return RenderBridges(response); });
}

}  // namespace

void AddBridgesCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      program->AddCommand("bridges", "Shows parties near to a state, and what they share");
  command->add_option("state", arguments->state, "The state's ISO 3166 code, such as IDN")
      ->required();
  command->add_option("instrument", arguments->instrument, "The instrument, such as att")
      ->required();
  command->add_option("--limit", arguments->limit, "Most bridges (default: 10)")
      ->check(CLI::Range(1, 200))
      ->type_name("COUNT");
  command->add_option("--order", arguments->order, "By similarity (default) or contact")
      ->type_name("ORDER");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
