// How much each caller asks for: a rate and a number of calls in hand, by name.
//
// What: a token bucket a caller, filled by the clock, and a count of calls that have begun and not
// ended. A caller that was idle for long enough to be at rest is forgotten.
// Threads: thread-safe.
//
// Example:
//   ATTLAS_RETURN_IF_ERROR(quotas.Enter("token:…", principal.quota, absl::Now()));
//   …
//   quotas.Leave("token:…");
#ifndef ATTLAS_SERVICES_ACCESS_CALLER_QUOTAS_H_
#define ATTLAS_SERVICES_ACCESS_CALLER_QUOTAS_H_

#include <cstdint>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/access/principal.h"

namespace attlas::services {

class CallerQuotas {
 public:
  // Counts a call of `caller` in. RESOURCE_EXHAUSTED (QUOTA_EXCEEDED), with how long to wait,
  // beyond the quota; then nothing is counted. Leave is called once for every Enter that is OK.
  absl::Status Enter(const std::string& caller, const Quota& quota, absl::Time now)
      ABSL_LOCKS_EXCLUDED(mutex_);
  void Leave(const std::string& caller) ABSL_LOCKS_EXCLUDED(mutex_);

  // Callers that are remembered.
  size_t size() const ABSL_LOCKS_EXCLUDED(mutex_);
  // Calls that were refused.
  uint64_t refused() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Account {
    double calls_left = 0;
    absl::Time filled;  // Until when `calls_left` was reckoned.
    int in_hand = 0;
    Quota quota;
  };
  void Fill(Account* account, absl::Time now) const;
  void ForgetIdle(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  absl::flat_hash_map<std::string, Account> accounts_ ABSL_GUARDED_BY(mutex_);
  uint64_t refused_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ACCESS_CALLER_QUOTAS_H_
