// Views, suggestions of names, and past snapshots.
#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
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
  View view(std::move(snapshot), std::move(filter));
  // Nothing is less sure than unverified.
  if (request.min_confidence <= v1::CONFIDENCE_UNVERIFIED) return view;
  return WithShownConfidences(std::move(view));
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
