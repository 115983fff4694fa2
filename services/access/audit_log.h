// The audit log that a daemon writes.
//
// What: records are queued, and one thread writes them in order, a batch at a time, each batch
// synced to the disk before the next is begun. A call does not wait for its record; what a power
// cut may lose is the batch under way, some milliseconds of it. While the disk takes nothing, the
// records are kept and Check is an error, so that no call goes on unrecorded.
// Files: as audit_files.h says, readable by the daemon's user alone (0600 in a folder of 0700).
// Threads: thread-safe.
#ifndef ATTLAS_SERVICES_ACCESS_AUDIT_LOG_H_
#define ATTLAS_SERVICES_ACCESS_AUDIT_LOG_H_

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "services/access/audit_record.h"

namespace attlas::services {

class AuditLog {
 public:
  // Goes on with the log in `folder`, or begins one. What a crash left of a last line is cut off.
  // FAILED_PRECONDITION where another daemon has it; DATA_LOSS where its end is not where `head`
  // says, since a chain that was cut must not be continued.
  static absl::StatusOr<std::unique_ptr<AuditLog>> Open(const std::string& folder);
  // Writes what is queued.
  ~AuditLog();
  AuditLog(const AuditLog&) = delete;
  AuditLog& operator=(const AuditLog&) = delete;

  // OK while records are taken; UNAVAILABLE while they cannot be written.
  absl::Status Check() const ABSL_LOCKS_EXCLUDED(mutex_);
  void Append(AuditRecord record) ABSL_LOCKS_EXCLUDED(mutex_);

  // Where the chain on the disk ends.
  AuditHead head() const ABSL_LOCKS_EXCLUDED(mutex_);
  // Returns when what was appended before is on the disk.
  void Flush() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  class File;
  // Where an earlier daemon stopped.
  struct End {
    AuditHead head;
    std::string newest_file;  // Its name; empty for none.
  };

  AuditLog(std::string folder, int lock, End end);
  static absl::StatusOr<End> FindEnd(const std::string& folder);
  void Run() ABSL_LOCKS_EXCLUDED(mutex_);
  // Waits for records and takes them. False when there are none and never will be.
  bool Take(std::vector<AuditRecord>* batch) ABSL_LOCKS_EXCLUDED(mutex_);
  // Writes what is not written of a batch.
  absl::Status Write(const std::vector<AuditRecord>& batch, size_t* written, AuditHead* head);
  // Takes note of how a write went. True to go on; false to try the same again.
  bool Note(const absl::Status& outcome, const AuditHead& head) ABSL_LOCKS_EXCLUDED(mutex_);

  const std::string folder_;
  const int lock_;
  // The writer thread's.
  std::unique_ptr<File> file_;
  std::string newest_file_;

  mutable absl::Mutex mutex_;
  std::vector<AuditRecord> queue_ ABSL_GUARDED_BY(mutex_);
  AuditHead head_ ABSL_GUARDED_BY(mutex_);
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread writer_;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ACCESS_AUDIT_LOG_H_
