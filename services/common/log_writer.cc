#include "services/common/log_writer.h"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace attlas::services {
namespace {

int64_t CountLines(std::string_view text) { return std::count(text.begin(), text.end(), '\n'); }

// Waits for the reader as long as it takes. False where there is none any more.
bool WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EAGAIN) {
      // Someone who shares the descriptor made it so.
      pollfd writable = {.fd = descriptor, .events = POLLOUT, .revents = 0};
      poll(&writable, 1, -1);
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

}  // namespace

struct LogWriter::State {
  explicit State(size_t most) : most_bytes(most) {}

  const size_t most_bytes;
  mutable absl::Mutex mutex;
  std::string waiting ABSL_GUARDED_BY(mutex);
  bool writing ABSL_GUARDED_BY(mutex) = false;
  bool over ABSL_GUARDED_BY(mutex) = false;
  int64_t lost ABSL_GUARDED_BY(mutex) = 0;
  int64_t unreported ABSL_GUARDED_BY(mutex) = 0;

  bool HasWork() const ABSL_SHARED_LOCKS_REQUIRED(mutex) { return over || !waiting.empty(); }
  bool IsIdle() const ABSL_SHARED_LOCKS_REQUIRED(mutex) { return !writing && waiting.empty(); }
  void Lose(int64_t lines) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    lost += lines;
    unreported += lines;
  }
};

LogWriter::LogWriter(int descriptor, size_t most_bytes)
    : state_(std::make_shared<State>(most_bytes)) {
  // It is not waited for: it may be held up for ever.
  std::thread(Run, state_, descriptor).detach();
}

LogWriter::~LogWriter() {
  const absl::MutexLock lock(&state_->mutex);
  state_->over = true;
}

void LogWriter::Run(const std::shared_ptr<State>& state, int descriptor) {
  // A signal that ends the daemon is for another thread; a reader that went away is an error here.
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
  std::string taken;
  while (true) {
    {
      const absl::MutexLock lock(&state->mutex);
      state->mutex.Await(absl::Condition(state.get(), &State::HasWork));
      if (state->over) return;
      taken.clear();
      taken.swap(state->waiting);
      state->writing = true;
    }
    const bool written = WriteAll(descriptor, taken);
    const absl::MutexLock lock(&state->mutex);
    if (!written) state->Lose(CountLines(taken));
    state->writing = false;
  }
}

void LogWriter::Write(std::string_view line) {
  const absl::MutexLock lock(&state_->mutex);
  if (state_->waiting.size() + line.size() > state_->most_bytes) return state_->Lose(1);
  state_->waiting.append(line);
}

bool LogWriter::Flush(absl::Duration patience) {
  const absl::MutexLock lock(&state_->mutex);
  return state_->mutex.AwaitWithTimeout(absl::Condition(state_.get(), &State::IsIdle), patience);
}

int64_t LogWriter::lost() const {
  const absl::MutexLock lock(&state_->mutex);
  return state_->lost;
}

int64_t LogWriter::TakeUnreported() {
  const absl::MutexLock lock(&state_->mutex);
  return state_->waiting.empty() ? std::exchange(state_->unreported, 0) : 0;
}

}  // namespace attlas::services
