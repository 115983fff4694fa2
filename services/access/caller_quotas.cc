#include "services/access/caller_quotas.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"

namespace attlas::services {
namespace {

// Callers without a name of their own are told apart by address, of which there may be many.
constexpr size_t kMaxAccounts = 10'000;
// When another call may end cannot be told; this is long beside most.
constexpr absl::Duration kWaitForAnEnd = absl::Milliseconds(100);

absl::Status QuotaExceeded(std::string_view what, absl::Duration wait) {
  const int64_t milliseconds =
      std::max<int64_t>(1, absl::ToInt64Milliseconds(absl::Ceil(wait, absl::Milliseconds(1))));
  return graph::MakeError(absl::StatusCode::kResourceExhausted,
                          absl::StrCat(absl::string_view(what.data(), what.size()),
                                       "; try again in ", milliseconds, " ms"),
                          {.reason = "QUOTA_EXCEEDED",
                           .metadata = {{"retry_after_ms", absl::StrCat(milliseconds)}},
                           .violations = {}});
}

}  // namespace

void CallerQuotas::Fill(Account* account, absl::Time now) const {
  const double seconds = absl::ToDoubleSeconds(now - account->filled);
  if (seconds <= 0) return;
  account->calls_left = std::min(account->quota.burst,
                                 account->calls_left + seconds * account->quota.calls_per_second);
  account->filled = now;
}

void CallerQuotas::ForgetIdle(absl::Time now) {
  for (auto it = accounts_.begin(); it != accounts_.end();) {
    Fill(&it->second, now);
    const bool at_rest = it->second.in_hand == 0 && it->second.calls_left >= it->second.quota.burst;
    if (at_rest) {
      accounts_.erase(it++);
    } else {
      ++it;
    }
  }
}

absl::Status CallerQuotas::Enter(const std::string& caller, const Quota& quota, absl::Time now) {
  const absl::MutexLock lock(&mutex_);
  if (accounts_.size() >= kMaxAccounts && !accounts_.contains(caller)) {
    ForgetIdle(now);
    if (accounts_.size() >= kMaxAccounts) {
      ++refused_;
      return QuotaExceeded("too many callers at once", absl::Seconds(1));
    }
  }
  const auto [it, is_new] = accounts_.try_emplace(caller);
  Account& account = it->second;
  if (is_new) {
    account.calls_left = quota.burst;
    account.filled = now;
  }
  account.quota = quota;  // A new policy may have another.
  Fill(&account, now);
  if (quota.concurrent_calls > 0 && account.in_hand >= quota.concurrent_calls) {
    ++refused_;
    return QuotaExceeded(absl::StrCat("you have ", account.in_hand, " calls in hand, the most"),
                         kWaitForAnEnd);
  }
  if (quota.calls_per_second > 0) {
    if (account.calls_left < 1) {
      ++refused_;
      return QuotaExceeded(absl::StrCat("you may make ", quota.calls_per_second, " calls a second"),
                           absl::Seconds((1 - account.calls_left) / quota.calls_per_second));
    }
    account.calls_left -= 1;
  }
  ++account.in_hand;
  return absl::OkStatus();
}

void CallerQuotas::Leave(const std::string& caller) {
  const absl::MutexLock lock(&mutex_);
  const auto found = accounts_.find(caller);
  if (found != accounts_.end() && found->second.in_hand > 0) --found->second.in_hand;
}

size_t CallerQuotas::size() const {
  const absl::MutexLock lock(&mutex_);
  return accounts_.size();
}

uint64_t CallerQuotas::refused() const {
  const absl::MutexLock lock(&mutex_);
  return refused_;
}

}  // namespace attlas::services
