// The gateway of a real attlasd, as clients of HTTP meet it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/gateway/http/compression.h"
#include "tests/integration/gateway_fixture.h"

namespace attlas::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using ::testing::StartsWith;
namespace v1 = graph::v1;

TEST_F(GatewayTest, SaysWhereItIs) {
  EXPECT_THAT(line_, HasSubstr(absl::StrCat(", web on http://127.0.0.1:", port_)));
  EXPECT_EQ(Ask("GET", "/healthz").body, "ok\n");
  EXPECT_EQ(Ask("GET", "/readyz").status, 200);
  EXPECT_THAT(Ask("GET", "/metrics").body,
              AllOf(HasSubstr("attlas_gateway_connections 1"), HasSubstr("attlas_graph_revision")));
  EXPECT_THAT(Ask("GET", "/openapi.json").body, HasSubstr(kGetNode));
  EXPECT_THAT(Ask("GET", "/reference").body, HasSubstr("Returns one node."));
  EXPECT_THAT(Ask("GET", "/").body, HasSubstr("--web_dir"));
}

TEST_F(GatewayTest, UnaryInBothCodecsOnOneConnection) {
  Put("sources/a");
  const HttpAnswer json = Ask("POST", kGetNode, kJson, R"({"name":"sources/a"})");
  EXPECT_EQ(json.status, 200);
  EXPECT_EQ(json.Header("content-type"), "application/json");
  EXPECT_THAT(json.body, HasSubstr(R"("name":"sources/a")"));
  const HttpAnswer proto = Ask("POST", kGetNode, kProto, NodeBytes("sources/a"));
  EXPECT_EQ(proto.status, 200);
  v1::GetNodeResponse response;
  ASSERT_TRUE(response.ParseFromString(proto.body));
  EXPECT_EQ(response.node().name(), "sources/a");
}

TEST_F(GatewayTest, GetAsksWhatHasNoSideEffects) {
  Put("sources/a");
  const std::string json = absl::StrCat(
      kGetNode, "?connect=v1&encoding=json&message=%7B%22name%22%3A%22sources%2Fa%22%7D");
  EXPECT_THAT(Ask("GET", json).body, HasSubstr(R"("name":"sources/a")"));
  const std::string proto = absl::StrCat(kGetNode, "?encoding=proto&base64=1&message=",
                                         absl::WebSafeBase64Escape(NodeBytes("sources/a")));
  v1::GetNodeResponse response;
  EXPECT_TRUE(response.ParseFromString(Ask("GET", proto).body));
  EXPECT_EQ(response.node().name(), "sources/a");
  const HttpAnswer commit = Ask("GET", absl::StrCat(kCommit, "?encoding=json&message=%7B%7D"));
  EXPECT_EQ(commit.status, 405);
  EXPECT_EQ(commit.Header("allow"), "POST");
}

TEST_F(GatewayTest, ErrorsHaveTheirCodeAndTheirDetails) {
  const HttpAnswer missing = Ask("POST", kGetNode, kProto, NodeBytes("sources/none"));
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.Header("content-type"), "application/json");
  EXPECT_THAT(missing.body, AllOf(StartsWith(R"({"code":"not_found","message":)"),
                                  HasSubstr(R"("type":"google.rpc.ErrorInfo","value":")"),
                                  HasSubstr(R"("reason":"RESOURCE_NOT_FOUND")")));
  const HttpAnswer bad = Ask("POST", kGetNode, kJson, R"({"name":7)");
  EXPECT_EQ(bad.status, 400);
  EXPECT_THAT(bad.body, StartsWith(R"({"code":"invalid_argument")"));
  EXPECT_EQ(Ask("POST", kGetNode, kProto, "\xff\xff").status, 400);
}

