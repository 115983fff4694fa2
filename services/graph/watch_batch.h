// The messages of one Watch: changes gathered into batches that end at whole revisions.
//
// Invariant: `through_revision` of a message is complete with that message. A revision too large
// for one message comes in several; only the last of them names it.
// Threads: single-thread.
#ifndef ATTLAS_SERVICES_GRAPH_WATCH_BATCH_H_
#define ATTLAS_SERVICES_GRAPH_WATCH_BATCH_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "graph/graph.h"
#include "services/common/graph_api.h"
#include "services/common/limits.h"
#include "services/graph/type_filter.h"

namespace attlas::services {

class WatchBatch {
 public:
  // `through` is the revision that the stream is complete through before its first change. All
  // references outlive this object.
  WatchBatch(const graph::Graph& graph, const ServiceLimits& limits, const TypeFilter& types,
             const graph::Clearance& clearance, GraphApi::Sink<graph::v1::WatchResponse> send,
             uint64_t through);

  // Adds the changes of a revision, and sends what is full. OUT_OF_RANGE if it is no longer kept.
  absl::Status AddRevision(uint64_t revision);
  // Sends what has gathered; nothing if nothing has. False when the caller takes no more.
  bool Flush();
  // Sends a message without changes.
  bool SendSignOfLife();

  bool ended() const { return ended_; }
  absl::Time last_sent() const { return last_sent_; }

 private:
  absl::StatusOr<bool> Wants(const graph::v1::Change& change, uint64_t revision) const;
  void Add(graph::v1::Change&& change);
  bool Send();

  const graph::Graph& graph_;
  const ServiceLimits& limits_;
  const TypeFilter& types_;
  const graph::Clearance& clearance_;
  GraphApi::Sink<graph::v1::WatchResponse> send_;
  graph::v1::WatchResponse batch_;
  size_t bytes_ = 0;
  uint64_t through_;
  absl::Time last_sent_;
  bool ended_ = false;
};

// INVALID_FIELD for options that a watch has no use for: as_of, a revision, a confidence.
absl::Status CheckWatchOptions(const graph::v1::WatchRequest& request);

// RESOURCE_EXHAUSTED (WATCH_TOO_SLOW) with the revision to resume after.
absl::Status WatchTooSlow(const std::string& through_revision);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_GRAPH_WATCH_BATCH_H_
