// attlas source: a source, and what rests on it.
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
using evidence::v1::GetSourceRequest;
using evidence::v1::GetSourceResponse;
using evidence::v1::ListStatementsOfRequest;
using evidence::v1::ListStatementsOfResponse;

struct Arguments {
  std::string source;
  bool statements = false;
  std::vector<std::string> types;
  int32_t page_size = 0;
  std::string page_token;
};

absl::Status RunGet(const Arguments& arguments, Session& session) {
  GetSourceRequest request;
  *request.mutable_read() = session.read();
  request.set_source(CanonicalName(arguments.source));
  ATTLAS_ASSIGN_OR_RETURN(const GetSourceResponse response,
                          session.connection().Ask(&EvidenceService::Stub::GetSource, request));
  return session.Show(response, [&] { return RenderSource(response); });
}

absl::Status RunList(const Arguments& arguments, Session& session) {
  ListStatementsOfRequest request;
  *request.mutable_read() = session.read();
  request.set_source(CanonicalName(arguments.source));
  request.mutable_types()->Add(arguments.types.begin(), arguments.types.end());
  request.set_page_size(arguments.page_size);
  request.set_page_token(arguments.page_token);
  ATTLAS_ASSIGN_OR_RETURN(
      const ListStatementsOfResponse response,
      session.connection().Ask(&EvidenceService::Stub::ListStatementsOf, request));
  return session.Show(response, [&] { return RenderStatementsOf(response); });
}

absl::Status Run(const Arguments& arguments, Session& session) {
  const bool lists = arguments.statements || !arguments.types.empty() || arguments.page_size != 0 ||
                     !arguments.page_token.empty();
  return lists ? RunList(arguments, session) : RunGet(arguments, session);
}

}  // namespace

void AddSourceCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      program->AddCommand("source", "Shows a source, or the statements that cite it");
  command->add_option("source", arguments->source, "Such as sources/country-codes or its id")
      ->required();
  command->add_flag("--statements", arguments->statements, "Lists what cites it, not the counts");
  AddListOption(command, "--type", &arguments->types, "TYPE",
                "Lists only statements of this type; may be repeated");
  command->add_option("--page-size", arguments->page_size, "The most of a page (default: 50)")
      ->type_name("COUNT");
  command->add_option("--page-token", arguments->page_token, "The page to show")
      ->type_name("TOKEN");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
