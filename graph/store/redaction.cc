#include "graph/store/redaction.h"

#include <algorithm>
#include <functional>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "graph/base/status_macros.h"
#include "graph/store/rocks_status.h"
#include "graph/store/store_impl.h"

namespace attlas::graph {
namespace {

constexpr std::string_view kRedacting = "redacting";

absl::Status Damaged(const char* what) {
  return FromRocks(rocksdb::Status::Corruption(what), kRedacting);
}

// Walks a column family of records.
absl::Status ForEachRecord(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family,
                           const std::function<void(EntityId, const StoredRecord&)>& take) {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  options.fill_cache = false;
  const std::unique_ptr<rocksdb::Iterator> it(db.NewIterator(options, family));
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    ATTLAS_ASSIGN_OR_RETURN(const EntityId id,
                            DecodeEntityKey({it->key().data(), it->key().size()}));
    ATTLAS_ASSIGN_OR_RETURN(const StoredRecord record,
                            DecodeRecord(id.kind, {it->value().data(), it->value().size()}));
    take(id, record);
  }
  return FromRocks(it->status(), kRedacting);
}

class Planner {
 public:
  Planner(rocksdb::DB& db, const std::vector<rocksdb::ColumnFamilyHandle*>& families,
          std::span<const RedactionRule> rules)
      : db_(db), families_(families) {
    for (const RedactionRule& rule : rules) {
      if (rule.space != 0) Raise(through_of_[rule.space], rule.through);
      if (rule.history_of.has_value()) Raise(history_of_[*rule.history_of], rule.through);
    }
  }

  absl::StatusOr<RedactionPlan> Run() {
    ATTLAS_RETURN_IF_ERROR(TakeCurrent());
    if (!whole_.empty()) ATTLAS_RETURN_IF_ERROR(TakeEdgesOfNodes());
    ATTLAS_RETURN_IF_ERROR(TakeHistory());
    plan_.whole.assign(whole_.begin(), whole_.end());
    std::sort(plan_.whole.begin(), plan_.whole.end(), [](const EntityId& a, const EntityId& b) {
      if (a.kind != b.kind) return a.kind == EntityKind::kEdge;
      return a.ordinal < b.ordinal;
    });
    return std::move(plan_);
  }

 private:
  static void Raise(uint64_t& through, uint64_t to) { through = std::max(through, to); }
  bool InSpace(const StoredRecord& record) const { return through_of_.contains(record.hot.space); }
  // Whether a rule covers this version, for its space or as `history_of`.
  bool IsDue(EntityId id, const StoredRecord& record, bool superseded) const {
    if (record.redacted) return false;
    const auto space = through_of_.find(record.hot.space);
    if (space != through_of_.end() && record.revision <= space->second) return true;
    const auto history = superseded ? history_of_.find(id) : history_of_.end();
    return history != history_of_.end() && record.revision <= history->second;
  }

  absl::Status TakeCurrent() {
    return ForEachRecord(db_, families_[kRecords], [&](EntityId id, const StoredRecord& record) {
      if (!IsDue(id, record, /*superseded=*/false)) return;
      whole_.insert(id);
      plan_.commits.push_back(record.revision);
    });
  }

  // An edge does not outlive its ends.
  absl::Status TakeEdgesOfNodes() {
    return ForEachRecord(db_, families_[kRecords], [&](EntityId id, const StoredRecord& record) {
      if (id.kind != EntityKind::kEdge || record.redacted) return;
      if (!whole_.contains(EntityId{EntityKind::kNode, record.hot.from}) &&
          !whole_.contains(EntityId{EntityKind::kNode, record.hot.to})) {
        return;
      }
      if (whole_.insert(id).second && InSpace(record)) plan_.commits.push_back(record.revision);
    });
  }

