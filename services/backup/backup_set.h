// The backups of one store in one directory.
//
// What: makes, lists, verifies, removes and restores them. A backup is there once its manifest is;
// what a crash left of another is removed when the next is made.
// Files, all for their owner alone: `store/` (the engine's, shared between backups), `audit/` (by
// content), `manifests/`, `lock`.
// Threads: single-thread. Processes: who makes or removes backups has the directory alone; who
// reads shares it with other readers.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(auto backups, BackupSet::Open("/var/backups/attlas", {.write = true}));
//   ATTLAS_ASSIGN_OR_RETURN(auto manifest, backups->Create({.store = "/var/lib/attlas"}));
#ifndef ATTLAS_SERVICES_BACKUP_BACKUP_SET_H_
#define ATTLAS_SERVICES_BACKUP_BACKUP_SET_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "attlas/backup/v1/backup.pb.h"
#include "attlas/storage/v1/backup_manifest.pb.h"
#include "graph/store/store_copy.h"

namespace attlas::services {

// What is backed up.
struct BackupSource {
  std::string store;      // The directory of a store that nobody has open.
  std::string audit_dir;  // That of its audit log, which may be growing; empty for none.
};

// Where a backup is restored, and how far.
struct RestoreTarget {
  std::string store;      // A directory that is not there, or empty.
  std::string audit_dir;  // The same for the audit log; empty to leave that out.
  // The revision to go back to, as a number or a token; empty for the last.
  std::string revision;
  // The last revision that was committed at this time or before; for no `revision`.
  std::optional<absl::Time> time;
};

// What was restored.
struct RestoreReport {
  storage::v1::BackupManifest manifest;
  uint64_t revision = 0;  // The last of the store that was made.
};

class BackupSet {
 public:
  struct Options {
    bool write = false;  // Whether backups are made or removed; then the directory is made, too.
  };
  // Errors: NOT_FOUND (no backups there), FAILED_PRECONDITION (BACKUP_IN_PROGRESS: another process
  // has it), and those of files.
  static absl::StatusOr<std::unique_ptr<BackupSet>> Open(const std::string& directory,
                                                         const Options& options);
  ~BackupSet();
  BackupSet(const BackupSet&) = delete;
  BackupSet& operator=(const BackupSet&) = delete;

  // Makes a backup. Errors: FAILED_PRECONDITION (BACKUP_FROM_OTHER_STORE; the store is open
  // elsewhere), RESOURCE_EXHAUSTED (disk full), NOT_FOUND (no store), DATA_LOSS (a damaged one).
  absl::StatusOr<storage::v1::BackupManifest> Create(const BackupSource& source);

  // Removes all but the newest `count`; the numbers of those removed.
  absl::StatusOr<std::vector<uint32_t>> Keep(size_t count);

  // Newest first. DATA_LOSS names a manifest that is damaged.
  absl::StatusOr<std::vector<storage::v1::BackupManifest>> List() const;
  // NOT_FOUND where there is none of this number, or none at all.
  absl::StatusOr<uint32_t> Newest() const;
  absl::StatusOr<storage::v1::BackupManifest> Find(uint32_t number) const;

  // Reads all of a backup; what is wrong with it. NOT_FOUND where there is none of this number.
  absl::StatusOr<std::vector<backup::v1::BackupFault>> Verify(uint32_t number) const;

  // Writes a backup into directories that do not have anything yet; they are there whole, or not at
  // all. The store gets an id of its own, so that tokens of revisions which were given before are
  // refused. FAILED_PRECONDITION (a target that is not empty), DATA_LOSS (names the damaged file),
  // OUT_OF_RANGE (a revision that is not in the backup), RESOURCE_EXHAUSTED (disk full).
  absl::StatusOr<RestoreReport> Restore(uint32_t number, const RestoreTarget& target) const;

 private:
  BackupSet(std::string directory, int lock) : directory_(std::move(directory)), lock_(lock) {}
  std::string file(const char* name) const { return directory_ + "/" + name; }
  absl::Status RemoveLeftovers();
  absl::Status RemoveUnusedAuditFiles() const;
  absl::Status CheckSameStore(const graph::StoreCopy& described) const;
  std::vector<backup::v1::BackupFault> VerifyParts(
      const storage::v1::BackupManifest& manifest) const;
  absl::StatusOr<uint64_t> RestoreStore(const storage::v1::BackupManifest& manifest,
                                        const RestoreTarget& target, const std::string& path) const;

  const std::string directory_;
  const int lock_;  // -1 where the directory cannot be written.
};

// What a caller is told of a backup.
backup::v1::Backup ToBackup(const storage::v1::BackupManifest& manifest);
// `backups/7`, and back. INVALID_ARGUMENT for what is no such name.
std::string BackupName(uint32_t number);
absl::StatusOr<uint32_t> ParseBackupName(const std::string& name);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_BACKUP_BACKUP_SET_H_
