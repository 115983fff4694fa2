#include "services/graph/watch_batch.h"

#include <utility>
#include <vector>

#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/model/name.h"

namespace attlas::services {

namespace v1 = graph::v1;

WatchBatch::WatchBatch(const graph::Graph& graph, const ServiceLimits& limits,
                       const TypeFilter& types, const graph::Clearance& clearance,
                       GraphApi::Sink<v1::WatchResponse> send, uint64_t through)
    : graph_(graph),
      limits_(limits),
      types_(types),
      clearance_(clearance),
      send_(send),
      through_(through),
      last_sent_(absl::Now()) {}

absl::Status WatchBatch::AddRevision(uint64_t revision) {
  ATTLAS_ASSIGN_OR_RETURN(std::vector<v1::Change> changes, graph_.ChangesAt(revision, clearance_));
  for (v1::Change& change : changes) {
    ATTLAS_ASSIGN_OR_RETURN(const bool wanted, Wants(change, revision));
    if (wanted) Add(std::move(change));
  }
  through_ = revision;
  return absl::OkStatus();
}

bool WatchBatch::Flush() { return batch_.changes().empty() ? !ended_ : Send(); }

bool WatchBatch::SendSignOfLife() { return Send(); }

absl::StatusOr<bool> WatchBatch::Wants(const v1::Change& change, uint64_t revision) const {
  if (types_.all()) return true;
  if (change.has_node()) return types_.WantsNodeType(change.node().type());
  if (change.has_edge()) return types_.WantsEdgeType(change.edge().type());
  // A deletion carries its name alone. The collection tells a node's type; an edge's type is in
  // what was said of it before.
  if (!graph::IsEdgeName(change.name())) {
    ATTLAS_ASSIGN_OR_RETURN(const graph::ResourceName name,
                            graph::ParseResourceName(change.name()));
    return types_.WantsCollection(name.collection);
  }
  ATTLAS_ASSIGN_OR_RETURN(const graph::View view, graph_.Read(v1::ReadOptions(), clearance_));
  ATTLAS_ASSIGN_OR_RETURN(const std::vector<v1::Change> before,
                          graph_.History(view, change.name(), revision, 1));
  return !before.empty() && types_.WantsEdgeType(before[0].edge().type());
}

void WatchBatch::Add(v1::Change&& change) {
  const size_t bytes = change.ByteSizeLong();
  const bool full = static_cast<size_t>(batch_.changes_size()) >= limits_.stream_batch_items ||
                    (!batch_.changes().empty() && bytes_ + bytes > limits_.stream_batch_bytes);
  if (full) Send();
  bytes_ += bytes;
  *batch_.add_changes() = std::move(change);
}

bool WatchBatch::Send() {
  batch_.set_through_revision(graph_.RevisionToken(through_));
  if (!ended_) ended_ = !send_(std::move(batch_));
  batch_ = v1::WatchResponse();
  bytes_ = 0;
  last_sent_ = absl::Now();
  return !ended_;
}

absl::Status CheckWatchOptions(const v1::WatchRequest& request) {
  const v1::ReadOptions& read = request.read();
  const char* const unused = "not used by Watch; only read.ceiling is";
  if (read.has_as_of()) return graph::InvalidField("read.as_of", unused);
  if (read.has_at_revision()) return graph::InvalidField("read.at_revision", unused);
  if (read.has_at_least_revision()) {
    return graph::InvalidField("read.at_least_revision", unused);
  }
  if (read.min_confidence() != v1::CONFIDENCE_UNSPECIFIED) {
    return graph::InvalidField("read.min_confidence", unused);
  }
  return absl::OkStatus();
}

absl::Status WatchTooSlow(const std::string& through_revision) {
  return graph::MakeError(
      absl::StatusCode::kResourceExhausted,
      "the watcher reads too slowly; resume after the last revision that it has in whole",
      {.reason = "WATCH_TOO_SLOW",
       .metadata = {{"through_revision", through_revision}},
       .violations = {}});
}

}  // namespace attlas::services
