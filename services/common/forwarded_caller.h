// Who stands behind a call that a gateway, or another daemon, passes on.
//
// What: on that hop the peer is whoever passes the call on. It hands over whom it speaks for in
// metadata that is believed in two cases alone: inside this process together with a secret, which
// is made anew in each process and leaves it never; and from another daemon that showed a
// certificate which the policy lists among its `forwarders`. Metadata of these names from anyone
// else says nothing.
// Threads: thread-safe.
#ifndef ATTLAS_SERVICES_COMMON_FORWARDED_CALLER_H_
#define ATTLAS_SERVICES_COMMON_FORWARDED_CALLER_H_

#include <grpcpp/client_context.h>
#include <grpcpp/support/string_ref.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attlas::services {

// No caller may use names that begin so.
inline constexpr std::string_view kForwardedPrefix = "attlas-forwarded-";

struct ForwardedCaller {
  std::string peer;              // As gRPC writes it: `ipv4:203.0.113.7:52118`.
  bool has_certificate = false;  // A client certificate that TLS has checked.
  std::vector<std::string> certificate_uris;
  // The caller's name (services/access/principal.h) where whoever passes the call on has found out
  // who it is; the rest is empty then. From another daemon alone.
  std::string principal;
};

class ForwardedCallers {
 public:
  // With a new secret.
  ForwardedCallers();

  // Adds what says that `context` is a call of `caller`.
  void Attach(const ForwardedCaller& caller, grpc::ClientContext* context) const;
  // The same for a call to another daemon, which believes our certificate.
  static void AttachForPeer(const ForwardedCaller& caller, grpc::ClientContext* context);

  // The caller behind a call with this metadata; nothing where it does not have the secret.
  std::optional<ForwardedCaller> Find(
      const std::multimap<grpc::string_ref, grpc::string_ref>& metadata) const;
  // The caller behind a call of a peer that is believed; nothing where it calls for itself.
  static std::optional<ForwardedCaller> FindOfPeer(
      const std::multimap<grpc::string_ref, grpc::string_ref>& metadata);

 private:
  const std::string secret_;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_FORWARDED_CALLER_H_
