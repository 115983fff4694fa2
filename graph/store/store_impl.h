// What the files of graph/store/store*.cc share. Private to graph/store.
#ifndef ATTLAS_GRAPH_STORE_STORE_IMPL_H_
#define ATTLAS_GRAPH_STORE_STORE_IMPL_H_

#include <rocksdb/db.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
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

// 16 random bytes for a new store. INTERNAL where the system gives none.
absl::StatusOr<std::string> NewStoreId();

// The bytes of `head`, and back. DATA_LOSS for what is none.
std::string EncodeHead(const StoreHead& head);
absl::StatusOr<StoreHead> DecodeHead(std::string_view bytes);

// The revision of a RevisionKey.
inline uint64_t DecodeRevisionKey(std::string_view key) {
  uint64_t revision = 0;
  for (const char c : key) revision = (revision << 8) | static_cast<uint8_t>(c);
  return revision;
}

struct Store::Impl {
  ~Impl();

  rocksdb::ColumnFamilyHandle* family(ColumnFamily which) const { return families[which]; }
  absl::StatusOr<std::optional<std::string>> Get(ColumnFamily which, std::string_view key) const;
  // Makes the citations of a store that has none from its records, and gives it this format. May be
  // broken off and begun again. O(records and history).
  absl::Status AddCitations();
  // Adds to a plan, whose `whole` is known, what loses citations and the commits that made it. In
  // redaction_citations.cc.
  absl::Status PlanCuts(RedactionPlan* plan) const;

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
    if (kind == BatchKind::kCommits) written.emplace();
  }
  // The value that this batch, or else the store, has.
  absl::StatusOr<std::optional<std::string>> Get(ColumnFamily which, std::string_view key) const;
  void Put(ColumnFamily which, std::string_view key, std::string_view value);
  void Delete(ColumnFamily which, std::string_view key);

  // The parts of Redact, in redaction.cc and redaction_citations.cc.
  absl::Status RedactCitations(const RedactionPlan& plan);
  absl::Status RedactCited(const RedactionPlan& plan);
  absl::Status RedactWhole(EntityId id);
  absl::Status RedactVersion(EntityId id, uint64_t revision);
  absl::Status RedactCommit(uint64_t commit, uint64_t revision);
  absl::Status RedactRequests(const std::vector<uint64_t>& commits);

  const Store::Impl& store;
  std::optional<BulkFiles> bulk;  // For kBulk, in place of `plain`.
  rocksdb::WriteBatch plain;      // What goes through the log.
  // For kCommits: the last value, or none, of each key of a column family that a batch is asked
  // about, so that a commit sees those before it. The key begins with the number of the family.
  std::optional<absl::flat_hash_map<std::string, std::optional<std::string>>> written;
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_STORE_STORE_IMPL_H_
