#include "services/common/trace_context.h"

#include <algorithm>

#include "absl/random/random.h"
#include "absl/strings/str_cat.h"

namespace attlas::services {
namespace {

// `00-<trace id>-<span id>-<flags>`
constexpr size_t kTraceIdAt = 3;
constexpr size_t kTraceIdSize = 32;
constexpr size_t kSpanIdAt = kTraceIdAt + kTraceIdSize + 1;
constexpr size_t kSpanIdSize = 16;
constexpr size_t kFlagsAt = kSpanIdAt + kSpanIdSize + 1;
constexpr size_t kSize = kFlagsAt + 2;
// The least that the standard asks to pass on.
constexpr size_t kMaxStateBytes = 512;

bool IsHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// An id of zeros is none.
bool IsId(std::string_view text) {
  return IsHex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

int DigitOf(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

std::string NewSpanId() {
  thread_local absl::BitGen random;
  // Zero is no id.
  return absl::StrCat(
      absl::Hex(absl::Uniform<uint64_t>(absl::IntervalClosed, random, 1, ~0ULL), absl::kZeroPad16));
}

bool IsState(std::string_view text) {
  return text.size() <= kMaxStateBytes &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

// Of a later version only what version 00 says is read; it may have more behind.
bool HasForm(std::string_view text) {
  if (text.size() < kSize || text[2] != '-' || text[kSpanIdAt - 1] != '-' ||
      text[kFlagsAt - 1] != '-') {
    return false;
  }
  const std::string_view version = text.substr(0, 2);
  if (!IsHex(version) || version == "ff") return false;
  return version == "00" ? text.size() == kSize : text.size() == kSize || text[kSize] == '-';
}

}  // namespace

std::string TraceContext::Traceparent() const {
  std::string header = "00-";
  header.reserve(kSize);
  return header.append(trace_id).append("-").append(span_id).append(sampled ? "-01" : "-00");
}

std::optional<TraceContext> ContinueTrace(std::string_view traceparent,
                                          std::string_view tracestate) {
  if (!HasForm(traceparent)) return std::nullopt;
  const std::string_view trace_id = traceparent.substr(kTraceIdAt, kTraceIdSize);
  const std::string_view parent_id = traceparent.substr(kSpanIdAt, kSpanIdSize);
  const std::string_view flags = traceparent.substr(kFlagsAt, 2);
  if (!IsId(trace_id) || !IsId(parent_id) || !IsHex(flags)) return std::nullopt;
  return TraceContext{.trace_id = std::string(trace_id),
                      .span_id = NewSpanId(),
                      .parent_id = std::string(parent_id),
                      .sampled = (DigitOf(flags[1]) & 1) != 0,
                      .state = IsState(tracestate) ? std::string(tracestate) : std::string()};
}

}  // namespace attlas::services
