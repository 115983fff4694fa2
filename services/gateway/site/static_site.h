// The page as it is now: reads its folder again when that has changed.
//
// Threads: thread-safe; looks on a thread of its own.
#ifndef ATTLAS_SERVICES_GATEWAY_SITE_STATIC_SITE_H_
#define ATTLAS_SERVICES_GATEWAY_SITE_STATIC_SITE_H_

#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "services/gateway/site/static_files.h"

namespace attlas::gateway {

class StaticSite {
 public:
  static constexpr absl::Duration kLookInterval = absl::Seconds(2);

  // Errors as StaticFiles::Load. A later state of the folder that cannot be read is not taken.
  static absl::StatusOr<std::unique_ptr<StaticSite>> Open(
      const std::string& directory, absl::Duration look_interval = kLookInterval);
  ~StaticSite();

  std::shared_ptr<const StaticFiles> Current() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  explicit StaticSite(std::string directory) : directory_(std::move(directory)) {}
  void Watch(absl::Duration interval);

  const std::string directory_;
  std::string state_;  // Of the watching thread, once that runs.
  mutable absl::Mutex mutex_;
  std::shared_ptr<const StaticFiles> files_ ABSL_GUARDED_BY(mutex_);
  absl::Notification stop_;
  std::thread watcher_;
};

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_SITE_STATIC_SITE_H_
