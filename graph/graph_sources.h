// Which citations a reader is shown: those of sources that are there for the reader.
//
// What: a citation names its source and says where in it, so that it says something of the source.
// Whoever does not see the source does not see the citation, whether the source is hidden, was
// deleted or was erased; whoever sees everything sees what a statement cites even then. A record of
// which all is shown is lent as it is; of another a copy is made, without the rest.
// Cost: nothing for a view of a graph all of whose nodes are there and in sight. Otherwise a step
// through memory for each citation of a kept record, whose sources are looked up once.
// Threads: single-thread. What it is made of outlives it.
#ifndef ATTLAS_GRAPH_GRAPH_SOURCES_H_
#define ATTLAS_GRAPH_GRAPH_SOURCES_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/graph_impl.h"

namespace attlas::graph {

// One view's sight of sources.
class SourceSight {
 public:
  SourceSight(const Store& store, RecordCache& records, const View& view);

  // Whether there may be a source that this view does not show.
  bool may_hide() const { return may_hide_; }

  // `record` itself, or a copy without the citations that are not shown.
  template <typename Message>
  absl::StatusOr<Shared<Message>> Show(Shared<Message> record) const;
  template <typename Message>
  absl::Status ShowAll(std::vector<Shared<Message>>* records) const;
  // Drops from `message` the citations that are not shown.
  template <typename Message>
  absl::Status Cut(Message* message) const;

 private:
  bool Sees(uint32_t source) const;
  // The sources of the citations of `message`, one each.
  template <typename Message>
  absl::StatusOr<std::vector<uint32_t>> SourcesOf(const Message& message) const;

  const Store& store_;
  RecordCache& records_;
  const View& view_;
  const bool may_hide_;
};

// The same for what was said at one revision, which may be long past: no snapshot is made.
class PastSourceSight {
 public:
  // `sees` tells whether a node is there for the caller at the revision.
  using Sees = std::function<absl::StatusOr<bool>(EntityId node)>;
  PastSourceSight(const Store& store, const Clearance& clearance, Sees sees)
      : store_(store), sees_everything_(SeesEverything(clearance)), sees_(std::move(sees)) {}

  template <typename Message>
  absl::Status Cut(Message* message);

 private:
  absl::StatusOr<bool> SeesNamed(const std::string& name);

  const Store& store_;
  const bool sees_everything_;
  const Sees sees_;
  absl::flat_hash_map<std::string, bool> seen_;  // By name.
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_GRAPH_SOURCES_H_
