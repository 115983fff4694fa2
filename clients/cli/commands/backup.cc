// attlas backup create, list, verify: by the daemon that has the store, or without one.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attlas/backup/v1/backup_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/render/render.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/backup/backup_set.h"

namespace attlas::cli {
namespace {

using backup::v1::BackupService;
using backup::v1::CreateBackupRequest;
using backup::v1::CreateBackupResponse;
using backup::v1::ListBackupsRequest;
using backup::v1::ListBackupsResponse;
using backup::v1::VerifyBackupRequest;
using backup::v1::VerifyBackupResponse;
using services::BackupSet;

constexpr size_t kUsualKeep = 7;

struct Arguments {
  std::string backup_dir;
  std::string data_dir;
  std::string audit_dir;
  std::string name;
  int keep = 0;
};

absl::Status CreateByDaemon(const Arguments& arguments, Session& session) {
  CreateBackupRequest request;
  request.set_keep_count(arguments.keep);
  ATTLAS_ASSIGN_OR_RETURN(const CreateBackupResponse response,
                          session.connection().Ask(&BackupService::Stub::CreateBackup, request));
  return session.Show(response, [&] { return RenderCreatedBackup(response); });
}

absl::Status CreateHere(const Arguments& arguments, Session& session) {
  ATTLAS_ASSIGN_OR_RETURN(const auto backups,
                          BackupSet::Open(arguments.backup_dir, {.write = true}));
  ATTLAS_ASSIGN_OR_RETURN(const auto made, backups->Create({.store = arguments.data_dir,
                                                            .audit_dir = arguments.audit_dir}));
  const size_t keep = arguments.keep > 0 ? static_cast<size_t>(arguments.keep) : kUsualKeep;
  ATTLAS_ASSIGN_OR_RETURN(const std::vector<uint32_t> removed, backups->Keep(keep));
  CreateBackupResponse response;
  *response.mutable_backup() = services::ToBackup(made);
  response.set_revision(response.backup().revision());
  for (const uint32_t number : removed) {
    response.add_removed_backups(services::BackupName(number));
  }
  return session.Show(response, [&] { return RenderCreatedBackup(response); });
}

absl::Status RunCreate(const Arguments& arguments, Session& session) {
  if (arguments.data_dir.empty() != arguments.backup_dir.empty()) {
    return graph::InvalidField("--data_dir",
                               "give both --data_dir and --backup_dir for a store that no daemon "
                               "has open, or neither for the daemon's own");
  }
  if (!arguments.audit_dir.empty() && arguments.data_dir.empty()) {
    return graph::InvalidField("--audit_dir", "goes with --data_dir; a daemon knows its own");
  }
  return arguments.data_dir.empty() ? CreateByDaemon(arguments, session)
                                    : CreateHere(arguments, session);
}

absl::Status RunList(const Arguments& arguments, Session& session) {
  ListBackupsResponse response;
  if (arguments.backup_dir.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(response, session.connection().Ask(&BackupService::Stub::ListBackups,
                                                               ListBackupsRequest()));
  } else {
    ATTLAS_ASSIGN_OR_RETURN(const auto backups, BackupSet::Open(arguments.backup_dir, {}));
    ATTLAS_ASSIGN_OR_RETURN(const auto manifests, backups->List());
    for (const auto& manifest : manifests) *response.add_backups() = services::ToBackup(manifest);
  }
  return session.Show(response, [&] { return RenderBackups(response); });
}

absl::StatusOr<VerifyBackupResponse> VerifyHere(const Arguments& arguments) {
  ATTLAS_ASSIGN_OR_RETURN(const auto backups, BackupSet::Open(arguments.backup_dir, {}));
  ATTLAS_ASSIGN_OR_RETURN(const uint32_t number, arguments.name.empty()
                                                     ? backups->Newest()
                                                     : services::ParseBackupName(arguments.name));
  ATTLAS_ASSIGN_OR_RETURN(const auto faults, backups->Verify(number));
  VerifyBackupResponse response;
  response.mutable_backup()->set_name(services::BackupName(number));
  if (const auto manifest = backups->Find(number); manifest.ok()) {
    *response.mutable_backup() = services::ToBackup(*manifest);
  }
  response.mutable_faults()->Assign(faults.begin(), faults.end());
  return response;
}

absl::StatusOr<VerifyBackupResponse> VerifyByDaemon(const Arguments& arguments, Session& session) {
  VerifyBackupRequest request;
  if (!arguments.name.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(const uint32_t number, services::ParseBackupName(arguments.name));
    request.set_name(services::BackupName(number));
  }
  return session.connection().Ask(&BackupService::Stub::VerifyBackup, request);
}

absl::Status RunVerify(const Arguments& arguments, Session& session) {
  ATTLAS_ASSIGN_OR_RETURN(
      const VerifyBackupResponse response,
      arguments.backup_dir.empty() ? VerifyByDaemon(arguments, session) : VerifyHere(arguments));
  ATTLAS_RETURN_IF_ERROR(session.Show(response, [&] { return RenderVerifiedBackup(response); }));
  if (response.faults().empty()) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(response.backup().name(),
                                          " is damaged: ", response.faults_size(),
                                          response.faults_size() == 1 ? " fault" : " faults",
                                          "; restore another, and make a new one elsewhere"));
}

void AddBackupDirectory(CLI::App* command, Arguments* arguments, const char* description) {
  command->add_option("--backup_dir,--backup-dir", arguments->backup_dir, description)
      ->type_name("DIR");
}

void AddCreate(Program* program, CLI::App* group) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      group->add_subcommand("create",
                            "Backs the store up: the daemon's, while it serves, or one "
                            "that no daemon has open");
  AddBackupDirectory(command, arguments.get(), "Where to, for a store that no daemon has open");
  command
      ->add_option("--data_dir,--data-dir", arguments->data_dir,
                   "The store that no daemon has open")
      ->type_name("DIR");
  command->add_option("--audit_dir,--audit-dir", arguments->audit_dir, "Its audit log")
      ->type_name("DIR");
  command
      ->add_option("--keep", arguments->keep,
                   "How many backups are kept, this one included (default: what the daemon says, "
                   "else 7)")
      ->check(CLI::Range(1, 10'000))
      ->type_name("N");
  program->AddCallOptions(command);
  program->OnRun(
      command, [arguments](Session& session) { return RunCreate(*arguments, session); },
      OutputForm::kTable, absl::Minutes(10));
}

void AddList(Program* program, CLI::App* group) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = group->add_subcommand("list", "Lists the backups, newest first");
  AddBackupDirectory(command, arguments.get(), "Where they are, to ask no daemon");
  program->AddCallOptions(command);
  program->OnRun(command, [arguments](Session& session) { return RunList(*arguments, session); });
}

void AddVerify(Program* program, CLI::App* group) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = group->add_subcommand(
      "verify", "Reads every file of a backup and compares it with its checksum");
  command->add_option("backup", arguments->name, "Such as backups/7; the newest by default");
  AddBackupDirectory(command, arguments.get(), "Where it is, to ask no daemon");
  program->AddCallOptions(command);
  program->OnRun(
      command, [arguments](Session& session) { return RunVerify(*arguments, session); },
      OutputForm::kTable, absl::Minutes(10));
}

}  // namespace

void AddBackupCommand(Program* program) {
  CLI::App* group = program->AddCommand("backup", "Makes, checks and restores backups of a store");
  group->require_subcommand(1);
  AddCreate(program, group);
  AddList(program, group);
  AddVerify(program, group);
  AddBackupRestoreCommand(program, group);
}

}  // namespace attlas::cli
