// What the files of graph/store/store*.cc share. Private to graph/store.
#ifndef ATTLAS_GRAPH_STORE_STORE_IMPL_H_
#define ATTLAS_GRAPH_STORE_STORE_IMPL_H_

#include <rocksdb/db.h>
#include <rocksdb/utilities/write_batch_with_index.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/store/bulk_files.h"
#include "graph/store/store.h"

namespace attlas::graph {

inline constexpr std::string_view kFormatKey = "format";
inline constexpr std::string_view kStoreIdKey = "store_id";
inline constexpr std::string_view kHeadKey = "head";
inline constexpr std::string_view kOntologyPrefix = "ontology/";
inline constexpr std::string_view kSpacePrefix = "space/";
inline constexpr std::string_view kEraseKey = "erase";

// The version of the bytes on disk: FORMAT.md.
inline constexpr std::string_view kFormatVersion = "2";
// The format without citations, which is brought to this one.
inline constexpr std::string_view kFormatWithoutCitations = "1";

struct Store::Impl {
  ~Impl();

  rocksdb::ColumnFamilyHandle* family(ColumnFamily which) const { return families[which]; }
  absl::StatusOr<std::optional<std::string>> Get(ColumnFamily which, std::string_view key) const;
  // Makes the citations of a store that has none from its records, and gives it this format. May be
  // broken off and begun again. O(records and history).
  absl::Status AddCitations();

  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> families;
  rocksdb::Options options;  // As it was opened.
  std::string path;
  std::string id;
  bool read_only = false;
};

struct StoreBatch::Impl {
  Impl(const Store::Impl& owner, BatchKind kind) : store(owner) {
    if (kind == BatchKind::kBulk) bulk.emplace();
    // Overwrites keys, so that a read finds the last value.
    if (kind == BatchKind::kCommits) indexed.emplace(rocksdb::BytewiseComparator(), 0, true);
  }
  absl::StatusOr<std::optional<std::string>> Get(ColumnFamily which, std::string_view key) const;
  // What goes through the log.
  rocksdb::WriteBatchBase& batch();
  void Put(ColumnFamily which, std::string_view key, std::string_view value);
  void Delete(ColumnFamily which, std::string_view key);

  // The parts of Redact, in redaction.cc.
  absl::Status RedactCitations(const RedactionPlan& plan);
  absl::Status RedactWhole(EntityId id);
  absl::Status RedactVersion(EntityId id, uint64_t revision);
  absl::Status RedactCommit(uint64_t commit, uint64_t revision);
  absl::Status RedactRequests(const std::vector<uint64_t>& commits);

  const Store::Impl& store;
  // The one of these that is its kind; `plain` for one commit.
  std::optional<BulkFiles> bulk;
  std::optional<rocksdb::WriteBatchWithIndex> indexed;
  rocksdb::WriteBatch plain;
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_STORE_STORE_IMPL_H_
