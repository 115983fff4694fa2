// The commands of `attlas`, each in a file of its name.
//
// Threads: single-thread.
#ifndef ATTLAS_CLIENTS_CLI_COMMANDS_COMMANDS_H_
#define ATTLAS_CLIENTS_CLI_COMMANDS_COMMANDS_H_

#include "clients/cli/program.h"

namespace attlas::cli {

void AddServeCommand(Program* program);
void AddDataCommand(Program* program);
void AddStatusCommand(Program* program);
void AddShareCommand(Program* program);
void AddCandidatesCommand(Program* program);
void AddReachCommand(Program* program);
void AddDuplicationCommand(Program* program);
void AddNetworksCommand(Program* program);
void AddConveneCommand(Program* program);
void AddReportingCommand(Program* program);
void AddSharedReportingCommand(Program* program);
void AddStateCommand(Program* program);
void AddSynergiesCommand(Program* program);
void AddCompareCommand(Program* program);
void AddSimulateCommand(Program* program);
void AddBridgesCommand(Program* program);
void AddRolesCommand(Program* program);
void AddCooperationCommand(Program* program);
void AddDecisionPathCommand(Program* program);
void AddPathCommand(Program* program);
void AddNodeCommand(Program* program);
void AddHistoryCommand(Program* program);
void AddWatchCommand(Program* program);
void AddFiguresCommand(Program* program);
void AddEngagementCommand(Program* program);
void AddConcernsCommand(Program* program);
void AddTransfersCommand(Program* program);
void AddUnansweredCommand(Program* program);
void AddAnswersCommand(Program* program);
void AddSharedConcernsCommand(Program* program);
void AddChangesCommand(Program* program);
void AddSearchCommand(Program* program);
void AddSourceCommand(Program* program);
void AddSpaceCommand(Program* program);
void AddAuditCommand(Program* program);
void AddBackupCommand(Program* program);
void AddVerifyCommand(Program* program);
void AddCallCommand(Program* program);
void AddCompletionCommand(Program* program);

// A part of `backup`.
void AddBackupRestoreCommand(Program* program, CLI::App* group);

// Parts of `data`.
void AddDataCheckCommand(Program* program, CLI::App* data);
void AddDataLoadCommand(Program* program, CLI::App* data);
void AddDataExportCommand(Program* program, CLI::App* data);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_COMMANDS_COMMANDS_H_
