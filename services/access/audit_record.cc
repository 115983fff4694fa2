#include "services/access/audit_record.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "graph/base/strings.h"
#include "graph/base/utf8.h"
#include "services/access/sha256.h"

namespace attlas::services {
namespace {

constexpr std::string_view kNumberKey = R"({"n":)";
constexpr std::string_view kPreviousKey = R"(,"previous":")";
constexpr std::string_view kHashKey = R"(,"hash":")";
constexpr size_t kHashDigits = 64;
constexpr size_t kMaxResources = 16;
constexpr size_t kMaxTextBytes = 1'024;

void AppendQuoted(std::string_view text, std::string* out) {
  out->push_back('"');
  for (const char c : graph::Printable(text, kMaxTextBytes)) {
    if (c == '"' || c == '\\') out->push_back('\\');
    if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppendFormat(out, "\\u%04x", static_cast<unsigned>(c));
    } else {
      out->push_back(c);
    }
  }
  out->push_back('"');
}

void AppendField(std::string_view key, std::string_view value, std::string* out) {
  absl::StrAppend(out, ",\"", graph::ToAbsl(key), "\":");
  AppendQuoted(value, out);
}

std::string HexHash(std::string_view bytes) { return absl::BytesToHexString(Sha256(bytes)); }

bool IsHash(std::string_view text) {
  return text.size() == kHashDigits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

// Takes `key`, a hash and a quote from the end of `text`.
bool TakeHashFromEnd(std::string_view key, std::string_view* text, std::string* hash) {
  const size_t size = key.size() + kHashDigits + 1;
  if (text->size() < size || !text->ends_with('"')) return false;
  const std::string_view field = text->substr(text->size() - size);
  *hash = std::string(field.substr(key.size(), kHashDigits));
  if (!field.starts_with(key) || !IsHash(*hash)) return false;
  text->remove_suffix(size);
  return true;
}

}  // namespace

std::string FormatAuditLine(const AuditRecord& record, AuditHead* head) {
  std::string line = absl::StrCat(graph::ToAbsl(kNumberKey), head->number + 1);
  AppendField("time", absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", record.time, absl::UTCTimeZone()),
              &line);
  AppendField("caller", record.caller, &line);
  AppendField("rpc", record.rpc, &line);
  absl::StrAppend(&line, R"(,"resources":[)");
  for (size_t i = 0; i < std::min(record.resources.size(), kMaxResources); ++i) {
    if (i > 0) line.push_back(',');
    AppendQuoted(record.resources[i], &line);
  }
  line.push_back(']');
  if (record.resources.size() > kMaxResources) {
    absl::StrAppend(&line, R"(,"more_resources":)", record.resources.size() - kMaxResources);
  }
  AppendField("decision", record.allowed ? "allowed" : "denied", &line);
  AppendField("code", record.code, &line);
  AppendField("reason", record.reason, &line);
  AppendField("revision", record.revision, &line);
  AppendField("request_id", record.request_id, &line);
  AppendField("previous", head->hash, &line);
  ++head->number;
  head->hash = HexHash(line);
  AppendField("hash", head->hash, &line);
  line.push_back('}');
  return line;
}

std::optional<AuditLine> ParseAuditLine(std::string_view line) {
  if (!line.starts_with(kNumberKey) || !line.ends_with('}')) return std::nullopt;
  AuditLine parsed;
  line.remove_suffix(1);
  if (!TakeHashFromEnd(kHashKey, &line, &parsed.head.hash)) return std::nullopt;
  parsed.hash_is_right = HexHash(line) == parsed.head.hash;
  if (!TakeHashFromEnd(kPreviousKey, &line, &parsed.previous)) return std::nullopt;
  line.remove_prefix(kNumberKey.size());
  const std::string_view digits = line.substr(0, line.find(','));
  if (!absl::SimpleAtoi(graph::ToAbsl(digits), &parsed.head.number)) return std::nullopt;
  return parsed;
}

std::string FormatAuditHead(const AuditHead& head) {
  return absl::StrCat(head.number, ":", head.hash);
}

std::optional<AuditHead> ParseAuditHead(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  AuditHead head;
  head.hash = std::string(text.substr(colon + 1));
  if (!absl::SimpleAtoi(graph::ToAbsl(text.substr(0, colon)), &head.number) || !IsHash(head.hash)) {
    return std::nullopt;
  }
  return head;
}

}  // namespace attlas::services
