// What is made of a table for one day and confidence, kept for the next question about the same.
//
// What: most questions are about today from the usual confidence, so that what a table comes to
// under a reading is made once for many of them.
// Memory: what was made for at most kMaxKept readings, the last used.
// Threads: thread-safe. Two that ask for one reading at one time both make it, and nobody waits.
//
// Example:
//   const std::shared_ptr<const Standings> standings =
//       kept.At(reading, [&] { return std::make_shared<const Standings>(table, reading); });
#ifndef ATTLAS_SERVICES_DOMAIN_KEPT_BY_READING_H_
#define ATTLAS_SERVICES_DOMAIN_KEPT_BY_READING_H_

#include <algorithm>
#include <cstddef>
#include <list>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/domain/scope.h"

namespace attlas::domain {

template <typename Made>
class KeptByReading {
 public:
  static constexpr size_t kMaxKept = 4;

  // What was made for the reading; otherwise what `make()`, a shared pointer, makes for it now.
  template <typename Make>
  std::shared_ptr<const Made> At(const Reading& reading, Make make) const
      ABSL_LOCKS_EXCLUDED(mutex_) {
    const auto is_this = [&](const Entry& entry) {
      return entry.reading.day == reading.day &&
             entry.reading.min_confidence == reading.min_confidence;
    };
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
      kept_.push_front({.reading = reading, .made = made});
      if (kept_.size() > kMaxKept) kept_.pop_back();
    }
    return made;
  }

 private:
  struct Entry {
    Reading reading;
    std::shared_ptr<const Made> made;
  };

  mutable absl::Mutex mutex_;
  mutable std::list<Entry> kept_ ABSL_GUARDED_BY(mutex_);  // The last used first.
};

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_KEPT_BY_READING_H_
