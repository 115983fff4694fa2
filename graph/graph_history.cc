// What was said when: the history of one thing, and the changes of one revision.
#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/util/time_util.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/commit/prepared.h"
#include "graph/graph_impl.h"
#include "graph/graph_sources.h"
#include "graph/model/name.h"

namespace attlas::graph {
namespace {

EntityId EntityAt(const storage::v1::CommitRecord& commit, int index) {
  return {static_cast<EntityKind>(commit.kinds()[static_cast<size_t>(index)]),
          commit.ordinals(index)};
}

}  // namespace

absl::StatusOr<bool> Graph::Impl::VersionVisible(EntityId id,
                                                 const std::optional<StoredRecord>& record,
                                                 uint64_t revision,
                                                 const Clearance& clearance) const {
  if (!record.has_value() || record->deleted) return false;
  if (!CanSee(clearance, MarkingOf(record->hot))) return false;
  if (id.kind == EntityKind::kNode) return true;
  // An edge is no more visible than its ends.
  for (const uint32_t end : {record->hot.from, record->hot.to}) {
    const EntityId node{EntityKind::kNode, end};
    ATTLAS_ASSIGN_OR_RETURN(const auto node_record, store->GetRecordAt(node, revision));
    ATTLAS_ASSIGN_OR_RETURN(const bool visible,
                            VersionVisible(node, node_record, revision, clearance));
    if (!visible) return false;
  }
  return true;
}

PastSourceSight Graph::Impl::SourcesAt(uint64_t revision, const Clearance& clearance) const {
  return PastSourceSight(
      *store, clearance, [this, revision, &clearance](EntityId node) -> absl::StatusOr<bool> {
        ATTLAS_ASSIGN_OR_RETURN(const auto record, store->GetRecordAt(node, revision));
        return VersionVisible(node, record, revision, clearance);
      });
}

absl::StatusOr<v1::Change> Graph::Impl::MakeChange(EntityId id, const StoredRecord& record,
                                                   v1::ChangeKind kind, uint64_t revision,
                                                   const storage::v1::CommitRecord& commit,
                                                   PastSourceSight& sight) const {
  v1::Change change;
  change.set_kind(kind);
  bool parsed = false;
  if (id.kind == EntityKind::kNode) {
    Node& node = *change.mutable_node();
    parsed = node.ParseFromString(record.body);
    node.set_etag(EtagOf(record.revision));
    ATTLAS_RETURN_IF_ERROR(sight.Cut(&node));
    change.set_name(node.name());
  } else {
    Edge& edge = *change.mutable_edge();
    parsed = edge.ParseFromString(record.body);
    edge.set_etag(EtagOf(record.revision));
    ATTLAS_RETURN_IF_ERROR(sight.Cut(&edge));
    change.set_name(edge.name());
  }
  if (!parsed) {
    return MakeError(absl::StatusCode::kDataLoss,
                     "the store holds a damaged record; restore a backup",
                     {.reason = "DATA_LOSS", .metadata = {}, .violations = {}});
  }
  if (kind == v1::CHANGE_KIND_DELETED) change.clear_after();
  *change.mutable_commit_time() =
      google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(commit.commit_time_us());
  change.set_reason(commit.reason());
  change.set_revision(std::to_string(revision));
  return change;
}

absl::StatusOr<std::vector<v1::Change>> Graph::History(const View& view, std::string_view name,
                                                       uint64_t before_revision,
                                                       size_t limit) const {
  ATTLAS_RETURN_IF_ERROR(ParseResourceName(name).status());
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<EntityId> id, impl_->store->FindName(name));
  if (!id.has_value()) return ResourceNotFound(name);
  std::vector<StoredRecord> versions;
  ATTLAS_RETURN_IF_ERROR(
      impl_->store->ForEachVersion(*id, view.revision(), [&](StoredRecord&& record) {
        versions.push_back(std::move(record));
        return true;
      }));
  std::reverse(versions.begin(), versions.end());
  const Clearance& clearance = view.filter().request().clearance;
  std::vector<v1::Change> changes;
  const StoredRecord* seen = nullptr;  // The version that this caller saw last.
  bool ever_seen = false;
  for (const StoredRecord& version : versions) {
    ATTLAS_ASSIGN_OR_RETURN(const bool visible,
                            impl_->VersionVisible(*id, version, version.revision, clearance));
    if (!visible && seen == nullptr) continue;
    ATTLAS_ASSIGN_OR_RETURN(const auto commit, impl_->store->GetCommit(version.revision));
    const v1::ChangeKind kind = !visible          ? v1::CHANGE_KIND_DELETED
                                : seen != nullptr ? v1::CHANGE_KIND_UPDATED
                                                  : v1::CHANGE_KIND_CREATED;
    PastSourceSight sight = impl_->SourcesAt(version.revision, clearance);
    ATTLAS_ASSIGN_OR_RETURN(
        v1::Change change, impl_->MakeChange(*id, visible ? version : *seen, kind, version.revision,
                                             commit.value_or(storage::v1::CommitRecord()), sight));
    change.set_revision(RevisionToken(version.revision));
    seen = visible ? &version : nullptr;
    ever_seen = true;
    if (before_revision == 0 || version.revision < before_revision) {
      changes.push_back(std::move(change));
    }
  }
  if (!ever_seen) return ResourceNotFound(name);
  std::reverse(changes.begin(), changes.end());
  if (changes.size() > limit) changes.resize(limit);
  return changes;
}

