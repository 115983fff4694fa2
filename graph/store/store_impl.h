// What store.cc, store_batch.cc and store_verify.cc share. Private to graph/store.
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

// The version of the bytes on disk: FORMAT.md.
inline constexpr std::string_view kFormatVersion = "1";

struct Store::Impl {
  ~Impl();

  rocksdb::ColumnFamilyHandle* family(ColumnFamily which) const { return families[which]; }
  absl::StatusOr<std::optional<std::string>> Get(ColumnFamily which, std::string_view key) const;

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
  }
  absl::StatusOr<std::optional<std::string>> Get(ColumnFamily which, std::string_view key) const;
  void Put(ColumnFamily which, std::string_view key, std::string_view value);
  void Delete(ColumnFamily which, std::string_view key);

  const Store::Impl& store;
  std::optional<BulkFiles> bulk;  // Where the batch is of that kind; then `batch` stays empty.
  // Overwrites keys, so that a read finds the last value.
  rocksdb::WriteBatchWithIndex batch{rocksdb::BytewiseComparator(), 0, true};
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_STORE_STORE_IMPL_H_