TEST_F(GatewayTest, RefusesWhatIsNoCall) {
  EXPECT_EQ(Ask("POST", "/attlas.graph.v1.GraphService/Nothing", kJson, "{}").status, 404);
  EXPECT_EQ(Ask("POST", "/attlas.nothing.v1.NoService/GetNode", kProto, "").status, 404);
  const HttpAnswer verb = Ask("DELETE", kGetNode, kJson);
  EXPECT_EQ(verb.status, 405);
  EXPECT_EQ(verb.Header("allow"), "GET, POST");
  EXPECT_EQ(Ask("GET", kWatch).status, 405);
  EXPECT_EQ(Ask("OPTIONS", kGetNode, {{"origin", "http://localhost:1"}})
                .Header("access-control-allow-origin"),
            "");
  const HttpAnswer type = Ask("POST", kGetNode, {{"content-type", "image/jpeg"}}, "x");
  EXPECT_EQ(type.status, 415);
  EXPECT_THAT(type.Header("accept-post"), HasSubstr("application/json, application/proto"));
  EXPECT_EQ(Ask("POST", kWatch, kJson, "{}").status, 415);
  EXPECT_EQ(Ask("GET", absl::StrCat(kGetNode, "?encoding=xml&message=")).status, 415);
  EXPECT_EQ(Ask("GET", "/../etc/passwd").status, 400);
  EXPECT_EQ(Ask("GET", "/nothing.here").status, 404);
}

TEST_F(GatewayTest, GzipBothWays) {
  for (int i = 0; i < 40; ++i) Put(absl::StrCat("sources/a", i));
  const std::string request = gateway::Gzip(R"({"pageSize":100})", gateway::Effort::kQuick);
  const HttpAnswer answer = Ask("POST", "/attlas.graph.v1.GraphService/ListNodes",
                                With(kJson, "content-encoding", "gzip"), request);
  EXPECT_EQ(answer.Header("content-encoding"), "gzip");
  const auto body = gateway::Gunzip(answer.body, 1 << 20);
  ASSERT_TRUE(body.ok());
  EXPECT_THAT(*body, HasSubstr("sources/a39"));
  const HttpAnswer unknown = Ask("POST", kGetNode, With(kJson, "content-encoding", "zstd"), "{}");
  EXPECT_EQ(unknown.status, 501);
  EXPECT_THAT(unknown.body, HasSubstr("gzip"));
}

TEST_F(GatewayTest, ARequestIdGoesInAndOut) {
  const HttpAnswer answer =
      Ask("POST", kGetNode, With(kJson, "X-Request-Id", "seven"), R"({"name":"sources/a"})");
  EXPECT_EQ(answer.Header("x-request-id"), "seven");
  EXPECT_EQ(answer.Header("cache-control"), "no-store");
}

TEST_F(GatewayTest, TimeoutsAreThoseOfTheCall) {
  const HttpAnswer late =
      Ask("POST", kGetNode, With(kJson, "connect-timeout-ms", "0"), R"({"name":"sources/a"})");
  EXPECT_EQ(late.status, 504);
  EXPECT_THAT(late.body, StartsWith(R"({"code":"deadline_exceeded")"));
  EXPECT_EQ(Ask("POST", kGetNode, With(kJson, "connect-timeout-ms", "12345678901"), "{}").status,
            400);
  // A watch that ends by its own time is told so in its last message.
  const HttpAnswer watch = Ask("POST", kWatch, With(kConnectJson, "connect-timeout-ms", "100"),
                               Enveloped(0, R"({"fromEarliest":true})"));
  EXPECT_EQ(watch.status, 200);
  const auto envelopes = SplitEnvelopes(watch.body);
  ASSERT_FALSE(envelopes.empty());
  EXPECT_EQ(envelopes.back().first, 2);
  EXPECT_THAT(envelopes.back().second, HasSubstr(R"("code":"deadline_exceeded")"));
  const HttpAnswer web = Ask("POST", kGetNode, With(kGrpcWeb, "grpc-timeout", "0m"),
                             Enveloped(0, NodeBytes("sources/a")));
  EXPECT_THAT(SplitEnvelopes(web.body).back().second, StartsWith("grpc-status: 4\r\n"));
}

