// Hosts of a network of their own, each a network namespace with an address.
//
// What: the test program leaves the machine's network for a new one, in which a bridge joins it and
// the hosts; nothing that is sent there leaves the machine. Where that is not permitted (it needs
// root and iproute2), the hosts are addresses of the loopback, and isolated() says so.
// Threads: make it before the first thread of the program; single-thread.
//
// Example:
//   NetworkHosts hosts({"graph", "gateway"});
//   AttlasdProcess graph({"--listen=" + hosts.address("graph") + ":50151"}, hosts.within("graph"));
#ifndef ATTLAS_TESTS_INTEGRATION_NETWORK_HOSTS_H_
#define ATTLAS_TESTS_INTEGRATION_NETWORK_HOSTS_H_

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace attlas::testing {

class NetworkHosts {
 public:
  explicit NetworkHosts(const std::vector<std::string>& names);
  ~NetworkHosts();
  NetworkHosts(const NetworkHosts&) = delete;
  NetworkHosts& operator=(const NetworkHosts&) = delete;

  // Whether each host has a network namespace of its own.
  bool isolated() const { return isolated_; }
  const std::string& address(const std::string& name) const { return hosts_.at(name).address; }
  // The command that runs another on this host; empty for none.
  std::vector<std::string> within(const std::string& name) const;

 private:
  struct Host {
    std::string address;
    pid_t holder = -1;  // The process that keeps its namespace.
  };
  bool Isolate();
  bool Attach(size_t index, Host* host);

  std::map<std::string, Host> hosts_;
  bool isolated_ = false;
};

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_INTEGRATION_NETWORK_HOSTS_H_
