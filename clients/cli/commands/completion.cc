// attlas completion: scripts for shells, and the hidden command that they call.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/completion.h"
#include "clients/cli/output/text.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

absl::Status RunScript(const std::string& shell, Session& session) {
  ATTLAS_ASSIGN_OR_RETURN(const std::string script, CompletionScript(shell));
  return session.console().Write(script);
}

absl::Status RunComplete(Program* program, const std::vector<std::string>& words,
                         Session& session) {
  if (words.empty()) return absl::OkStatus();
  std::string lines;
  for (const Candidate& candidate : Complete(*program, words)) {
    absl::StrAppend(&lines, ForTerminal(candidate.word), "\t", ForTerminal(candidate.description),
                    "\n");
  }
  return session.console().Write(lines);
}

}  // namespace

void AddCompletionCommand(Program* program) {
  auto shell = std::make_shared<std::string>();
  CLI::App* command = program->AddCommand(
      "completion", "Prints the completion script of a shell: source <(attlas completion bash)");
  command->add_option("shell", *shell, "bash, zsh or fish")->required();
  program->OnRun(command, [shell](Session& session) { return RunScript(*shell, session); });

  CLI::App* complete = program->AddCommand(kCompleteCommand, "");
  complete->group("");  // Hidden.
  complete->prefix_command();
  complete->set_help_flag();
  program->OnRun(complete, [program, complete](Session& session) {
    std::vector<std::string> words = complete->remaining();
    // The shells put `--` before what was typed.
    if (!words.empty() && words.front() == "--") words.erase(words.begin());
    return RunComplete(program, words, session);
  });
}

}  // namespace attlas::cli
