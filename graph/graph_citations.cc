// What cites a source.
#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/graph_impl.h"
#include "graph/graph_sources.h"

namespace attlas::graph {
namespace {

// How many candidates are looked at in one step, so that a caller can give up in between.
constexpr size_t kStep = 256;

// Whether this version of a node or an edge is there for the view.
bool Sees(const View& view, EntityId id, const HotRecord& hot, const Marking& marking) {
  if (id.kind == EntityKind::kNode) return view.Exists(id.ordinal);
  const AccessId* const access =
      view.snapshot().access_classes().Find(marking, static_cast<Confidence>(hot.confidence));
  return access != nullptr && view.filter().LetsThrough(*access, hot.valid_from, hot.valid_to) &&
         view.Exists(hot.from) && view.Exists(hot.to);
}

template <typename Message>
bool Cites(const Message& message, const std::string& source) {
  return std::any_of(message.citations().begin(), message.citations().end(),
                     [&](const Citation& citation) { return citation.source() == source; });
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
  ATTLAS_ASSIGN_OR_RETURN(const std::vector<SharedNode> cited,
                          ReadVersions<Node>(*store, records, view.revision(),
                                             std::span(&source, 1), Gaps::kAreErrors));
  const std::string& name = cited.front()->name();
  const SourceSight sight(*store, records, view);
  ATTLAS_ASSIGN_OR_RETURN(
      std::vector<Shared<Record>> versions,
      ReadVersions<Record>(*store, records, view.revision(), candidates, Gaps::kStayNull));
  for (Shared<Record>& version : versions) {
    if (!version || !Cites(*version, name)) continue;
    const EntityId id{kind, version.record().ordinal()};
    const HotRecord& hot = version.record().hot();
    if (!Sees(view, id, hot, MarkingOf(hot))) continue;
    ATTLAS_ASSIGN_OR_RETURN(Shared<Record> shown, sight.Show(std::move(version)));
    // An edge is as sure as the sources that are shown.
    if (kind == EntityKind::kEdge &&
        BestConfidence(shown->citations()) < view.filter().request().min_confidence) {
      continue;
    }
    citing.found.emplace_back(id.ordinal, std::move(shown));
  }
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
