// Who is let in through the gateway: the same callers, with the same say, as over gRPC.
#include <string>

#include "tests/integration/access_fixture.h"
#include "tests/integration/http_client.h"

namespace attlas::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kGetNode[] = "/attlas.graph.v1.GraphService/GetNode";
constexpr char kCommit[] = "/attlas.graph.v1.GraphService/Commit";
constexpr char kWatch[] = "/attlas.graph.v1.GraphService/Watch";
constexpr char kBody[] = R"({"name":"sources/a"})";
constexpr char kPut[] = R"({"mutations":[{"createNode":{"name":"sources/a","type":"source",)"
                        R"("displayName":"A","marking":{"trafficLight":"TRAFFIC_LIGHT_CLEAR"}}}]})";

class GatewayAccessTest : public AccessTest {
 protected:
  GatewayAccessTest() { arguments_.push_back("--http_listen=127.0.0.1:0"); }

  int port() const { return PortOf(daemon_->web_address()); }
  HttpAnswer Ask(const Caller& caller, const std::string& path, const std::string& body,
                 HttpFields fields = {}) const {
    fields.emplace_back("content-type", "application/json");
    if (!caller.token.empty()) fields.emplace_back("authorization", "Bearer " + caller.token);
    HttpClient client(port(), authority_.certificate(), caller.identity);
    EXPECT_TRUE(client.connected());
    return client.Ask("POST", path, fields, body);
  }
};

TEST_F(GatewayAccessTest, ATokenAndACertificateCountAsOverGrpc) {
  Start();
  EXPECT_THAT(daemon_->web_address(), StartsWith("https://"));
  EXPECT_EQ(Ask(Ana(), kCommit, kPut).status, 200);
  EXPECT_EQ(Ask(Ana(), kGetNode, kBody).status, 200);
  EXPECT_EQ(Ask({.token = Token("reader")}, kGetNode, kBody).status, 200);
  const HttpAnswer denied = Ask({.token = Token("reader")}, kCommit, kPut);
  EXPECT_EQ(denied.status, 403);
  EXPECT_THAT(denied.body, HasSubstr("ROLE_INSUFFICIENT"));
}

TEST_F(GatewayAccessTest, WhoShowsNothingIsNobody) {
  Start();
  const HttpAnswer nobody = Ask({}, kGetNode, kBody);
  EXPECT_EQ(nobody.status, 401);
  EXPECT_THAT(nobody.body, HasSubstr("CREDENTIALS_MISSING"));
  EXPECT_EQ(Ask({.token = Token("eve")}, kGetNode, kBody).status, 401);
  EXPECT_EQ(Ask({.identity = authority_.Issue("URI:spiffe://attlas.example/eve")}, kGetNode, kBody)
                .status,
            401);
  // A good certificate does not make up for a bad token.
  Caller mixed = Ana();
  mixed.token = "bad";
  EXPECT_EQ(Ask(mixed, kGetNode, kBody).status, 401);
}

TEST_F(GatewayAccessTest, NobodyPutsACertificateIntoAHeader) {
  Start();
  for (const std::string& secret : {std::string(64, '0'), std::string()}) {
    const HttpAnswer answer =
        Ask({}, kGetNode, kBody,
            {{"attlas-forwarded-secret", secret},
             {"attlas-forwarded-certificate", "1"},
             {"attlas-forwarded-uri-bin", "c3BpZmZlOi8vYXR0bGFzLmV4YW1wbGUvYW5h"}});
    EXPECT_EQ(answer.status, 401);
  }
  // Nor over gRPC itself.
  const absl::Status direct = Call({}, [](auto* stub, grpc::ClientContext* context) {
    context->AddMetadata("attlas-forwarded-secret", std::string(64, '0'));
    context->AddMetadata("attlas-forwarded-certificate", "1");
    context->AddMetadata("attlas-forwarded-uri-bin", "spiffe://attlas.example/ana");
    graph::v1::GetNodeRequest request;
    request.set_name("sources/a");
    graph::v1::GetNodeResponse response;
    return stub->GetNode(context, request, &response);
  });
  EXPECT_EQ(ReasonOf(direct), "CREDENTIALS_MISSING");
}

