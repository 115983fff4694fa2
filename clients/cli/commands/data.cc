// attlas data: datasets in files.
#include "clients/cli/commands/commands.h"

namespace attlas::cli {

void AddDataCommand(Program* program) {
  CLI::App* data = program->AddCommand("data", "Checks, loads or exports a dataset");
  data->require_subcommand(1);
  AddDataCheckCommand(program, data);
  AddDataLoadCommand(program, data);
  AddDataExportCommand(program, data);
}

}  // namespace attlas::cli
