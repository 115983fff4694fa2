// Bounds on the work of one query. Reaching one is reported, never silent.
//
// Threads: single-thread; one Budget a query.
#ifndef ATTLAS_GRAPH_QUERY_BUDGET_H_
#define ATTLAS_GRAPH_QUERY_BUDGET_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "attlas/graph/v1/read_options.pb.h"

namespace attlas::graph {

struct QueryLimits {
  int max_depth = 8;  // Hops; a request for more is refused by the service.
  uint64_t max_nodes_visited = 2'000'000;
  uint64_t max_results = 100'000;
  uint32_t max_fan_out = 0;  // Edges followed from one node; 0 for no limit.
  absl::Time deadline = absl::InfiniteFuture();
  std::function<bool()> cancelled;  // Whether the caller went away; may be empty.
};

class Budget {
 public:
  explicit Budget(QueryLimits limits)
      : limits_(std::move(limits)),
        nodes_left_(static_cast<int64_t>(
            std::min<uint64_t>(limits_.max_nodes_visited, std::numeric_limits<int64_t>::max()))) {
    Renew();
  }

  const QueryLimits& limits() const { return limits_; }

  // Counts a visited node; false, and the bound is noted, when there is no more to spend.
  bool SpendNode() {
    if (nodes_left_-- > 0) [[likely]]
      return true;
    return Exhaust(v1::BOUND_NODES_VISITED);
  }
  // Counts examined edges, or other small units of work. False as above. The clock and the
  // cancellation are looked at every 4,096 of them.
  bool SpendEdge() { return SpendEdges(1); }
  bool SpendEdges(uint32_t count) {
    credit_ -= count;
    if (credit_ > 0) [[likely]]
      return true;
    return Renew();
  }
  // Counts a result. False as above.
  bool SpendResult();

  // Notes that a bound cut the answer short.
  void Reach(v1::Bound bound) { reached_ |= uint32_t{1} << static_cast<uint32_t>(bound); }
  bool exhausted() const { return exhausted_; }
  bool truncated() const { return reached_ != 0; }
  // Each bound that was reached, once, in the order of the enum.
  std::vector<v1::Bound> reached() const;
  // CANCELLED where the caller went away; otherwise OK, even when a bound was reached.
  absl::Status CancellationStatus() const;

 private:
  // Units of work between two looks at the clock.
  static constexpr int64_t kClockInterval = 4096;

  // Looks at the clock and the caller; gives new credit unless one of them ends the query.
  bool Renew() {
    const bool bounded = limits_.cancelled || limits_.deadline != absl::InfiniteFuture();
    if (exhausted_ || (bounded && !MayGoOn())) return Refuse();
    credit_ = kClockInterval;
    return true;
  }
  // Whether the caller is still there and the deadline ahead; otherwise it is noted.
  bool MayGoOn();
  // Notes the bound and ends the query. Always false.
  bool Exhaust(v1::Bound bound);
  // Leaves nothing to spend, so that every later call is refused. Always false.
  bool Refuse();

  QueryLimits limits_;
  int64_t nodes_left_;
  uint64_t results_ = 0;
  int64_t credit_ = 0;  // Units of work until the next look at the clock.
  bool exhausted_ = false;
  bool cancelled_ = false;
  // A bit for each value of the enum: nearly every visit reaches the depth, and a list would cost
  // an allocation each time.
  uint32_t reached_ = 0;
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_QUERY_BUDGET_H_
