// attlas answers, attlas shared-concerns: what speaks to a concern, and who shares it.
#include <memory>
#include <string>

#include "attlas/evidence/v1/evidence_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using evidence::v1::EvidenceService;
using evidence::v1::FindAnswersRequest;
using evidence::v1::FindAnswersResponse;
using evidence::v1::FindSharedConcernsRequest;
using evidence::v1::FindSharedConcernsResponse;

struct AnswersArguments {
  std::string concern;
  std::string target;
  bool same_theme = false;
};

struct SharedArguments {
  std::string state;
  std::string region;
};

absl::Status RunAnswers(const AnswersArguments& arguments, Session& session) {
  FindAnswersRequest request;
  *request.mutable_read() = session.read();
  request.set_concern(CanonicalName(arguments.concern));
  request.set_target(CanonicalName(arguments.target));
  request.set_include_same_theme(arguments.same_theme);
  request.set_include_sources(true);
  ATTLAS_ASSIGN_OR_RETURN(const FindAnswersResponse response,
                          session.connection().Ask(&EvidenceService::Stub::FindAnswers, request));
  return session.Show(response, [&] { return RenderAnswers(response); });
}

absl::Status RunShared(const SharedArguments& arguments, Session& session) {
  FindSharedConcernsRequest request;
  *request.mutable_read() = session.read();
  request.set_state(CanonicalName(arguments.state));
  request.set_grouping(CanonicalName(arguments.region));
  request.set_include_sources(true);
  ATTLAS_ASSIGN_OR_RETURN(
      const FindSharedConcernsResponse response,
      session.connection().Ask(&EvidenceService::Stub::FindSharedConcerns, request));
  return session.Show(response, [&] { return RenderSharedConcerns(response); });
}

}  // namespace

void AddAnswersCommand(Program* program) {
  auto arguments = std::make_shared<AnswersArguments>();
  CLI::App* command = program->AddCommand(
      "answers", "Finds what answers a concern: clauses, publications, peers that joined anyway");
  command->add_option("concern", arguments->concern, "The concern, such as ch-ind-contracts")
      ->required();
  command
      ->add_option("--target", arguments->target,
                   "The instrument that peers joined (default: the one that answers most concerns)")
      ->type_name("INSTRUMENT");
  command->add_flag("--same-theme", arguments->same_theme,
                    "Also what answers other concerns of the same theme");
  program->AddReadOptions(command);
  program->OnRun(command,
                 [arguments](Session& session) { return RunAnswers(*arguments, session); });
}

void AddSharedConcernsCommand(Program* program) {
  auto arguments = std::make_shared<SharedArguments>();
  CLI::App* command = program->AddCommand(
      "shared-concerns", "Finds who voiced concerns of the same themes as a state");
  command->add_option("state", arguments->state, "The state, such as IND")->required();
  command->add_option("--region", arguments->region, "Only partners of this region set")
      ->type_name("GROUPING");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return RunShared(*arguments, session); });
}

}  // namespace attlas::cli
