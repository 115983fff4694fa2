// The admin addresses: what operators and their tools ask of a daemon, beside what it serves.
//
// What: over HTTP /metrics (Prometheus), /statusz (for people), /healthz and /readyz; over gRPC
// health (for probes, which speak no TLS), channelz and reflection. In plain text and to whoever
// asks, so that both stay on this machine, or inside a network that a policy closes. Threads: Start
// and the destructor from one thread.
#ifndef ATTLAS_SERVICES_ATTLASD_ADMIN_SERVER_H_
#define ATTLAS_SERVICES_ATTLASD_ADMIN_SERVER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace attlas::services {

// The name that health answers SERVING for from the start to the end, also while a daemon drains:
// for probes that end a process which hangs.
inline constexpr char kLivenessService[] = "liveness";

struct AdminOptions {
  std::string listen;                    // For HTTP, `host:port`; empty for none, port 0 picks one.
  std::string grpc_listen;               // For gRPC, the same.
  bool public_allowed = false;           // Whether the addresses may be beyond this machine.
  std::function<std::string()> metrics;  // The text that Prometheus reads.
  std::function<std::string()> statusz;  // The page for people, in HTML.
  std::function<bool()> ready;           // Whether calls are taken.
  std::vector<std::string> services;     // Full names, for health.
};

class AdminServer {
 public:
  // FAILED_PRECONDITION where an address cannot be bound.
  static absl::StatusOr<std::unique_ptr<AdminServer>> Start(AdminOptions options);
  ~AdminServer();

  int port() const;                         // Of HTTP; 0 for none.
  const std::string& grpc_address() const;  // With the port that was picked; empty for none.
  // What health says from now on.
  void SetServing(bool serving);

 private:
  struct Impl;
  explicit AdminServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ATTLASD_ADMIN_SERVER_H_
