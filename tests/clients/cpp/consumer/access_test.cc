// Who calls: tokens over TLS, and certificates.
#include <ctime>
#include <fstream>
#include <memory>

#include "tests/clients/cpp/consumer/client_test.h"
#include "tests/integration/test_authority.h"
#include "tests/services/access/signing_key.h"

namespace attlas::testing {
namespace {

constexpr char kIssuer[] = "https://login.example";

class AccessTest : public ::testing::Test {
 protected:
  AccessTest() {
    const Identity server = authority_.Issue("DNS:localhost,IP:127.0.0.1");
    Write("server.pem", server.certificate);
    Write("server.key", server.key);
    Write("ca.pem", authority_.certificate());
    Write("keys.json", KeySetOf({&key_}));
    Write("policy.textproto",
          std::string("token_issuers { issuer: \"") + kIssuer +
              "\" audience: \"attlas\" keys_file: \"keys.json\" }\n"
              "grants { identities { token { issuer: \"" +
              kIssuer +
              "\" subject: \"rita\" } } role: ROLE_READER clearance: TRAFFIC_LIGHT_CLEAR }\n"
              "grants { identities { certificate_uri: \"spiffe://attlas.example/ana\" } "
              "role: ROLE_EDITOR clearance: TRAFFIC_LIGHT_CLEAR }\n");
    daemon_.Start({"--listen=127.0.0.1:0", "--tls_cert=" + daemon_.file("server.pem"),
                   "--tls_key=" + daemon_.file("server.key"),
                   "--tls_client_ca=" + daemon_.file("ca.pem"),
                   "--policy=" + daemon_.file("policy.textproto")});
  }

  std::string Token(int64_t seconds) const {
    return key_.Sign(ClaimsOf(kIssuer, "rita", "attlas", std::time(nullptr), seconds));
  }
  client::Client Connect(std::function<std::string()> token, const Identity& identity = {}) const {
    return *client::Client::Connect(daemon_.address(),
                                    {.tls = client::Tls{.authorities = authority_.certificate(),
                                                        .certificate = identity.certificate,
                                                        .key = identity.key},
                                     .token = std::move(token),
                                     .timeout = 4 * kPatience});
  }
  static graph::v1::GetNodeRequest Indonesia() {
    graph::v1::GetNodeRequest request;
    request.set_name("states/IDN");
    return request;
  }
  static graph::v1::CommitRequest Creation() {
    graph::v1::CommitRequest request;
    graph::v1::Node* node = request.add_mutations()->mutable_create_node();
    node->set_name("sources/a");
    node->set_type("source");
    node->set_display_name("A");
    return request;
  }

  const TestAuthority authority_{"consumer test authority"};
  const SigningKey key_{"ES256", "one"};

 private:
  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(daemon_.file(name)) << text;
  }

  CuratedDaemon daemon_;
};

TEST_F(AccessTest, WhoShowsNothingIsRefused) {
  const auto answer = Connect(nullptr).Call(&GraphStub::GetNode, Indonesia());
  ASSERT_EQ(answer.status().code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(client::DetailsOf(answer.status()).reason, "CREDENTIALS_MISSING");
}

TEST_F(AccessTest, ATokenShowsWhoCalls) {
  const client::Client rita = Connect([&] { return Token(600); });
  EXPECT_TRUE(rita.Call(&GraphStub::GetNode, Indonesia()).ok());
  const auto refused = rita.Call(&GraphStub::Commit, Creation());
  ASSERT_EQ(refused.status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(client::DetailsOf(refused.status()).reason, "ROLE_INSUFFICIENT");
}

TEST_F(AccessTest, ATokenThatRanOutIsReplaced) {
  int asked = 0;
  const client::Client rita = Connect([&] { return Token(++asked == 1 ? -3600 : 3600); });
  EXPECT_TRUE(rita.Call(&GraphStub::GetNode, Indonesia()).ok());
  EXPECT_TRUE(rita.Call(&GraphStub::GetNode, Indonesia()).ok());
  EXPECT_EQ(asked, 2);
  // The same for a stream.
  asked = 0;
  auto stream = Connect([&] {
                  return Token(++asked == 1 ? -3600 : 3600);
                }).Open(&GraphStub::Export, graph::v1::ExportRequest());
  EXPECT_TRUE(stream.Finish().ok());
  EXPECT_EQ(asked, 2);
}

TEST_F(AccessTest, ACertificateShowsWhoCalls) {
  const client::Client ana = Connect(nullptr, authority_.Issue("URI:spiffe://attlas.example/ana"));
  EXPECT_TRUE(ana.Call(&GraphStub::Commit, Creation()).ok());
}

TEST(AccessOptionsTest, ATokenDoesNotLeaveTheMachineInTheClear) {
  EXPECT_EQ(client::Client::Connect("atlas.example:443", {.token = [] { return "secret"; }})
                .status()
                .code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace attlas::testing
