// What cites a source that is taken out for good loses those citations: they name it, and say where
// in it.
#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "graph/base/status_macros.h"
#include "graph/model/statement.h"
#include "graph/store/redaction.h"
#include "graph/store/rocks_status.h"
#include "graph/store/store_impl.h"

namespace attlas::graph {
namespace {

constexpr std::string_view kRedacting = "redacting";

absl::Status Damaged(const char* what) {
  return FromRocks(rocksdb::Status::Corruption(what), kRedacting);
}

// What the parts of a store are read from.
struct Database {
  rocksdb::DB& db;
  const std::vector<rocksdb::ColumnFamilyHandle*>& families;

  std::unique_ptr<rocksdb::Iterator> Iterate(ColumnFamily family) const {
    rocksdb::ReadOptions options;
    options.total_order_seek = true;
    return std::unique_ptr<rocksdb::Iterator>(db.NewIterator(options, families[family]));
  }
};

// Calls `take(column family, key, version)` for every version of one thing.
absl::Status WalkVersions(
    const Database& store, EntityId id,
    const std::function<absl::Status(ColumnFamily, std::string_view, StoredRecord&&)>& take) {
  const std::string prefix = EntityKey(id);
  for (const ColumnFamily family : {kRecords, kHistory}) {
    const std::unique_ptr<rocksdb::Iterator> it = store.Iterate(family);
    for (it->Seek(prefix); it->Valid() && it->key().starts_with(prefix); it->Next()) {
      const std::string_view key(it->key().data(), it->key().size());
      ATTLAS_ASSIGN_OR_RETURN(StoredRecord record,
                              DecodeRecord(id.kind, {it->value().data(), it->value().size()}));
      ATTLAS_RETURN_IF_ERROR(take(family, key, std::move(record)));
    }
    ATTLAS_RETURN_IF_ERROR(FromRocks(it->status(), kRedacting));
  }
  return absl::OkStatus();
}

// The name of a node; empty where no version says it, so that no citation can name it either.
absl::StatusOr<std::string> NameOf(const Database& store, EntityId node) {
  std::string name;
  const auto take = [&](ColumnFamily, std::string_view, StoredRecord&& record) -> absl::Status {
    if (!name.empty() || record.body.empty()) return absl::OkStatus();
    v1::Node said;
    if (!said.ParseFromString(record.body)) return Damaged("the body of a record");
    name = said.name();
    return absl::OkStatus();
  };
  ATTLAS_RETURN_IF_ERROR(WalkVersions(store, node, take));
  return name;
}

// What cites the node in some version.
absl::StatusOr<std::vector<EntityId>> CitingOf(const Database& store, uint32_t source) {
  std::vector<EntityId> citing;
  const std::string key = CitationKey(source, {EntityKind::kNode, 0});
  const std::string prefix = key.substr(0, sizeof(source));
  const std::unique_ptr<rocksdb::Iterator> it = store.Iterate(kCitations);
  for (it->Seek(prefix); it->Valid() && it->key().starts_with(prefix); it->Next()) {
    ATTLAS_ASSIGN_OR_RETURN(const EntityId id,
                            DecodeCitationKey({it->key().data(), it->key().size()}));
    citing.push_back(id);
  }
  ATTLAS_RETURN_IF_ERROR(FromRocks(it->status(), kRedacting));
  return citing;
}

template <typename Message>
absl::StatusOr<bool> Cut(std::span<const std::string> sources, StoredRecord* record) {
  Message said;
  if (!said.ParseFromString(record->body)) return Damaged("the body of a record");
  auto& citations = *said.mutable_citations();
  const auto kept = std::remove_if(citations.begin(), citations.end(), [&](const Citation& cited) {
    return std::find(sources.begin(), sources.end(), cited.source()) != sources.end();
  });
  if (kept == citations.end()) return false;
  citations.erase(kept, citations.end());
  record->body = SerializeDeterministic(said);
  record->hot.confidence = static_cast<uint8_t>(BestConfidence(citations));
  return true;
}

}  // namespace

absl::StatusOr<bool> CutCitations(EntityKind kind, std::span<const std::string> sources,
                                  StoredRecord* record) {
  if (record->body.empty()) return false;
  return kind == EntityKind::kNode ? Cut<v1::Node>(sources, record)
                                   : Cut<v1::Edge>(sources, record);
}

absl::Status Store::Impl::PlanCuts(RedactionPlan* plan) const {
  const Database store{*db, families};
  const absl::flat_hash_set<EntityId> whole(plan->whole.begin(), plan->whole.end());
  // In the order of the store, so that what is written is the same each time.
  std::map<std::pair<EntityKind, uint32_t>, std::vector<std::string>> sources;
  for (const EntityId& node : plan->whole) {
    if (node.kind != EntityKind::kNode) continue;
    ATTLAS_ASSIGN_OR_RETURN(const std::vector<EntityId> citing, CitingOf(store, node.ordinal));
    if (citing.empty()) continue;
    plan->sources.push_back(node.ordinal);
    ATTLAS_ASSIGN_OR_RETURN(const std::string name, NameOf(store, node));
    if (name.empty()) continue;
    for (const EntityId& entity : citing) {
      if (!whole.contains(entity)) sources[{entity.kind, entity.ordinal}].push_back(name);
    }
  }
  for (auto& [entity, names] : sources) {
    const EntityId cited_by{entity.first, entity.second};
    bool cites = false;
    const auto note = [&, &cut_names = names](ColumnFamily, std::string_view,
                                              StoredRecord&& record) -> absl::Status {
      ATTLAS_ASSIGN_OR_RETURN(const bool cut, CutCitations(cited_by.kind, cut_names, &record));
      if (cut) plan->commits.push_back(record.revision);
      cites |= cut;
      return absl::OkStatus();
    };
    ATTLAS_RETURN_IF_ERROR(WalkVersions(store, cited_by, note));
    if (cites) plan->cuts.push_back({cited_by, std::move(names)});
  }
  return absl::OkStatus();
}

absl::Status StoreBatch::Impl::RedactCited(const RedactionPlan& plan) {
  const Database database{*store.db, store.families};
  for (const CitationCut& cut : plan.cuts) {
    const auto rewrite = [&](ColumnFamily family, std::string_view key,
                             StoredRecord&& record) -> absl::Status {
      ATTLAS_ASSIGN_OR_RETURN(const bool is_cut, CutCitations(cut.id.kind, cut.sources, &record));
      if (!is_cut) return absl::OkStatus();
      Put(family, key, EncodeRecord(cut.id.kind, record));
      if (family != kRecords) return absl::OkStatus();
      std::string hot;
      EncodeHot(cut.id.kind, record.hot, &hot);
      Put(kHot, key, hot);
      return absl::OkStatus();
    };
    ATTLAS_RETURN_IF_ERROR(WalkVersions(database, cut.id, rewrite));
  }
  for (const uint32_t source : plan.sources) {
    ATTLAS_ASSIGN_OR_RETURN(const std::vector<EntityId> citing, CitingOf(database, source));
    for (const EntityId& id : citing) Delete(kCitations, CitationKey(source, id));
  }
  return absl::OkStatus();
}

}  // namespace attlas::graph
