#include "graph/base/error.h"

#include <cstdint>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"

namespace attlas::graph {
namespace {

constexpr char kPayloadUrl[] = "attlas.graph/ErrorDetail";

// A message that joins more violations than this is no longer read by anyone, and would not fit
// into the trailers of an RPC. All of them stay in the payload.
constexpr size_t kMaxJoinedViolations = 8;

// The payload is a sequence of byte strings, each after its length in decimal and a colon: the
// reason, the number of metadata entries, keys and values, the number of violations, fields and
// descriptions. It never leaves the process.
void AppendString(std::string_view text, std::string* out) {
  absl::StrAppend(out, text.size(), ":", ToAbsl(text));
}

// Reads what AppendString wrote.
class PayloadReader {
 public:
  explicit PayloadReader(std::string_view bytes) : bytes_(bytes) {}

  bool ReadString(std::string* text) {
    size_t length = 0;
    if (!ReadNumber(&length) || length > bytes_.size()) return false;
    text->assign(bytes_.substr(0, length));
    bytes_.remove_prefix(length);
    return true;
  }

  bool ReadNumber(size_t* number) {
    constexpr size_t kMostDigits = 9;
    size_t digits = 0;
    *number = 0;
    while (digits < bytes_.size() && bytes_[digits] >= '0' && bytes_[digits] <= '9') {
      if (digits == kMostDigits) return false;
      *number = *number * 10 + static_cast<size_t>(bytes_[digits] - '0');
      ++digits;
    }
    if (digits == 0 || digits == bytes_.size() || bytes_[digits] != ':') return false;
    bytes_.remove_prefix(digits + 1);
    return true;
  }

  bool done() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

std::string Encode(const ErrorDetail& detail) {
  std::string out;
  AppendString(detail.reason, &out);
  absl::StrAppend(&out, detail.metadata.size(), ":");
  for (const auto& [key, value] : detail.metadata) {
    AppendString(key, &out);
    AppendString(value, &out);
  }
  absl::StrAppend(&out, detail.violations.size(), ":");
  for (const FieldViolation& violation : detail.violations) {
    AppendString(violation.field, &out);
    AppendString(violation.description, &out);
  }
  return out;
}

std::optional<ErrorDetail> Decode(std::string_view bytes) {
  PayloadReader reader(bytes);
  ErrorDetail detail;
  size_t count = 0;
  if (!reader.ReadString(&detail.reason) || !reader.ReadNumber(&count)) return std::nullopt;
  for (size_t i = 0; i < count; ++i) {
    std::pair<std::string, std::string>& entry = detail.metadata.emplace_back();
    if (!reader.ReadString(&entry.first) || !reader.ReadString(&entry.second)) return std::nullopt;
  }
  if (!reader.ReadNumber(&count)) return std::nullopt;
  for (size_t i = 0; i < count; ++i) {
    FieldViolation& violation = detail.violations.emplace_back();
    if (!reader.ReadString(&violation.field) || !reader.ReadString(&violation.description)) {
      return std::nullopt;
    }
  }
  if (!reader.done()) return std::nullopt;
  return detail;
}

// A violation without a field speaks for itself.
std::string JoinViolations(const std::vector<FieldViolation>& violations) {
  std::string joined;
  for (size_t i = 0; i < violations.size() && i < kMaxJoinedViolations; ++i) {
    if (i > 0) joined += "; ";
    if (!violations[i].field.empty()) absl::StrAppend(&joined, violations[i].field, ": ");
    joined += violations[i].description;
  }
  if (violations.size() > kMaxJoinedViolations) {
    absl::StrAppend(&joined, "; and ", violations.size() - kMaxJoinedViolations, " more");
  }
  return joined;
}

}  // namespace

absl::Status MakeError(absl::StatusCode code, std::string_view message, const ErrorDetail& detail) {
  absl::Status status(code, ToAbsl(message));
  status.SetPayload(kPayloadUrl, absl::Cord(Encode(detail)));
  return status;
}

absl::Status InvalidField(std::string_view field, std::string_view description) {
  return InvalidFields({{std::string(field), std::string(description)}});
}

absl::Status InvalidFields(std::vector<FieldViolation> violations, std::string_view reason) {
  const std::string message = JoinViolations(violations);
  ErrorDetail detail;
  detail.reason = std::string(reason);
  detail.violations = std::move(violations);
  return MakeError(absl::StatusCode::kInvalidArgument, message, detail);
}

absl::Status ResourceNotFound(std::string_view name) {
  ErrorDetail detail;
  detail.reason = "RESOURCE_NOT_FOUND";
  detail.metadata = {{"resource", std::string(name)}};
  return MakeError(absl::StatusCode::kNotFound, absl::StrCat("there is no ", ToAbsl(name)), detail);
}

std::optional<ErrorDetail> GetErrorDetail(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kPayloadUrl);
  if (!payload.has_value()) return std::nullopt;
  return Decode(std::string(*payload));
}

}  // namespace attlas::graph
