// Lines on their way to a file descriptor whose reader may be slow, or gone.
//
// What: takes lines and writes them from a thread of its own, so that who logs never waits for who
// reads. What does not fit into its bounded memory is left out and counted.
// When not: where no line may be lost; that is the audit log (services/access/audit_log.h).
//
// Threads: thread-safe.
//
// Example:
//   LogWriter& writer = *new LogWriter(STDERR_FILENO, 1 << 20);
//   writer.Write("{\"event\":\"start\"}\n");
//   writer.Flush(absl::Seconds(1));
#ifndef ATTLAS_SERVICES_COMMON_LOG_WRITER_H_
#define ATTLAS_SERVICES_COMMON_LOG_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/time/time.h"

namespace attlas::services {

class LogWriter {
 public:
  // Holds at most `most_bytes` of lines that wait, beside as many that are being written. The
  // descriptor stays the caller's.
  LogWriter(int descriptor, size_t most_bytes);
  // Does not wait for a reader: lines that wait are lost, and the thread ends once it is let.
  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  // Takes a line, with its end. Never blocks for the reader.
  void Write(std::string_view line);

  // Waits until all that was taken is written; false where that takes longer.
  bool Flush(absl::Duration patience);

  // How many lines were left out, because others waited or because they could not be written.
  int64_t lost() const;
  // How many were left out since the last call, once there is room to say so; 0 until then.
  int64_t TakeUnreported();

 private:
  struct State;
  static void Run(const std::shared_ptr<State>& state, int descriptor);

  // Shared with the thread, which may be held up by a reader beyond the life of this.
  const std::shared_ptr<State> state_;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_LOG_WRITER_H_
