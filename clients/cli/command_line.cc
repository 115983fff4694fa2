#include "clients/cli/command_line.h"

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/completion.h"
#include "clients/cli/errors.h"
#include "graph/base/strings.h"
#include "graph/base/utf8.h"
#include "graph/ontology/ontology.h"

#ifndef ATTLAS_VERSION
#define ATTLAS_VERSION "unknown"
#endif

namespace attlas::cli {
namespace {

constexpr size_t kMostSuggestions = 3;

// What is no command, with the nearest ones.
absl::Status UnknownCommand(CLI::App& app, std::string_view typed) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
    if (!command->get_group().empty()) names.push_back(command->get_name());
  }
  std::string message =
      absl::StrCat("no command `", graph::Printable(typed), "`; see attlas --help");
  const std::vector<std::string> nearest = graph::NearestNames(typed, names, kMostSuggestions);
  if (!nearest.empty()) absl::StrAppend(&message, "; ", DidYouMean(nearest));
  return absl::InvalidArgumentError(message);
}

// The command that was being read when something was wrong, such as `attlas data load`.
std::string CommandRead(CLI::App& app) {
  std::string name = app.get_name();
  for (const CLI::App* command = &app; !command->get_subcommands().empty();) {
    command = command->get_subcommands().front();
    absl::StrAppend(&name, " ", command->get_name());
  }
  return name;
}

// Some messages of the parser end with a line break.
std::string OneLine(std::string text) {
  for (char& character : text) {
    if (character == '\n') character = ' ';
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

int Fail(Console* console, const absl::Status& status) {
  console->Note(FormatError(status));
  return ExitCode(status);
}

// The words of the command line; nothing to run where help or the version was asked for.
absl::StatusOr<bool> Parse(Program* program, int argc, const char* const* argv) {
  CLI::App& app = program->app();
  if (argc > 1 && argv[1][0] != '-' && FindCommand(app, argv[1]) == nullptr) {
    return UnknownCommand(app, argv[1]);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const absl::Status written = program->console().Write(app.help());
    if (!written.ok()) return written;
    return false;
  } catch (const CLI::CallForVersion& version) {
    const absl::Status written = program->console().Write(absl::StrCat(version.what(), "\n"));
    if (!written.ok()) return written;
    return false;
  } catch (const CLI::ParseError& error) {
    return absl::InvalidArgumentError(
        absl::StrCat(OneLine(error.what()), "; see ", CommandRead(app), " --help"));
  }
  return true;
}

}  // namespace

void AddCommands(Program* program) {
  program->app().set_version_flag("--version", "attlas " ATTLAS_VERSION);
  AddStatusCommand(program);
  AddStateCommand(program);
  AddSynergiesCommand(program);
  AddCompareCommand(program);
  AddSimulateCommand(program);
  AddBridgesCommand(program);
  AddFiguresCommand(program);
  AddNodeCommand(program);
  AddPathCommand(program);
  AddHistoryCommand(program);
  AddWatchCommand(program);
  AddCallCommand(program);
  AddDataCommand(program);
  AddServeCommand(program);
  AddCompletionCommand(program);
}

int RunCommandLine(int argc, const char* const* argv) {
  Console console;
  Program program(&console);
  AddCommands(&program);
  if (argc > 1 && std::string_view(argv[1]) == kCompleteCommand) {
    const absl::Status status =
        RunComplete(program, std::vector<std::string>(argv + 2, argv + argc));
    return status.ok() ? kExitOk : Fail(&console, status);
  }
  const absl::StatusOr<bool> run = Parse(&program, argc, argv);
  if (!run.ok()) return Fail(&console, run.status());
  if (!*run) return kExitOk;
  const absl::Status status = program.RunChosen();
  return status.ok() ? kExitOk : Fail(&console, status);
}

}  // namespace attlas::cli
