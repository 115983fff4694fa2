// The gateway of a real attlasd: streams, and the protocol of gRPC-Web.
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "services/gateway/http/compression.h"
#include "tests/integration/gateway_fixture.h"

namespace attlas::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::StartsWith;
namespace v1 = graph::v1;

class GatewayStreamsTest : public GatewayTest {};

TEST_F(GatewayStreamsTest, WatchTellsOfACommitAsItHappens) {
  HttpClient watcher(port_);
  watcher.Send(FormatRequest("POST", kWatch, kConnectJson, Enveloped(0, "{}")));
  const HttpAnswer head = watcher.ReadHead();
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.Header("content-type"), "application/connect+json");
  std::string seen;
  // The head comes when the watch has begun, so that nothing later is missed.
  Put("sources/a");
  while (seen.find("sources/a") == std::string::npos) {
    const std::optional<std::string> chunk = watcher.ReadChunk();
    ASSERT_TRUE(chunk.has_value()) << seen;
    seen += *chunk;
  }
}

TEST_F(GatewayStreamsTest, AWatcherWhoLeavesIsNotServedOn) {
  auto watcher = std::make_unique<HttpClient>(port_);
  watcher->Send(FormatRequest("POST", kWatch, kConnectJson, Enveloped(0, "{}")));
  EXPECT_EQ(watcher->ReadHead().status, 200);
  const auto in_flight = [this] {
    const std::string metrics = Ask("GET", "/metrics").body;
    return metrics.find("in_flight{method=\"Watch\",service=\"attlas.graph.v1.GraphService\"} 1") !=
               std::string::npos ||
           metrics.find("service=\"attlas.graph.v1.GraphService\",method=\"Watch\"} 1\n") !=
               std::string::npos;
  };
  EXPECT_TRUE(in_flight());
  watcher.reset();
  while (in_flight()) {
  }
}

TEST_F(GatewayStreamsTest, ExportIsAStreamThatEndsWithItsTrailers) {
  for (int i = 0; i < 40; ++i) Put(absl::StrCat("sources/a", i));
  const HttpAnswer answer = Ask(
      "POST", kExport, With(kConnectJson, "connect-accept-encoding", "gzip"), Enveloped(0, "{}"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.Header("connect-content-encoding"), "gzip");
  std::string all;
  const auto envelopes = SplitEnvelopes(answer.body);
  for (const auto& [flags, message] : envelopes) {
    all += (flags & 1) != 0 ? *gateway::Gunzip(message, 16 << 20) : message;
  }
  EXPECT_THAT(all, HasSubstr("sources/a39"));
  EXPECT_THAT(envelopes.back(), Pair(2, "{}"));
  // The connection is good for more.
  EXPECT_EQ(Ask("GET", "/healthz").status, 200);
}

TEST_F(GatewayStreamsTest, ErrorsOfStreamsAreInTheirLastMessage) {
  const auto last = [this](const std::string& body, const HttpFields& fields = kConnectJson) {
    const HttpAnswer answer = Ask("POST", kExport, fields, body);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.Header("content-type"), "application/connect+json");
    const auto envelopes = SplitEnvelopes(answer.body);
    EXPECT_EQ(envelopes.size(), 1u);
    return envelopes.empty() ? "" : envelopes.back().second;
  };
  EXPECT_THAT(last(Enveloped(0, R"({"types":["nothing"]})")), HasSubstr("invalid_argument"));
  EXPECT_THAT(last(""), HasSubstr("unimplemented"));
  EXPECT_THAT(last(Enveloped(0, "{}") + Enveloped(0, "{}")), HasSubstr("unimplemented"));
  EXPECT_THAT(last(Enveloped(1, "{}")), HasSubstr("internal"));
  EXPECT_THAT(last(Enveloped(0, "{}"), With(kConnectJson, "connect-content-encoding", "br")),
              HasSubstr("unimplemented"));
  EXPECT_THAT(last(std::string("\0\0\0\0\x09{}", 7)), HasSubstr("invalid_argument"));
}

