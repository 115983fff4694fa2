// The command line of `attlas`: all commands, one run, one exit code.
//
// Threads: single-thread.
#ifndef ATTLAS_CLIENTS_CLI_COMMAND_LINE_H_
#define ATTLAS_CLIENTS_CLI_COMMAND_LINE_H_

#include "clients/cli/program.h"

namespace attlas::cli {

// Declares every command.
void AddCommands(Program* program);

// Reads the command line and runs what it says. Writes one line to standard error where that fails.
// The exit code is one of errors.h.
int RunCommandLine(int argc, const char* const* argv);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_COMMAND_LINE_H_
