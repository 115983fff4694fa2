#include "graph/query/budget.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "graph/base/error.h"

namespace attlas::graph {
namespace {

// Units of work between two looks at the clock.
constexpr uint64_t kClockInterval = 4096;

}  // namespace

Budget::Budget(QueryLimits limits) : limits_(std::move(limits)) {
  if (absl::Now() >= limits_.deadline) Reach(v1::BOUND_DEADLINE);
  exhausted_ = !reached_.empty();
}

bool Budget::CheckClock() {
  if (++work_ % kClockInterval != 0) return true;
  if (limits_.cancelled && limits_.cancelled()) {
    cancelled_ = true;
    exhausted_ = true;
  } else if (absl::Now() >= limits_.deadline) {
    Reach(v1::BOUND_DEADLINE);
    exhausted_ = true;
  }
  return !exhausted_;
}

bool Budget::SpendNode() {
  if (exhausted_) return false;
  if (++nodes_ > limits_.max_nodes_visited) {
    Reach(v1::BOUND_NODES_VISITED);
    exhausted_ = true;
    return false;
  }
  return CheckClock();
}

bool Budget::SpendEdge() { return !exhausted_ && CheckClock(); }

bool Budget::SpendResult() {
  if (exhausted_) return false;
  if (++results_ > limits_.max_results) {
    Reach(v1::BOUND_RESULTS);
    exhausted_ = true;
    return false;
  }
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
