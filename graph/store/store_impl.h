// What store.cc, store_batch.cc and store_verify.cc share. Private to graph/store.
#ifndef ATTLAS_GRAPH_STORE_STORE_IMPL_H_
#define ATTLAS_GRAPH_STORE_STORE_IMPL_H_

#include <rocksdb/db.h>
#include <rocksdb/utilities/write_batch_with_index.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "graph/store/store.h"

namespace attlas::graph {

// The column families, in the order in which they are opened.
enum ColumnFamily : size_t {
  kMeta,      // Store id, format, head, ontologies, spaces.
  kNames,     // Name -> kind and ordinal. Names are never given up.
  kRecords,   // Kind and ordinal -> the current version, a deletion included.
  kHistory,   // Kind, ordinal and inverted revision -> a version that was superseded.
  kHot,       // Kind and ordinal -> hot record of what exists.
  kCommits,   // Revision -> what the commit changed.
  kRequests,  // Request id -> the first answer.
  kColumnFamilyCount,
};

inline constexpr std::array<const char*, kColumnFamilyCount> kColumnFamilyNames = {
    "default", "names", "records", "history", "hot", "commits", "requests"};

inline constexpr std::string_view kFormatKey = "format";
inline constexpr std::string_view kStoreIdKey = "store_id";
inline constexpr std::string_view kHeadKey = "head";
inline constexpr std::string_view kOntologyPrefix = "ontology/";
inline constexpr std::string_view kSpacePrefix = "space/";

// The version of the bytes on disk: FORMAT.md.
inline constexpr std::string_view kFormatVersion = "1";

inline rocksdb::Slice ToSlice(std::string_view text) { return {text.data(), text.size()}; }

struct Store::Impl {
  ~Impl();

  rocksdb::ColumnFamilyHandle* family(ColumnFamily which) const { return families[which]; }
  absl::StatusOr<std::optional<std::string>> Get(ColumnFamily which, std::string_view key) const;

  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> families;
  std::string id;
  bool read_only = false;
};

struct StoreBatch::Impl {
  explicit Impl(const Store::Impl& owner) : store(owner) {}
  absl::StatusOr<std::optional<std::string>> Get(ColumnFamily which, std::string_view key) const;
  void Put(ColumnFamily which, std::string_view key, std::string_view value);

  const Store::Impl& store;
  // Overwrites keys, so that a read finds the last value.
  rocksdb::WriteBatchWithIndex batch{rocksdb::BytewiseComparator(), 0, true};
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_STORE_STORE_IMPL_H_
