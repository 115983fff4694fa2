#include "services/gateway/site/site_guard.h"

#include <arpa/inet.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "graph/base/strings.h"

namespace attlas::gateway {
namespace {

using graph::ToAbsl;

// The host of `host`, `host:port` or `[::1]:port`, without brackets and in lower case.
std::string HostName(std::string_view host) {
  std::string_view name = host;
  if (host.starts_with('[')) {
    name = host.substr(1, host.find(']') == std::string_view::npos ? 0 : host.find(']') - 1);
  } else {
    name = host.substr(0, host.rfind(':'));
  }
  return absl::AsciiStrToLower(ToAbsl(name));
}

bool IsOfThisMachine(const std::string& name) {
  in_addr v4{};
  in6_addr v6{};
  if (inet_pton(AF_INET, name.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  if (inet_pton(AF_INET6, name.c_str(), &v6) == 1) return IN6_IS_ADDR_LOOPBACK(&v6) != 0;
  // Browsers resolve all of `.localhost` to this machine themselves.
  return name == "localhost" || absl::EndsWith(name, ".localhost");
}

// An authority without the port that its scheme implies.
std::string WithoutDefaultPort(std::string_view authority, std::string_view port) {
  std::string lower = absl::AsciiStrToLower(ToAbsl(authority));
  return std::string(absl::StripSuffix(lower, ToAbsl(port)));
}

bool IsSameOrigin(std::string_view origin, std::string_view host) {
  for (const auto& [scheme, port] :
       {std::pair<std::string_view, std::string_view>{"http://", ":80"}, {"https://", ":443"}}) {
    if (!origin.starts_with(scheme)) continue;
    return WithoutDefaultPort(origin.substr(scheme.size()), port) == WithoutDefaultPort(host, port);
  }
  return false;
}

}  // namespace

SiteGuard::SiteGuard(bool local_only, std::vector<std::string> hosts)
    : local_only_(local_only), hosts_(std::move(hosts)) {}

absl::Status SiteGuard::CheckHost(const HttpRequest& request) const {
  const size_t count = request.headers.Count("host");
  if (count > 1 || (count == 0 && !request.is_http_1_0)) {
    return absl::InvalidArgumentError("a request has exactly one host");
  }
  if (!local_only_ || count == 0) return absl::OkStatus();
  const std::string name = HostName(request.headers.Get("host"));
  const bool named = std::any_of(hosts_.begin(), hosts_.end(), [&name](const std::string& host) {
    return absl::EqualsIgnoreCase(host, name);
  });
  if (named || IsOfThisMachine(name)) return absl::OkStatus();
  return absl::PermissionDeniedError(
      "this host is not known here; name it with --http_host if it is yours");
}

absl::Status SiteGuard::CheckOrigin(const HttpRequest& request) {
  absl::Status denied =
      absl::PermissionDeniedError("calls from the pages of other sites are not executed");
  const std::string_view site = request.headers.Get("sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none") return denied;
  if (!request.headers.Has("origin")) return absl::OkStatus();
  const bool same = IsSameOrigin(request.headers.Get("origin"), request.headers.Get("host"));
  return same ? absl::OkStatus() : denied;
}

}  // namespace attlas::gateway
