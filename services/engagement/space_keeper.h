// Who is a member of which space, and the end of what was said there.
//
// What: holds the spaces of the graph in memory, so that each call learns the caller's own at once;
// takes changes one after the other; erases what is older than its space keeps it (docs/spaces.md).
// Threads: thread-safe.
//
// Example:
//   SpaceKeeper keeper(graph);
//   ATTLAS_RETURN_IF_ERROR(keeper.Load());
//   runtime->SetAdmitToSpaces([&](auto principal, auto* clearance) {
//     keeper.Admit(principal, clearance);
//   });
//   keeper.StartSweeping(absl::Hours(1));
#ifndef ATTLAS_SERVICES_ENGAGEMENT_SPACE_KEEPER_H_
#define ATTLAS_SERVICES_ENGAGEMENT_SPACE_KEEPER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "attlas/engagement/v1/space.pb.h"
#include "graph/graph.h"

namespace attlas::engagement {

using SpacePtr = std::shared_ptr<const v1::Space>;

class SpaceKeeper {
 public:
  // `graph` outlives this.
  explicit SpaceKeeper(graph::Graph* graph) : graph_(graph) {}
  ~SpaceKeeper() { StopSweeping(); }
  SpaceKeeper(const SpaceKeeper&) = delete;
  SpaceKeeper& operator=(const SpaceKeeper&) = delete;

  // Reads the spaces anew. O(spaces).
  absl::Status Load() ABSL_LOCKS_EXCLUDED(mutex_);

  // Adds the spaces of a caller to its clearance, and which of its spaces are closed.
  void Admit(std::string_view principal, graph::Clearance* clearance) const
      ABSL_LOCKS_EXCLUDED(mutex_);

  // The space of this name as it is now; null for none.
  SpacePtr Find(std::string_view name) const ABSL_LOCKS_EXCLUDED(mutex_);
  // All of them, in the order of their making.
  std::vector<SpacePtr> All() const ABSL_LOCKS_EXCLUDED(mutex_);
  // How many are open.
  size_t OpenCount() const ABSL_LOCKS_EXCLUDED(mutex_);

  // How many notes a space holds that are marked up to `level`. Errors as Graph::Read.
  absl::StatusOr<size_t> CountNotes(std::string_view space, graph::TrafficLight level,
                                    const graph::v1::ReadOptions& read) const;

  // Held while a space is looked at and changed; Load is called before it is let go.
  absl::Mutex& writing() ABSL_LOCK_RETURNED(writing_) { return writing_; }

  // Erases a space at once: what was said there, its purpose and its members.
  absl::StatusOr<graph::RedactionOutput> Erase(const std::string& name, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(writing_) ABSL_LOCKS_EXCLUDED(mutex_);

  // Erases all that was said longer ago than its space keeps it, and closed spaces that can hold
  // nothing any more.
  absl::Status Sweep(absl::Time now) ABSL_LOCKS_EXCLUDED(writing_, mutex_);
  // Sweeps now and then every `interval`, on a thread of its own.
  void StartSweeping(absl::Duration interval) ABSL_LOCKS_EXCLUDED(mutex_);
  // Waits for a sweep under way, and begins no more.
  void StopSweeping() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Contents {
    uint64_t revision = 0;
    std::vector<SpacePtr> spaces;
    std::map<std::string, SpacePtr, std::less<>> by_name;
    std::map<std::string, std::vector<std::string>, std::less<>> spaces_of;  // By principal.
  };

  std::shared_ptr<const Contents> contents() const ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status Put(const v1::Space& space, std::string_view reason) ABSL_LOCKS_EXCLUDED(mutex_);
  void Run(absl::Duration interval);

  graph::Graph* const graph_;
  absl::Mutex writing_;
  mutable absl::Mutex mutex_;
  std::shared_ptr<const Contents> contents_ ABSL_GUARDED_BY(mutex_) =
      std::make_shared<const Contents>();
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread sweeper_;
};

}  // namespace attlas::engagement

#endif  // ATTLAS_SERVICES_ENGAGEMENT_SPACE_KEEPER_H_
