// Copies of a store that share the files which did not change: the engine's part of a backup.
//
// What: each copy is whole and has a number; files that several copies have in common are kept
// once, and every file has a checksum. What belongs to a backup beside the store (its manifest, the
// audit log) is services/backup's business. Threads: single-thread; one object a directory at a
// time, which the owner sees to.
#ifndef ATTLAS_GRAPH_STORE_STORE_COPY_H_
#define ATTLAS_GRAPH_STORE_STORE_COPY_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace attlas::graph {

// The folder inside a store that is being backed up for what is copied; removed at the next opening
// where a crash left it.
inline constexpr char kCopyDirectory[] = "backup-in-hand";

// What a copy holds.
struct StoreCopy {
  uint32_t number = 0;
  uint64_t bytes = 0;              // Of all its files, those that it shares with others included.
  std::string format;              // The version of FORMAT.md.
  std::string store_id;            // 16 bytes.
  uint64_t revision = 0;           // The last one in it.
  int64_t commit_time_us = 0;      // When that was committed; 0 before the first commit.
  int32_t ontology_version = 0;    // Of the ontology in force.
  uint64_t ontology_revision = 0;  // Since when it is in force.
};

class StoreCopies {
 public:
  // The copies in `directory`, which is made where it is not there and not `read_only`. Errors: as
  // Store::Open.
  static absl::StatusOr<std::unique_ptr<StoreCopies>> Open(const std::string& directory,
                                                           bool read_only);
  virtual ~StoreCopies() = default;

  // Copies the store at `path`, which nobody has open, if `accept` lets it, which is told of all
  // but number and bytes. One of an older format is not changed.
  using Accept = std::function<absl::Status(const StoreCopy&)>;
  virtual absl::StatusOr<StoreCopy> Create(const std::string& path, const Accept& accept) = 0;
  // Removes a copy, and every file that no other has.
  virtual absl::Status Delete(uint32_t number) = 0;
  virtual std::vector<uint32_t> Numbers() const = 0;

  // Reads every file of a copy. DATA_LOSS names the first that is damaged or lost.
  virtual absl::Status Verify(uint32_t number) const = 0;
  // Writes the store into `path`, an empty directory. DATA_LOSS names the file that is damaged.
  virtual absl::Status Restore(uint32_t number, const std::string& path) const = 0;
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_STORE_STORE_COPY_H_
