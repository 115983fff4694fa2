// Loaded ahead of a program (LD_PRELOAD), it shifts the wall clock that this program sees by the
// seconds that stand, as an int64, in the file ATTLAS_CLOCK_SHIFT, and that may change at any time.
//
// Time that only goes on is left alone, as a jump of a real clock leaves it. Waits until a time of
// the wall clock are shifted back, so that they last as long as they are meant to. (The packaged
// libfaketime does not start beside jemalloc.)
//
// Threads: thread-safe; it allocates nothing, since allocators ask for the time.
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>

namespace {

// A time of the wall clock has more seconds than any machine has been up for.
constexpr time_t kLongestUptime = 1'000'000'000;

int64_t Shift() {
  static std::atomic<const std::atomic<int64_t>*> mapped{nullptr};
  const std::atomic<int64_t>* shift = mapped.load();
  if (shift == nullptr) {
    const char* path = getenv("ATTLAS_CLOCK_SHIFT");
    const int file = path == nullptr ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    void* page = mmap(nullptr, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (page == MAP_FAILED) return 0;
    shift = static_cast<const std::atomic<int64_t>*>(page);
    mapped.store(shift);
  }
  return shift->load();
}

timespec ShiftedBack(const timespec& until) {
  timespec real = until;
  if (real.tv_sec > kLongestUptime) real.tv_sec -= static_cast<time_t>(Shift());
  return real;
}

template <typename Function>
Function* Next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

long RawCall(long number, long a, long b, long c, long d, long e, long f) {
  static auto* const next = Next<long(long, ...)>("syscall");
  return next(number, a, b, c, d, e, f);
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept {
  const long failed = RawCall(SYS_clock_gettime, clock, reinterpret_cast<long>(time), 0, 0, 0, 0);
  if (failed == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    time->tv_sec += static_cast<time_t>(Shift());
  }
  return static_cast<int>(failed);
}

int gettimeofday(timeval* time, void*) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t time(time_t* out) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (out != nullptr) *out = now.tv_sec;
  return now.tv_sec;
}

int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                           const timespec* until) {
  static auto* const next =
      Next<int(pthread_cond_t*, pthread_mutex_t*, const timespec*)>("pthread_cond_timedwait");
  const timespec real = ShiftedBack(*until);
  return next(condition, mutex, &real);
}

// Abseil waits by futexes, until a time of the wall clock.
long syscall(long number, ...) noexcept {
  va_list given;
  va_start(given, number);
  long arguments[6];
  for (long& argument : arguments) argument = va_arg(given, long);
  va_end(given);
  timespec real{};
  if (number == SYS_futex && (arguments[1] & FUTEX_CLOCK_REALTIME) != 0 && arguments[3] != 0) {
    real = ShiftedBack(*reinterpret_cast<const timespec*>(arguments[3]));
    arguments[3] = reinterpret_cast<long>(&real);
  }
  return RawCall(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4],
                 arguments[5]);
}

}  // extern "C"
