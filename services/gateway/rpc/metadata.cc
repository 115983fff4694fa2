#include "services/gateway/rpc/metadata.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "graph/base/strings.h"
#include "services/common/forwarded_caller.h"

namespace attlas::gateway {
namespace {

using graph::ToAbsl;
using graph::ToStd;

// About HTTP, about the connection, or about the browser.
constexpr std::array<std::string_view, 24> kNotForwarded = {"accept",
                                                            "accept-charset",
                                                            "accept-encoding",
                                                            "accept-language",
                                                            "cache-control",
                                                            "connection",
                                                            "content-encoding",
                                                            "content-length",
                                                            "content-type",
                                                            "cookie",
                                                            "dnt",
                                                            "expect",
                                                            "forwarded",
                                                            "host",
                                                            "keep-alive",
                                                            "origin",
                                                            "pragma",
                                                            "referer",
                                                            "te",
                                                            "trailer",
                                                            "trailers",
                                                            "upgrade",
                                                            "transfer-encoding",
                                                            "user-agent"};
// Reserved for a protocol, or for the hop between the gateway and the services.
constexpr std::array<std::string_view, 9> kReservedPrefixes = {
    ":",        "connect-",        "grpc-",
    "trailer-", "proxy-",          "sec-",
    "if-",      "access-control-", services::kForwardedPrefix};

// What gRPC takes as a name; anything else would end the process.
bool IsMetadataName(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c)) ||
           absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.';
  });
}

bool IsMetadataValue(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

bool HasReservedPrefix(std::string_view name) {
  return std::any_of(kReservedPrefixes.begin(), kReservedPrefixes.end(),
                     [name](std::string_view prefix) { return name.starts_with(prefix); });
}

bool IsForwarded(std::string_view name) {
  return IsMetadataName(name) && !HasReservedPrefix(name) &&
         std::find(kNotForwarded.begin(), kNotForwarded.end(), name) == kNotForwarded.end();
}

bool IsBinary(std::string_view name) { return name.ends_with("-bin"); }

}  // namespace

bool Base64Decode(std::string_view text, std::string* bytes) {
  while (text.ends_with('=')) text.remove_suffix(1);
  const bool web_safe = text.find_first_of("-_") != std::string_view::npos;
  const bool plain = std::all_of(text.begin(), text.end(), [web_safe](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
           (web_safe ? c == '-' || c == '_' : c == '+' || c == '/');
  });
  if (!plain) return false;
  return web_safe ? absl::WebSafeBase64Unescape(ToAbsl(text), bytes)
                  : absl::Base64Unescape(ToAbsl(text), bytes);
}

std::string Base64Encode(std::string_view bytes) {
  std::string text = absl::Base64Escape(ToAbsl(bytes));
  while (text.ends_with('=')) text.pop_back();
  return text;
}

absl::StatusOr<Metadata> MetadataOf(const Headers& headers) {
  Metadata metadata;
  for (const auto& [name, value] : headers.entries()) {
    if (!IsForwarded(name)) continue;
    if (!IsBinary(name)) {
      if (IsMetadataValue(value)) metadata.emplace_back(name, value);
      continue;
    }
    // Fields of one name may have been joined on their way.
    for (const absl::string_view part : absl::StrSplit(value, ',')) {
      std::string bytes;
      if (!Base64Decode(ToStd(absl::StripAsciiWhitespace(part)), &bytes)) {
        return absl::InvalidArgumentError(absl::StrCat("the header ", name, " is no base64"));
      }
      metadata.emplace_back(name, std::move(bytes));
    }
  }
  return metadata;
}

Metadata MetadataOf(const std::multimap<grpc::string_ref, grpc::string_ref>& metadata) {
  Metadata kept;
  for (const auto& [name, value] : metadata) {
    const std::string_view key(name.data(), name.size());
    if (HasReservedPrefix(key) || key == "content-type" || key == "user-agent") continue;
    kept.emplace_back(key, std::string(value.data(), value.size()));
  }
  return kept;
}

std::string HeaderValue(std::string_view name, std::string_view value) {
  return IsBinary(name) ? Base64Encode(value) : std::string(value);
}

void AddToHeaders(const Metadata& metadata, std::string_view prefix, Headers* headers) {
  for (const auto& [name, value] : metadata) {
    headers->Add(absl::StrCat(ToAbsl(prefix), name), HeaderValue(name, value));
  }
}

}  // namespace attlas::gateway
