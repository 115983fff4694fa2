// How sure edges are to a caller who does not see all of their sources.
//
// What: a hidden citation must not make an edge surer. Edges carry the confidence of all of their
// citations, so that the loop over them asks no more than that; those of which that is too much for
// a caller are few, and are listed beside the view.
// Cost: nothing where the caller sees every source. Otherwise O(cited nodes + citations of hidden
// ones) once for a revision and a clearance, and a look-up for each edge that is surer than asked.
// It is found to the end even where the time of the caller ends meanwhile, since it is kept for the
// next: who gave up half way would leave the whole of it to each that follows.
#include <algorithm>
#include <utility>

#include "graph/base/status_macros.h"
#include "graph/graph_impl.h"
#include "graph/graph_sources.h"

namespace attlas::graph {
namespace {

constexpr size_t kMaxKeptLowered = 8;

// What of a clearance makes a difference to what is seen, so that it can be compared.
Clearance Comparable(const Clearance& clearance) {
  Clearance seen{.level = EffectiveLevel(clearance.level),
                 .spaces = clearance.spaces,
                 .all_spaces = clearance.all_spaces};
  std::sort(seen.spaces.begin(), seen.spaces.end());
  return seen;
}

bool Same(const Clearance& a, const Clearance& b) {
  return a.level == b.level && a.all_spaces == b.all_spaces && a.spaces == b.spaces;
}

// Looks for the edges of which a hidden source is the surest.
absl::StatusOr<LoweredConfidences> FindLowered(const Store& store, const View& view,
                                               const SourceSight& sight) {
  std::vector<uint32_t> citing;
  ATTLAS_RETURN_IF_ERROR(store.ForEachCitingAny(
      [&view](uint32_t source) { return source >= view.node_limit() || !view.Exists(source); },
      EntityKind::kEdge, [&citing](uint32_t edge) { citing.push_back(edge); }));
  std::sort(citing.begin(), citing.end());
  citing.erase(std::unique(citing.begin(), citing.end()), citing.end());
  LoweredConfidences lowered;
  const auto take = [&](size_t i, std::optional<StoredRecord>&& version) -> absl::Status {
    if (!version.has_value() || version->deleted) return absl::OkStatus();
    Edge edge;
    if (!edge.ParseFromString(version->body)) {
      return absl::DataLossError("the store holds a damaged record; restore a backup");
    }
    ATTLAS_RETURN_IF_ERROR(sight.Cut(&edge));
    const Confidence shown = BestConfidence(edge.citations());
    if (shown < static_cast<Confidence>(version->hot.confidence)) {
      lowered.emplace(citing[i], shown);
    }
    return absl::OkStatus();
  };
  ATTLAS_RETURN_IF_ERROR(store.GetRecordsAt(EntityKind::kEdge, citing, view.revision(), take));
  return lowered;
}

}  // namespace

absl::StatusOr<View> Graph::WithShownConfidences(View view) const {
  if (!SourceSight(*impl_->store, impl_->records, view).may_hide()) return view;
  ATTLAS_ASSIGN_OR_RETURN(auto lowered, impl_->LoweredFor(view));
  // Where nothing is lowered, edges need no look-up.
  if (lowered->empty()) return view;
  return View(view.shared_snapshot(), view.filter(), std::move(lowered));
}

absl::StatusOr<std::shared_ptr<const LoweredConfidences>> Graph::Impl::LoweredFor(
    const View& view) const {
  const Clearance clearance = Comparable(view.filter().request().clearance);
  {
    MutexLock lock(lowered_mutex);
    for (auto it = kept_lowered.begin(); it != kept_lowered.end(); ++it) {
      if (it->revision != view.revision() || !Same(it->clearance, clearance)) continue;
      kept_lowered.splice(kept_lowered.begin(), kept_lowered, it);
      return kept_lowered.front().lowered;
    }
  }
  // Kept, too, before a redaction can begin: it drops what is kept.
  ReaderLock no_redaction(redaction_mutex);
  ATTLAS_ASSIGN_OR_RETURN(LoweredConfidences found,
                          FindLowered(*store, view, SourceSight(*store, records, view)));
  auto lowered = std::make_shared<const LoweredConfidences>(std::move(found));
  MutexLock lock(lowered_mutex);
  kept_lowered.push_front({view.revision(), clearance, lowered});
  if (kept_lowered.size() > kMaxKeptLowered) kept_lowered.pop_back();
  return lowered;
}

}  // namespace attlas::graph
