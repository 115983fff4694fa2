// The record of the graph on disk: RocksDB, and nothing that knows what a graph is for.
//
// What: names, versions of nodes and edges, the change log, requests and the ontology. FORMAT.md
// describes the bytes. The snapshot answers who is linked to whom; this answers what was said.
// Threads: reads are thread-safe and take no lock of ours; one writer at a time
// (graph/committer.h). After an error of Write nothing of the batch is on disk.
#ifndef ATTLAS_GRAPH_STORE_STORE_H_
#define ATTLAS_GRAPH_STORE_STORE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attlas/graph/v1/ontology.pb.h"
#include "attlas/storage/v1/commit_record.pb.h"
#include "graph/graph_statistics.h"
#include "graph/store/record.h"
#include "graph/store/redaction.h"

namespace attlas::graph {

struct StoreOptions {
  std::string path;
  bool create_if_missing = true;
  bool read_only = false;
  size_t block_cache_bytes = size_t{256} << 20;
  // Takes the engine's warnings and errors, a line each, from any thread; may be empty.
  std::function<void(const std::string&)> log;
};

// What one committed revision left behind; see Store::Head.
struct StoreHead {
  uint64_t revision = 0;
  uint32_t next_node = 0;  // The ordinal of the next node.
  uint32_t next_edge = 0;  // The ordinal of the next edge.
};

class Store;

// How a batch goes to disk. Either way it is there whole or not at all.
enum class BatchKind {
  // Through the log. Reads through the batch see what was on disk before: enough for one commit,
  // which reads before it writes.
  kOneCommit,
  // The same, but reads see the changes of the batch, for the commits of many writers. Each change
  // costs a place in an index.
  kCommits,
  // As sorted files that the engine takes over, at a multiple of the speed: for one large commit.
  // Reads through the batch see what was on disk before.
  kBulk,
};

// Changes that go to disk together. Single-thread.
class StoreBatch {
 public:
  explicit StoreBatch(const Store& store, BatchKind kind = BatchKind::kCommits);
  ~StoreBatch();

  void PutName(std::string_view name, EntityId id);
  // Replaces the current version; `before`, where there was one, goes to the history.
  void PutRecord(EntityId id, const StoredRecord& record, const StoredRecord* before);
  // Notes that a version of `id` cites the node `source`. Noting it again changes nothing.
  void PutCitation(uint32_t source, EntityId id);
  void PutCommit(uint64_t revision, const storage::v1::CommitRecord& commit);
  void PutRequest(std::string_view request_id, const storage::v1::RequestRecord& request);
  void PutOntology(uint64_t revision, const v1::Ontology& ontology);
  void PutSpace(SpaceId id, std::string_view space);
  void PutHead(const StoreHead& head);
  // Takes what the plan names out for good, as the redaction `revision`. Nothing else of the batch
  // touches the same things.
  absl::Status Redact(const RedactionPlan& plan, uint64_t revision);

  absl::StatusOr<std::optional<EntityId>> FindName(std::string_view name) const;
  absl::StatusOr<std::optional<StoredRecord>> GetRecord(EntityId id) const;
  absl::StatusOr<std::optional<storage::v1::RequestRecord>> GetRequest(
      std::string_view request_id) const;

 private:
  friend class Store;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

class Store {
 public:
  // Brings a store of an older format to this one, unless it is opened for reading alone. Errors:
  // NOT_FOUND (no store there), FAILED_PRECONDITION (opened by another process, newer format, older
  // format and read only), PERMISSION_DENIED, RESOURCE_EXHAUSTED (disk full), DATA_LOSS (damaged).
  static absl::StatusOr<std::unique_ptr<Store>> Open(const StoreOptions& options);
  ~Store();

  // The store's unique id, 16 random bytes, made with it.
  const std::string& id() const;
  absl::StatusOr<StoreHead> Head() const;
  // Quick: nothing is read from the disk.
  StoreStatistics Statistics() const;
  // Every version of the ontology: the revision from which it held, oldest first.
  absl::StatusOr<std::vector<std::pair<uint64_t, v1::Ontology>>> Ontologies() const;
  // The names of the spaces by their number; the first is empty.
  absl::StatusOr<std::vector<std::string>> Spaces() const;

  // Point reads. Nothing there is nullopt, not an error.
  absl::StatusOr<std::optional<EntityId>> FindName(std::string_view name) const;
  absl::StatusOr<std::optional<StoredRecord>> GetRecord(EntityId id) const;
  // The version in force at `revision`, a deletion included.
  absl::StatusOr<std::optional<StoredRecord>> GetRecordAt(EntityId id, uint64_t revision) const;
  // Many of them; `take` is called in order, with nullopt for what is not there.
  absl::Status GetRecordsAt(
      EntityKind kind, std::span<const uint32_t> ordinals, uint64_t revision,
      const std::function<absl::Status(size_t, std::optional<StoredRecord>&&)>& take) const;
  // All versions up to `revision`, newest first, until `take` returns false.
  absl::Status ForEachVersion(EntityId id, uint64_t revision,
                              const std::function<bool(StoredRecord&&)>& take) const;
  absl::StatusOr<std::optional<storage::v1::CommitRecord>> GetCommit(uint64_t revision) const;
  absl::StatusOr<std::optional<storage::v1::RequestRecord>> GetRequest(
      std::string_view request_id) const;

  // Calls `take` for each node or each edge that exists, of the ordinals from `first` to before
  // `last`, in their order. What it reads does not push anything out of the block cache.
  absl::Status ForEachHot(EntityKind kind, uint32_t first, uint32_t last,
                          absl::FunctionRef<void(uint32_t, const HotRecord&)> take) const;
  // Calls `take` with each node name that starts with `prefix`, in order, until it returns false.
  absl::Status ForEachName(std::string_view prefix,
                           const std::function<bool(std::string_view, EntityId)>& take) const;

  // Calls `take` with the ordinal of each thing of this kind of which some version cites the node
  // `source`, from `first` on, in order, until it returns false.
  absl::Status ForEachCiting(uint32_t source, EntityKind kind, uint32_t first,
                             const std::function<bool(uint32_t)>& take) const;

  // The same for every node for which `is_wanted` is true: calls `take` with the ordinal of each
  // thing of this kind of which some version cites one of them. O(cited nodes + what is taken).
  absl::Status ForEachCitingAny(const std::function<bool(uint32_t source)>& is_wanted,
                                EntityKind kind, const std::function<void(uint32_t)>& take) const;

  // Makes the batch durable: it is on disk, synced, when this returns OK.
  absl::Status Write(StoreBatch& batch);

  // What a redaction by these rules would take out. Reads every record: O(store).
  absl::StatusOr<RedactionPlan> PlanRedaction(std::span<const RedactionRule> rules) const;
  // Whether bytes of what was redacted may still be in the files.
  absl::StatusOr<bool> HasRemains() const;
  // Rewrites the files until they are gone. O(store).
  absl::Status EraseRemains();

  // A consistent copy in a new directory, made online with hard links where possible.
  absl::Status Checkpoint(const std::string& directory) const;
  // Reads every file and checks every checksum, then that names, records, hot records, citations
  // and the change log agree. DATA_LOSS names the first fault.
  absl::Status Verify() const;

 private:
  friend class StoreBatch;
  struct Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_STORE_STORE_H_
