// The parts of `data` that change what a daemon holds.
//
// Threads: single-thread.
#ifndef ATTLAS_CLIENTS_CLI_COMMANDS_DATA_COMMANDS_H_
#define ATTLAS_CLIENTS_CLI_COMMANDS_DATA_COMMANDS_H_

#include "clients/cli/program.h"

namespace attlas::cli {

void AddDataApplyCommand(Program* program, CLI::App* data);
void AddDataDiffCommand(Program* program, CLI::App* data);
void AddDataImportCommand(Program* program, CLI::App* data);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_COMMANDS_DATA_COMMANDS_H_
