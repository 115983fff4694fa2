// The files of an audit log: one a day (UTC), `audit-2026-11-23.jsonl`, and `head`, which says how
// far the chain had come when it was last synced.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_ACCESS_AUDIT_FILES_H_
#define ATTLAS_SERVICES_ACCESS_AUDIT_FILES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/access/audit_record.h"

namespace attlas::services {

// `audit-<date>.jsonl`.
std::string AuditFileName(absl::Time time);

// The files of a folder, oldest first. NOT_FOUND where there is no folder.
absl::StatusOr<std::vector<std::string>> ListAuditFiles(const std::string& folder);

// What `head` says; the beginning where there is no such file. DATA_LOSS where it is none of ours.
absl::StatusOr<AuditHead> ReadAuditHead(const std::string& folder);
// Replaces it as a whole.
absl::Status WriteAuditHead(const std::string& folder, const AuditHead& head);

// What is wrong with an audit log.
struct AuditFault {
  std::string place;  // `file:line`, or `head`.
  std::string what;
};
struct AuditReport {
  uint64_t records = 0;
  AuditHead head = AuditHead::Beginning();  // Where the chain ends.
  std::vector<AuditFault> faults;           // The first kMostFaults.
};
inline constexpr size_t kMostFaults = 20;

// Checks every line of a log: its hash, its place after the one before, that the chain reaches what
// `head` says, and that it holds `anchors`, which were kept elsewhere. A log cut short together
// with its `head` is found by an anchor alone. Errors: as ListAuditFiles; a bad log is no error.
absl::StatusOr<AuditReport> VerifyAuditLog(const std::string& folder,
                                           const std::vector<AuditHead>& anchors);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ACCESS_AUDIT_FILES_H_
