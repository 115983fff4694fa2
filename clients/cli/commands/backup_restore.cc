// attlas backup restore: a backup becomes a store again; needs no daemon.
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "clients/cli/commands/commands.h"
#include "google/protobuf/struct.pb.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/backup/backup_set.h"

namespace attlas::cli {
namespace {

using services::BackupSet;

struct Arguments {
  std::string name;
  std::string backup_dir;
  std::string at_time;
  services::RestoreTarget target;
};

absl::StatusOr<services::RestoreTarget> TargetOf(const Arguments& arguments) {
  services::RestoreTarget target = arguments.target;
  if (arguments.at_time.empty()) return target;
  if (!target.revision.empty()) {
    return graph::InvalidField("--at-time", "give either --revision or --at-time");
  }
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, arguments.at_time, &time, &error)) {
    return graph::InvalidField("--at-time", absl::StrCat("`", arguments.at_time,
                                                         "` is no time; write it as "
                                                         "2026-02-03T14:00:00Z"));
  }
  target.time = time;
  return target;
}

Document Render(const services::RestoreReport& report, const services::RestoreTarget& target) {
  Document document;
  const uint64_t behind = report.manifest.revision() - report.revision;
  document.Say(absl::StrCat(services::BackupName(report.manifest.number()), " is restored in ",
                            target.store, ": revision ", report.revision,
                            behind == 0 ? "." : absl::StrCat(", ", behind, " before its last.")));
  document.Say("It is a store of its own: tokens of revisions that were given before are refused.");
  if (!target.audit_dir.empty()) {
    document.Say(absl::StrCat("The audit log is in ", target.audit_dir, ", up to ",
                              report.manifest.audit_head(), "."));
  }
  return document;
}

// There is no RPC behind this answer; its JSON is made for it.
google::protobuf::Struct JsonOf(const services::RestoreReport& report,
                                const services::RestoreTarget& target) {
  google::protobuf::Struct json;
  auto& fields = *json.mutable_fields();
  fields["backup"].set_string_value(services::BackupName(report.manifest.number()));
  fields["data_dir"].set_string_value(target.store);
  fields["revision_number"].set_string_value(absl::StrCat(report.revision));
  if (!target.audit_dir.empty()) {
    fields["audit_dir"].set_string_value(target.audit_dir);
    fields["audit_head"].set_string_value(report.manifest.audit_head());
  }
  return json;
}

absl::Status Run(const Arguments& arguments, Session& session) {
  ATTLAS_ASSIGN_OR_RETURN(const services::RestoreTarget target, TargetOf(arguments));
  ATTLAS_ASSIGN_OR_RETURN(const auto backups, BackupSet::Open(arguments.backup_dir, {}));
  ATTLAS_ASSIGN_OR_RETURN(const uint32_t number, arguments.name.empty()
                                                     ? backups->Newest()
                                                     : services::ParseBackupName(arguments.name));
  ATTLAS_ASSIGN_OR_RETURN(const services::RestoreReport report, backups->Restore(number, target));
  return session.Show(JsonOf(report, target), [&] { return Render(report, target); });
}

}  // namespace

void AddBackupRestoreCommand(Program* program, CLI::App* group) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = group->add_subcommand(
      "restore", "Writes a backup, as it was or back to a revision, into a new directory");
  command->add_option("backup", arguments->name, "Such as backups/7; the newest by default");
  command->add_option("--backup_dir,--backup-dir", arguments->backup_dir, "Where the backups are")
      ->type_name("DIR")
      ->required();
  command
      ->add_option("--data_dir,--data-dir", arguments->target.store,
                   "Where the store is made: a directory that is not there, or empty")
      ->type_name("DIR")
      ->required();
  command
      ->add_option("--audit_dir,--audit-dir", arguments->target.audit_dir,
                   "The same for the audit log; without it that is left out")
      ->type_name("DIR");
  command
      ->add_option(
          "--revision", arguments->target.revision,
          "The revision to go back to, by its number or its token; what came later is left "
          "out")
      ->type_name("REVISION");
  command
      ->add_option("--at-time", arguments->at_time,
                   "The same by time: the last revision committed then or before")
      ->type_name("TIME");
  program->AddOutputOption(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