absl::StatusOr<std::vector<v1::Change>> Graph::ChangesAt(uint64_t revision,
                                                         const Clearance& clearance) const {
  ATTLAS_ASSIGN_OR_RETURN(const auto commit, impl_->store->GetCommit(revision));
  if (!commit.has_value()) {
    return MakeError(
        absl::StatusCode::kOutOfRange, "this revision is not in the change log",
        {.reason = revision > LatestRevision() ? "REVISION_IN_FUTURE" : "REVISION_COMPACTED",
         .metadata = {{"earliest_revision", RevisionToken(EarliestRevision())},
                      {"latest_revision", RevisionToken(LatestRevision())}},
         .violations = {}});
  }
  std::vector<EntityId> touched;
  absl::flat_hash_set<EntityId> known;
  for (int i = 0; i < commit->ordinals_size(); ++i) {
    if (known.insert(EntityAt(*commit, i)).second) touched.push_back(EntityAt(*commit, i));
  }
  std::vector<v1::Change> changes;
  PastSourceSight sight = impl_->SourcesAt(revision, clearance);
  // Grows while it is walked: a node that passes in or out of sight takes its edges along.
  for (size_t i = 0; i < touched.size(); ++i) {
    const EntityId id = touched[i];
    ATTLAS_ASSIGN_OR_RETURN(const auto before, impl_->store->GetRecordAt(id, revision - 1));
    ATTLAS_ASSIGN_OR_RETURN(const auto after, impl_->store->GetRecordAt(id, revision));
    ATTLAS_ASSIGN_OR_RETURN(const bool saw,
                            impl_->VersionVisible(id, before, revision - 1, clearance));
    ATTLAS_ASSIGN_OR_RETURN(const bool sees, impl_->VersionVisible(id, after, revision, clearance));
    const bool stays =
        before.has_value() && !before->deleted && after.has_value() && !after->deleted;
    if (id.kind == EntityKind::kNode && saw != sees && stays) {
      ATTLAS_ASSIGN_OR_RETURN(const SnapshotPtr then, impl_->SnapshotAt(revision));
      for (const AdjacencyList* list : {then->out(id.ordinal), then->in(id.ordinal)}) {
        if (list == nullptr) continue;
        for (const EdgeOrdinal edge : list->ordinals()) {
          const EntityId edge_id{EntityKind::kEdge, edge};
          if (known.insert(edge_id).second) touched.push_back(edge_id);
        }
      }
    }
    if (!saw && !sees) continue;
    const v1::ChangeKind kind = !sees ? v1::CHANGE_KIND_DELETED
                                : saw ? v1::CHANGE_KIND_UPDATED
                                      : v1::CHANGE_KIND_CREATED;
    ATTLAS_ASSIGN_OR_RETURN(v1::Change change, impl_->MakeChange(id, sees ? *after : *before, kind,
                                                                 revision, *commit, sight));
    change.set_revision(RevisionToken(revision));
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace attlas::graph
