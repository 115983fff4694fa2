#include "graph/base/mutex.h"

#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace attlas::graph {
namespace {

class Counter {
 public:
  void Add() {
    MutexLock lock(mutex_);
    ++count_;
    changed_.NotifyAll();
  }
  void WaitUntilAtLeast(int count) {
    MutexLock lock(mutex_);
    while (count_ < count) changed_.Wait(mutex_);
  }
  bool TimesOut(absl::Duration timeout) {
    MutexLock lock(mutex_);
    return !changed_.WaitFor(mutex_, timeout);
  }
  int count() {
    MutexLock lock(mutex_);
    return count_;
  }

 private:
  Mutex mutex_;
  CondVar changed_;
  int count_ ATTLAS_GUARDED_BY(mutex_) = 0;
};

TEST(MutexTest, NoCountIsLost) {
  Counter counter;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&counter] {
      for (int j = 0; j < 1000; ++j) counter.Add();
    });
  }
  counter.WaitUntilAtLeast(4000);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counter.count(), 4000);
}

TEST(MutexTest, WaitForEndsAtTheTimeout) {
  Counter counter;
  // A wait may end early without cause, but not every time.
  bool timed_out = false;
  for (int i = 0; i < 100 && !timed_out; ++i) timed_out = counter.TimesOut(absl::Milliseconds(1));
  EXPECT_TRUE(timed_out);
}

TEST(MutexTest, TryLockFailsWhileHeldElsewhere) {
  Mutex mutex;
  mutex.Lock();
  bool taken = true;
  std::thread([&]() ATTLAS_NO_THREAD_SAFETY_ANALYSIS { taken = mutex.TryLock(); }).join();
  mutex.Unlock();
  EXPECT_FALSE(taken);
}

}  // namespace
}  // namespace attlas::graph
