// Files by their content: copies, hashes, and names that appear whole or not at all.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_BACKUP_FILE_COPY_H_
#define ATTLAS_SERVICES_BACKUP_FILE_COPY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace attlas::services {

// The error that `errno` tells of. RESOURCE_EXHAUSTED (disk full), PERMISSION_DENIED, NOT_FOUND,
// UNAVAILABLE; all but NOT_FOUND of the reason STORAGE_UNAVAILABLE.
absl::Status FileError(std::string_view action, const std::string& path);

// SHA-256 of a file in hexadecimal digits. Errors: as FileError.
absl::StatusOr<std::string> HashFile(const std::string& path);

// Copies the first `bytes` of `from`, or all of it, to `to`, synced to the disk, and returns the
// SHA-256 of what was copied. Files are for their owner alone (0600). DATA_LOSS where there are
// fewer bytes; otherwise as FileError.
absl::StatusOr<std::string> CopyFile(const std::string& from, const std::string& to,
                                     std::optional<uint64_t> bytes);

// Replaces the file at `path` as a whole, synced. Errors: as FileError.
absl::Status WriteWhole(const std::string& path, std::string_view text);

// Makes a directory for its owner alone (0700), where there is none. Errors: as FileError.
absl::Status MakeDirectory(const std::string& path);

// Makes what was renamed or removed in a directory durable. Errors: as FileError.
absl::Status SyncDirectory(const std::string& path);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_BACKUP_FILE_COPY_H_
