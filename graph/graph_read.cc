// Views, names, records and past snapshots.
#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/commit/prepared.h"
#include "graph/graph_impl.h"
#include "graph/model/name.h"

namespace attlas::graph {
namespace {

// Names looked at for a suggestion; more would make a typing error costly.
constexpr size_t kMaxSuggestionCandidates = 50'000;

absl::Status NotKept(const Graph& graph, uint64_t revision, const char* reason) {
  return MakeError(
      absl::StatusCode::kOutOfRange,
      absl::StrCat("this revision is ",
                   revision > graph.LatestRevision() ? "later than the last" : "no longer kept"),
      {.reason = reason,
       .metadata = {{"earliest_revision", graph.RevisionToken(graph.EarliestRevision())},
                    {"latest_revision", graph.RevisionToken(graph.LatestRevision())}},
       .violations = {}});
}

template <typename Message>
absl::StatusOr<Message> ParseBody(const StoredRecord& record) {
  Message message;
  if (!message.ParseFromString(record.body)) {
    return MakeError(absl::StatusCode::kDataLoss,
                     "the store holds a damaged record; restore a backup",
                     {.reason = "DATA_LOSS", .metadata = {}, .violations = {}});
  }
  message.set_etag(EtagOf(record.revision));
  return message;
}

template <typename Message>
absl::Status ReadMany(const Store& store, EntityKind kind, std::span<const uint32_t> ordinals,
                      uint64_t revision, const std::function<void(size_t, Message&&)>& take) {
  return store.GetRecordsAt(
      kind, ordinals, revision,
      [&](size_t index, std::optional<StoredRecord>&& record) -> absl::Status {
        if (record.has_value() && record->redacted && record->deleted) {
          return MakeError(absl::StatusCode::kUnavailable,
                           "what was asked for was redacted meanwhile; ask again",
                           {.reason = "UNAVAILABLE", .metadata = {}, .violations = {}});
        }
        if (!record.has_value() || record->deleted) {
          return MakeError(absl::StatusCode::kDataLoss,
                           "a record that the graph refers to is missing; restore a backup",
                           {.reason = "DATA_LOSS", .metadata = {}, .violations = {}});
        }
        ATTLAS_ASSIGN_OR_RETURN(Message message, ParseBody<Message>(*record));
        take(index, std::move(message));
        return absl::OkStatus();
      });
}

template <typename Message>
absl::StatusOr<Message> ReadOne(const Store& store, EntityKind kind, uint32_t ordinal,
                                uint64_t revision) {
  Message result;
  ATTLAS_RETURN_IF_ERROR(
      ReadMany<Message>(store, kind, std::span(&ordinal, 1), revision,
                        [&](size_t, Message&& message) { result = std::move(message); }));
  return result;
}

}  // namespace

absl::StatusOr<View> Graph::Read(const v1::ReadOptions& read, const Clearance& clearance) const {
  SnapshotPtr snapshot = Latest();
  if (read.revision_case() == v1::ReadOptions::kAtRevision) {
    ATTLAS_ASSIGN_OR_RETURN(const uint64_t revision,
                            ParseRevisionToken(read.at_revision(), "read.at_revision"));
    if (revision > snapshot->revision()) return NotKept(*this, revision, "REVISION_IN_FUTURE");
    if (revision < EarliestRevision()) return NotKept(*this, revision, "REVISION_COMPACTED");
    ATTLAS_ASSIGN_OR_RETURN(snapshot, impl_->SnapshotAt(revision));
  } else if (read.revision_case() == v1::ReadOptions::kAtLeastRevision) {
    ATTLAS_ASSIGN_OR_RETURN(const uint64_t revision,
                            ParseRevisionToken(read.at_least_revision(), "read.at_least_revision"));
    if (revision > snapshot->revision()) return NotKept(*this, revision, "REVISION_IN_FUTURE");
  }
  ReadRequest request;
  if (read.has_as_of()) {
    if (!IsValidDate(read.as_of())) {
      return InvalidField("read.as_of", "is not a date; give a year, month and day that exist");
    }
    request.as_of = FirstDay(read.as_of());
  }
  request.clearance = Narrow(clearance, read.ceiling());
  request.min_confidence = read.min_confidence();
  ReadFilter filter(request, *snapshot);
  return View(std::move(snapshot), std::move(filter));
}

absl::StatusOr<NodeOrdinal> Graph::FindNode(const View& view, std::string_view name) const {
  ATTLAS_RETURN_IF_ERROR(ParseResourceName(name).status());
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<EntityId> id, impl_->store->FindName(name));
  if (!id.has_value() || id->kind != EntityKind::kNode || !view.Exists(id->ordinal)) {
    return ResourceNotFound(name);
  }
  return id->ordinal;
}

absl::StatusOr<EdgeOrdinal> Graph::FindEdge(const View& view, std::string_view name) const {
  ATTLAS_RETURN_IF_ERROR(ParseResourceName(name).status());
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<EntityId> id, impl_->store->FindName(name));
  if (!id.has_value() || id->kind != EntityKind::kEdge) return ResourceNotFound(name);
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<StoredRecord> record,
                          impl_->store->GetRecordAt(*id, view.revision()));
  bool found = false;
  if (record.has_value() && !record->deleted) {
    const TypeSet type({record->hot.type});
    view.ForEachEdge(record->hot.from, v1::DIRECTION_FORWARD, &type, [&](const EdgeRef& edge) {
      found = edge.edge == id->ordinal;
      return !found;
    });
  }
  if (!found) return ResourceNotFound(name);
  return id->ordinal;
}

