// Notes the place of the audit log in the daemon's own log from time to time.
//
// What: where the daemon's log is kept on another machine, these notes are the anchors by which
// `attlas audit verify --head` finds a log that was cut short.
// Threads: a thread of its own; made and destroyed by one other.
#ifndef ATTLAS_SERVICES_ATTLASD_AUDIT_NOTES_H_
#define ATTLAS_SERVICES_ATTLASD_AUDIT_NOTES_H_

#include <memory>
#include <thread>

#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "services/access/audit_log.h"

namespace attlas::services {

class AuditNotes {
 public:
  // Notes the place now, and whenever it has moved after another `interval`.
  AuditNotes(std::shared_ptr<AuditLog> audit, absl::Duration interval);
  // Notes it once more, after what is queued is written.
  ~AuditNotes();
  AuditNotes(const AuditNotes&) = delete;
  AuditNotes& operator=(const AuditNotes&) = delete;

 private:
  const std::shared_ptr<AuditLog> audit_;
  absl::Notification stop_;
  std::thread thread_;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ATTLASD_AUDIT_NOTES_H_
