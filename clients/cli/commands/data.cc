// attlas data: datasets in files.
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/data_commands.h"

namespace attlas::cli {

void AddDataCommand(Program* program) {
  CLI::App* data = program->AddCommand("data", "Checks, loads, exports and updates a dataset");
  data->require_subcommand(1);
  AddDataCheckCommand(program, data);
  AddDataLoadCommand(program, data);
  AddDataExportCommand(program, data);
  AddDataImportCommand(program, data);
  AddDataDiffCommand(program, data);
  AddDataApplyCommand(program, data);
}

}  // namespace attlas::cli
