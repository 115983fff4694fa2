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

// A command as it is typed, such as `attlas data load`.
std::string FullName(const CLI::App& command) {
  if (command.get_parent() == nullptr) return command.get_name();
  return absl::StrCat(FullName(*command.get_parent()), " ", command.get_name());
}

// What is no command of `app`, which is the program or a command such as `data`, with the nearest.
absl::Status UnknownCommand(const CLI::App& app, std::string_view typed) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (!command->get_group().empty()) names.push_back(command->get_name());
  }
  std::string message =
      absl::StrCat("no command `", graph::Printable(typed), "`; see ", FullName(app), " --help");
  const std::vector<std::string> nearest = graph::NearestNames(typed, names, kMostSuggestions);
  if (!nearest.empty()) absl::StrAppend(&message, "; ", DidYouMean(nearest));
  return absl::InvalidArgumentError(message);
}

// The command that was being read when something was wrong.
const CLI::App& CommandRead(const CLI::App& app) {
  const CLI::App* command = &app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  return *command;
}

// An option that `command` does not have, with the nearest of those that it has.
absl::Status UnknownOption(const CLI::App& command, std::string_view typed) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  std::string message =
      absl::StrCat("no option `", graph::Printable(typed), "`; see ", FullName(command), " --help");
  const std::vector<std::string> nearest = graph::NearestNames(typed, names, kMostSuggestions);
  if (!nearest.empty()) absl::StrAppend(&message, "; ", DidYouMean(nearest));
  return absl::InvalidArgumentError(message);
}

// The first word of the command line that looks like an option and that `command` does not have.
std::string_view FirstUnknownOption(const CLI::App& command, int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word(argv[i]);
    if (word == "--") break;
    if (!word.starts_with("--")) continue;
    const std::string_view name = word.substr(0, word.find('='));
    if (command.get_option_no_throw(std::string(name)) == nullptr) return name;
  }
  return {};
}

// Some messages of the parser end with a line break.
std::string OneLine(std::string text) {
  for (char& character : text) {
    if (character == '\n') character = ' ';
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

// What the parser found wrong, in our words where it is a name that it does not know.
absl::Status ParseProblem(const CLI::App& app, const CLI::ParseError& error, int argc,
                          const char* const* argv) {
  const CLI::App& command = CommandRead(app);
  const bool group = !command.get_subcommands([](const CLI::App*) { return true; }).empty();
  if (group && &command != &app && argc > 2 && argv[2][0] != '-') {
    return UnknownCommand(command, argv[2]);
  }
  const std::string_view option = FirstUnknownOption(command, argc, argv);
  if (!group && !option.empty()) return UnknownOption(command, option);
  return absl::InvalidArgumentError(
      absl::StrCat(OneLine(error.what()), "; see ", FullName(command), " --help"));
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
    return ParseProblem(app, error, argc, argv);
  }
  return true;
}

}  // namespace

void AddCommands(Program* program) {
  program->app().set_version_flag("--version", "attlas " ATTLAS_VERSION);
  AddStatusCommand(program);
  AddShareCommand(program);
  AddCandidatesCommand(program);
  AddReportingCommand(program);
  AddSharedReportingCommand(program);
  AddStateCommand(program);
  AddSynergiesCommand(program);
  AddCompareCommand(program);
  AddSimulateCommand(program);
  AddBridgesCommand(program);
  AddRolesCommand(program);
  AddCooperationCommand(program);
  AddDecisionPathCommand(program);
  AddReachCommand(program);
  AddDuplicationCommand(program);
  AddNetworksCommand(program);
  AddConveneCommand(program);
  AddFiguresCommand(program);
  AddEngagementCommand(program);
  AddConcernsCommand(program);
  AddTransfersCommand(program);
  AddUnansweredCommand(program);
  AddAnswersCommand(program);
  AddSharedConcernsCommand(program);
  AddChangesCommand(program);
  AddSearchCommand(program);
  AddSourceCommand(program);
  AddSpaceCommand(program);
  AddNodeCommand(program);
  AddPathCommand(program);
  AddHistoryCommand(program);
  AddWatchCommand(program);
  AddCallCommand(program);
  AddDataCommand(program);
  AddAuditCommand(program);
  AddBackupCommand(program);
  AddVerifyCommand(program);
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
