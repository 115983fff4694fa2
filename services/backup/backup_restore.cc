// The way back: a backup becomes a store and an audit log again.
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/store/revision_token.h"
#include "graph/store/rewind.h"
#include "graph/store/store_copy.h"
#include "services/backup/audit_copy.h"
#include "services/backup/backup_set.h"
#include "services/backup/file_copy.h"
#include "services/backup/manifest_file.h"

namespace attlas::services {
namespace {

using storage::v1::BackupManifest;

// A directory that is made beside its place and moved there when all of it is written.
class Arrival {
 public:
  explicit Arrival(std::string place) : place_(std::move(place)), beside_(place_ + ".restoring") {}
  Arrival(const Arrival&) = delete;
  Arrival& operator=(const Arrival&) = delete;
  ~Arrival() { Remove(); }

  const std::string& path() const { return beside_; }

  // FAILED_PRECONDITION where something is in the place already.
  absl::Status Begin() {
    if (std::filesystem::exists(place_)) {
      std::error_code error;
      const bool empty = std::filesystem::is_empty(place_, error);
      if (error || !std::filesystem::is_directory(place_) || !empty) {
        return absl::FailedPreconditionError(
            absl::StrCat("'", place_, "' is not empty; restore into a new directory"));
      }
    }
    Remove();
    return MakeDirectory(beside_);
  }
  absl::Status Finish() {
    // An empty directory gives way to the new one.
    if (std::rename(beside_.c_str(), place_.c_str()) != 0) {
      return FileError("cannot write", place_);
    }
    const std::filesystem::path parent = std::filesystem::path(place_).parent_path();
    return SyncDirectory(parent.empty() ? "." : parent.string());
  }

 private:
  void Remove() const {
    std::error_code ignored;
    std::filesystem::remove_all(beside_, ignored);
  }

  const std::string place_;
  const std::string beside_;
};

// The place without slashes at its end.
std::string Trimmed(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

// The revision that was asked for; the last where none was.
absl::StatusOr<uint64_t> RevisionOf(const BackupManifest& manifest, const RestoreTarget& target,
                                    const std::string& path) {
  if (target.time.has_value()) {
    return graph::RevisionAtTime(path, absl::ToUnixMicros(*target.time));
  }
  if (target.revision.empty()) return manifest.revision();
  uint64_t number = 0;
  if (absl::SimpleAtoi(target.revision, &number)) return number;
  return graph::ReadRevisionToken(absl::HexStringToBytes(manifest.store_id()), target.revision,
                                  "revision");
}

}  // namespace

absl::StatusOr<uint64_t> BackupSet::RestoreStore(const BackupManifest& manifest,
                                                 const RestoreTarget& target,
                                                 const std::string& path) const {
  ATTLAS_ASSIGN_OR_RETURN(const std::string list,
                          HashFile(absl::StrCat(file("store"), "/meta/", manifest.number())));
  if (list != manifest.store_list_sha256()) {
    return graph::MakeError(
        absl::StatusCode::kDataLoss,
        absl::StrCat("'", file("store"), "/meta/", manifest.number(), "' is damaged"),
        {.reason = "DATA_LOSS", .metadata = {}, .violations = {}});
  }
  ATTLAS_ASSIGN_OR_RETURN(const auto copies, graph::StoreCopies::Open(file("store"), true));
  ATTLAS_RETURN_IF_ERROR(copies->Restore(manifest.number(), path));
  ATTLAS_ASSIGN_OR_RETURN(const uint64_t revision, RevisionOf(manifest, target, path));
  ATTLAS_RETURN_IF_ERROR(graph::RewindStore(path, revision));
  ATTLAS_RETURN_IF_ERROR(graph::RenewStoreId(path));
  return revision;
}

absl::StatusOr<RestoreReport> BackupSet::Restore(uint32_t number,
                                                 const RestoreTarget& target) const {
  RestoreReport report;
  ATTLAS_ASSIGN_OR_RETURN(report.manifest, Find(number));
  if (!target.audit_dir.empty() && report.manifest.audit_head().empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat(BackupName(number),
                     " has no audit log, since the daemon kept none; leave --audit_dir out"));
  }
  Arrival store(Trimmed(target.store));
  ATTLAS_RETURN_IF_ERROR(store.Begin());
  std::optional<Arrival> audit;
  if (!target.audit_dir.empty()) {
    audit.emplace(Trimmed(target.audit_dir));
    ATTLAS_RETURN_IF_ERROR(audit->Begin());
    ATTLAS_RETURN_IF_ERROR(RestoreAuditLog(report.manifest, file("audit"), audit->path()));
  }
  ATTLAS_ASSIGN_OR_RETURN(report.revision, RestoreStore(report.manifest, target, store.path()));
  if (audit.has_value()) ATTLAS_RETURN_IF_ERROR(audit->Finish());
  ATTLAS_RETURN_IF_ERROR(store.Finish());
  return report;
}

}  // namespace attlas::services