  absl::Status TakeHistory() {
    return ForEachRecord(db_, families_[kHistory], [&](EntityId id, const StoredRecord& record) {
      if (whole_.contains(id)) {
        if (InSpace(record)) plan_.commits.push_back(record.revision);
      } else if (IsDue(id, record, /*superseded=*/true)) {
        plan_.versions.emplace_back(id, record.revision);
        plan_.commits.push_back(record.revision);
      }
    });
  }

  rocksdb::DB& db_;
  const std::vector<rocksdb::ColumnFamilyHandle*>& families_;
  absl::flat_hash_map<SpaceId, uint64_t> through_of_;  // By space: the last revision that goes.
  absl::flat_hash_map<EntityId, uint64_t> history_of_;
  absl::flat_hash_set<EntityId> whole_;
  RedactionPlan plan_;
};

// The name in a body; empty where there is no body.
absl::StatusOr<std::string> NameIn(EntityKind kind, const StoredRecord& record) {
  v1::Node node;
  v1::Edge edge;
  const bool is_node = kind == EntityKind::kNode;
  if (!(is_node ? node.ParseFromString(record.body) : edge.ParseFromString(record.body))) {
    return Damaged("the body of a record");
  }
  return is_node ? node.name() : edge.name();
}

// Adds the sources that a version cites; a version without a body cites none.
absl::Status AddSources(EntityKind kind, const StoredRecord& record,
                        absl::flat_hash_set<std::string>* sources) {
  v1::Node node;
  v1::Edge edge;
  const bool is_node = kind == EntityKind::kNode;
  if (!(is_node ? node.ParseFromString(record.body) : edge.ParseFromString(record.body))) {
    return Damaged("the body of a record");
  }
  for (const Citation& citation : is_node ? node.citations() : edge.citations()) {
    sources->insert(citation.source());
  }
  return absl::OkStatus();
}

// What is left of a version that said something: that it was there, and of what type and marking.
StoredRecord Tombstone(const StoredRecord& record) {
  StoredRecord left;
  left.revision = record.revision;
  left.deleted = true;
  left.redacted = true;
  left.hot.type = record.hot.type;
  left.hot.level = record.hot.level;
  left.hot.space = record.hot.space;
  return left;
}

// A version whose thing goes on to exist, without its content.
absl::StatusOr<StoredRecord> Hollow(EntityKind kind, const StoredRecord& record) {
  StoredRecord left = record;
  left.redacted = true;
  if (record.deleted) return left;
  if (kind == EntityKind::kNode) {
    v1::Node said;
    if (!said.ParseFromString(record.body)) return Damaged("the body of a record");
    v1::Node node;
    node.set_name(said.name());
    node.set_type(said.type());
    *node.mutable_marking() = said.marking();
    left.body = SerializeDeterministic(node);
  } else {
    v1::Edge said;
    if (!said.ParseFromString(record.body)) return Damaged("the body of a record");
    v1::Edge edge;
    edge.set_name(said.name());
    edge.set_type(said.type());
    edge.set_from(said.from());
    edge.set_to(said.to());
    edge.set_qualifier(said.qualifier());
    *edge.mutable_marking() = said.marking();
    left.body = SerializeDeterministic(edge);
  }
  return left;
}

}  // namespace

// Rewrites every version of one thing, and gives up its name.
absl::Status StoreBatch::Impl::RedactWhole(EntityId id) {
  const std::string key = EntityKey(id);
  std::string name;
  const auto rewrite = [&](ColumnFamily family, std::string_view at,
                           std::string_view bytes) -> absl::Status {
    ATTLAS_ASSIGN_OR_RETURN(const StoredRecord record, DecodeRecord(id.kind, bytes));
    if (name.empty() && !record.body.empty()) {
      ATTLAS_ASSIGN_OR_RETURN(name, NameIn(id.kind, record));
    }
    Put(family, at, EncodeRecord(id.kind, Tombstone(record)));
    return absl::OkStatus();
  };
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<std::string> current, store.Get(kRecords, key));
  if (current.has_value()) ATTLAS_RETURN_IF_ERROR(rewrite(kRecords, key, *current));
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  const std::unique_ptr<rocksdb::Iterator> it(
      store.db->NewIterator(options, store.family(kHistory)));
  for (it->Seek(key); it->Valid() && it->key().starts_with(key); it->Next()) {
    ATTLAS_RETURN_IF_ERROR(rewrite(kHistory, {it->key().data(), it->key().size()},
                                   {it->value().data(), it->value().size()}));
  }
  ATTLAS_RETURN_IF_ERROR(FromRocks(it->status(), kRedacting));
  Delete(kHot, key);
  if (!name.empty()) Delete(kNames, name);
  return absl::OkStatus();
}