absl::StatusOr<Node> Graph::ReadNode(const View& view, NodeOrdinal node) const {
  return ReadOne<Node>(*impl_->store, EntityKind::kNode, node, view.revision());
}

absl::StatusOr<Edge> Graph::ReadEdge(const View& view, EdgeOrdinal edge) const {
  return ReadOne<Edge>(*impl_->store, EntityKind::kEdge, edge, view.revision());
}

absl::Status Graph::ReadNodes(const View& view, std::span<const NodeOrdinal> ordinals,
                              const std::function<void(size_t, Node&&)>& take) const {
  return ReadMany<Node>(*impl_->store, EntityKind::kNode, ordinals, view.revision(), take);
}

absl::Status Graph::ReadEdges(const View& view, std::span<const EdgeOrdinal> ordinals,
                              const std::function<void(size_t, Edge&&)>& take) const {
  return ReadMany<Edge>(*impl_->store, EntityKind::kEdge, ordinals, view.revision(), take);
}

std::vector<std::string> Graph::SuggestNames(const View& view, std::string_view name,
                                             size_t limit) const {
  const std::string collection(name.substr(0, name.find('/') + 1));
  std::vector<std::string> candidates;
  if (collection.empty() || collection == "edges/") return candidates;
  const absl::Status scanned =
      impl_->store->ForEachName(collection, [&](std::string_view candidate, EntityId id) {
        if (id.kind == EntityKind::kNode && view.Exists(id.ordinal)) {
          candidates.emplace_back(candidate.substr(collection.size()));
        }
        return candidates.size() < kMaxSuggestionCandidates;
      });
  if (!scanned.ok()) return {};
  // Ids alone are compared: the collection is the same and would make every id look near.
  std::vector<std::string> nearest =
      NearestNames(name.substr(collection.size()), candidates, limit);
  for (std::string& id : nearest) id = collection + id;
  return nearest;
}

std::shared_ptr<const OntologyIndex> Graph::Impl::OntologyAt(uint64_t revision) const {
  MutexLock lock(ontology_mutex);
  std::shared_ptr<const OntologyIndex> found;
  for (const auto& [from, ontology] : ontologies) {
    if (from <= revision || found == nullptr) found = ontology;
  }
  return found;
}

absl::StatusOr<SnapshotPtr> Graph::Impl::SnapshotAt(uint64_t revision) const {
  SnapshotPtr now = latest.Load();
  if (now->revision() == revision) return now;
  {
    MutexLock lock(past_mutex);
    for (auto it = past.begin(); it != past.end(); ++it) {
      if ((*it)->revision() != revision) continue;
      past.splice(past.begin(), past, it);
      return past.front();
    }
  }
  // Kept, too, before a redaction can begin: it drops what is kept.
  ReaderLock no_redaction(redaction_mutex);
  ATTLAS_ASSIGN_OR_RETURN(SnapshotPtr built, BuildPast(revision));
  MutexLock lock(past_mutex);
  past.push_front(built);
  if (past.size() > options.past_snapshots) past.pop_back();
  return built;
}

absl::StatusOr<SnapshotPtr> Graph::Impl::BuildPast(uint64_t revision) const {
  SnapshotPtr base = latest.Load();
  {
    // The nearest later snapshot leaves least to undo.
    MutexLock lock(past_mutex);
    for (const SnapshotPtr& candidate : past) {
      if (candidate->revision() >= revision && candidate->revision() < base->revision()) {
        base = candidate;
      }
    }
  }
  SnapshotBuilder builder(base, OntologyAt(revision));
  absl::flat_hash_set<EntityId> undone;
  for (uint64_t later = revision + 1; later <= base->revision(); ++later) {
    ATTLAS_ASSIGN_OR_RETURN(const auto commit, store->GetCommit(later));
    if (!commit.has_value()) {
      return absl::DataLossError(absl::StrCat("revision ", later, " is not in the change log"));
    }
    for (int i = 0; i < commit->ordinals_size(); ++i) {
      const EntityId id{static_cast<EntityKind>(commit->kinds()[static_cast<size_t>(i)]),
                        commit->ordinals(i)};
      if (!undone.insert(id).second) continue;
      ATTLAS_ASSIGN_OR_RETURN(const auto after, store->GetRecordAt(id, base->revision()));
      if (id.kind == EntityKind::kEdge && after.has_value() && !after->deleted) {
        ATTLAS_ASSIGN_OR_RETURN(const LinkRecord link,
                                LinkOf(after->hot, builder.access_classes()));
        builder.RemoveEdge(id.ordinal, link);
      }
      ATTLAS_RETURN_IF_ERROR(UndoEntity(id, revision, builder));
    }
  }
  return std::move(builder).Build(revision);
}

absl::Status Graph::Impl::UndoEntity(EntityId id, uint64_t revision,
                                     SnapshotBuilder& builder) const {
  ATTLAS_ASSIGN_OR_RETURN(const auto before, store->GetRecordAt(id, revision));
  const bool existed = before.has_value() && !before->deleted;
  if (!existed) {
    if (id.kind == EntityKind::kNode) builder.RemoveNode(id.ordinal);
    return absl::OkStatus();
  }
  ATTLAS_ASSIGN_OR_RETURN(const LinkRecord link, LinkOf(before->hot, builder.access_classes()));
  if (id.kind == EntityKind::kNode) {
    builder.PutNode(id.ordinal, link.type, link.access);
  } else {
    builder.PutEdge(id.ordinal, link);
  }
  return absl::OkStatus();
}

}  // namespace attlas::graph
