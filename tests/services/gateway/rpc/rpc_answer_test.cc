#include "services/gateway/rpc/rpc_answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/escaping.h"
#include "attlas/graph/v1/graph_service.pb.h"
#include "services/gateway/http/compression.h"
#include "services/gateway/rpc/envelope.h"
#include "services/gateway/rpc/method_table.h"
#include "tests/testing/status_matchers.h"

namespace attlas::gateway {
namespace {

using ::testing::HasSubstr;

CallShape Shape(Protocol protocol, Codec codec, const std::string& type, bool gzip = false) {
  const auto* service = graph::v1::GetNodeRequest::descriptor()->file()->service(0);
  return {.method = service->FindMethodByName("GetNode"),
          .protocol = protocol,
          .codec = codec,
          .content_type = type,
          .accepts_gzip = gzip};
}

std::string Bytes(size_t aliases = 0) {
  graph::v1::GetNodeResponse response;
  response.mutable_node()->set_name("states/IDN");
  for (size_t i = 0; i < aliases; ++i) response.mutable_node()->add_aliases("Indonesia");
  return response.SerializeAsString();
}

UnaryOutcome Ok(size_t aliases = 0) {
  return {.status = grpc::Status::OK,
          .initial = {{"x-request-id", "7"}},
          .trailing = {{"cost", "237"}, {"cost-bin", "\xff"}},
          .message = Bytes(aliases)};
}

UnaryOutcome NotFound() {
  return {.status = {grpc::StatusCode::NOT_FOUND, "no 50% of é\n"},
          .initial = {},
          .trailing = {{"cost", "1"}},
          .message = {}};
}

TEST(RpcAnswerTest, ConnectUnary) {
  const CallShape shape = Shape(Protocol::kConnectUnary, Codec::kJson, "application/json");
  const HttpResponse good = UnaryAnswer(shape, Ok());
  EXPECT_EQ(good.status, 200);
  EXPECT_EQ(std::string(good.content()), R"({"node":{"name":"states/IDN"}})");
  EXPECT_EQ(good.headers.Get("content-type"), "application/json");
  EXPECT_EQ(good.headers.Get("x-request-id"), "7");
  EXPECT_EQ(good.headers.Get("trailer-cost"), "237");
  EXPECT_EQ(good.headers.Get("trailer-cost-bin"), "/w");
  EXPECT_EQ(good.headers.Get("cache-control"), "no-store");
  EXPECT_EQ(good.headers.Get("x-content-type-options"), "nosniff");

  const CallShape proto = Shape(Protocol::kConnectUnary, Codec::kProto, "application/proto");
  EXPECT_EQ(std::string(UnaryAnswer(proto, Ok()).content()), Bytes());
  // Errors are JSON whatever was asked for.
  const HttpResponse bad = UnaryAnswer(proto, NotFound());
  EXPECT_EQ(bad.status, 404);
  EXPECT_EQ(bad.headers.Get("content-type"), "application/json");
  EXPECT_EQ(bad.headers.Get("trailer-cost"), "1");
  EXPECT_THAT(std::string(bad.content()), HasSubstr(R"("code":"not_found")"));
}

TEST(RpcAnswerTest, CompressesWhatIsLongEnough) {
  const CallShape shape = Shape(Protocol::kConnectUnary, Codec::kProto, "application/proto", true);
  EXPECT_FALSE(UnaryAnswer(shape, Ok()).headers.Has("content-encoding"));
  const HttpResponse large = UnaryAnswer(shape, Ok(1'000));
  EXPECT_EQ(large.headers.Get("content-encoding"), "gzip");
  EXPECT_EQ(*Gunzip(large.content(), 100'000), Bytes(1'000));
}

TEST(RpcAnswerTest, AnAnswerThatIsNoneIsAnError) {
  UnaryOutcome outcome = Ok();
  outcome.message = std::string("\xff\xff");
  const CallShape shape = Shape(Protocol::kConnectUnary, Codec::kJson, "application/json");
  EXPECT_EQ(UnaryAnswer(shape, outcome).status, 500);
}

TEST(RpcAnswerTest, ConnectStream) {
  const CallShape shape =
      Shape(Protocol::kConnectStream, Codec::kJson, "application/connect+json", true);
  const StreamAnswer stream(shape);
  const HttpResponse head = stream.Head({{"a", "b"}});
  EXPECT_EQ(head.headers.Get("connect-content-encoding"), "gzip");
  EXPECT_EQ(head.headers.Get("a"), "b");
  EXPECT_EQ(*stream.Message(Bytes()), MakeEnvelope(0, R"({"node":{"name":"states/IDN"}})"));
  const std::string large = *stream.Message(Bytes(1'000));
  EXPECT_EQ(large[0], kCompressedFlag);
  EXPECT_EQ(stream.End(grpc::Status::OK, {}), MakeEnvelope(kEndStreamFlag, "{}"));
  EXPECT_EQ(
      stream.End({grpc::StatusCode::UNAVAILABLE, "m"}, {{"a", "1"}, {"a", "2"}, {"b-bin", "\xff"}}),
      MakeEnvelope(kEndStreamFlag, R"({"error":{"code":"unavailable","message":"m"},)"
                                   R"("metadata":{"a":["1","2"],"b-bin":["/w"]}})"));
}

TEST(RpcAnswerTest, GrpcWeb) {
  const CallShape shape = Shape(Protocol::kGrpcWeb, Codec::kProto, "application/grpc-web+proto");
  const HttpResponse good = UnaryAnswer(shape, Ok());
  EXPECT_EQ(good.status, 200);
  EXPECT_EQ(good.headers.Get("content-type"), "application/grpc-web+proto");
  EXPECT_EQ(std::string(good.content()),
            MakeEnvelope(0, Bytes()) +
                MakeEnvelope(kTrailersFlag, "grpc-status: 0\r\ncost: 237\r\ncost-bin: /w\r\n"));
  EXPECT_EQ(std::string(UnaryAnswer(shape, NotFound()).content()),
            MakeEnvelope(kTrailersFlag,
                         "grpc-status: 5\r\ngrpc-message: no 50%25 of %C3%A9%0A\r\ncost: 1\r\n"));
}

TEST(RpcAnswerTest, GrpcWebText) {
  const CallShape shape = Shape(Protocol::kGrpcWebText, Codec::kProto, "application/grpc-web-text");
  const std::string trailers =
      MakeEnvelope(kTrailersFlag, "grpc-status: 0\r\ncost: 237\r\ncost-bin: /w\r\n");
  EXPECT_EQ(std::string(UnaryAnswer(shape, Ok()).content()),
            absl::Base64Escape(MakeEnvelope(0, Bytes())) + absl::Base64Escape(trailers));
}

TEST(RpcAnswerTest, AValueThatWouldEndItsLineIsLeftOut) {
  UnaryOutcome outcome = Ok();
  outcome.initial = {{"x", "a\r\nset-cookie: b"}};
  outcome.trailing = {{"y", "a\r\ngrpc-status: 0"}};
  const CallShape unary = Shape(Protocol::kConnectUnary, Codec::kProto, "application/proto");
  EXPECT_EQ(FormatHead(UnaryAnswer(unary, outcome)).find("set-cookie"), std::string::npos);
  const CallShape web = Shape(Protocol::kGrpcWeb, Codec::kProto, "application/grpc-web");
  EXPECT_EQ(std::string(UnaryAnswer(web, outcome).content()),
            MakeEnvelope(0, Bytes()) + MakeEnvelope(kTrailersFlag, "grpc-status: 0\r\n"));
}

}  // namespace
}  // namespace attlas::gateway