TEST_F(GatewayTest, OtherSitesHaveNoSay) {
  const std::string port = std::to_string(port_);
  const std::string body = PutSource("sources/evil");
  for (const HttpFields& fields :
       {With(kJson, "origin", "http://evil.example"), With(kJson, "origin", "null"),
        With(kJson, "origin", "http://localhost:1"), With(kJson, "sec-fetch-site", "cross-site")}) {
    EXPECT_EQ(Ask("POST", kCommit, fields, body).status, 403);
  }
  const std::string get = absl::StrCat(kGetNode, "?encoding=json&message=%7B%7D");
  EXPECT_EQ(Ask("GET", get, {{"sec-fetch-site", "cross-site"}}).status, 403);
  // A name that an attacker points here.
  EXPECT_EQ(Ask("POST", kCommit,
                With(With(kJson, "host", "evil.example:" + port), "origin",
                     "http://evil.example:" + port),
                body)
                .status,
            421);
  EXPECT_EQ(Ask("POST", kGetNode, kJson, R"({"name":"sources/evil"})").status, 404);
  // The page's own calls.
  EXPECT_EQ(
      Ask("POST", kCommit,
          With(With(kJson, "host", "127.0.0.1:" + port), "origin", "http://127.0.0.1:" + port),
          body)
          .status,
      200);
}

TEST_F(GatewayTest, NobodySpeaksForAnother) {
  // Fields of the hop inside the process are not passed on.
  const HttpAnswer answer =
      Ask("POST", kGetNode, With(kJson, "attlas-forwarded-peer", "ipv4:10.0.0.1:1"),
          R"({"name":"sources/a"})");
  EXPECT_EQ(answer.status, 404);
}

TEST_F(GatewayTest, DrainsWithTheDaemon) {
  HttpClient watcher(port_);
  watcher.Send(FormatRequest("POST", kWatch, kConnectJson, Enveloped(0, "{}")));
  EXPECT_EQ(watcher.ReadHead().status, 200);
  daemon_->Signal(SIGTERM);
  std::string body;
  while (const std::optional<std::string> chunk = watcher.ReadChunk()) body += *chunk;
  const auto envelopes = SplitEnvelopes(body);
  ASSERT_FALSE(envelopes.empty());
  EXPECT_EQ(envelopes.back().first, 2);
  EXPECT_THAT(envelopes.back().second, HasSubstr(R"("code":"unavailable")"));
  EXPECT_TRUE(watcher.AtEnd());
  EXPECT_TRUE(client_->AtEnd());
  EXPECT_EQ(daemon_->Wait().exit_code, 0);
}

class SmallGatewayTest : public GatewayTest {
 protected:
  SmallGatewayTest() : GatewayTest({"--max_message_bytes=4096"}) {}
};

