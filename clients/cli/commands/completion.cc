// attlas completion: scripts for shells.
#include <memory>
#include <string>

#include "clients/cli/commands/commands.h"
#include "clients/cli/completion.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

absl::Status RunScript(const std::string& shell, Session& session) {
  ATTLAS_ASSIGN_OR_RETURN(const std::string script, CompletionScript(shell));
  return session.console().Write(script);
}

}  // namespace

void AddCompletionCommand(Program* program) {
  auto shell = std::make_shared<std::string>();
  CLI::App* command = program->AddCommand(
      "completion", "Prints the completion script of a shell: source <(attlas completion bash)");
  command->add_option("shell", *shell, "bash, zsh or fish")->required();
  program->OnRun(command, [shell](Session& session) { return RunScript(*shell, session); });
}

}  // namespace attlas::cli
