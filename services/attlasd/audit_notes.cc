#include "services/attlasd/audit_notes.h"

#include <utility>

#include "services/common/log.h"

namespace attlas::services {

AuditNotes::AuditNotes(std::shared_ptr<AuditLog> audit, absl::Duration interval)
    : audit_(std::move(audit)), thread_([this, interval] {
        AuditHead noted;
        while (true) {
          const bool stopping = stop_.HasBeenNotified();
          if (stopping && audit_->Check().ok()) audit_->Flush();
          const AuditHead head = audit_->head();
          if (!(head == noted)) {
            Log(LogLevel::kInfo, "audit_head", {{"head", FormatAuditHead(head)}});
          }
          noted = head;
          if (stopping) return;
          stop_.WaitForNotificationWithTimeout(interval);
        }
      }) {}

AuditNotes::~AuditNotes() {
  stop_.Notify();
  thread_.join();
}

}  // namespace attlas::services
