// attlas concerns, attlas unanswered: which concerns states voiced, when, and which lack an answer.
#include <memory>
#include <string>
#include <vector>

#include "attlas/evidence/v1/evidence_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/list_option.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using evidence::v1::EvidenceService;
using evidence::v1::ListConcernsRequest;
using evidence::v1::ListConcernsResponse;
using evidence::v1::ListUnansweredRequest;
using evidence::v1::ListUnansweredResponse;

struct Arguments {
  std::string state;
  std::string region;
  std::string theme;
  int32_t from_year = 0;
  int32_t to_year = 0;
  int32_t page_size = 0;
  std::string page_token;
  std::vector<std::string> missing;  // Of `unanswered` alone, as the next.
  std::string target;
};

template <typename Request>
Request MakeRequest(const Arguments& arguments, const Session& session) {
  Request request;
  *request.mutable_read() = session.read();
  request.set_state(CanonicalName(arguments.state));
  request.set_grouping(CanonicalName(arguments.region));
  request.set_theme(CanonicalName(arguments.theme));
  request.set_from_year(arguments.from_year);
  request.set_to_year(arguments.to_year);
  request.set_page_size(arguments.page_size);
  request.set_page_token(arguments.page_token);
  request.set_include_sources(true);
  return request;
}

void AddFilters(CLI::App* command, Arguments* arguments) {
  command->add_option("--state", arguments->state, "That this state voiced")->type_name("STATE");
  command->add_option("--region", arguments->region, "That a member of this region set voiced")
      ->type_name("GROUPING");
  command->add_option("--theme", arguments->theme, "About this theme of concern")
      ->type_name("THEME");
  command->add_option("--from-year", arguments->from_year, "Voiced in this year or later")
      ->check(CLI::Range(1, 9999))
      ->type_name("YEAR");
  command->add_option("--to-year", arguments->to_year, "Voiced in this year or earlier")
      ->check(CLI::Range(1, 9999))
      ->type_name("YEAR");
  command->add_option("--page-size", arguments->page_size, "The most of a page")
      ->type_name("COUNT");
  command->add_option("--page-token", arguments->page_token, "The page to show")
      ->type_name("TOKEN");
}

absl::Status RunConcerns(const Arguments& arguments, Session& session) {
  const auto request = MakeRequest<ListConcernsRequest>(arguments, session);
  ATTLAS_ASSIGN_OR_RETURN(const ListConcernsResponse response,
                          session.connection().Ask(&EvidenceService::Stub::ListConcerns, request));
  return session.Show(response, [&] { return RenderConcerns(response); });
}

absl::Status RunUnanswered(const Arguments& arguments, Session& session) {
  auto request = MakeRequest<ListUnansweredRequest>(arguments, session);
  for (const std::string& kind : arguments.missing) {
    ATTLAS_ASSIGN_OR_RETURN(const size_t choice,
                            ChoiceOf("--missing", kind, {"clause", "publication", "peer"}));
    request.add_missing(static_cast<evidence::v1::AnswerKind>(choice + 1));
  }
  request.set_target(CanonicalName(arguments.target));
  ATTLAS_ASSIGN_OR_RETURN(
      const ListUnansweredResponse response,
      session.connection().Ask(&EvidenceService::Stub::ListUnanswered, request));
  return session.Show(response, [&] { return RenderUnanswered(response); });
}

}  // namespace

void AddConcernsCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      program->AddCommand("concerns", "Lists the concerns that states voiced, latest first");
  AddFilters(command, arguments.get());
  program->AddReadOptions(command);
  program->OnRun(command,
                 [arguments](Session& session) { return RunConcerns(*arguments, session); });
}

void AddUnansweredCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program->AddCommand(
      "unanswered", "Lists the concerns that no publication, clause or peer answers yet");
  AddFilters(command, arguments.get());
  AddListOption(command, "--missing", &arguments->missing, "KIND",
                "What is missing: publication (the default), clause or peer; may be repeated, "
                "then all of them");
  command
      ->add_option("--target", arguments->target,
                   "The instrument that peers joined (default: the one that answers most concerns)")
      ->type_name("INSTRUMENT");
  program->AddReadOptions(command);
  program->OnRun(command,
                 [arguments](Session& session) { return RunUnanswered(*arguments, session); });
}

}  // namespace attlas::cli
