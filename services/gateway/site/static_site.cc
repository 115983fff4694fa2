#include "services/gateway/site/static_site.h"

#include <utility>

#include "graph/base/status_macros.h"

namespace attlas::gateway {

absl::StatusOr<std::unique_ptr<StaticSite>> StaticSite::Open(const std::string& directory,
                                                             absl::Duration look_interval) {
  std::unique_ptr<StaticSite> site(new StaticSite(directory));
  // The state is taken first, so that a change while the files are read is seen the next time.
  site->state_ = StaticFiles::StateOf(directory);
  ATTLAS_ASSIGN_OR_RETURN(std::shared_ptr<const StaticFiles> files, StaticFiles::Load(directory));
  {
    const absl::MutexLock lock(&site->mutex_);
    site->files_ = std::move(files);
  }
  site->watcher_ = std::thread([raw = site.get(), look_interval] { raw->Watch(look_interval); });
  return site;
}

StaticSite::~StaticSite() {
  stop_.Notify();
  if (watcher_.joinable()) watcher_.join();
}

std::shared_ptr<const StaticFiles> StaticSite::Current() const {
  const absl::MutexLock lock(&mutex_);
  return files_;
}

void StaticSite::Watch(absl::Duration interval) {
  while (!stop_.WaitForNotificationWithTimeout(interval)) {
    std::string state = StaticFiles::StateOf(directory_);
    if (state.empty() || state == state_) continue;
    absl::StatusOr<std::shared_ptr<const StaticFiles>> files = StaticFiles::Load(directory_);
    if (!files.ok()) continue;  // In the midst of a build: the next look finds all of it.
    state_ = std::move(state);
    const absl::MutexLock lock(&mutex_);
    files_ = *std::move(files);
  }
}

}  // namespace attlas::gateway
