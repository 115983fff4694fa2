// A real daemon over real TLS, and callers who show certificates and tokens.
//
// Threads: single-thread.
#ifndef ATTLAS_TESTS_INTEGRATION_ACCESS_FIXTURE_H_
#define ATTLAS_TESTS_INTEGRATION_ACCESS_FIXTURE_H_

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "graph/base/error.h"
#include "services/common/status.h"
#include "tests/integration/attlasd_process.h"
#include "tests/integration/test_authority.h"
#include "tests/services/access/signing_key.h"
#include "tests/testing/eventually.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::testing {

inline constexpr char kIssuer[] = "https://login.example";
inline constexpr char kServerNames[] = "DNS:localhost,IP:127.0.0.1";

// What a test's caller shows.
struct Caller {
  Identity identity = {};  // A client certificate; empty for none.
  std::string token = {};
};

class AccessTest : public ::testing::Test {
 protected:
  AccessTest() {
    Install("server.pem", "server.key", authority_.Issue(kServerNames));
    Write("ca.pem", authority_.certificate());
    Write("keys.json", KeySetOf({&key_}));
    Write("policy.textproto", PolicyText());
    arguments_ = ServeArguments(directory_.path());
    for (const char* flag : {"--tls_cert=", "--tls_key=", "--tls_client_ca=", "--policy="}) {
      const std::string name(flag);
      const std::string file = name == "--tls_cert="  ? "server.pem"
                               : name == "--tls_key=" ? "server.key"
                               : name == "--policy="  ? "policy.textproto"
                                                      : "ca.pem";
      arguments_.push_back(name + directory_.file(file));
    }
    arguments_.push_back("--audit_dir=" + audit());
  }

  std::string audit() const { return directory_.file("audit"); }
  void Write(const std::string& name, const std::string& text) const {
    const std::string beside = directory_.file(name + ".new");
    std::ofstream(beside) << text;
    std::rename(beside.c_str(), directory_.file(name).c_str());
  }
  void Install(const std::string& certificate, const std::string& key,
               const Identity& identity) const {
    Write(key, identity.key);
    Write(certificate, identity.certificate);
  }
  static std::string Grant(const std::string& identity, const std::string& role,
                           const std::string& more = "clearance: TRAFFIC_LIGHT_CLEAR") {
    return absl::StrCat("grants { identities { ", identity, " } role: ", role, " ", more, " }\n");
  }
  static std::string Subject(const std::string& name) {
    return absl::StrCat("token { issuer: \"", kIssuer, "\" subject: \"", name, "\" }");
  }
  static std::string PolicyText() {
    return absl::StrCat(
        "token_issuers { issuer: \"", kIssuer, "\" audience: \"attlas\" keys_file: \"keys.json\" }",
        Grant("certificate_uri: \"spiffe://attlas.example/ana\"", "ROLE_EDITOR",
              "clearance: TRAFFIC_LIGHT_RED spaces: \"spaces/table\""),
        Grant(Subject("reader"), "ROLE_READER"), Grant(Subject("adder"), "ROLE_CONTRIBUTOR"),
        Grant(Subject("green"), "ROLE_READER", "clearance: TRAFFIC_LIGHT_GREEN"),
        Grant(Subject("red"), "ROLE_READER", "clearance: TRAFFIC_LIGHT_RED"),
        Grant(Subject("single"), "ROLE_READER",
              "clearance: TRAFFIC_LIGHT_CLEAR quota { concurrent_calls: 1 }"),
        Grant(Subject("speaker"), "ROLE_CONTRIBUTOR", "clearance: TRAFFIC_LIGHT_RED"),
        Grant(Subject("hasty"), "ROLE_READER",
              "clearance: TRAFFIC_LIGHT_CLEAR quota { calls_per_second: 0.01 burst: 2 }"));
  }

  void Start() {
    daemon_ = std::make_unique<AttlasdProcess>(arguments_);
    ASSERT_THAT(daemon_->WaitUntilServing(), ::testing::Not(::testing::IsEmpty()))
        << daemon_->Wait().errors;
  }
  std::shared_ptr<grpc::Channel> Connect(const Identity& identity = {}) const {
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = authority_.certificate();
    options.pem_cert_chain = identity.certificate;
    options.pem_private_key = identity.key;
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    const std::string address = daemon_->address();
    return grpc::CreateCustomChannel("localhost" + address.substr(address.rfind(':')),
                                     grpc::SslCredentials(options), arguments);
  }
  std::string Token(const std::string& subject, int64_t seconds = 600) const {
    return key_.Sign(
        ClaimsOf(kIssuer, subject, "attlas", absl::ToUnixSeconds(absl::Now()), seconds));
  }
  template <typename Invoke>
  absl::Status Call(const Caller& caller, Invoke invoke) const {
    const auto stub = graph::v1::GraphService::NewStub(Connect(caller.identity));
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
    if (!caller.token.empty()) context.AddMetadata("authorization", "Bearer " + caller.token);
    return services::FromGrpcStatus(invoke(stub.get(), &context));
  }
  absl::Status Get(const Caller& caller, const std::string& name) const {
    return Call(caller, [&](graph::v1::GraphService::Stub* stub, grpc::ClientContext* context) {
      graph::v1::GetNodeRequest request;
      request.set_name(name);
      graph::v1::GetNodeResponse response;
      return stub->GetNode(context, request, &response);
    });
  }
  absl::Status Commit(const Caller& caller, const graph::v1::CommitRequest& request) const {
    return Call(caller, [&](graph::v1::GraphService::Stub* stub, grpc::ClientContext* context) {
      graph::v1::CommitResponse response;
      return stub->Commit(context, request, &response);
    });
  }
  static graph::v1::CommitRequest Create(const std::string& name, graph::v1::TrafficLight level,
                                         const std::string& space = "") {
    graph::v1::CommitRequest request;
    graph::v1::Node* node = request.add_mutations()->mutable_create_node();
    node->set_name(name);
    node->set_type("source");
    node->set_display_name(name);
    node->mutable_marking()->set_traffic_light(level);
    node->mutable_marking()->set_space(space);
    return request;
  }
  Caller Ana() const { return {.identity = authority_.Issue("URI:spiffe://attlas.example/ana")}; }
  static std::string ReasonOf(const absl::Status& status) {
    const auto detail = graph::GetErrorDetail(status);
    return detail.has_value() ? detail->reason : std::string(status.ToString());
  }

  TemporaryDirectory directory_;
  const TestAuthority authority_{"attlas test authority"};
  const SigningKey key_{"ES256", "one"};
  std::vector<std::string> arguments_;
  std::unique_ptr<AttlasdProcess> daemon_;
};

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_INTEGRATION_ACCESS_FIXTURE_H_
