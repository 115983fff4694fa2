// What each shell has to be told.
#include "clients/cli/completion.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

constexpr std::string_view kBash =
    R"(# Completion of attlas for bash. Load it with: source <(attlas completion bash)
_attlas() {
  local cur prev words cword line
  COMP_WORDBREAKS=${COMP_WORDBREAKS//:/}
  words=("${COMP_WORDS[@]:1:COMP_CWORD}")
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("${line%%$'\t'*}")
  done < <("${COMP_WORDS[0]}" __complete -- "${words[@]}" 2>/dev/null)
  if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == */ ]]; then
    compopt -o nospace 2>/dev/null
  fi
}
complete -o default -F _attlas attlas
)";

constexpr std::string_view kZsh = R"(#compdef attlas
# Completion of attlas for zsh. Load it with: source <(attlas completion zsh)
_attlas() {
  local -a lines described
  local line
  lines=("${(@f)$("${words[1]}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for line in $lines; do
    described+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done
  if (( ${#described} )); then
    _describe 'attlas' described -M 'm:{[:lower:]}={[:upper:]}'
  else
    _files
  fi
}
compdef _attlas attlas
)";

constexpr std::string_view kFish =
    R"(# Completion of attlas for fish. Load it with: attlas completion fish | source
function __attlas_complete
  set -l words (commandline -opc) (commandline -ct)
  $words[1] __complete -- $words[2..-1] 2>/dev/null
end
complete -c attlas -f -a '(__attlas_complete)'
complete -c attlas -n '__fish_seen_subcommand_from data' -F
)";

}  // namespace

const std::vector<std::string>& Shells() {
  static const auto* const kShells = new std::vector<std::string>{"bash", "zsh", "fish"};
  return *kShells;
}

absl::StatusOr<std::string> CompletionScript(std::string_view shell) {
  ATTLAS_ASSIGN_OR_RETURN(const size_t choice, ChoiceOf("shell", shell, Shells()));
  if (choice == 0) return std::string(kBash);
  return std::string(choice == 1 ? kZsh : kFish);
}

}  // namespace attlas::cli
