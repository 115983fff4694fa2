// What is made of one large read of the graph, kept for the next question.
//
// What: a read that many questions share, such as that of all provisions, is made once for a
// revision and a clearance. It is made when a revision was asked about a few times: where every
// question has a revision of its own, reading all would cost more than it saves.
// Why it is never wrong: what is kept is found by what it is about, the revision, all else that the
// graph is told of how to read, and the clearance of the caller (answer_key.h); a revision changes
// by a redaction only, which drops everything by Forget, also what is being read meanwhile. A graph
// in another process, whose redactions are not told here, is asked each time, and what a bound or
// the time cut short is not kept.
// Memory: the last few reads, and none that is larger than the bounds of one graph call.
// Threads: thread-safe. At blocks where it reads: call it from a worker.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(auto law, reads.At(context, scope, revision, {AddLinks, MakeLaw}));
//   if (law == nullptr) …  // Ask for what this question needs alone.
#ifndef ATTLAS_SERVICES_DOMAIN_KEPT_READS_H_
#define ATTLAS_SERVICES_DOMAIN_KEPT_READS_H_

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "services/common/graph_api.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::domain {

// A request for what the patterns of `build` match, at one revision.
graph::v1::MatchPathsRequest RequestAt(
    const Scope& scope, std::string_view revision,
    absl::FunctionRef<void(graph::v1::MatchPathsRequest*)> build);

class KeptReads {
 public:
  using Made = std::shared_ptr<const void>;
  using Build = absl::FunctionRef<void(graph::v1::MatchPathsRequest*)>;
  using Make = absl::FunctionRef<Made(std::shared_ptr<const SubgraphIndex>)>;

  // A read: what `make` makes of all that the patterns of `build` match. Patterns are dear to make,
  // so that it is told by `about` alone which it is: one object is asked for two different reads
  // only where that differs.
  struct Read {
    Build build;
    Make make;
    std::string_view about = {};
  };

  // Keeps at most `max_kept`, 0 for none, each from the question after the first `asks_before`
  // about it. `graph` outlives this.
  KeptReads(services::GraphApi* graph, size_t max_kept, int asks_before)
      : graph_(graph), max_kept_(max_kept), asks_before_(asks_before) {}
  KeptReads(const KeptReads&) = delete;
  KeptReads& operator=(const KeptReads&) = delete;

  // The revision of what is read in this scope, where it can be kept.
  std::optional<std::string> KnownRevision(const Scope& scope) const {
    return max_kept_ > 0 ? graph_->KnownRevision(scope.graph_read) : std::nullopt;
  }

  // What is made of the read; null where it is not kept. Errors: those of MatchPaths.
  absl::StatusOr<Made> At(const services::CallContext& context, const Scope& scope,
                          std::string_view revision, const Read& read) ABSL_LOCKS_EXCLUDED(mutex_);
  // The same at the revision that the scope reads; also null where the graph refuses the patterns
  // or does not know a name in them: a question of its own tells what is the matter.
  absl::StatusOr<Made> At(const services::CallContext& context, const Scope& scope,
                          const Read& read) ABSL_LOCKS_EXCLUDED(mutex_);

  // Drops everything: a redaction changed the past.
  void Forget() ABSL_LOCKS_EXCLUDED(mutex_);

  // How many are kept now.
  size_t size() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // What was asked for: what was made, or that it was asked for.
  struct Entry {
    std::string key;
    Made made;
    int asks = 1;
    bool too_large = false;  // Whether a bound cut it, so that it is not tried again.
  };
  enum class Plan { kFound, kRead, kLeave };

  // What to do about a key; what was made where it is found, and how often all was dropped so far.
  Plan Look(const std::string& key, Made* made, uint64_t* generation) ABSL_LOCKS_EXCLUDED(mutex_);
  void Keep(const std::string& key, Made made, uint64_t generation) ABSL_LOCKS_EXCLUDED(mutex_);

  services::GraphApi* const graph_;
  const size_t max_kept_;
  const int asks_before_;
  mutable absl::Mutex mutex_;
  std::list<Entry> entries_ ABSL_GUARDED_BY(mutex_);  // The last used first.
  uint64_t generation_ ABSL_GUARDED_BY(mutex_) = 0;   // How often all was dropped.
};

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_KEPT_READS_H_
