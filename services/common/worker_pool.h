// A bounded pool of threads behind a bounded queue.
//
// What: runs work that may take longer than a gRPC event thread may be held. Threads are started
// when they are first needed, up to the bound, and live as long as the pool.
// When not: work of some microseconds is quicker on the event thread itself.
// Threads: thread-safe. Destroying the pool finishes what is queued.
//
// Example:
//   WorkerPool pool("reads", {.max_threads = 4, .max_queued = 256});
//   absl::Status status = pool.Submit([] { Work(); });  // RESOURCE_EXHAUSTED when full.
#ifndef ATTLAS_SERVICES_COMMON_WORKER_POOL_H_
#define ATTLAS_SERVICES_COMMON_WORKER_POOL_H_

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"

namespace attlas::services {

struct WorkerPoolOptions {
  size_t max_threads = 4;
  size_t max_queued = 256;  // Beyond what the threads are running.
};

class WorkerPool {
 public:
  // Must not throw; the handler helpers catch what libraries throw.
  using Task = absl::AnyInvocable<void()>;

  WorkerPool(std::string_view name, WorkerPoolOptions options);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Queues `task`. RESOURCE_EXHAUSTED (OVERLOADED) when the queue is full; the task is then gone.
  absl::Status Submit(Task task) ABSL_LOCKS_EXCLUDED(mutex_);

  // Finishes what is queued and ends the threads. Later submissions are UNAVAILABLE.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

  size_t queued() const ABSL_LOCKS_EXCLUDED(mutex_);
  const std::string& name() const { return name_; }

 private:
  void Run() ABSL_LOCKS_EXCLUDED(mutex_);

  const std::string name_;
  const WorkerPoolOptions options_;
  mutable absl::Mutex mutex_;
  absl::CondVar wake_;
  std::deque<Task> queue_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread> threads_ ABSL_GUARDED_BY(mutex_);
  size_t idle_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_WORKER_POOL_H_
