// The audit log in a backup: its files by their content, so that a day is kept once for all
// backups.
//
// Threads: functions only; one call a pool at a time.
#ifndef ATTLAS_SERVICES_BACKUP_AUDIT_COPY_H_
#define ATTLAS_SERVICES_BACKUP_AUDIT_COPY_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attlas/storage/v1/backup_manifest.pb.h"

namespace attlas::services {

// Copies the log in `folder`, as far as its `head` file says, into `pool`, and notes in `manifest`
// what it copied. The log may be growing. A day that `before`, an earlier manifest, has in whole is
// not read again. Errors: as FileError; DATA_LOSS for a `head` that is damaged.
absl::Status CopyAuditLog(const std::string& folder, const std::string& pool,
                          const storage::v1::BackupManifest* before,
                          storage::v1::BackupManifest* manifest);

// Writes the log of a backup into `folder`, which is empty. DATA_LOSS names a file of the pool that
// is not what was copied; otherwise as FileError.
absl::Status RestoreAuditLog(const storage::v1::BackupManifest& manifest, const std::string& pool,
                             const std::string& folder);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_BACKUP_AUDIT_COPY_H_
