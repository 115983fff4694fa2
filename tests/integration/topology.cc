#include "tests/integration/topology.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <fstream>

#include "absl/strings/str_cat.h"

namespace attlas::testing {
namespace {

constexpr char kDaemonUri[] = "spiffe://attlas.example/daemons/";
constexpr char kStewardUri[] = "spiffe://attlas.example/staff/steward";

// As in k8s/overlays/prod/policy.textproto.
std::string PolicyText() {
  std::string text;
  for (const std::string& name : Topology::Names()) {
    if (name == "graph") continue;
    absl::StrAppend(&text, "forwarders { certificate_uri: \"", kDaemonUri, name,
                    "\" highest_role: ", name == "gateway" ? "ROLE_STEWARD" : "ROLE_READER",
                    " }\n");
  }
  absl::StrAppend(&text, "grants { identities { certificate_uri: \"", kStewardUri,
                  "\" } role: ROLE_STEWARD clearance: TRAFFIC_LIGHT_RED }\n",
                  "grants { identities { anyone: true } role: ROLE_READER "
                  "clearance: TRAFFIC_LIGHT_CLEAR }\n");
  return text;
}

}  // namespace

const std::vector<std::string>& Topology::Names() {
  static const auto* const kNames = new std::vector<std::string>{
      "graph", "cooperation", "instruments", "synergy", "transfers", "gateway"};
  return *kNames;
}

const std::string& Topology::HostOf(const std::string& service) {
  for (const std::string& name : Names()) {
    if (name == service && name != "gateway") return name;
  }
  return Names().front();
}

Topology::Topology()
    : hosts_(Names()), steward_(authority_.Issue(absl::StrCat("URI:", kStewardUri))) {
  Write("ca.pem", authority_.certificate());
  Write("policy.textproto", PolicyText());
  // 32 bytes, for every replica the same.
  Write("page_token.key", "0123456789abcdef0123456789abcdef");
  for (const std::string& name : Names()) {
    const Identity& identity = identities_[name] = authority_.Issue(
        absl::StrCat("DNS:", name, ",IP:", hosts_.address(name), ",URI:", kDaemonUri, name));
    Write(name + ".pem", identity.certificate);
    Write(name + ".key", identity.key);
  }
}

void Topology::Write(const std::string& name, const std::string& text) const {
  std::ofstream(directory_.file(name)) << text;
}

std::string Topology::PeerAddress(const std::string& name) const {
  return absl::StrCat(hosts_.address(name), ":", kPort);
}

std::vector<std::string> Topology::ArgumentsOf(const std::string& name) const {
  std::vector<std::string> arguments = {"--services=" + name,
                                        "--listen=" + PeerAddress(name),
                                        "--admin_listen=",
                                        "--tls_cert=" + directory_.file(name + ".pem"),
                                        "--tls_key=" + directory_.file(name + ".key"),
                                        "--tls_client_ca=" + directory_.file("ca.pem"),
                                        "--policy=" + directory_.file("policy.textproto"),
                                        "--page_token_key=" + directory_.file("page_token.key"),
                                        "--log_level=error"};
  if (name == "graph") {
    arguments.front() = "--services=graph,engagement,evidence";
    arguments.push_back("--data_dir=" + store());
    return arguments;
  }
  arguments.push_back("--upstream_ca=" + directory_.file("ca.pem"));
  if (name != "gateway") {
    arguments.push_back("--graph_address=" + PeerAddress("graph"));
    return arguments;
  }
  arguments.push_back(absl::StrCat("--http_listen=", hosts_.address(name), ":", kHttpPort));
  for (const char* service :
       {"cooperation", "engagement", "evidence", "graph", "instruments", "synergy", "transfers"}) {
    arguments.push_back(absl::StrCat("--upstream=", service, "=", PeerAddress(HostOf(service))));
  }
  return arguments;
}

::testing::AssertionResult Topology::Start(const std::string& name) {
  auto& daemon = daemons_[name] =
      std::make_unique<AttlasdProcess>(ArgumentsOf(name), hosts_.within(name));
  if (!daemon->WaitUntilServing().empty()) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << name << ": " << daemon->Wait().errors;
}

Ended Topology::End(const std::string& name, int signal) {
  AttlasdProcess& daemon = *daemons_.at(name);
  daemon.Signal(signal);
  return daemon.Wait();
}

std::shared_ptr<grpc::Channel> Topology::Connect(const std::string& name,
                                                 const Identity& identity) const {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = authority_.certificate();
  options.pem_cert_chain = identity.certificate;
  options.pem_private_key = identity.key;
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(-1);
  // Whoever is back is to be found again soon.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 500);
  arguments.SetSslTargetNameOverride(name);
  return grpc::CreateCustomChannel(PeerAddress(name), grpc::SslCredentials(options), arguments);
}

}  // namespace attlas::testing