absl::Status StoreBatch::Impl::RedactVersion(EntityId id, uint64_t revision) {
  const std::string key = HistoryKey(id, revision);
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, store.Get(kHistory, key));
  if (!bytes.has_value()) return Damaged("the history of a record");
  ATTLAS_ASSIGN_OR_RETURN(const StoredRecord record, DecodeRecord(id.kind, *bytes));
  ATTLAS_ASSIGN_OR_RETURN(const StoredRecord left, Hollow(id.kind, record));
  Put(kHistory, key, EncodeRecord(id.kind, left));
  return absl::OkStatus();
}

absl::Status StoreBatch::Impl::RedactCommit(uint64_t commit, uint64_t revision) {
  const std::string key = RevisionKey(commit);
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, store.Get(kCommits, key));
  storage::v1::CommitRecord record;
  if (!bytes.has_value() || !record.ParseFromString(*bytes)) return Damaged("commit record");
  record.clear_reason();
  record.set_redacted_by(revision);
  Put(kCommits, key, SerializeDeterministic(record));
  return absl::OkStatus();
}

// First answers hold names, and a digest of what was said that guesses can be checked against.
absl::Status StoreBatch::Impl::RedactRequests(const std::vector<uint64_t>& commits) {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  const std::unique_ptr<rocksdb::Iterator> it(
      store.db->NewIterator(options, store.family(kRequests)));
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    storage::v1::RequestRecord request;
    if (!request.ParseFromArray(it->value().data(), static_cast<int>(it->value().size()))) {
      return Damaged("request record");
    }
    if (!std::binary_search(commits.begin(), commits.end(), request.revision())) continue;
    Delete(kRequests, {it->key().data(), it->key().size()});
  }
  return FromRocks(it->status(), kRedacting);
}

