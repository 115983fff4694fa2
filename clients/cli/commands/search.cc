// attlas search: full text over everything that the caller may see.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "attlas/evidence/v1/evidence_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/list_option.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using evidence::v1::EvidenceService;
using evidence::v1::SearchRequest;
using evidence::v1::SearchResponse;

struct Arguments {
  std::vector<std::string> words;
  bool as_typed = false;
  std::vector<std::string> types;
  std::vector<std::string> themes;
  int32_t from = 0;
  int32_t to = 0;
  int32_t page_size = 0;
  std::string page_token;
};

absl::Status Run(const Arguments& arguments, Session& session) {
  SearchRequest request;
  *request.mutable_read() = session.read();
  request.set_query(absl::StrJoin(arguments.words, " "));
  request.set_as_typed(arguments.as_typed);
  request.mutable_types()->Add(arguments.types.begin(), arguments.types.end());
  for (const std::string& theme : arguments.themes) request.add_themes(CanonicalName(theme));
  request.set_from_year(arguments.from);
  request.set_to_year(arguments.to);
  request.set_page_size(arguments.page_size);
  request.set_page_token(arguments.page_token);
  ATTLAS_ASSIGN_OR_RETURN(const SearchResponse response,
                          session.connection().Ask(&EvidenceService::Stub::Search, request));
  return session.Show(response, [&] { return RenderSearch(response); });
}

}  // namespace

void AddSearchCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program->AddCommand(
      "search", "Finds nodes and statements by their words, best first, and mends misspelt ones");
  command
      ->add_option("query", arguments->words,
                   "Words; '\"several together\"', 'begun*'; what is excluded with -- before all: "
                   "-- word -another")
      ->required();
  command->add_flag("--as-typed", arguments->as_typed, "The last word may only be begun");
  AddListOption(command, "--type", &arguments->types, "NAME",
                "Only of this type, such as state or SERVES; may be repeated");
  AddListOption(command, "--theme", &arguments->themes, "NAME",
                "Only about this theme; may be repeated");
  command->add_option("--from", arguments->from, "Only of this year or later")->type_name("YEAR");
  command->add_option("--to", arguments->to, "Only of this year or earlier")->type_name("YEAR");
  command->add_option("--page-size", arguments->page_size, "The most of a page (default: 20)")
      ->type_name("COUNT");
  command->add_option("--page-token", arguments->page_token, "The page to show")
      ->type_name("TOKEN");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
