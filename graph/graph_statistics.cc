#include "graph/graph_statistics.h"

#include "graph/graph.h"
#include "graph/graph_impl.h"

namespace attlas::graph {

GraphStatistics Graph::Statistics() const {
  GraphStatistics statistics{.store = impl_->store->Statistics(),
                             .committer = impl_->committer->Statistics(),
                             .record_cache_bytes = impl_->records.bytes()};
  const MutexLock lock(impl_->past_mutex);
  statistics.past_snapshots = impl_->past.size();
  return statistics;
}

}  // namespace attlas::graph
