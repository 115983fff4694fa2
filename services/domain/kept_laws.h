// The law of a revision, kept for the next question.
//
// What: the links of all instruments, as one clearance sees them at one revision, are read once and
// shared by all who ask. They are read when a revision is asked about for the second time: where
// every question has a revision of its own, reading all of them would cost more than it saves, and
// a question reads those that it needs.
// Why it is never wrong: what is kept is found by the very request to the graph, its revision and
// the clearance of the caller alone (answer_key.h); a revision changes by a redaction only, which
// drops everything by Forget, also what is being read meanwhile. A graph in another process, whose
// redactions are not told here, is asked each time, and what a bound or the time cut short is not
// kept.
// Memory: the last few laws, and none that is larger than the bounds of one graph call.
// Threads: thread-safe. At blocks: call it from a worker.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(const auto law, laws.At(context, scope, revision, AddLinksOfTarget));
#ifndef ATTLAS_SERVICES_DOMAIN_KEPT_LAWS_H_
#define ATTLAS_SERVICES_DOMAIN_KEPT_LAWS_H_

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
#include "services/domain/law.h"
#include "services/domain/scope.h"

namespace attlas::domain {

class KeptLaws {
 public:
  using LawPtr = std::shared_ptr<const Law>;

  // Keeps at most so many; 0 for none. `graph` outlives this.
  explicit KeptLaws(services::GraphApi* graph, size_t max_laws = 4)
      : graph_(graph), max_laws_(max_laws) {}
  KeptLaws(const KeptLaws&) = delete;
  KeptLaws& operator=(const KeptLaws&) = delete;

  // Whether what is read in this scope can be kept. Where it cannot, the law is better asked for in
  // the question itself, which spares a call of the graph.
  bool Keeps(const Scope& scope) const {
    return max_laws_ > 0 && graph_->KnownRevision(scope.graph_read).has_value();
  }

  // The law at the revision: that of all instruments where it is kept or worth to be, otherwise
  // what the patterns added by `build` match. Errors: those of MatchPaths.
  absl::StatusOr<LawPtr> At(const services::CallContext& context, const Scope& scope,
                            std::string_view revision,
                            absl::FunctionRef<void(graph::v1::MatchPathsRequest*)> build)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // Drops everything: a redaction changed the past.
  void Forget() ABSL_LOCKS_EXCLUDED(mutex_);

  // How many are kept now.
  size_t size() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // What was asked for: the law, or that it was asked for once.
  struct Entry {
    std::string key;
    LawPtr law;
    bool too_large = false;  // Whether a bound cut it, so that it is not tried again.
  };
  enum class Plan { kFound, kReadAll, kReadSome };

  // What to do about a key, and the law where it is found.
  Plan Look(const std::string& key, LawPtr* law) ABSL_LOCKS_EXCLUDED(mutex_);
  void Keep(const std::string& key, LawPtr law, uint64_t generation) ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<LawPtr> Read(const services::CallContext& context,
                              const graph::v1::MatchPathsRequest& request) const;

  services::GraphApi* const graph_;
  const size_t max_laws_;
  mutable absl::Mutex mutex_;
  std::list<Entry> entries_ ABSL_GUARDED_BY(mutex_);  // The last used first.
  uint64_t generation_ ABSL_GUARDED_BY(mutex_) = 0;   // How often all was dropped.
};

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_KEPT_LAWS_H_
