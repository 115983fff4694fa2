// Names and records: from those that are kept, or from the store.
#include <utility>

#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/commit/prepared.h"
#include "graph/graph_impl.h"
#include "graph/graph_sources.h"
#include "graph/model/name.h"

namespace attlas::graph {
namespace {

template <typename Message>
constexpr EntityKind kKindOf =
    std::is_same_v<Message, Node> ? EntityKind::kNode : EntityKind::kEdge;

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

// Fails for what the view's snapshot has and the store does not.
absl::Status CheckThere(const std::optional<StoredRecord>& record) {
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
  return absl::OkStatus();
}

template <typename Message>
absl::Status Scan(const Store& store, RecordCache& records, const View& view,
                  std::span<const uint32_t> ordinals,
                  const std::function<void(size_t, Message&&)>& take) {
  const SourceSight sight(store, records, view);
  return store.GetRecordsAt(
      kKindOf<Message>, ordinals, view.revision(),
      [&](size_t index, std::optional<StoredRecord>&& record) -> absl::Status {
        ATTLAS_RETURN_IF_ERROR(CheckThere(record));
        ATTLAS_ASSIGN_OR_RETURN(Message message, ParseBody<Message>(*record));
        ATTLAS_RETURN_IF_ERROR(sight.Cut(&message));
        take(index, std::move(message));
        return absl::OkStatus();
      });
}

// What has to be read of the store.
struct Missing {
  std::vector<size_t> places;  // In the list that was asked for.
  std::vector<uint32_t> ordinals;
  std::vector<uint64_t> generations;
};

template <typename Message>
absl::Status ReadMissing(const Store& store, RecordCache& records, const Missing& missing,
                         uint64_t revision, Gaps gaps, std::vector<Shared<Message>>* found) {
  return store.GetRecordsAt(
      kKindOf<Message>, missing.ordinals, revision,
      [&](size_t i, std::optional<StoredRecord>&& record) -> absl::Status {
        if (gaps == Gaps::kStayNull && (!record.has_value() || record->deleted)) {
          return absl::OkStatus();
        }
        ATTLAS_RETURN_IF_ERROR(CheckThere(record));
        ATTLAS_ASSIGN_OR_RETURN(Message message, ParseBody<Message>(*record));
        auto shared = MakeRef<const Record<Message>>(missing.ordinals[i], record->revision,
                                                     record->hot, std::move(message));
        if (!record->superseded) records.Insert<Message>(shared, missing.generations[i]);
        (*found)[missing.places[i]] = Shared<Message>(std::move(shared));
        return absl::OkStatus();
      });
}

template <typename Message>
absl::StatusOr<std::vector<Shared<Message>>> ReadMany(const Store& store, RecordCache& records,
                                                      const View& view,
                                                      std::span<const uint32_t> ordinals) {
  ATTLAS_ASSIGN_OR_RETURN(
      std::vector<Shared<Message>> found,
      ReadVersions<Message>(store, records, view.revision(), ordinals, Gaps::kAreErrors));
  ATTLAS_RETURN_IF_ERROR(SourceSight(store, records, view).ShowAll(&found));
  return found;
}

template <typename Message>
absl::StatusOr<Shared<Message>> ReadOne(const Store& store, RecordCache& records, const View& view,
                                        uint32_t ordinal) {
  Shared<Message> kept = records.Find<Message>(ordinal, view.revision());
  if (kept) return SourceSight(store, records, view).Show(std::move(kept));
  ATTLAS_ASSIGN_OR_RETURN(auto found,
                          ReadMany<Message>(store, records, view, std::span(&ordinal, 1)));
  return std::move(found.front());
}

}  // namespace

template <typename Message>
absl::StatusOr<std::vector<Shared<Message>>> ReadVersions(const Store& store, RecordCache& records,
                                                          uint64_t revision,
                                                          std::span<const uint32_t> ordinals,
                                                          Gaps gaps) {
  std::vector<Shared<Message>> found;
  found.reserve(ordinals.size());
  Missing missing;
  for (const uint32_t ordinal : ordinals) {
    found.push_back(records.Find<Message>(ordinal, revision));
    if (found.back()) continue;
    missing.places.push_back(found.size() - 1);
    missing.ordinals.push_back(ordinal);
    missing.generations.push_back(records.Generation<Message>(ordinal));
  }
  if (!missing.places.empty()) {
    ATTLAS_RETURN_IF_ERROR(ReadMissing(store, records, missing, revision, gaps, &found));
  }
  return found;
}

template absl::StatusOr<std::vector<SharedNode>> ReadVersions(const Store&, RecordCache&, uint64_t,
                                                              std::span<const uint32_t>, Gaps);
template absl::StatusOr<std::vector<SharedEdge>> ReadVersions(const Store&, RecordCache&, uint64_t,
                                                              std::span<const uint32_t>, Gaps);

absl::StatusOr<NodeOrdinal> Graph::FindNode(const View& view, std::string_view name) const {
  ATTLAS_RETURN_IF_ERROR(ParseResourceName(name).status());
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<EntityId> id, impl_->FindName(view, name));
  if (!id.has_value() || id->kind != EntityKind::kNode || !view.Exists(id->ordinal)) {
    return ResourceNotFound(name);
  }
  return id->ordinal;
}

absl::StatusOr<std::optional<EntityId>> Graph::Impl::FindName(const View& view,
                                                              std::string_view name) const {
  const std::optional<EntityId> kept = records.FindName(name);
  // What the caller does not see is looked for as what is not there: it takes as long.
  const bool seen =
      kept.has_value() && kept->kind == EntityKind::kNode && view.Exists(kept->ordinal);
  if (seen) return kept;
  const uint64_t generation = records.NameGeneration(name);
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<EntityId> id, store->FindName(name));
  if (id.has_value() && !kept.has_value()) records.InsertName(name, *id, generation);
  return id;
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

absl::StatusOr<SharedNode> Graph::ReadNode(const View& view, NodeOrdinal node) const {
  return ReadOne<Node>(*impl_->store, impl_->records, view, node);
}

absl::StatusOr<SharedEdge> Graph::ReadEdge(const View& view, EdgeOrdinal edge) const {
  return ReadOne<Edge>(*impl_->store, impl_->records, view, edge);
}

absl::StatusOr<std::vector<SharedNode>> Graph::ReadNodes(
    const View& view, std::span<const NodeOrdinal> ordinals) const {
  return ReadMany<Node>(*impl_->store, impl_->records, view, ordinals);
}

absl::StatusOr<std::vector<SharedEdge>> Graph::ReadEdges(
    const View& view, std::span<const EdgeOrdinal> ordinals) const {
  return ReadMany<Edge>(*impl_->store, impl_->records, view, ordinals);
}

absl::Status Graph::ScanNodes(const View& view, std::span<const NodeOrdinal> ordinals,
                              const std::function<void(size_t, Node&&)>& take) const {
  return Scan<Node>(*impl_->store, impl_->records, view, ordinals, take);
}

absl::Status Graph::ScanEdges(const View& view, std::span<const EdgeOrdinal> ordinals,
                              const std::function<void(size_t, Edge&&)>& take) const {
  return Scan<Edge>(*impl_->store, impl_->records, view, ordinals, take);
}

}  // namespace attlas::graph
