// What cites a source.
#include <algorithm>
#include <utility>

#include "graph/base/status_macros.h"
#include "graph/commit/prepared.h"
#include "graph/graph_impl.h"
#include "graph/graph_sources.h"

namespace attlas::graph {
namespace {

// How many candidates are looked at in one step, so that a caller can give up in between.
constexpr size_t kStep = 256;

// Whether this version of a node or an edge is there for the view.
bool Sees(const View& view, EntityId id, const StoredRecord& record, const Marking& marking) {
  if (record.deleted) return false;
  if (id.kind == EntityKind::kNode) return view.Exists(id.ordinal);
  const HotRecord& hot = record.hot;
  const AccessId* const access =
      view.snapshot().access_classes().Find(marking, static_cast<Confidence>(hot.confidence));
  return access != nullptr && view.filter().LetsThrough(*access, hot.valid_from, hot.valid_to) &&
         view.Exists(hot.from) && view.Exists(hot.to);
}

}  // namespace

template <typename Record>
absl::StatusOr<Graph::Citing<Record>> Graph::Impl::CitingFrom(const View& view, NodeOrdinal source,
                                                              EntityKind kind,
                                                              uint32_t from) const {
  Graph::Citing<Record> citing;
  std::vector<uint32_t> candidates;
  ATTLAS_RETURN_IF_ERROR(store->ForEachCiting(source, kind, from, [&](uint32_t ordinal) {
    if (candidates.size() == kStep) {
      citing.next = ordinal;
      return false;
    }
    candidates.push_back(ordinal);
    return true;
  }));
  // The name of the source, as citations give it, is in its own record.
  ATTLAS_ASSIGN_OR_RETURN(const auto cited,
                          store->GetRecordAt({EntityKind::kNode, source}, view.revision()));
  Node node;
  if (!cited.has_value() || !node.ParseFromString(cited->body)) {
    return absl::DataLossError("the store holds a damaged record; restore a backup");
  }
  const SourceSight sight(*store, records, view);
  ATTLAS_RETURN_IF_ERROR(store->GetRecordsAt(
      kind, candidates, view.revision(),
      [&](size_t i, std::optional<StoredRecord>&& version) -> absl::Status {
        const EntityId id{kind, candidates[i]};
        if (!version.has_value() || !Sees(view, id, *version, MarkingOf(version->hot))) {
          return absl::OkStatus();
        }
        Record record;
        if (!record.ParseFromString(version->body)) {
          return absl::DataLossError("the store holds a damaged record; restore a backup");
        }
        const bool still =
            std::any_of(record.citations().begin(), record.citations().end(),
                        [&](const Citation& citation) { return citation.source() == node.name(); });
        if (!still) return absl::OkStatus();
        if (absl::Status cut = sight.Cut(&record); !cut.ok()) return cut;
        // An edge is as sure as the sources that are shown.
        if (kind == EntityKind::kEdge &&
            BestConfidence(record.citations()) < view.filter().request().min_confidence) {
          return absl::OkStatus();
        }
        record.set_etag(EtagOf(version->revision));
        citing.found.emplace_back(candidates[i], std::move(record));
        return absl::OkStatus();
      }));
  return citing;
}

absl::StatusOr<Graph::Citing<Node>> Graph::CitingNodes(const View& view, NodeOrdinal source,
                                                       NodeOrdinal from) const {
  return impl_->CitingFrom<Node>(view, source, EntityKind::kNode, from);
}

absl::StatusOr<Graph::Citing<Edge>> Graph::CitingEdges(const View& view, NodeOrdinal source,
                                                       EdgeOrdinal from) const {
  return impl_->CitingFrom<Edge>(view, source, EntityKind::kEdge, from);
}

}  // namespace attlas::graph