TEST_F(GatewayStreamsTest, AClientStreamIsReadToItsEnd) {
  const std::string node =
      R"({"nodes":[{"name":"sources/i","type":"source",)"
      R"("displayName":"I","marking":{"trafficLight":"TRAFFIC_LIGHT_CLEAR"}}]})";
  const HttpAnswer answer =
      Ask("POST", kImport, kConnectJson, Enveloped(0, node) + Enveloped(0, R"({"rowCount":"1"})"));
  EXPECT_EQ(answer.status, 200);
  const auto envelopes = SplitEnvelopes(answer.body);
  ASSERT_EQ(envelopes.size(), 2u) << answer.body;
  EXPECT_THAT(envelopes.back(), Pair(2, "{}"));
  EXPECT_EQ(Ask("POST", kGetNode, kJson, R"({"name":"sources/i"})").status, 200);
  // A stream that was cut off is no import.
  const HttpAnswer cut = Ask("POST", kImport, kConnectJson, Enveloped(0, node));
  EXPECT_THAT(SplitEnvelopes(cut.body).back().second, HasSubstr("invalid_argument"));
}

TEST_F(GatewayStreamsTest, AClientStreamOverGrpcWeb) {
  const std::string first = Bytes<v1::ImportRequest>(
      R"({"nodes":[{"name":"sources/w","type":"source",)"
      R"("displayName":"W","marking":{"trafficLight":"TRAFFIC_LIGHT_CLEAR"}}]})");
  const HttpAnswer answer =
      Ask("POST", kImport, kGrpcWeb,
          Enveloped(0, first) + Enveloped(0, Bytes<v1::ImportRequest>(R"({"rowCount":"1"})")));
  const auto envelopes = SplitEnvelopes(answer.body);
  ASSERT_EQ(envelopes.size(), 2u);
  v1::ImportResponse response;
  EXPECT_TRUE(response.ParseFromString(envelopes[0].second));
  EXPECT_EQ(response.created_count(), 1);
  EXPECT_THAT(envelopes[1], Pair(0x80, StartsWith("grpc-status: 0\r\n")));
}

TEST_F(GatewayStreamsTest, GrpcWebInBothForms) {
  Put("sources/a");
  const HttpAnswer answer = Ask("POST", kGetNode, kGrpcWeb, Enveloped(0, NodeBytes("sources/a")));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.Header("content-type"), "application/grpc-web+proto");
  const auto envelopes = SplitEnvelopes(answer.body);
  ASSERT_EQ(envelopes.size(), 2u);
  v1::GetNodeResponse response;
  EXPECT_TRUE(response.ParseFromString(envelopes[0].second));
  EXPECT_EQ(response.node().name(), "sources/a");
  EXPECT_THAT(envelopes[1], Pair(0x80, StartsWith("grpc-status: 0\r\n")));

  const HttpAnswer missing = Ask("POST", kGetNode, kGrpcWeb, Enveloped(0, NodeBytes("sources/b")));
  EXPECT_EQ(missing.status, 200);
  EXPECT_THAT(SplitEnvelopes(missing.body).back().second,
              AllOf(StartsWith("grpc-status: 5\r\n"), HasSubstr("grpc-status-details-bin: ")));

  const HttpAnswer text = Ask("POST", kGetNode, {{"content-type", "application/grpc-web-text"}},
                              absl::Base64Escape(Enveloped(0, NodeBytes("sources/b"))));
  std::string decoded;
  EXPECT_TRUE(absl::Base64Unescape(text.body, &decoded));
  EXPECT_THAT(SplitEnvelopes(decoded).back().second, StartsWith("grpc-status: 5\r\n"));

  const HttpAnswer stream = Ask("POST", kExport, kGrpcWeb, Enveloped(0, ""));
  EXPECT_THAT(SplitEnvelopes(stream.body).back(), Pair(0x80, StartsWith("grpc-status: 0\r\n")));
  EXPECT_THAT(SplitEnvelopes(Ask("POST", kGetNode, kGrpcWeb, "").body).back().second,
              StartsWith("grpc-status: 12\r\n"));
}

}  // namespace
}  // namespace attlas::testing
