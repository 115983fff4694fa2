#include "services/backup/backup_set.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <set>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/store/revision_token.h"
#include "graph/store/store_copy.h"
#include "services/access/audit_files.h"
#include "services/backup/audit_copy.h"
#include "services/backup/file_copy.h"
#include "services/backup/manifest_file.h"

namespace attlas::services {
namespace {

using backup::v1::BackupFault;
using graph::StoreCopies;
using graph::StoreCopy;
using storage::v1::BackupManifest;

constexpr char kNamePrefix[] = "backups/";

absl::Status Refuse(const std::string& message, const char* reason) {
  return graph::MakeError(absl::StatusCode::kFailedPrecondition, message,
                          {.reason = reason, .metadata = {}, .violations = {}});
}

void Set(google::protobuf::Timestamp* timestamp, int64_t microseconds) {
  timestamp->set_seconds(microseconds / 1'000'000);
  timestamp->set_nanos(static_cast<int32_t>(microseconds % 1'000'000 * 1'000));
}

// Where the engine lists the files of a copy.
std::string ListOf(const std::string& copies, uint32_t number) {
  return absl::StrCat(copies, "/meta/", number);
}

}  // namespace

absl::StatusOr<std::unique_ptr<BackupSet>> BackupSet::Open(const std::string& directory,
                                                           const Options& options) {
  if (options.write) {
    ATTLAS_RETURN_IF_ERROR(MakeDirectory(directory));
    for (const char* part : {"/audit", "/manifests", "/store"}) {
      ATTLAS_RETURN_IF_ERROR(MakeDirectory(directory + part));
    }
  } else if (!std::filesystem::is_directory(directory + "/manifests")) {
    return absl::NotFoundError(absl::StrCat("there are no backups in '", directory, "'"));
  }
  const std::string path = directory + "/lock";
  const int lock = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0 && options.write) return FileError("cannot write", path);
  std::unique_ptr<BackupSet> backups(new BackupSet(directory, lock));
  if (lock >= 0 && flock(lock, (options.write ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0) {
    return Refuse(absl::StrCat("another process works on the backups in '", directory,
                               "'; try again when it has ended"),
                  "BACKUP_IN_PROGRESS");
  }
  if (options.write) ATTLAS_RETURN_IF_ERROR(backups->RemoveLeftovers());
  return backups;
}

BackupSet::~BackupSet() {
  if (lock_ >= 0) close(lock_);
}

absl::Status BackupSet::RemoveLeftovers() {
  ATTLAS_ASSIGN_OR_RETURN(const auto copies, StoreCopies::Open(file("store"), /*read_only=*/false));
  const std::vector<uint32_t> known = ListManifests(file("manifests"));
  for (const uint32_t number : copies->Numbers()) {
    if (std::find(known.begin(), known.end(), number) != known.end()) continue;
    ATTLAS_RETURN_IF_ERROR(copies->Delete(number));
  }
  return absl::OkStatus();
}

absl::Status BackupSet::RemoveUnusedAuditFiles() const {
  std::set<std::string> used;
  for (const uint32_t number : ListManifests(file("manifests"))) {
    ATTLAS_ASSIGN_OR_RETURN(const BackupManifest manifest, Find(number));
    for (const auto& kept : manifest.audit_files()) used.insert(kept.sha256());
  }
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(file("audit"), error)) {
    if (used.contains(entry.path().filename().string())) continue;
    std::filesystem::remove(entry.path(), error);
  }
  return absl::OkStatus();
}

absl::Status BackupSet::CheckSameStore(const StoreCopy& described) const {
  const absl::StatusOr<uint32_t> newest = Newest();
  if (!newest.ok()) return absl::OkStatus();
  ATTLAS_ASSIGN_OR_RETURN(const BackupManifest manifest, Find(*newest));
  if (manifest.store_id() == absl::BytesToHexString(described.store_id)) return absl::OkStatus();
  return Refuse(absl::StrCat("the backups in '", directory_,
                             "' are of another store (a restored store counts as another); use "
                             "another directory"),
                "BACKUP_FROM_OTHER_STORE");
}

absl::StatusOr<BackupManifest> BackupSet::Create(const BackupSource& source) {
  std::optional<BackupManifest> before;
  if (const absl::StatusOr<uint32_t> newest = Newest(); newest.ok()) {
    ATTLAS_ASSIGN_OR_RETURN(before, Find(*newest));
  }
  ATTLAS_ASSIGN_OR_RETURN(const auto copies, StoreCopies::Open(file("store"), /*read_only=*/false));
  const auto accept = [this](const StoreCopy& described) { return CheckSameStore(described); };
  ATTLAS_ASSIGN_OR_RETURN(const StoreCopy copy, copies->Create(source.store, accept));
  BackupManifest manifest;
  manifest.set_number(copy.number);
  manifest.set_create_time_us(absl::ToUnixMicros(absl::Now()));
  manifest.set_store_format(copy.format);
  manifest.set_store_id(absl::BytesToHexString(copy.store_id));
  manifest.set_revision(copy.revision);
  manifest.set_commit_time_us(copy.commit_time_us);
  manifest.set_ontology_version(copy.ontology_version);
  manifest.set_ontology_revision(copy.ontology_revision);
  manifest.set_store_bytes(copy.bytes);
  const auto finish = [&]() -> absl::Status {
    ATTLAS_ASSIGN_OR_RETURN(*manifest.mutable_store_list_sha256(),
                            HashFile(ListOf(file("store"), copy.number)));
    if (!source.audit_dir.empty()) {
      ATTLAS_RETURN_IF_ERROR(CopyAuditLog(source.audit_dir, file("audit"),
                                          before.has_value() ? &*before : nullptr, &manifest));
    }
    return WriteManifest(file("manifests"), manifest);
  };
  if (const absl::Status finished = finish(); !finished.ok()) {
    // What was begun is of no use; where it cannot be removed now, the next backup does it.
    copies->Delete(copy.number).IgnoreError();
    RemoveUnusedAuditFiles().IgnoreError();
    return finished;
  }
  return manifest;
}

absl::StatusOr<std::vector<uint32_t>> BackupSet::Keep(size_t count) {
  std::vector<uint32_t> numbers = ListManifests(file("manifests"));
  if (numbers.size() <= count) return std::vector<uint32_t>();
  numbers.resize(numbers.size() - count);
  ATTLAS_ASSIGN_OR_RETURN(const auto copies, StoreCopies::Open(file("store"), /*read_only=*/false));
  for (const uint32_t number : numbers) {
    std::error_code error;
    std::filesystem::remove(absl::StrCat(file("manifests"), "/", ManifestName(number)), error);
    if (error) return FileError("cannot remove the manifest in", file("manifests"));
    ATTLAS_RETURN_IF_ERROR(SyncDirectory(file("manifests")));
    // One that the engine finds damaged is none of its backups; its files go with the next.
    const absl::Status deleted = copies->Delete(number);
    if (!deleted.ok() && !absl::IsNotFound(deleted)) return deleted;
  }
  ATTLAS_RETURN_IF_ERROR(RemoveUnusedAuditFiles());
  return numbers;
}

absl::StatusOr<std::vector<BackupManifest>> BackupSet::List() const {
  std::vector<BackupManifest> manifests;
  for (const uint32_t number : ListManifests(file("manifests"))) {
    ATTLAS_ASSIGN_OR_RETURN(BackupManifest manifest, Find(number));
    manifests.push_back(std::move(manifest));
  }
  std::reverse(manifests.begin(), manifests.end());
  return manifests;
}

absl::StatusOr<uint32_t> BackupSet::Newest() const {
  const std::vector<uint32_t> numbers = ListManifests(file("manifests"));
  if (!numbers.empty()) return numbers.back();
  return absl::NotFoundError(absl::StrCat("there are no backups in '", directory_, "'"));
}

absl::StatusOr<BackupManifest> BackupSet::Find(uint32_t number) const {
  return ReadManifest(file("manifests"), number);
}

absl::StatusOr<std::vector<BackupFault>> BackupSet::Verify(uint32_t number) const {
  const absl::StatusOr<BackupManifest> manifest = Find(number);
  if (manifest.ok()) return VerifyParts(*manifest);
  if (!absl::IsDataLoss(manifest.status())) return manifest.status();
  BackupFault fault;
  fault.set_file("manifests/" + ManifestName(number));
  fault.set_problem(std::string(manifest.status().message()));
  return std::vector<BackupFault>{fault};
}

std::vector<BackupFault> BackupSet::VerifyParts(const BackupManifest& manifest) const {
  std::vector<BackupFault> faults;
  const auto add = [&](const std::string& name, const std::string& problem) {
    BackupFault& fault = faults.emplace_back();
    fault.set_file(name);
    // Relative names are the same on the machine that restores.
    fault.set_problem(absl::StrReplaceAll(problem, {{directory_ + "/", ""}}));
  };
  const absl::StatusOr<std::string> list = HashFile(ListOf(file("store"), manifest.number()));
  if (!list.ok()) {
    add(ListOf("store", manifest.number()), std::string(list.status().message()));
  } else if (*list != manifest.store_list_sha256()) {
    add(ListOf("store", manifest.number()), "is not as it was written");
  } else {
    const auto copies = StoreCopies::Open(file("store"), /*read_only=*/true);
    const absl::Status read = copies.ok() ? (*copies)->Verify(manifest.number()) : copies.status();
    if (!read.ok()) add("store", std::string(read.message()));
  }
  for (const auto& kept : manifest.audit_files()) {
    const std::string name = absl::StrCat("audit/", kept.sha256());
    const absl::StatusOr<std::string> hash = HashFile(directory_ + "/" + name);
    if (!hash.ok()) {
      add(name, absl::StrCat(kept.name(), ": ", std::string(hash.status().message())));
    } else if (*hash != kept.sha256()) {
      add(name, absl::StrCat(kept.name(), ": is not as it was written"));
    }
  }
  return faults;
}

backup::v1::Backup ToBackup(const BackupManifest& manifest) {
  backup::v1::Backup backup;
  backup.set_name(BackupName(manifest.number()));
  Set(backup.mutable_create_time(), manifest.create_time_us());
  backup.set_revision(
      graph::MakeRevisionToken(absl::HexStringToBytes(manifest.store_id()), manifest.revision()));
  backup.set_revision_number(manifest.revision());
  if (manifest.commit_time_us() != 0) {
    Set(backup.mutable_commit_time(), manifest.commit_time_us());
  }
  backup.set_store_format(manifest.store_format());
  backup.set_ontology_version(manifest.ontology_version());
  uint64_t bytes = manifest.store_bytes();
  for (const auto& kept : manifest.audit_files()) bytes += kept.bytes();
  backup.set_size_bytes(static_cast<int64_t>(bytes));
  const std::optional<AuditHead> head = ParseAuditHead(manifest.audit_head());
  if (head.has_value()) backup.set_audit_record_count(static_cast<int64_t>(head->number));
  return backup;
}

std::string BackupName(uint32_t number) { return absl::StrCat(kNamePrefix, number); }

absl::StatusOr<uint32_t> ParseBackupName(const std::string& name) {
  const std::string digits =
      name.starts_with(kNamePrefix) ? name.substr(sizeof(kNamePrefix) - 1) : name;
  uint32_t number = 0;
  if (absl::SimpleAtoi(digits, &number) && number > 0) return number;
  return graph::InvalidField("name", absl::StrCat("`", name, "` is no backup; write backups/7"));
}

}  // namespace attlas::services
