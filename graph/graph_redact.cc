// Taking content out for good.
#include <utility>

#include "graph/base/status_macros.h"
#include "graph/graph_impl.h"

namespace attlas::graph {

absl::StatusOr<RedactionOutput> Graph::Redact(const RedactionInput& input) {
  if (impl_->options.read_only) {
    return absl::FailedPreconditionError("the store is open for reading only");
  }
  ATTLAS_ASSIGN_OR_RETURN(
      const RedactionOutput output,
      impl_->committer->Redact(input, [&](absl::FunctionRef<absl::Status()> write) {
        WriterLock no_past(impl_->redaction_mutex);
        ATTLAS_RETURN_IF_ERROR(write());
        {
          MutexLock lock(impl_->past_mutex);
          impl_->past.clear();
        }
        MutexLock lock(impl_->lowered_mutex);
        impl_->kept_lowered.clear();
        return absl::OkStatus();
      }));
  if (output.erased + output.emptied > 0) {
    impl_->Tell(&Impl::redaction_listeners, output.revision);
  }
  ATTLAS_RETURN_IF_ERROR(impl_->EraseRemains());
  return output;
}

absl::Status Graph::Impl::EraseRemains() {
  if (options.read_only) return absl::OkStatus();
  ATTLAS_ASSIGN_OR_RETURN(const bool remains, store->HasRemains());
  return remains ? store->EraseRemains() : absl::OkStatus();
}

std::shared_ptr<void> Graph::SubscribeToRedactions(CommitListener listener) {
  auto handle = std::make_shared<CommitListener>(std::move(listener));
  MutexLock lock(impl_->listener_mutex);
  impl_->redaction_listeners.emplace_back(handle);
  return handle;
}

absl::StatusOr<uint64_t> Graph::RevisionAt(absl::Time time) const {
  uint64_t first = 1;
  uint64_t last = LatestRevision();
  while (first <= last) {
    const uint64_t middle = first + (last - first) / 2;
    ATTLAS_ASSIGN_OR_RETURN(const auto commit, impl_->store->GetCommit(middle));
    if (commit.has_value() && absl::FromUnixMicros(commit->commit_time_us()) <= time) {
      first = middle + 1;
    } else {
      last = middle - 1;
    }
  }
  return last;
}

}  // namespace attlas::graph
