// The daemons of one installation as they run in a cluster: the graph, four stateless services and
// a gateway, each a process of its own on a host of its own, under mutual TLS and one policy.
//
// Threads: single-thread; what its members say is fixed once it is started.
#ifndef ATTLAS_TESTS_INTEGRATION_TOPOLOGY_H_
#define ATTLAS_TESTS_INTEGRATION_TOPOLOGY_H_

#include <grpcpp/channel.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/integration/attlasd_process.h"
#include "tests/integration/network_hosts.h"
#include "tests/integration/test_authority.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::testing {

class Topology {
 public:
  // The names of the daemons, those first that others ask.
  static const std::vector<std::string>& Names();
  // A daemon for each service of the graph's host, and for each of the others its own.
  static const std::string& HostOf(const std::string& service);

  // Writes certificates and the policy; nothing runs yet.
  Topology();

  const NetworkHosts& hosts() const { return hosts_; }
  // Where the store is to be put before the graph starts.
  std::string store() const { return directory_.file("store"); }

  // Starts a daemon; false, with what it said, where it does not serve.
  ::testing::AssertionResult Start(const std::string& name);
  // Sends the signal and waits for the end.
  Ended End(const std::string& name, int signal);

  // The steward, who may see everything but spaces and load data; and whoever shows nothing.
  const Identity& steward() const { return steward_; }
  static Identity Nobody() { return {}; }
  // The certificate of a daemon itself.
  const Identity& identity(const std::string& name) const { return identities_.at(name); }

  const std::string& authority() const { return authority_.certificate(); }
  // A channel to the daemon, by its name alone; each call makes a new one.
  std::shared_ptr<grpc::Channel> Connect(const std::string& name, const Identity& identity) const;
  static constexpr int kPort = 50151;
  static constexpr int kHttpPort = 8443;

 private:
  std::vector<std::string> ArgumentsOf(const std::string& name) const;
  std::string PeerAddress(const std::string& name) const;
  void Write(const std::string& name, const std::string& text) const;

  NetworkHosts hosts_;  // The first: it must be made before any thread.
  const TemporaryDirectory directory_;
  const TestAuthority authority_{"attlas test authority"};
  std::map<std::string, Identity> identities_;
  const Identity steward_;
  std::map<std::string, std::unique_ptr<AttlasdProcess>> daemons_;
};

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_INTEGRATION_TOPOLOGY_H_
