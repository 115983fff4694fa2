// The last few things that were made, each found again by what it was made for.
//
// What: most questions are about today from the usual confidence, and many about one instrument, so
// that what is made for such a question serves the next.
// When not: for what must be bounded by bytes (answer_cache.h), or is read from the graph
// (kept_reads.h).
// Complexity: O(kMax).
// Threads: thread-safe. Two that ask for one thing at one time both make it, and nobody waits.
//
// Example:
//   const std::shared_ptr<const Standings> standings =
//       kept.At(reading, [&] { return std::make_shared<const Standings>(table, reading); });
#ifndef ATTLAS_SERVICES_DOMAIN_RECENTLY_USED_H_
#define ATTLAS_SERVICES_DOMAIN_RECENTLY_USED_H_

#include <algorithm>
#include <cstddef>
#include <list>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace attlas::domain {

template <typename Key, typename Made, size_t kMax>
class RecentlyUsed {
 public:
  // What was made for the key; otherwise what `make()`, a shared pointer, makes for it now.
  template <typename Make>
  std::shared_ptr<const Made> At(const Key& key, Make make) const ABSL_LOCKS_EXCLUDED(mutex_) {
    const auto is_this = [&](const Entry& entry) { return entry.key == key; };
    {
      const absl::MutexLock lock(&mutex_);
      const auto found = std::find_if(kept_.begin(), kept_.end(), is_this);
      if (found != kept_.end()) {
        kept_.splice(kept_.begin(), kept_, found);
        return kept_.front().made;
      }
    }
    std::shared_ptr<const Made> made = make();
    const absl::MutexLock lock(&mutex_);
    if (std::none_of(kept_.begin(), kept_.end(), is_this)) {
      kept_.push_front({.key = key, .made = made});
      if (kept_.size() > kMax) kept_.pop_back();
    }
    return made;
  }

 private:
  struct Entry {
    Key key;
    std::shared_ptr<const Made> made;
  };

  mutable absl::Mutex mutex_;
  mutable std::list<Entry> kept_ ABSL_GUARDED_BY(mutex_);  // The last used first.
};

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_RECENTLY_USED_H_
