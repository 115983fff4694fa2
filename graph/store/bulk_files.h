// One large commit as sorted files, which RocksDB takes over as they are.
//
// What: keys and values are collected in memory, sorted, written as tables beside the store (each
// on disk, synced) and then handed over, those of all column families in one step. Why it is whole
// or nothing: IngestExternalFiles records the files of all column families, that of `head` among
// them, in one atomic group of the manifest. A process that dies before leaves files that nothing
// refers to, which the next opening removes; one that dies after has committed. When not: readers
// may for a moment see the new files of one column family and not yet those of another. That is
// harmless while all that is new bears numbers beyond every published snapshot; a commit that
// supersedes or deletes something is therefore written through the log after all. Threads:
// single-thread; Write uses threads of its own.
#ifndef ATTLAS_GRAPH_STORE_BULK_FILES_H_
#define ATTLAS_GRAPH_STORE_BULK_FILES_H_

#include <rocksdb/db.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "graph/store/column_family.h"

namespace attlas::graph {

class BulkFiles {
 public:
  // The directory within the store that holds files while they are written.
  static constexpr const char* kDirectory = "bulk";

  // Notes a change. REQUIRES: each key at most once in a column family.
  void Put(ColumnFamily which, std::string_view key, std::string_view value);
  void Delete(ColumnFamily which, std::string_view key);

  // Says that this commit replaces a version that readers may be looking at.
  void NoteSuperseded() { supersedes_ = true; }

  // Makes everything durable, or nothing.
  absl::Status Write(rocksdb::DB& db, const std::vector<rocksdb::ColumnFamilyHandle*>& families,
                     const rocksdb::Options& options, const std::string& store_path);

 private:
  struct Entry {
    const char* bytes;  // The key, then the value.
    uint32_t key_size;
    uint32_t value_size;
    bool deleted;

    std::string_view key() const { return {bytes, key_size}; }
    std::string_view value() const { return {bytes + key_size, value_size}; }
  };
  struct TableFiles {
    std::vector<std::string> paths;
    rocksdb::Status status;
  };

  void Add(ColumnFamily which, std::string_view key, std::string_view value, bool deleted);
  rocksdb::Status WriteThroughLog(rocksdb::DB& db,
                                  const std::vector<rocksdb::ColumnFamilyHandle*>& families) const;
  TableFiles WriteTables(ColumnFamily which, const rocksdb::Options& options,
                         const std::string& directory);

  std::array<std::vector<Entry>, kColumnFamilyCount> entries_;
  std::vector<std::unique_ptr<char[]>> blocks_;  // Keys and values.
  char* block_end_ = nullptr;                    // The end of the last one,
  size_t block_left_ = 0;                        // and how many bytes before it are free.
  bool supersedes_ = false;
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_STORE_BULK_FILES_H_
