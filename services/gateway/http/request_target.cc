#include "services/gateway/http/request_target.h"

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "graph/base/strings.h"

namespace attlas::gateway {
namespace {

using graph::ToAbsl;
using graph::ToStd;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The path of a target in absolute form: what a proxy is sent.
std::string_view WithoutOrigin(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!absl::StartsWithIgnoreCase(ToAbsl(target), ToAbsl(scheme))) continue;
    const size_t path = target.find_first_of("/?", scheme.size());
    if (path == std::string_view::npos) return "/";
    return target.substr(path);
  }
  return target;
}

bool IsPlainPath(std::string_view path) {
  if (!path.starts_with('/') || path.find('\0') != std::string_view::npos) return false;
  for (const absl::string_view segment : absl::StrSplit(ToAbsl(path), '/')) {
    if (segment == "." || segment == "..") return false;
  }
  return true;
}

}  // namespace

const std::string* RequestTarget::Find(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::optional<std::string> PercentDecode(std::string_view text, bool plus_is_blank) {
  std::string decoded;
  decoded.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_blank) {
      decoded.push_back(' ');
    } else if (text[i] != '%') {
      decoded.push_back(text[i]);
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = HexDigit(text[i + 1]);
      const int low = HexDigit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      decoded.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    }
  }
  return decoded;
}

std::string PercentEncode(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    if (c >= ' ' && c <= '~' && c != '%') {
      encoded.push_back(c);
    } else {
      encoded += absl::StrFormat("%%%02X", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

std::optional<RequestTarget> ParseTarget(std::string_view target) {
  target = WithoutOrigin(target);
  target = target.substr(0, target.find('#'));
  const size_t mark = target.find('?');
  RequestTarget parsed;
  std::optional<std::string> path = PercentDecode(target.substr(0, mark), /*plus_is_blank=*/false);
  if (path.has_value() && path->empty() && mark == 0) path = "/";
  if (!path.has_value() || !IsPlainPath(*path)) return std::nullopt;
  parsed.path = *std::move(path);
  if (mark == std::string_view::npos) return parsed;
  for (const absl::string_view pair :
       absl::StrSplit(ToAbsl(target.substr(mark + 1)), '&', absl::SkipEmpty())) {
    const size_t equals = pair.find('=');
    const bool has_value = equals != absl::string_view::npos;
    std::optional<std::string> name = PercentDecode(ToStd(pair.substr(0, equals)), true);
    std::optional<std::string> value =
        has_value ? PercentDecode(ToStd(pair.substr(equals + 1)), true) : std::string();
    if (!name.has_value() || !value.has_value()) return std::nullopt;
    parsed.query.emplace_back(*std::move(name), *std::move(value));
  }
  return parsed;
}

}  // namespace attlas::gateway