// What only versions that go have cited is no longer found by its source.
absl::Status StoreBatch::Impl::RedactCitations(const RedactionPlan& plan) {
  absl::flat_hash_map<EntityId, absl::flat_hash_set<uint64_t>> versions;
  for (const EntityId& id : plan.whole) versions[id];  // None named: all.
  for (const auto& [id, version] : plan.versions) versions[id].insert(version);
  for (const auto& [id, going] : versions) {
    absl::flat_hash_set<std::string> gone;
    absl::flat_hash_set<std::string> kept;
    const auto take = [&id = id, &going = going, &gone, &kept](std::string_view bytes,
                                                               bool superseded) -> absl::Status {
      ATTLAS_ASSIGN_OR_RETURN(const StoredRecord record, DecodeRecord(id.kind, bytes));
      const bool goes = going.empty() || (superseded && going.contains(record.revision));
      return AddSources(id.kind, record, goes ? &gone : &kept);
    };
    const std::string key = EntityKey(id);
    ATTLAS_ASSIGN_OR_RETURN(const std::optional<std::string> current, store.Get(kRecords, key));
    if (current.has_value()) ATTLAS_RETURN_IF_ERROR(take(*current, /*superseded=*/false));
    rocksdb::ReadOptions options;
    options.total_order_seek = true;
    const std::unique_ptr<rocksdb::Iterator> it(
        store.db->NewIterator(options, store.family(kHistory)));
    for (it->Seek(key); it->Valid() && it->key().starts_with(key); it->Next()) {
      ATTLAS_RETURN_IF_ERROR(take({it->value().data(), it->value().size()}, /*superseded=*/true));
    }
    ATTLAS_RETURN_IF_ERROR(FromRocks(it->status(), kRedacting));
    for (const std::string& source : gone) {
      if (kept.contains(source)) continue;
      ATTLAS_ASSIGN_OR_RETURN(const std::optional<std::string> cited, store.Get(kNames, source));
      if (!cited.has_value()) continue;
      ATTLAS_ASSIGN_OR_RETURN(const EntityId entity, DecodeEntity(*cited));
      Delete(kCitations, CitationKey(entity.ordinal, id));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<RedactionPlan> Store::PlanRedaction(std::span<const RedactionRule> rules) const {
  ATTLAS_ASSIGN_OR_RETURN(RedactionPlan plan, Planner(*impl_->db, impl_->families, rules).Run());
  ATTLAS_RETURN_IF_ERROR(impl_->PlanCuts(&plan));
  std::sort(plan.commits.begin(), plan.commits.end());
  plan.commits.erase(std::unique(plan.commits.begin(), plan.commits.end()), plan.commits.end());
  return plan;
}

absl::Status StoreBatch::Redact(const RedactionPlan& plan, uint64_t revision) {
  ATTLAS_RETURN_IF_ERROR(impl_->RedactCitations(plan));
  // Before superseded versions are emptied, some of which lose citations as well.
  ATTLAS_RETURN_IF_ERROR(impl_->RedactCited(plan));
  for (const EntityId& id : plan.whole) ATTLAS_RETURN_IF_ERROR(impl_->RedactWhole(id));
  for (const auto& [id, version] : plan.versions) {
    ATTLAS_RETURN_IF_ERROR(impl_->RedactVersion(id, version));
  }
  for (const uint64_t commit : plan.commits) {
    ATTLAS_RETURN_IF_ERROR(impl_->RedactCommit(commit, revision));
  }
  ATTLAS_RETURN_IF_ERROR(impl_->RedactRequests(plan.commits));
  impl_->Put(kMeta, kEraseKey, "1");
  return absl::OkStatus();
}

absl::StatusOr<bool> Store::HasRemains() const {
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<std::string> mark, impl_->Get(kMeta, kEraseKey));
  return mark.has_value();
}

absl::Status Store::EraseRemains() {
  constexpr std::string_view kErasing = "erasing what was redacted";
  // Out of the memory tables, so that the logs are used up.
  ATTLAS_RETURN_IF_ERROR(
      FromRocks(impl_->db->Flush(rocksdb::FlushOptions(), impl_->families), kErasing));
  rocksdb::CompactRangeOptions compact;
  compact.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  for (size_t family = 0; family < kColumnFamilyCount; ++family) {
    if (family == kMeta) continue;
    ATTLAS_RETURN_IF_ERROR(FromRocks(
        impl_->db->CompactRange(compact, impl_->families[family], nullptr, nullptr), kErasing));
  }
  // The manifest still names keys of the files that are gone; with another change of files one is
  // begun that does not.
  ATTLAS_RETURN_IF_ERROR(
      FromRocks(impl_->db->Put({}, impl_->family(kMeta), ToSlice(kEraseKey), "1"), kErasing));
  ATTLAS_RETURN_IF_ERROR(
      FromRocks(impl_->db->Flush(rocksdb::FlushOptions(), impl_->family(kMeta)), kErasing));
  // Files that are used up go now, not some time later.
  ATTLAS_RETURN_IF_ERROR(FromRocks(impl_->db->DisableFileDeletions(), kErasing));
  ATTLAS_RETURN_IF_ERROR(FromRocks(impl_->db->EnableFileDeletions(/*force=*/true), kErasing));
  rocksdb::WriteOptions sync;
  sync.sync = true;
  return FromRocks(impl_->db->Delete(sync, ToSlice(kEraseKey)), kErasing);
}

}  // namespace attlas::graph
