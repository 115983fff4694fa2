// The one writer: commits queue here, and those that wait together go to disk together.
//
// What: each call stages its commit against the graph as those before it left it; the group is one
// batch and one sync; then the new snapshot is published, and only then do the calls return.
// How: whoever finds no leader leads: it takes what is queued, and hands the lead to the first of
// those that came meanwhile. A large commit goes alone and as files (BatchKind::kBulk).
// Threads: thread-safe; Commit blocks until the commit is durable and visible.
#ifndef ATTLAS_GRAPH_COMMIT_COMMITTER_H_
#define ATTLAS_GRAPH_COMMIT_COMMITTER_H_

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "graph/base/mutex.h"
#include "graph/commit/prepared.h"
#include "graph/commit/space_table.h"
#include "graph/commit/stage.h"
#include "graph/graph.h"
#include "graph/graph_statistics.h"
#include "graph/records/record_cache.h"
#include "graph/snapshot/published.h"
#include "graph/store/store.h"

namespace attlas::graph {

class Committer {
 public:
  // Called after each publication, by the leader.
  using Notify = std::function<void(uint64_t revision)>;

  // A commit of more than `bulk_mutations` is a large one.
  Committer(Store& store, SpaceTable& spaces, Published<Snapshot>& latest, RecordCache& records,
            StoreHead head, size_t bulk_mutations, Notify notify);

  absl::StatusOr<CommitOutput> Commit(const CommitInput& input,
                                      std::vector<PreparedMutation> mutations,
                                      std::string body_hash);

  // Takes content out for good, as a revision of its own, while nothing else is committed. `swap`
  // is given what writes and publishes, and calls it while no past snapshot is being made. The
  // bytes on disk are left for Store::EraseRemains.
  using Swap = absl::FunctionRef<absl::Status(absl::FunctionRef<absl::Status()>)>;
  absl::StatusOr<RedactionOutput> Redact(const RedactionInput& input, Swap swap);

  CommitterStatistics Statistics() const ATTLAS_EXCLUDES(mutex_);

  // Replaces the ontology as a revision of its own, while nothing else is committed.
  absl::Status ReplaceOntology(std::shared_ptr<const OntologyIndex> ontology);

 private:
  // What a waiting call is told. The committer's pointer keeps it alive until it has been told.
  enum class Turn : int { kWait, kLead, kDone };
  struct Waiting {
    const CommitInput* input;
    std::vector<PreparedMutation> mutations;
    std::string body_hash;
    // What is done instead of a commit, with nothing beside it.
    std::function<absl::Status()> alone;
    absl::StatusOr<CommitOutput> result = absl::UnknownError("not committed");

    // A lock of its own, so that those who are woken together do not queue for one.
    Mutex mutex;
    CondVar told;
    Turn turn ATTLAS_GUARDED_BY(mutex) = Turn::kWait;

    void Tell(Turn what);
    Turn WaitForTurn();
  };
  using WaitingPtr = std::shared_ptr<Waiting>;

  // Looks up the names that a small commit refers to, on its caller's thread.
  absl::Status LookUpNames(std::vector<PreparedMutation>& mutations) const;
  bool IsBulk(const Waiting& waiting) const { return waiting.mutations.size() > bulk_mutations_; }
  bool GoesAlone(const Waiting& waiting) const { return waiting.alone || IsBulk(waiting); }
  // Waits for its turn, leads where it falls to it, and returns when it is done.
  void Queue(const WaitingPtr& own);
  std::vector<RedactionRule> RulesOf(const RedactionInput& input) const;
  absl::Status RunRedaction(const RedactionInput& input, Swap swap, RedactionOutput* output);
  absl::StatusOr<LinkRecord> LinkOf(SnapshotBuilder& builder, const HotRecord& hot) const;
  absl::Status RemoveFrom(SnapshotBuilder& builder, EntityId id) const;
  // Gives what loses citations the confidence of those that it keeps.
  absl::Status CutIn(SnapshotBuilder& builder, const CitationCut& cut) const;
  std::vector<WaitingPtr> TakeGroup();
  void Lead(const std::vector<WaitingPtr>& group);
  void RunGroup(const std::vector<WaitingPtr>& group);
  absl::StatusOr<CommitOutput> StageOne(Waiting& waiting, CommitGroup& group);
  absl::StatusOr<CommitOutput> Record(const Waiting& waiting, const CommitOutput& output,
                                      Stage& stage, CommitGroup& group);
  absl::Time NextCommitTime();
  // Writes the batch of a group, and counts it.
  absl::Status WriteGroup(StoreBatch& batch, uint64_t commits);

  Store& store_;
  SpaceTable& spaces_;
  Published<Snapshot>& latest_;
  RecordCache& records_;
  const size_t bulk_mutations_;
  const Notify notify_;

  mutable Mutex mutex_;
  std::deque<WaitingPtr> queue_ ATTLAS_GUARDED_BY(mutex_);
  bool leading_ ATTLAS_GUARDED_BY(mutex_) = false;

  size_t in_hand_ ATTLAS_GUARDED_BY(mutex_) = 0;  // Of the group under way.

  std::atomic<uint64_t> commits_{0};
  std::atomic<uint64_t> groups_{0};
  std::atomic<uint64_t> failures_{0};
  std::atomic<int64_t> write_nanoseconds_{0};

  // The leader's alone.
  StoreHead head_;
  absl::Time last_commit_time_ = absl::InfinitePast();
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_COMMIT_COMMITTER_H_
