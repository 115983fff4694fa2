// attlas data check: says everything that is wrong with a dataset.
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/dataset_reading.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

absl::Status Run(const std::string& directory, Session& session) {
  ATTLAS_ASSIGN_OR_RETURN(const graph::Dataset dataset, ReadAndReport(directory, session));
  session.console().Note(absl::StrCat(directory, " is sound: ", dataset.nodes.size(), " nodes, ",
                                      dataset.edges.size(), " statements"));
  return absl::OkStatus();
}

}  // namespace

void AddDataCheckCommand(Program* program, CLI::App* data) {
  auto directory = std::make_shared<std::string>("data");
  CLI::App* command = data->add_subcommand(
      "check", "Reports every problem as file:line: column: problem; needs no server");
  command->add_option("directory", *directory, "The dataset")->capture_default_str();
  program->AddOutputOption(command);
  program->OnRun(command, [directory](Session& session) { return Run(*directory, session); });
}

}  // namespace attlas::cli
