#include "services/gateway/http/task_runner.h"

#include <boost/asio/post.hpp>
#include <deque>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace attlas::gateway {
namespace {

class CallerRunner final : public TaskRunner, public std::enable_shared_from_this<CallerRunner> {
 public:
  explicit CallerRunner(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}

  void Run(Task task) override { Take({std::move(task), /*posted=*/false}); }
  void Post(Task task) override {
    boost::asio::post(executor_, [self = shared_from_this(), task = std::move(task)]() mutable {
      self->Take({std::move(task), /*posted=*/true});
    });
  }

 private:
  struct Waiting {
    Task task;
    bool posted = false;  // Only for the threads of the executor.
  };

  void Take(Waiting taken) {
    {
      const absl::MutexLock lock(&mutex_);
      if (running_) {
        waiting_.push_back(std::move(taken));
        return;
      }
      running_ = true;
    }
    // A task may be what holds this.
    const std::shared_ptr<CallerRunner> self = shared_from_this();
    taken.task();
    taken.task = nullptr;
    RunWaiting(taken.posted);
  }
  // `on_executor`: whether this is one of its threads.
  void RunWaiting(bool on_executor) {
    Task task;
    while (Next(on_executor, &task)) {
      task();
      task = nullptr;
    }
  }
  bool Next(bool on_executor, Task* task) {
    const absl::MutexLock lock(&mutex_);
    running_ = !waiting_.empty();
    if (!running_) return false;
    if (waiting_.front().posted && !on_executor) {
      // Whoever came with what is short is not to be held up; all others wait meanwhile.
      boost::asio::post(executor_, [self = shared_from_this()] { self->RunWaiting(true); });
      return false;
    }
    *task = std::move(waiting_.front().task);
    waiting_.pop_front();
    return true;
  }

  const boost::asio::any_io_executor executor_;
  absl::Mutex mutex_;
  bool running_ ABSL_GUARDED_BY(mutex_) = false;
  std::deque<Waiting> waiting_ ABSL_GUARDED_BY(mutex_);
};

class StrandRunner final : public TaskRunner {
 public:
  explicit StrandRunner(boost::asio::any_io_executor strand) : strand_(std::move(strand)) {}

  void Run(Task task) override { Post(std::move(task)); }
  void Post(Task task) override { boost::asio::post(strand_, std::move(task)); }

 private:
  const boost::asio::any_io_executor strand_;
};

}  // namespace

std::shared_ptr<TaskRunner> TaskRunner::OnCaller(boost::asio::any_io_executor executor) {
  return std::make_shared<CallerRunner>(std::move(executor));
}

std::shared_ptr<TaskRunner> TaskRunner::OnStrand(boost::asio::any_io_executor strand) {
  return std::make_shared<StrandRunner>(std::move(strand));
}

}  // namespace attlas::gateway
