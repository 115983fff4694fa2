// Keeps other sites from acting in the name of whoever reads them on this machine.
//
// What: a browser sends requests of any page to any address, with the certificates and from the
// machine of its user. A call is executed where its origin is this gateway's own or where no page
// sent it; on a loopback address the host must be one of this machine, so that a name which an
// attacker points there is of no use.
// Threads: immutable once made; thread-safe.
#ifndef ATTLAS_SERVICES_GATEWAY_SITE_SITE_GUARD_H_
#define ATTLAS_SERVICES_GATEWAY_SITE_SITE_GUARD_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "services/gateway/http/http_message.h"

namespace attlas::gateway {

class SiteGuard {
 public:
  // `local_only`: the gateway listens on a loopback address. `hosts`: names beside those of this
  // machine by which it is reached all the same, as through a proxy.
  SiteGuard(bool local_only, std::vector<std::string> hosts);

  // INVALID_ARGUMENT unless there is one host; PERMISSION_DENIED for a host that is none of ours.
  absl::Status CheckHost(const HttpRequest& request) const;
  // PERMISSION_DENIED for a call that another site's page sends.
  static absl::Status CheckOrigin(const HttpRequest& request);

 private:
  const bool local_only_;
  const std::vector<std::string> hosts_;
};

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_SITE_SITE_GUARD_H_
