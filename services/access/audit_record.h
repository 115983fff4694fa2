// A line of the audit log: who asked for what, and what was decided. Never what was answered.
//
// What: each line is a JSON object that ends with the hash of the line before and its own, so that
// lines cannot be altered, left out or put in another order without a trace. The hash is SHA-256
// over the line's bytes from its beginning to the comma before `"hash"`.
// Threads: plain values; functions are safe from any thread.
#ifndef ATTLAS_SERVICES_ACCESS_AUDIT_RECORD_H_
#define ATTLAS_SERVICES_ACCESS_AUDIT_RECORD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace attlas::services {

struct AuditRecord {
  absl::Time time;
  std::string caller;  // Principal::name; empty for the local operator, or where it is not known.
  std::string rpc;     // `attlas.graph.v1.GraphService/GetNode`.
  std::vector<std::string> resources;  // Names in the request, such as `states/IDN`.
  bool allowed = false;                // Whether the caller was let in.
  std::string code;                    // How the call ended, such as `OK` or `NOT_FOUND`.
  std::string reason;                  // Of an error; empty otherwise.
  std::string revision;                // What was read or made; empty where nothing was.
  std::string request_id;
};

// A place in the chain.
struct AuditHead {
  uint64_t number = 0;  // Of the last record; 0 before the first.
  std::string hash;     // Its hash, in 64 hexadecimal digits.

  // Before the first record.
  static AuditHead Beginning() { return {0, std::string(64, '0')}; }
  friend bool operator==(const AuditHead&, const AuditHead&) = default;
};

// The line of `record` after `head`, without the end of line; `head` becomes its own.
std::string FormatAuditLine(const AuditRecord& record, AuditHead* head);

// What a line says of its place.
struct AuditLine {
  AuditHead head;
  std::string previous;  // The hash of the line before.
  bool hash_is_right = false;
};
// Nothing for what is no line of an audit log.
std::optional<AuditLine> ParseAuditLine(std::string_view line);

// `12:8f3c…`, as people keep it elsewhere, and its inverse.
std::string FormatAuditHead(const AuditHead& head);
std::optional<AuditHead> ParseAuditHead(std::string_view text);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ACCESS_AUDIT_RECORD_H_
