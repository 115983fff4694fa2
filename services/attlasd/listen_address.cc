#include "services/attlasd/listen_address.h"

#include <arpa/inet.h>

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"

namespace attlas::services {
namespace {

using graph::ToAbsl;

bool IsUnixAddress(std::string_view address) {
  return address.starts_with("unix:") || address.starts_with("unix-abstract:");
}

// The host of `host:port` without its brackets; nothing where that is not what `address` is.
std::optional<std::string> HostOf(std::string_view address) {
  const size_t colon = address.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  uint32_t port = 0;
  if (!absl::SimpleAtoi(ToAbsl(address.substr(colon + 1)), &port) || port > 65'535) {
    return std::nullopt;
  }
  std::string_view host = address.substr(0, colon);
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (host.empty() || (!bracketed && host.find(':') != std::string_view::npos)) {
    return std::nullopt;
  }
  return std::string(host);
}

bool IsLoopbackHost(const std::string& host) {
  in_addr v4{};
  in6_addr v6{};
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  if (inet_pton(AF_INET6, host.c_str(), &v6) == 1) return IN6_IS_ADDR_LOOPBACK(&v6);
  return host == "localhost";
}

}  // namespace

bool IsLocalAddress(std::string_view address) {
  if (IsUnixAddress(address)) return true;
  const std::optional<std::string> host = HostOf(address);
  return host && IsLoopbackHost(*host);
}

std::string WithPort(const std::string& listen, int port) {
  if (!listen.ends_with(":0") || IsUnixAddress(listen)) return listen;
  return absl::StrCat(listen.substr(0, listen.size() - 1), port);
}

absl::Status CheckListenAddress(std::string_view address, bool public_allowed,
                                std::string_view flag) {
  if (IsUnixAddress(address)) return absl::OkStatus();
  if (!HostOf(address)) {
    return absl::InvalidArgumentError(
        absl::StrCat(ToAbsl(flag), " ", ToAbsl(address),
                     " is no address; write host:port, such as 127.0.0.1:50151, or unix:/path"));
  }
  if (IsLocalAddress(address) || public_allowed) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      ToAbsl(flag), " ", ToAbsl(address),
      " would be reached from beyond this machine, by anyone; give --tls_cert, --tls_key "
      "and --policy, or add --insecure_public if that is what you want"));
}

}  // namespace attlas::services