TEST_F(GatewayAccessTest, CertificatesOfOthersEndTheConnection) {
  Start();
  const TestAuthority other("another authority");
  HttpClient client(port(), authority_.certificate(),
                    other.Issue("URI:spiffe://attlas.example/ana"));
  // With TLS 1.3 the client learns of it when it reads.
  client.Send(FormatRequest("GET", "/healthz"));
  EXPECT_EQ(client.Read().status, 0);
  EXPECT_EQ(Ask(Ana(), kGetNode, kBody).status, 404);
}

TEST_F(GatewayAccessTest, PlainTextIsNotSpoken) {
  Start();
  HttpClient client(port());
  client.Send(FormatRequest("GET", "/healthz"));
  EXPECT_EQ(client.Read().status, 0);
}

TEST_F(GatewayAccessTest, KeepsMetricsFromThosePassingBy) {
  Start();
  HttpClient client(port(), authority_.certificate(), {});
  EXPECT_EQ(client.Ask("GET", "/healthz").status, 200);
  EXPECT_EQ(client.Ask("GET", "/metrics").status, 404);
}

TEST_F(GatewayAccessTest, MarkingsHideWhatTheyHideOverGrpc) {
  Start();
  ASSERT_OK(Commit(Ana(), Create("sources/red", graph::v1::TRAFFIC_LIGHT_RED)));
  const std::string body = R"({"name":"sources/red"})";
  EXPECT_EQ(Ask({.token = Token("red")}, kGetNode, body).status, 200);
  const HttpAnswer hidden = Ask({.token = Token("reader")}, kGetNode, body);
  const HttpAnswer missing = Ask({.token = Token("reader")}, kGetNode, R"({"name":"sources/rex"})");
  EXPECT_EQ(hidden.status, 404);
  EXPECT_EQ(missing.status, 404);
}

TEST_F(GatewayAccessTest, QuotasAreOfTheCaller) {
  Start();
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(Ask({.token = Token("hasty")}, kGetNode, kBody).status, 404);
  }
  const HttpAnswer beyond = Ask({.token = Token("hasty")}, kGetNode, kBody);
  EXPECT_EQ(beyond.status, 429);
  EXPECT_THAT(beyond.body, HasSubstr("QUOTA_EXCEEDED"));
  EXPECT_EQ(Ask({.token = Token("reader")}, kGetNode, kBody).status, 404);
}

TEST_F(GatewayAccessTest, AStreamEndsWhenItsCallerIsGrantedNothingMore) {
  Start();
  HttpClient watcher(port(), authority_.certificate(), {});
  watcher.Send(FormatRequest("POST", kWatch,
                             {{"content-type", "application/connect+json"},
                              {"authorization", "Bearer " + Token("reader")}},
                             Enveloped(0, "{}")));
  EXPECT_EQ(watcher.ReadHead().status, 200);
  Write("policy.textproto", absl::StrCat("token_issuers { issuer: \"", kIssuer,
                                         "\" audience: \"attlas\" keys_file: \"keys.json\" }",
                                         Grant(Subject("other"), "ROLE_READER")));
  std::string body;
  while (const std::optional<std::string> chunk = watcher.ReadChunk()) body += *chunk;
  EXPECT_THAT(body, HasSubstr(R"("code":"unauthenticated")"));
}

TEST_F(GatewayAccessTest, ANewCertificateIsTaken) {
  Start();
  const TestAuthority next("the next authority");
  Install("server.pem", "server.key", next.Issue(kServerNames));
  EXPECT_TRUE(Eventually([&] {
    HttpClient client(port(), next.certificate(), {});
    return client.connected() && client.Ask("GET", "/healthz").status == 200;
  }));
}

}  // namespace
}  // namespace attlas::testing
