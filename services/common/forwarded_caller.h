// Who stands behind a call that the gateway passes on inside this process.
//
// What: on that hop the peer is the gateway itself. It hands over whom it speaks for in metadata
// that is believed together with a secret alone, which is made anew in each process and leaves it
// never. Metadata of these names from anyone else says nothing.
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
};

class ForwardedCallers {
 public:
  // With a new secret.
  ForwardedCallers();

  // Adds what says that `context` is a call of `caller`.
  void Attach(const ForwardedCaller& caller, grpc::ClientContext* context) const;

  // The caller behind a call with this metadata; nothing where it does not have the secret.
  std::optional<ForwardedCaller> Find(
      const std::multimap<grpc::string_ref, grpc::string_ref>& metadata) const;

 private:
  const std::string secret_;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_FORWARDED_CALLER_H_
