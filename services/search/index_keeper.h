// The indexes of those who search: one for each revision and for each thing that a caller may see.
//
// What: makes an index when it is first asked for and keeps those that were used last. What a
// caller may see is their clearance; two callers of one clearance share an index, and so do two
// clearances, or two revisions, that come to the same documents. Indexes are made on a thread of
// their own, one at a time: a caller waits for as long as their deadline, and what came too late
// for one is there for the next. Those who searched lately find the index of a new revision made
// before they ask, where the graph tells its revision without being asked
// (GraphApi::KnownRevision). Threads: thread-safe. Get blocks: call it from a worker.
//
// Example:
//   IndexKeeper keeper(graph, {});
//   ATTLAS_ASSIGN_OR_RETURN(const auto index, keeper.Get(call, revision, ceiling));
#ifndef ATTLAS_SERVICES_SEARCH_INDEX_KEEPER_H_
#define ATTLAS_SERVICES_SEARCH_INDEX_KEEPER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "graph/model/marking.h"
#include "services/common/graph_api.h"
#include "services/search/search_index.h"

namespace attlas::search {

struct IndexKeeperOptions {
  // The most documents of one index; a larger graph is searched in part, and the answer says so.
  size_t max_documents = 200'000;
  // The most indexes, and the most documents of all of them together. The one used last stays.
  size_t max_indexes = 32;
  size_t max_total_documents = 1'000'000;
  // How long the making of one may take.
  absl::Duration max_making = absl::Minutes(2);
  // How often it is looked whether there is a new revision, and for how many clearances an index of
  // it is made beforehand: those that searched last, if they did so since the revision before.
  absl::Duration look = absl::Milliseconds(100);
  size_t max_foreseen = 4;
};

class IndexKeeper {
 public:
  using Index = std::shared_ptr<const SearchIndex>;

  struct Statistics {
    uint64_t made = 0;      // Indexes that were made.
    uint64_t shared = 0;    // Revisions or clearances that came to the documents of another.
    uint64_t foreseen = 0;  // Of both, those that were made before somebody asked.
    size_t indexes = 0;     // Kept now.
    size_t documents = 0;   // Of these.
  };

  // `graph` outlives this.
  IndexKeeper(services::GraphApi* graph, const IndexKeeperOptions& options);
  ~IndexKeeper();
  IndexKeeper(const IndexKeeper&) = delete;
  IndexKeeper& operator=(const IndexKeeper&) = delete;

  // The index of what the caller, narrowed to `ceiling`, may see at this revision. Errors: those of
  // GraphService.Export; DEADLINE_EXCEEDED and CANCELLED where the caller's time ends before it is
  // made.
  absl::StatusOr<Index> Get(const services::CallContext& context, const std::string& revision,
                            graph::TrafficLight ceiling) ABSL_LOCKS_EXCLUDED(mutex_);

  // Drops every index, those that are being made as well, which only those get who wait for them:
  // for a redaction, which changes the past.
  void Clear() ABSL_LOCKS_EXCLUDED(mutex_);

  Statistics statistics() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Entry {
    std::string revision;
    std::string viewer;  // The clearance, written out.
    graph::Clearance clearance;
    bool foreseen = false;
    int waiting = 0;  // How many callers wait for it.
    bool done = false;
    absl::Status status;
    Index index;  // Null until it is done, and where it failed.
  };
  using EntryPtr = std::shared_ptr<Entry>;
  // Who searched, and whether since the last revision was seen.
  struct Viewer {
    std::string written;
    graph::Clearance clearance;
    bool active = true;
  };

  EntryPtr FindOrAdd(const std::string& revision, const graph::Clearance& clearance, bool foreseen)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The next entry to make; null where there is none.
  EntryPtr NextToMake() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Drop(const Entry* entry) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void NoteViewer(const Entry& entry) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Run() ABSL_LOCKS_EXCLUDED(mutex_);
  void Make(Entry* entry) ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<Index> MakeIndex(const Entry& entry) ABSL_LOCKS_EXCLUDED(mutex_);
  void Foresee() ABSL_LOCKS_EXCLUDED(mutex_);
  void MakeRoom() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool stopping() const ABSL_LOCKS_EXCLUDED(mutex_);

  services::GraphApi* const graph_;
  const IndexKeeperOptions options_;

  mutable absl::Mutex mutex_;
  absl::CondVar work_;  // There is something to make, or to stop for.
  absl::CondVar done_;  // An entry is done.
  std::list<EntryPtr> entries_ ABSL_GUARDED_BY(mutex_);  // The last used first.
  std::deque<EntryPtr> to_make_ ABSL_GUARDED_BY(mutex_);
  std::list<Viewer> viewers_ ABSL_GUARDED_BY(mutex_);  // The last seen first.
  std::string last_revision_ ABSL_GUARDED_BY(mutex_);
  Statistics statistics_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread maker_;  // Last: it uses what stands above.
};

}  // namespace attlas::search

#endif  // ATTLAS_SERVICES_SEARCH_INDEX_KEEPER_H_
