// A mutex, a lock for a scope and a condition variable that the compiler can check.
//
// What: thin wrappers over the standard library with Clang's thread-safety attributes. A member
// marked ATTLAS_GUARDED_BY(mutex_) cannot be touched without mutex_ (clang, -Wthread-safety).
// When not: readers of the graph take no lock at all; see graph/snapshot/.
// Why not absl::Mutex: the packaged library hides its locks from ThreadSanitizer.
// Thread-safety: thread-safe.
//
// Example:
//   Mutex mutex_;
//   CondVar changed_;
//   int count_ ATTLAS_GUARDED_BY(mutex_) = 0;
//
//   MutexLock lock(mutex_);
//   while (count_ == 0) changed_.Wait(mutex_);
#ifndef ATTLAS_GRAPH_BASE_MUTEX_H_
#define ATTLAS_GRAPH_BASE_MUTEX_H_

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <shared_mutex>

#include "absl/time/clock.h"
#include "absl/time/time.h"

#if defined(__clang__)
#define ATTLAS_THREAD_ATTRIBUTE(x) __attribute__((x))
#else
#define ATTLAS_THREAD_ATTRIBUTE(x)
#endif

// On a member: may be touched only while the mutex is held.
#define ATTLAS_GUARDED_BY(x) ATTLAS_THREAD_ATTRIBUTE(guarded_by(x))
// On a pointer: what it points to may be touched only while the mutex is held.
#define ATTLAS_PT_GUARDED_BY(x) ATTLAS_THREAD_ATTRIBUTE(pt_guarded_by(x))
// On a function: the caller must hold, or must not hold, the mutex.
#define ATTLAS_REQUIRES(...) ATTLAS_THREAD_ATTRIBUTE(requires_capability(__VA_ARGS__))
#define ATTLAS_EXCLUDES(...) ATTLAS_THREAD_ATTRIBUTE(locks_excluded(__VA_ARGS__))
// On a function: takes or lets go of the mutex.
#define ATTLAS_ACQUIRE(...) ATTLAS_THREAD_ATTRIBUTE(acquire_capability(__VA_ARGS__))
#define ATTLAS_TRY_ACQUIRE(...) ATTLAS_THREAD_ATTRIBUTE(try_acquire_capability(__VA_ARGS__))
#define ATTLAS_RELEASE(...) ATTLAS_THREAD_ATTRIBUTE(release_capability(__VA_ARGS__))
// On a function: tells the checker that the mutex is held, where it cannot see it.
#define ATTLAS_ASSERT_HELD(x) ATTLAS_THREAD_ATTRIBUTE(assert_capability(x))
// On a function: returns the mutex.
#define ATTLAS_RETURN_CAPABILITY(x) ATTLAS_THREAD_ATTRIBUTE(lock_returned(x))
// On a mutex: is taken after, or before, another.
#define ATTLAS_ACQUIRED_AFTER(...) ATTLAS_THREAD_ATTRIBUTE(acquired_after(__VA_ARGS__))
#define ATTLAS_ACQUIRED_BEFORE(...) ATTLAS_THREAD_ATTRIBUTE(acquired_before(__VA_ARGS__))
// On a function: turns the check off; say why beside it.
#define ATTLAS_NO_THREAD_SAFETY_ANALYSIS ATTLAS_THREAD_ATTRIBUTE(no_thread_safety_analysis)

namespace attlas::graph {

class CondVar;

// Excludes other threads; not recursive.
class ATTLAS_THREAD_ATTRIBUTE(capability("mutex")) Mutex {
 public:
  Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  void Lock() ATTLAS_ACQUIRE() { mutex_.lock(); }
  void Unlock() ATTLAS_RELEASE() { mutex_.unlock(); }
  bool TryLock() ATTLAS_TRY_ACQUIRE(true) { return mutex_.try_lock(); }

 private:
  friend class CondVar;
  std::mutex mutex_;
};

// Holds a mutex for as long as it lives.
class ATTLAS_THREAD_ATTRIBUTE(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) ATTLAS_ACQUIRE(mutex) : mutex_(mutex) { mutex_.Lock(); }
  ~MutexLock() ATTLAS_RELEASE() { mutex_.Unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

// Lets many in to read, or one to change. Not recursive.
class ATTLAS_THREAD_ATTRIBUTE(capability("mutex")) SharedMutex {
 public:
  SharedMutex() = default;
  SharedMutex(const SharedMutex&) = delete;
  SharedMutex& operator=(const SharedMutex&) = delete;

  void Lock() ATTLAS_ACQUIRE() { mutex_.lock(); }
  void Unlock() ATTLAS_RELEASE() { mutex_.unlock(); }
  void LockShared() ATTLAS_THREAD_ATTRIBUTE(acquire_shared_capability()) { mutex_.lock_shared(); }
  void UnlockShared() ATTLAS_THREAD_ATTRIBUTE(release_shared_capability()) {
    mutex_.unlock_shared();
  }

 private:
  std::shared_mutex mutex_;
};

// Keeps others from changing, for as long as it lives.
class ATTLAS_THREAD_ATTRIBUTE(scoped_lockable) ReaderLock {
 public:
  explicit ReaderLock(SharedMutex& mutex) ATTLAS_THREAD_ATTRIBUTE(acquire_shared_capability(mutex))
      : mutex_(mutex) {
    mutex_.LockShared();
  }
  ~ReaderLock() ATTLAS_RELEASE() { mutex_.UnlockShared(); }
  ReaderLock(const ReaderLock&) = delete;
  ReaderLock& operator=(const ReaderLock&) = delete;

 private:
  SharedMutex& mutex_;
};

// Keeps all others out, for as long as it lives.
class ATTLAS_THREAD_ATTRIBUTE(scoped_lockable) WriterLock {
 public:
  explicit WriterLock(SharedMutex& mutex) ATTLAS_ACQUIRE(mutex) : mutex_(mutex) { mutex_.Lock(); }
  ~WriterLock() ATTLAS_RELEASE() { mutex_.Unlock(); }
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  SharedMutex& mutex_;
};

// Lets a thread wait until another says that something changed. Waits may end without cause: call
// them in a loop that looks at the condition.
class CondVar {
 public:
  CondVar() = default;
  CondVar(const CondVar&) = delete;
  CondVar& operator=(const CondVar&) = delete;

  // Lets go of the mutex, waits, and takes it again.
  void Wait(Mutex& mutex) ATTLAS_REQUIRES(mutex) {
    std::unique_lock<std::mutex> lock(mutex.mutex_, std::adopt_lock);
    condition_.wait(lock);
    lock.release();
  }

  // The same, but no longer than `timeout`. Whether it ended before the timeout.
  bool WaitFor(Mutex& mutex, absl::Duration timeout) ATTLAS_REQUIRES(mutex) {
    if (timeout == absl::InfiniteDuration()) {
      Wait(mutex);
      return true;
    }
    std::unique_lock<std::mutex> lock(mutex.mutex_, std::adopt_lock);
    const std::cv_status ended = condition_.wait_for(lock, absl::ToChronoNanoseconds(timeout));
    lock.release();
    return ended == std::cv_status::no_timeout;
  }

  // The same, but no longer than until `deadline`.
  bool WaitUntil(Mutex& mutex, absl::Time deadline) ATTLAS_REQUIRES(mutex) {
    return WaitFor(mutex, deadline - absl::Now());
  }

  void NotifyOne() { condition_.notify_one(); }
  void NotifyAll() { condition_.notify_all(); }

 private:
  std::condition_variable condition_;
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_BASE_MUTEX_H_
