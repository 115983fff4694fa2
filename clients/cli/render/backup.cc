// Backups: what there is, what was made, what is wrong with one.
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using backup::v1::Backup;
using backup::v1::BackupFault;

std::string TimeText(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", absl::FromUnixSeconds(time.seconds()),
                          absl::UTCTimeZone());
}

Table TableOf() {
  return {
      .title = "",
      .columns = {{.header = "Backup", .key = "backup", .whole = true},
                  {.header = "Made (UTC)", .key = "made", .whole = true},
                  {.header = "Revision", .key = "revision_number", .right = true, .whole = true},
                  {.header = "Token", .key = "revision", .whole = true, .shown = Shown::kCsvOnly},
                  {.header = "Committed (UTC)", .key = "committed", .whole = true},
                  {.header = "Ontology", .key = "ontology", .right = true, .whole = true},
                  {.header = "Bytes", .key = "bytes", .right = true, .whole = true},
                  {.header = "Audit records", .key = "audit_records", .right = true}},
      .rows = {}};
}

void AddRow(const Backup& backup, Table* table) {
  table->rows.push_back({backup.name(), TimeText(backup.create_time()),
                         Number(static_cast<long long>(backup.revision_number())),
                         backup.revision(),
                         backup.has_commit_time() ? TimeText(backup.commit_time()) : "",
                         Number(backup.ontology_version()), Number(backup.size_bytes()),
                         Number(backup.audit_record_count())});
}

}  // namespace

Document RenderBackups(const backup::v1::ListBackupsResponse& response) {
  Document document;
  if (response.backups().empty()) document.Say("There are no backups.");
  Table table = TableOf();
  for (const Backup& backup : response.backups()) AddRow(backup, &table);
  document.Add(std::move(table));
  return document;
}

Document RenderCreatedBackup(const backup::v1::CreateBackupResponse& response) {
  Document document;
  Table table = TableOf();
  AddRow(response.backup(), &table);
  document.Add(std::move(table));
  if (!response.removed_backups().empty()) {
    document.Say(absl::StrCat("Removed: ", Joined(response.removed_backups(), ", "), "."));
  }
  return document;
}

Document RenderVerifiedBackup(const backup::v1::VerifyBackupResponse& response) {
  Document document;
  if (response.faults().empty()) {
    document.Say(absl::StrCat(response.backup().name(), " is whole: revision ",
                              response.backup().revision_number(), ", ",
                              response.backup().size_bytes(), " bytes."));
  }
  Table table{.title = "",
              .columns = {{.header = "File", .key = "file"}, {.header = "What", .key = "fault"}},
              .rows = {}};
  for (const BackupFault& fault : response.faults()) {
    table.rows.push_back({fault.file(), fault.problem()});
  }
  document.Add(std::move(table));
  return document;
}

}  // namespace attlas::cli
