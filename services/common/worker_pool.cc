#include "services/common/worker_pool.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"
#include "services/common/status.h"

namespace attlas::services {

WorkerPool::WorkerPool(std::string_view name, WorkerPoolOptions options)
    : name_(name), options_(options) {}

WorkerPool::~WorkerPool() { Stop(); }

absl::Status WorkerPool::Submit(Task task) {
  absl::MutexLock lock(&mutex_);
  if (stopping_) return Unavailable("the server is stopping");
  const bool may_grow = threads_.size() < options_.max_threads;
  // Each idle thread will take one queued task; what is beyond them starts a thread or waits.
  if (!may_grow && queue_.size() >= idle_ + options_.max_queued) {
    return Overloaded(absl::StrCat("the queue for ", name_, " is full"));
  }
  queue_.push_back(std::move(task));
  if (queue_.size() > idle_ && may_grow) {
    threads_.emplace_back([this] { Run(); });
  } else {
    wake_.Signal();
  }
  return absl::OkStatus();
}

void WorkerPool::Stop() {
  std::vector<std::thread> threads;
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    threads.swap(threads_);
    wake_.SignalAll();
  }
  for (std::thread& thread : threads) thread.join();
}

size_t WorkerPool::queued() const {
  absl::MutexLock lock(&mutex_);
  return queue_.size();
}

void WorkerPool::Run() {
  absl::MutexLock lock(&mutex_);
  while (true) {
    while (queue_.empty() && !stopping_) {
      ++idle_;
      wake_.Wait(&mutex_);
      --idle_;
    }
    if (queue_.empty()) return;
    Task task = std::move(queue_.front());
    queue_.pop_front();
    mutex_.Unlock();
    task();
    task = nullptr;  // What it holds is released before the lock is taken.
    mutex_.Lock();
  }
}

}  // namespace attlas::services
