// attlas: the command line of Attlas.
#include <csignal>

#include "clients/cli/command_line.h"

int main(int argc, char** argv) {
  // A reader that goes away is met where output is written (console.h).
  std::signal(SIGPIPE, SIG_IGN);
  return attlas::cli::RunCommandLine(argc, argv);
}