TEST_F(SmallGatewayTest, BoundsMessagesAndSaysSoInEachProtocol) {
  const std::string large(4'096, ' ');
  const HttpAnswer unary = Ask("POST", kGetNode, kJson, large + "{}");
  EXPECT_EQ(unary.status, 429);
  EXPECT_THAT(unary.body, StartsWith(R"({"code":"resource_exhausted")"));
  EXPECT_NE(Ask("POST", kGetNode, kJson, large.substr(2) + "{}").status, 429);
  const std::string bomb =
      gateway::Gzip(std::string(size_t{64} << 20, ' ') + "{}", gateway::Effort::kBest);
  ASSERT_LT(bomb.size(), size_t{1} << 20);
  HttpClient bomber(port_);
  EXPECT_EQ(bomber.Ask("POST", kGetNode, With(kJson, "content-encoding", "gzip"), bomb).status,
            429);
  // Beyond what is read at all, the answer still comes.
  HttpClient stream(port_);
  const HttpAnswer answer =
      stream.Ask("POST", kExport, kConnectJson, Enveloped(0, std::string(1 << 20, ' ') + "{}"));
  EXPECT_THAT(SplitEnvelopes(answer.body).back().second, HasSubstr("resource_exhausted"));
}

TEST_F(SmallGatewayTest, AStreamMayBeLongerThanAMessage) {
  std::string body;
  for (int i = 0; i < 10; ++i) {
    absl::StrAppend(
        &body,
        Enveloped(0, absl::StrCat(R"({"nodes":[{"name":"sources/s)", i, R"(","type":"source",)",
                                  R"("displayName":"S","marking":{"trafficLight":)",
                                  R"("TRAFFIC_LIGHT_CLEAR"}}]})", std::string(3'000, ' '))));
  }
  absl::StrAppend(&body, Enveloped(0, R"({"rowCount":"10"})"));
  const HttpAnswer answer = Ask("POST", kImport, kConnectJson, body);
  EXPECT_THAT(SplitEnvelopes(answer.body).back(), Pair(2, "{}"));
  EXPECT_EQ(answer.Header("connection"), "keep-alive");
  EXPECT_EQ(Ask("POST", kGetNode, kJson, R"({"name":"sources/s9"})").status, 200);
}

TEST_F(SmallGatewayTest, AMessageThatPromisesTooMuchIsAnsweredBeforeItComes) {
  client_->Send(
      absl::StrCat("POST ", kImport, " HTTP/1.1\r\nhost: localhost\r\n",
                   "content-type: application/connect+json\r\ntransfer-encoding: chunked\r\n\r\n",
                   "5\r\n", std::string("\0\x10\0\0\0", 5), "\r\n"));
  const HttpAnswer answer = client_->Read();
  EXPECT_EQ(answer.Header("connection"), "close");
  EXPECT_THAT(SplitEnvelopes(answer.body).back(),
              Pair(2, StartsWith(R"({"error":{"code":"resource_exhausted")")));
  EXPECT_TRUE(client_->AtEnd());
}

class PageTest : public GatewayTest {
 protected:
  PageTest() : GatewayTest({"--web_dir=" + MakePage()}) {}
  static std::string MakePage() {
    static const auto* const directory = new TemporaryDirectory();
    std::filesystem::create_directories(directory->file("assets"));
    std::ofstream(directory->file("index.html")) << "<!doctype html><title>Attlas</title>";
    std::ofstream(directory->file("assets/app-12345678.js")) << std::string(5'000, ';');
    return directory->path();
  }
};

TEST_F(PageTest, IsServedWithItsHeaders) {
  for (const char* path : {"/", "/index.html", "/states/IDN?as_of=2026-02-03"}) {
    const HttpAnswer page = Ask("GET", path);
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_EQ(page.body, "<!doctype html><title>Attlas</title>");
    EXPECT_THAT(page.Header("content-security-policy"), HasSubstr("default-src 'none'"));
    EXPECT_EQ(page.Header("cache-control"), "no-cache");
    EXPECT_EQ(Ask("GET", path, {{"if-none-match", page.Header("etag")}}).status, 304);
    EXPECT_EQ(Ask("HEAD", path).status, 200);
  }
  const HttpAnswer script =
      Ask("GET", "/assets/app-12345678.js", {{"accept-encoding", "gzip, deflate, br"}});
  EXPECT_EQ(script.Header("content-encoding"), "gzip");
  EXPECT_THAT(script.Header("cache-control"), HasSubstr("immutable"));
  EXPECT_EQ(Ask("GET", "/assets/app-87654321.js").status, 404);
  // A link from another site leads to the page.
  EXPECT_EQ(Ask("GET", "/", {{"sec-fetch-site", "cross-site"}}).status, 200);
}

TEST(GatewayStartTest, NamesTheFlagAtFault) {
  const TemporaryDirectory directory;
  std::vector<std::string> arguments = ServeArguments(directory.path());
  const auto errors = [&arguments](const std::string& flag) {
    std::vector<std::string> with = arguments;
    with.push_back(flag);
    return RunToTheEnd(with).errors;
  };
  EXPECT_THAT(errors("--http_listen=0.0.0.0:0"), HasSubstr("--http_listen"));
  EXPECT_THAT(errors("--http_listen=nonsense"), HasSubstr("--http_listen"));
  arguments.push_back("--http_listen=127.0.0.1:0");
  EXPECT_THAT(errors("--web_dir=" + directory.file("none")), HasSubstr("--web_dir"));
  AttlasdProcess first(arguments);
  ASSERT_THAT(first.WaitUntilServing(), Not(IsEmpty()));
  const TemporaryDirectory other;
  std::vector<std::string> second = ServeArguments(other.path());
  second.push_back("--http_listen=127.0.0.1:" + std::to_string(PortOf(first.web_address())));
  EXPECT_THAT(RunToTheEnd(second).errors, HasSubstr("--http_listen="));
}

}  // namespace
}  // namespace attlas::testing
