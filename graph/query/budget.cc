#include "graph/query/budget.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "graph/base/error.h"

namespace attlas::graph {
namespace {

// Units of work between two looks at the clock.
constexpr int64_t kClockInterval = 4096;

}  // namespace

Budget::Budget(QueryLimits limits)
    : limits_(std::move(limits)),
      nodes_left_(static_cast<int64_t>(std::min<uint64_t>(limits_.max_nodes_visited, INT64_MAX))) {
  Renew();
}

bool Budget::Renew() {
  if (exhausted_) return Refuse();
  if (limits_.cancelled && limits_.cancelled()) {
    cancelled_ = true;
    return Refuse();
  }
  const bool timed = limits_.deadline != absl::InfiniteFuture();
  if (timed && absl::Now() >= limits_.deadline) return Exhaust(v1::BOUND_DEADLINE);
  credit_ = kClockInterval;
  return true;
}

bool Budget::Exhaust(v1::Bound bound) {
  if (!exhausted_) Reach(bound);
  return Refuse();
}

bool Budget::Refuse() {
  exhausted_ = true;
  credit_ = 0;
  nodes_left_ = 0;
  return false;
}

bool Budget::SpendResult() {
  if (exhausted_) return false;
  if (++results_ > limits_.max_results) return Exhaust(v1::BOUND_RESULTS);
  return true;
}

void Budget::Reach(v1::Bound bound) {
  const auto at = std::lower_bound(reached_.begin(), reached_.end(), bound);
  if (at == reached_.end() || *at != bound) reached_.insert(at, bound);
}

absl::Status Budget::CancellationStatus() const {
  if (!cancelled_) return absl::OkStatus();
  return MakeError(absl::StatusCode::kCancelled, "the caller went away",
                   {.reason = "CANCELLED", .metadata = {}, .violations = {}});
}

}  // namespace attlas::graph
