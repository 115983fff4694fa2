// attlas serve: runs attlasd, which takes the same flags.
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/commands/commands.h"

namespace attlas::cli {
namespace {

constexpr char kDaemon[] = "attlasd";

// The daemon beside this program, else that of the PATH.
std::string DaemonPath() {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    const std::filesystem::path beside = self.parent_path() / kDaemon;
    if (std::filesystem::exists(beside, error)) return beside.string();
  }
  return kDaemon;
}

absl::Status Run(const std::vector<std::string>& flags) {
  const std::string path = DaemonPath();
  std::vector<char*> arguments;
  std::string name = kDaemon;
  arguments.push_back(name.data());
  std::vector<std::string> kept = flags;
  for (std::string& flag : kept) arguments.push_back(flag.data());
  arguments.push_back(nullptr);
  // This program ignores it, and what is ignored stays so over exec.
  std::signal(SIGPIPE, SIG_DFL);
  execvp(path.c_str(), arguments.data());
  return absl::FailedPreconditionError(absl::StrCat("cannot run ", path, ": ", std::strerror(errno),
                                                    "; build the target attlasd first"));
}

}  // namespace

void AddServeCommand(Program* program) {
  CLI::App* command = program->AddCommand(
      "serve", "Serves a store (runs attlasd with the same flags; see attlas serve --help)");
  command->prefix_command();
  command->set_help_flag();
  program->OnRun(command, [command](Session&) { return Run(command->remaining()); });
}

}  // namespace attlas::cli
