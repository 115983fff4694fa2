#include "services/gateway/rpc/rpc_timeout.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"

namespace attlas::gateway {
namespace {

constexpr size_t kConnectDigits = 10;
constexpr size_t kGrpcDigits = 8;

std::optional<int64_t> ParseDigits(std::string_view text, size_t most) {
  int64_t number = 0;
  const bool digits = std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
  if (text.empty() || text.size() > most || !digits ||
      !absl::SimpleAtoi(graph::ToAbsl(text), &number)) {
    return std::nullopt;
  }
  return number;
}

std::optional<absl::Duration> UnitOf(char c) {
  switch (c) {
    case 'H':
      return absl::Hours(1);
    case 'M':
      return absl::Minutes(1);
    case 'S':
      return absl::Seconds(1);
    case 'm':
      return absl::Milliseconds(1);
    case 'u':
      return absl::Microseconds(1);
    case 'n':
      return absl::Nanoseconds(1);
    default:
      return std::nullopt;
  }
}

}  // namespace

absl::StatusOr<std::optional<absl::Duration>> TimeoutOf(const Headers& headers, Protocol protocol) {
  const bool is_connect =
      protocol == Protocol::kConnectUnary || protocol == Protocol::kConnectStream;
  const std::string_view name = is_connect ? "connect-timeout-ms" : "grpc-timeout";
  if (!headers.Has(name)) return std::optional<absl::Duration>();
  std::string_view text = headers.Get(name);
  std::optional<absl::Duration> unit = absl::Milliseconds(1);
  if (!is_connect && !text.empty()) {
    unit = UnitOf(text.back());
    text.remove_suffix(1);
  }
  const std::optional<int64_t> number =
      ParseDigits(text, is_connect ? kConnectDigits : kGrpcDigits);
  if (!number.has_value() || !unit.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat("the header ", graph::ToAbsl(name), " is no timeout"));
  }
  return std::optional<absl::Duration>(std::min(*number * *unit, kLongestTimeout));
}

}  // namespace attlas::gateway
