#include "graph/query/budget.h"

#include "absl/time/clock.h"
#include "graph/base/error.h"

namespace attlas::graph {

bool Budget::MayGoOn() {
  if (limits_.cancelled && limits_.cancelled()) {
    cancelled_ = true;
    return false;
  }
  if (limits_.deadline == absl::InfiniteFuture() || absl::Now() < limits_.deadline) return true;
  Reach(v1::BOUND_DEADLINE);
  return false;
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

std::vector<v1::Bound> Budget::reached() const {
  static_assert(v1::Bound_MAX < 32);
  std::vector<v1::Bound> bounds;
  for (int bound = v1::Bound_MIN; bound <= v1::Bound_MAX; ++bound) {
    if ((reached_ >> bound & 1) != 0) bounds.push_back(static_cast<v1::Bound>(bound));
  }
  return bounds;
}

absl::Status Budget::CancellationStatus() const {
  if (!cancelled_) return absl::OkStatus();
  return MakeError(absl::StatusCode::kCancelled, "the caller went away",
                   {.reason = "CANCELLED", .metadata = {}, .violations = {}});
}

}  // namespace attlas::graph
