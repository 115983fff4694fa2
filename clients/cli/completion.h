// Completion of a command line that is being typed.
//
// What: the shells call the hidden command `attlas __complete WORD…` with the words typed so far,
// the last one unfinished, and get one candidate a line: the word, a tab, and what it is. Names
// come from the daemon, within a short deadline, or that of kCompletionTimeoutVariable; where it
// does not answer, there are none. Threads: single-thread.
#ifndef ATTLAS_CLIENTS_CLI_COMPLETION_H_
#define ATTLAS_CLIENTS_CLI_COMPLETION_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/program.h"

namespace attlas::cli {

inline constexpr char kCompleteCommand[] = "__complete";
// How long to wait for names, written as --timeout is: for daemons that are far away.
inline constexpr char kCompletionTimeoutVariable[] = "ATTLAS_COMPLETION_TIMEOUT";

struct Candidate {
  std::string word;
  std::string description;
};

// What a word of the line stands for.
enum class WordKind {
  kNothing,  // Free text, a number, a date.
  kCommand,
  kOption,
  kState,
  kInstrument,
  kGrouping,
  kFigure,
  kTheme,
  kConcernTheme,
  kAnyTheme,
  kSource,
  kNode,
  kNodeType,
  kEdgeType,
  kAnyType,  // Of nodes or of edges.
  kMethod,
  kFile,
  kOutputForm,
  kExportFormat,
  kConfidence,
  kCountBy,
  kOrder,
  kDirection,
  kShell,
  kDataCommand,
};

// What the last of `words` stands for, from those before it. Pure; no daemon is asked.
WordKind KindOfLastWord(CLI::App& app, const std::vector<std::string>& words);

// What may stand in place of the last of `words` (at least one word).
std::vector<Candidate> Complete(Program& program, const std::vector<std::string>& words);

// Runs the hidden command with what follows it. The words may be anything, so they do not pass
// through the parser of the other commands.
absl::Status RunComplete(Program& program, std::vector<std::string> words);

// The script for `shell`, one of Shells(). INVALID_ARGUMENT for another.
absl::StatusOr<std::string> CompletionScript(std::string_view shell);
const std::vector<std::string>& Shells();

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_COMPLETION_H_
