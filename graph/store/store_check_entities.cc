// Each node and edge with all its versions, against all that is derived from it.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/model/marking.h"
#include "graph/model/name.h"
#include "graph/store/entity_text.h"
#include "graph/store/rocks_status.h"
#include "graph/store/store_checker.h"
#include "graph/store/store_impl.h"

namespace attlas::graph {
namespace {

std::string_view View(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

std::unique_ptr<rocksdb::Iterator> Walk(const RawStore& store, ColumnFamily which) {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  options.fill_cache = false;
  std::unique_ptr<rocksdb::Iterator> it(store.db().NewIterator(options, store.family(which)));
  it->SeekToFirst();
  return it;
}

std::string PlaceOf(EntityId id, const StoredRecord& record) {
  return record.superseded ? KeyText(kHistory, HistoryKey(id, record.revision))
                           : KeyText(kRecords, EntityKey(id));
}

}  // namespace

absl::Status StoreChecker::CheckEntities() {
  const std::unique_ptr<rocksdb::Iterator> records = Walk(store_, kRecords);
  const std::unique_ptr<rocksdb::Iterator> history = Walk(store_, kHistory);
  const auto add = [&](ColumnFamily which, const rocksdb::Iterator& it, Entity* entity) {
    absl::StatusOr<StoredRecord> record = DecodeRecord(entity->id.kind, View(it.value()));
    if (!record.ok()) {
      Report(ProblemKind::kRecord, KeyText(which, View(it.key())), "the value cannot be read");
      return;
    }
    record->superseded = which == kHistory;
    const absl::StatusOr<uint64_t> noted = record->superseded
                                               ? DecodeHistoryRevision(View(it.key()))
                                               : absl::StatusOr<uint64_t>(record->revision);
    if (!noted.ok() || *noted != record->revision) {
      Report(ProblemKind::kHistory, KeyText(which, View(it.key())),
             "is filed under another revision than it says");
    }
    entity->versions.push_back(*std::move(record));
  };
  uint64_t done = 0;
  for (; records->Valid(); records->Next()) {
    Step("records", ++done);
    const absl::StatusOr<EntityId> id = DecodeEntityKey(View(records->key()));
    if (!id.ok() || records->key().size() != 5) {
      Report(ProblemKind::kRecord, KeyText(kRecords, View(records->key())),
             "is no key of a record");
      continue;
    }
    Entity entity{*id, {}};
    add(kRecords, *records, &entity);
    for (; history->Valid() && history->key().compare(records->key()) < 0; history->Next()) {
      Report(ProblemKind::kHistory, KeyText(kHistory, View(history->key())),
             "is a past version of what has no record");
    }
    for (; history->Valid() && history->key().starts_with(records->key()); history->Next()) {
      add(kHistory, *history, &entity);
    }
    ATTLAS_RETURN_IF_ERROR(CheckEntity(entity));
  }
  for (; history->Valid(); history->Next()) {
    Report(ProblemKind::kHistory, KeyText(kHistory, View(history->key())),
           "is a past version of what has no record");
  }
  ATTLAS_RETURN_IF_ERROR(FromRocks(records->status(), "reading the records"));
  return FromRocks(history->status(), "reading the history");
}

absl::Status StoreChecker::CheckEntity(const Entity& entity) {
  const uint32_t next = entity.id.kind == EntityKind::kNode ? head_.next_node : head_.next_edge;
  if (entity.id.ordinal >= next) {
    Report(ProblemKind::kHead, KeyText(kRecords, EntityKey(entity.id)),
           absl::StrCat(EntityText(entity.id), " is beyond the last number given, ", next));
  }
  std::set<uint32_t> sources;
  for (const StoredRecord& record : entity.versions) {
    ++report_.versions;
    versions_.push_back({record.revision, entity.id.ordinal, entity.id.kind});
    CheckVersion(entity, record, &sources);
  }
  report_.citations += sources.size();
  CheckChain(entity);
  if (!entity.versions.empty() && !entity.versions.front().superseded) {
    CheckHot(entity.id, entity.versions.front());
  }
  return absl::OkStatus();
}

void StoreChecker::CheckVersion(const Entity& entity, const StoredRecord& record,
                                std::set<uint32_t>* sources) {
  const EntityId id = entity.id;
  if (record.revision == 0 || record.revision > head_.revision) {
    Report(ProblemKind::kHead, PlaceOf(id, record),
           absl::StrCat("is of revision ", record.revision, "; the last is ", head_.revision));
  }
  if (record.hot.space >= spaces_.size()) {
    Report(ProblemKind::kSpace, PlaceOf(id, record),
           absl::StrCat("is in space ", record.hot.space, ", which has no name"));
  }
  if (record.deleted) {
    if (!record.body.empty()) {
      Report(ProblemKind::kRecord, PlaceOf(id, record), "is a deletion that says something");
    }
    return;
  }
  const std::optional<Said> said = Read(id, record, !record.superseded);
  if (!said.has_value()) {
    Report(ProblemKind::kRecord, PlaceOf(id, record), "what it says cannot be read");
    return;
  }
  CheckSaid(id, record, *said, sources);
}

std::optional<StoreChecker::Said> StoreChecker::Read(EntityId id, const StoredRecord& record,
                                                     bool current) {
  Said said;
  const auto take = [&](const auto& message) {
    said.name = message.name();
    said.type = message.type();
    said.marking = message.marking();
    said.confidence = BestConfidence(message.citations());
    for (const Citation& citation : message.citations()) said.sources.push_back(citation.source());
  };
  const bool check = current && ontology_ != nullptr;
  if (id.kind == EntityKind::kNode) {
    Node node;
    if (!node.ParseFromString(record.body)) return std::nullopt;
    take(node);
    if (check) ontology_->CheckNode(node, "", &said.violations);
    return said;
  }
  Edge edge;
  if (!edge.ParseFromString(record.body)) return std::nullopt;
  take(edge);
  said.from = edge.from();
  said.to = edge.to();
  if (edge.has_valid_from()) said.valid_from = FirstDay(edge.valid_from());
  if (edge.has_valid_to()) said.valid_to = FirstDay(edge.valid_to());
  said.edge_name_problem = EdgeNameProblem(edge);
  if (!IsEdgeName(edge.name())) said.edge_name_problem = "`" + edge.name() + "` names no edge";
  if (check) ontology_->CheckEdge(edge, "", &said.violations);
  return said;
}

void StoreChecker::CheckSaid(EntityId id, const StoredRecord& record, const Said& said,
                             std::set<uint32_t>* sources) {
  const std::string place = PlaceOf(id, record);
  if (FindName(said.name) != id) {
    Report(ProblemKind::kName, KeyText(kNames, said.name),
           absl::StrCat("does not lead to ", EntityText(id), ", whose name it is"));
  }
  if (!said.edge_name_problem.empty()) {
    Report(ProblemKind::kDerivedName, place, said.edge_name_problem);
  }
  const bool ends_early =
      said.valid_from >= said.valid_to || record.hot.valid_from >= record.hot.valid_to;
  if (id.kind == EntityKind::kEdge && ends_early) {
    Report(ProblemKind::kInterval, place, absl::StrCat(said.name, " ends before it begins"));
  }
  for (const FieldViolation& violation : said.violations) {
    Report(ProblemKind::kStatement, place,
           absl::StrCat(said.name, ": ", violation.field, ": ", violation.description));
  }
  CheckDerived(id, record, said);
  for (const std::string& source : said.sources) {
    const std::optional<EntityId> cited = FindName(source);
    if (!cited.has_value() || cited->kind != EntityKind::kNode ||
        !Find(kRecords, EntityKey(*cited)).has_value()) {
      Report(ProblemKind::kCitation, place,
             absl::StrCat(said.name, " cites ", source, ", which does not exist"));
      continue;
    }
    if (!sources->insert(cited->ordinal).second) continue;
    if (Find(kCitations, CitationKey(cited->ordinal, id)).has_value()) continue;
    Report(ProblemKind::kCitationIndex, KeyText(kCitations, CitationKey(cited->ordinal, id)),
           absl::StrCat("is missing: ", said.name, " cites ", source));
  }
}

// The part of a version that answers are made from, against what the version says.
void StoreChecker::CheckDerived(EntityId id, const StoredRecord& record, const Said& said) {
  const auto report = [&](const char* what) {
    Report(ProblemKind::kHot, PlaceOf(id, record),
           absl::StrCat(said.name, ": its ", what, " is not the one that it says"));
  };
  const HotRecord& hot = record.hot;
  if (ontology_ != nullptr) {
    const std::optional<TypeId> type = id.kind == EntityKind::kNode
                                           ? ontology_->NodeTypeId(said.type)
                                           : ontology_->EdgeTypeId(said.type);
    if (type != hot.type) report("type");
  }
  if (hot.level != static_cast<uint8_t>(EffectiveLevel(said.marking.traffic_light()))) {
    report("traffic light");
  }
  if (hot.space < spaces_.size() && spaces_[hot.space] != said.marking.space()) report("space");
  if (id.kind == EntityKind::kEdge) {
    if (FindName(said.from) != EntityId{EntityKind::kNode, hot.from}) report("beginning");
    if (FindName(said.to) != EntityId{EntityKind::kNode, hot.to}) report("end");
  }
  // What was redacted says neither any more.
  if (record.redacted) return;
  if (hot.confidence != static_cast<uint8_t>(said.confidence)) report("confidence");
  if (id.kind == EntityKind::kNode) return;
  if (hot.valid_from != said.valid_from || hot.valid_to != said.valid_to) report("interval");
}

void StoreChecker::CheckHot(EntityId id, const StoredRecord& record) {
  const std::optional<std::string> hot = Find(kHot, EntityKey(id));
  if (record.deleted) {
    if (hot.has_value()) {
      Report(ProblemKind::kHot, KeyText(kHot, EntityKey(id)),
             absl::StrCat(EntityText(id), " is deleted and has a hot record"));
    }
    return;
  }
  ++(id.kind == EntityKind::kNode ? report_.nodes : report_.edges);
  std::string expected;
  EncodeHot(id.kind, record.hot, &expected);
  if (hot != expected) {
    Report(ProblemKind::kHot, KeyText(kHot, EntityKey(id)),
           absl::StrCat("the hot record of ", EntityText(id),
                        hot.has_value() ? " is not that of its record" : " is missing"));
  }
  if (id.kind == EntityKind::kEdge) CheckEnds(id, record.hot);
}

void StoreChecker::CheckEnds(EntityId id, const HotRecord& hot) {
  for (const uint32_t end : {hot.from, hot.to}) {
    if (Find(kHot, EntityKey({EntityKind::kNode, end})).has_value()) continue;
    Report(ProblemKind::kAdjacency, KeyText(kRecords, EntityKey(id)),
           absl::StrCat(EntityText(id), " touches node ", end, ", which does not exist"));
  }
}

void StoreChecker::CheckChain(const Entity& entity) {
  const std::vector<StoredRecord>& versions = entity.versions;
  for (size_t i = 1; i < versions.size(); ++i) {
    if (versions[i].revision >= versions[i - 1].revision) {
      Report(
          ProblemKind::kHistory, PlaceOf(entity.id, versions[i]),
          absl::StrCat("a past version of ", EntityText(entity.id), " is not older than the next"));
    }
    if (versions[i].deleted && versions[i - 1].deleted && !versions[i].redacted &&
        !versions[i - 1].redacted) {
      Report(ProblemKind::kHistory, PlaceOf(entity.id, versions[i]),
             absl::StrCat(EntityText(entity.id), " is deleted twice"));
    }
  }
  if (!versions.empty() && versions.back().deleted && !versions.back().redacted) {
    Report(ProblemKind::kHistory, PlaceOf(entity.id, versions.back()),
           absl::StrCat("the history of ", EntityText(entity.id), " begins with a deletion"));
  }
}

std::optional<std::string> StoreChecker::Find(ColumnFamily which, std::string_view key) {
  absl::StatusOr<std::optional<std::string>> value = store_.Get(which, key);
  if (value.ok()) return *std::move(value);
  failed_.Update(value.status());
  return std::nullopt;
}

std::optional<EntityId> StoreChecker::FindName(std::string_view name) {
  const std::optional<std::string> bytes = Find(kNames, name);
  if (!bytes.has_value()) return std::nullopt;
  const absl::StatusOr<EntityId> id = DecodeEntity(*bytes);
  return id.ok() ? std::optional(*id) : std::nullopt;
}

}  // namespace attlas::graph
