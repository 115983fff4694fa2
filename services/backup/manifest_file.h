// The manifests of backups: text files that end with the hash of what is above.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_BACKUP_MANIFEST_FILE_H_
#define ATTLAS_SERVICES_BACKUP_MANIFEST_FILE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attlas/storage/v1/backup_manifest.pb.h"

namespace attlas::services {

// `000007.textproto`.
std::string ManifestName(uint32_t number);

// The numbers of the manifests in a folder, lowest first; none where there is no folder.
std::vector<uint32_t> ListManifests(const std::string& folder);

// Errors: NOT_FOUND; DATA_LOSS, naming the file, where it is not as it was written.
absl::StatusOr<storage::v1::BackupManifest> ReadManifest(const std::string& folder,
                                                         uint32_t number);

// Written whole and synced, or not at all. Errors: as FileError.
absl::Status WriteManifest(const std::string& folder, const storage::v1::BackupManifest& manifest);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_BACKUP_MANIFEST_FILE_H_
