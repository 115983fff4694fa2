// The daemon as a class: hosts any set of services on one port.
//
// What: opens the store (or connects to the one elsewhere), starts the server with health and
// reflection, the gateway and the admin addresses, and ends all of them in order.
// Threads: Start and Shutdown from one thread; what they host is thread-safe.
//
// Example:
//   DaemonOptions options;
//   options.listen = "127.0.0.1:0";
//   options.data_dir = directory;
//   ATTLAS_ASSIGN_OR_RETURN(std::unique_ptr<Daemon> daemon, Daemon::Start(std::move(options)));
//   Connect(daemon->address());
//   daemon->Shutdown(absl::Seconds(10));
#ifndef ATTLAS_SERVICES_ATTLASD_DAEMON_H_
#define ATTLAS_SERVICES_ATTLASD_DAEMON_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "graph/graph.h"
#include "services/attlasd/tls.h"
#include "services/common/service_host.h"

namespace attlas::services {

struct DaemonOptions {
  std::string listen = "127.0.0.1:50151";  // host:port (port 0 picks one) or unix:path.
  std::string admin_listen;                // Metrics and /statusz over HTTP; empty for none.
  std::string admin_grpc_listen;           // Health and channelz over gRPC; empty for none.
  bool admin_public = false;               // Whether these two may be beyond this machine.
  std::string http_listen;                 // The gateway; empty for none.
  std::vector<std::string> http_hosts;     // Names by which the gateway is reached, too.
  std::string web_dir;                     // The page that the gateway serves; empty for none.
  TlsFiles tls;
  std::string policy;            // The file that says who may do what; empty for a local operator.
  std::string audit_dir;         // Where calls are recorded; empty for nowhere.
  bool insecure_public = false;  // Whether strangers beyond this machine are let in.
  std::vector<std::string> services = {"all"};
  std::string graph_address;  // The daemon that has the store; empty for this one.
  // What the gateway passes on to other daemons, as SERVICE=ADDRESS.
  std::vector<std::string> upstreams;
  std::string data_dir;    // The directory of the store, where it is here.
  bool create = false;     // Makes the store where there is none.
  std::string backup_dir;  // Where backups go; empty for a daemon that makes none.
  size_t backup_keep = 7;  // How many of them are kept where a caller does not say.
  // The file of the key that seals page tokens; empty for the one in data_dir, or a new one.
  std::string page_token_key;
  // Memory for nodes, edges and names that were read of the store; 0 to keep none.
  size_t record_cache_bytes = graph::GraphOptions().record_cache_bytes;
  // The ontology of a new store, or the successor of a stored one; null for the stored one.
  std::shared_ptr<const graph::OntologyIndex> ontology;
  bool reflection = true;
  ServiceRuntimeOptions runtime;
};

class Daemon {
 public:
  // Errors name the flag or the file at fault. INVALID_ARGUMENT and FAILED_PRECONDITION (options,
  // an address in use), and those of graph::Graph::Open.
  static absl::StatusOr<std::unique_ptr<Daemon>> Start(DaemonOptions options);
  // Shuts down at once, where that was not done.
  ~Daemon();

  // Where clients reach it, with the port that was picked.
  const std::string& address() const;
  int port() const;        // 0 for unix:path.
  int admin_port() const;  // 0 for none.
  // Where health and channelz are; empty for nowhere.
  const std::string& admin_grpc_address() const;
  // Where browsers reach it, such as `http://127.0.0.1:8080`; empty for nowhere.
  const std::string& web_address() const;

  // The store; null where it is elsewhere.
  graph::Graph* graph() const;
  ServiceRuntime& runtime() const;
  const std::vector<std::string>& services() const;

  // Says NOT_SERVING, takes no more calls, ends watches with UNAVAILABLE, lets the other calls run
  // for `drain` and then cancels them; those that came through the gateway alike. Returns when all
  // have ended. Once.
  void Shutdown(absl::Duration drain);

 private:
  struct Impl;
  explicit Daemon(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ATTLASD_DAEMON_H_
