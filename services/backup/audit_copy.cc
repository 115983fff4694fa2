#include "services/backup/audit_copy.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/access/audit_files.h"
#include "services/backup/file_copy.h"

namespace attlas::services {
namespace {

using storage::v1::BackupFile;
using storage::v1::BackupManifest;

// What there is to take of a file.
struct Extent {
  uint64_t bytes = 0;
  bool has_head = false;  // Whether the head is in it, so that what follows is too late.
};

// As far as the line of `head`; all whole lines where that is not in it.
Extent ExtentOf(const std::string& path, const AuditHead& head) {
  std::ifstream file(path, std::ios::binary);
  Extent extent;
  std::string line;
  while (!extent.has_head && std::getline(file, line) && !file.eof()) {
    const std::optional<AuditLine> parsed = ParseAuditLine(line);
    extent.bytes += line.size() + 1;
    extent.has_head = parsed.has_value() && parsed->head.number == head.number;
  }
  return extent;
}

// The whole day as an earlier backup has it; null where it has not, or perhaps not all.
const BackupFile* KeptDay(const BackupManifest* before, const std::string& name, uint64_t bytes) {
  if (before == nullptr) return nullptr;
  // Its last day was under way.
  for (int i = 0; i + 1 < before->audit_files_size(); ++i) {
    const BackupFile& file = before->audit_files(i);
    if (file.name() == name && file.bytes() == bytes) return &file;
  }
  return nullptr;
}

absl::StatusOr<BackupFile> Keep(const std::string& path, const std::string& name, uint64_t bytes,
                                const std::string& pool) {
  BackupFile file;
  file.set_name(name);
  file.set_bytes(bytes);
  const std::string beside = pool + "/copy.new";
  absl::StatusOr<std::string> hash = CopyFile(path, beside, bytes);
  if (!hash.ok()) {
    std::remove(beside.c_str());
    return hash.status();
  }
  const std::string kept = absl::StrCat(pool, "/", *hash);
  if (std::rename(beside.c_str(), kept.c_str()) != 0) return FileError("cannot write", kept);
  file.set_sha256(*std::move(hash));
  return file;
}

}  // namespace

absl::Status CopyAuditLog(const std::string& folder, const std::string& pool,
                          const BackupManifest* before, BackupManifest* manifest) {
  // First where it ends, then the files: what is written meanwhile comes after that end.
  ATTLAS_ASSIGN_OR_RETURN(const AuditHead head, ReadAuditHead(folder));
  ATTLAS_ASSIGN_OR_RETURN(const std::vector<std::string> files, ListAuditFiles(folder));
  manifest->set_audit_head(FormatAuditHead(head));
  if (head.number == 0) return absl::OkStatus();
  for (const std::string& path : files) {
    const std::string name = std::filesystem::path(path).filename().string();
    std::error_code error;
    const uint64_t size = std::filesystem::file_size(path, error);
    if (const BackupFile* kept = KeptDay(before, name, size); !error && kept != nullptr) {
      *manifest->add_audit_files() = *kept;
      continue;
    }
    const Extent extent = ExtentOf(path, head);
    ATTLAS_ASSIGN_OR_RETURN(*manifest->add_audit_files(), Keep(path, name, extent.bytes, pool));
    if (extent.has_head) break;
  }
  return SyncDirectory(pool);
}

absl::Status RestoreAuditLog(const BackupManifest& manifest, const std::string& pool,
                             const std::string& folder) {
  for (const BackupFile& file : manifest.audit_files()) {
    const std::string kept = absl::StrCat(pool, "/", file.sha256());
    const std::string path = absl::StrCat(folder, "/", file.name());
    ATTLAS_ASSIGN_OR_RETURN(const std::string hash, CopyFile(kept, path, file.bytes()));
    if (hash != file.sha256()) {
      return graph::MakeError(absl::StatusCode::kDataLoss,
                              absl::StrCat("'", kept, "' (", file.name(), ") is damaged"),
                              {.reason = "DATA_LOSS", .metadata = {}, .violations = {}});
    }
  }
  const std::optional<AuditHead> head = ParseAuditHead(manifest.audit_head());
  if (!head.has_value()) return absl::OkStatus();
  ATTLAS_RETURN_IF_ERROR(WriteAuditHead(folder, *head));
  return SyncDirectory(folder);
}

}  // namespace attlas::services
