#include "services/gateway/rpc/rpc_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attlas/graph/v1/graph_service.pb.h"
#include "services/gateway/http/compression.h"
#include "services/gateway/rpc/envelope.h"
#include "services/gateway/rpc/method_table.h"
#include "services/gateway/rpc/rpc_timeout.h"
#include "tests/testing/status_matchers.h"

namespace attlas::gateway {
namespace {

using ::testing::Eq;
using ::testing::HasSubstr;
using testing::StatusIs;

const MethodDescriptor& Method(const std::string& name) {
  return *graph::v1::GetNodeRequest::descriptor()->file()->service(0)->FindMethodByName(name);
}

std::string AttBytes() {
  graph::v1::GetNodeRequest request;
  request.set_name("instruments/att");
  return request.SerializeAsString();
}

constexpr char kAttJson[] = R"({"name":"instruments/att"})";

HttpRequest Post(const std::string& content_type, const std::string& body,
                 const std::vector<Headers::Entry>& more = {}) {
  HttpRequest request;
  request.method = "POST";
  request.headers.Add("content-type", content_type);
  for (const auto& [name, value] : more) request.headers.Add(name, value);
  request.body = body;
  return request;
}

absl::StatusOr<CallRequest> Read(const HttpRequest& request, const MethodDescriptor& method,
                                 const std::string& target = "/", const HttpLimits& limits = {}) {
  const RequestTarget parsed = *ParseTarget(target);
  const std::optional<CallShape> shape = ShapeOf(request, parsed, method);
  if (!shape.has_value()) return absl::UnknownError("no shape");
  return ReadCall(request, parsed, *shape, limits);
}

absl::StatusOr<CallRequest> ReadGet(const std::string& query) {
  HttpRequest request;
  request.method = "GET";
  return Read(request, Method("GetNode"), "/x?" + query);
}

TEST(RpcRequestTest, EachKindOfMethodTakesItsContentTypes) {
  const auto takes = [](const char* method, const char* type) {
    return ShapeOf(Post(type, ""), {}, Method(method)).has_value();
  };
  for (const char* type :
       {"application/json", "application/proto", "APPLICATION/JSON",
        "application/json; charset=utf-8", "application/grpc-web", "application/grpc-web+proto",
        "application/grpc-web+json", "application/grpc-web-text"}) {
    EXPECT_TRUE(takes("GetNode", type)) << type;
  }
  for (const char* type : {"", "image/jpeg", "application/connect+json", "application/grpc",
                           "application/foo", "application/jsonx", "text/plain"}) {
    EXPECT_FALSE(takes("GetNode", type)) << type;
  }
  EXPECT_TRUE(takes("Watch", "application/connect+proto"));
  EXPECT_TRUE(takes("Watch", "application/grpc-web+proto"));
  EXPECT_FALSE(takes("Watch", "application/json"));
  EXPECT_TRUE(takes("Import", "application/connect+json"));
  EXPECT_TRUE(takes("Import", "application/grpc-web"));
  EXPECT_FALSE(takes("Import", "application/grpc-web-text"));
  EXPECT_FALSE(takes("Import", "application/json"));
  EXPECT_THAT(AcceptedTypes(Method("Watch")), HasSubstr("application/connect+json"));
  EXPECT_EQ(AcceptedTypes(Method("Watch")).find("application/json"), std::string::npos);
}

TEST(RpcRequestTest, ReadsBothCodecs) {
  EXPECT_THAT(Read(Post("application/json", kAttJson), Method("GetNode"))->message, Eq(AttBytes()));
  EXPECT_THAT(Read(Post("application/proto", AttBytes()), Method("GetNode"))->message,
              Eq(AttBytes()));
  EXPECT_THAT(Read(Post("application/proto", ""), Method("GetNode"))->message, Eq(""));
  for (const char* bad : {"", "[]", "{", R"({"nam":"x"})", R"({"name":1})", "{}{}"}) {
    EXPECT_THAT(Read(Post("application/json", bad), Method("GetNode")).status(),
                StatusIs(absl::StatusCode::kInvalidArgument))
        << bad;
  }
}

TEST(RpcRequestTest, ReadsCompressedBodies) {
  const std::string gzip = Gzip(kAttJson, Effort::kQuick);
  EXPECT_THAT(
      Read(Post("application/json", gzip, {{"content-encoding", "gzip"}}), Method("GetNode"))
          ->message,
      Eq(AttBytes()));
  EXPECT_OK(Read(Post("application/json", kAttJson, {{"content-encoding", "identity"}}),
                 Method("GetNode")));
  // Nothing is not decompressed.
  EXPECT_THAT(Read(Post("application/proto", "", {{"content-encoding", "gzip"}}), Method("GetNode"))
                  ->message,
              Eq(""));
  const absl::Status unknown =
      Read(Post("application/json", kAttJson, {{"content-encoding", "br"}}), Method("GetNode"))
          .status();
  EXPECT_THAT(unknown, StatusIs(absl::StatusCode::kUnimplemented));
  EXPECT_THAT(std::string(unknown.message()), HasSubstr("gzip"));
  EXPECT_THAT(
      Read(Post("application/json", "no gzip", {{"content-encoding", "gzip"}}), Method("GetNode"))
          .status(),
      StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(RpcRequestTest, BoundsMessagesAsSentAndDecompressed) {
  HttpLimits limits;
  limits.message_bytes = 100;
  const auto read = [&limits](const std::string& body, const std::string& encoding) {
    return Read(Post("application/proto", body, {{"content-encoding", encoding}}),
                Method("GetNode"), "/", limits)
        .status();
  };
  EXPECT_OK(read(std::string(100, 'x'), "identity"));
  EXPECT_THAT(read(std::string(101, 'x'), "identity"),
              StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(read(Gzip(std::string(101, 'x'), Effort::kQuick), "gzip"),
              StatusIs(absl::StatusCode::kResourceExhausted));
  HttpRequest cut = Post("application/proto", "");
  cut.body_too_large = true;
  EXPECT_THAT(Read(cut, Method("GetNode")).status(),
              StatusIs(absl::StatusCode::kResourceExhausted));
}

TEST(RpcRequestTest, ReadsGet) {
  for (const std::string query :
       {"encoding=json&message=%7B%22name%22%3A%22instruments/att%22%7D",
        "message=%7B%22name%22%3A%22instruments/att%22%7D&other=1&connect=v1&encoding=json",
        "encoding=json&base64=0&message={%22name%22:+%22instruments/att%22}"}) {
    EXPECT_THAT(ReadGet(query)->message, Eq(AttBytes())) << query;
  }
  const std::string bytes = Base64Encode(AttBytes());
  EXPECT_THAT(ReadGet("encoding=proto&base64=1&message=" + bytes)->message, Eq(AttBytes()));
  EXPECT_THAT(ReadGet("encoding=proto&base64=1&message=" + bytes + "%3D%3D")->message,
              Eq(AttBytes()));
  EXPECT_THAT(ReadGet("encoding=proto&message=")->message, Eq(""));
  std::string gzip;
  for (const char c : Base64Encode(Gzip(AttBytes(), Effort::kQuick))) {
    gzip += c == '+' ? '-' : c == '/' ? '_' : c;
  }
  EXPECT_THAT(ReadGet("encoding=proto&compression=gzip&base64=1&message=" + gzip)->message,
              Eq(AttBytes()));
}

TEST(RpcRequestTest, RefusesGetsThatAreNone) {
  for (const char* query : {"", "encoding=json", "message={}", "encoding=json&message={",
                            "encoding=proto&base64=1&message=***",
                            "encoding=json&message=", "connect=v2&encoding=json&message={}"}) {
    EXPECT_THAT(ReadGet(query).status(), StatusIs(absl::StatusCode::kInvalidArgument)) << query;
  }
  EXPECT_THAT(ReadGet("encoding=json&message={}&compression=br").status(),
              StatusIs(absl::StatusCode::kUnimplemented));
  HttpRequest get;
  get.method = "GET";
  EXPECT_FALSE(ShapeOf(get, *ParseTarget("/x?encoding=xml&message="), Method("GetNode")));
  EXPECT_TRUE(TakesGet(Method("GetNode")));
  EXPECT_FALSE(TakesGet(Method("Commit")));
  EXPECT_FALSE(TakesGet(Method("Watch")));
}

TEST(RpcRequestTest, TheVersionOfTheProtocolIsOne) {
  const auto read = [](const std::string& version) {
    return Read(Post("application/json", "{}", {{"connect-protocol-version", version}}),
                Method("GetNode"))
        .status();
  };
  EXPECT_OK(read("1"));
  EXPECT_THAT(read("2"), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(RpcRequestTest, StreamsTakeExactlyOneMessageUnlessTheClientStreams) {
  const std::string type = "application/connect+proto";
  EXPECT_THAT(Read(Post(type, MakeEnvelope(0, "")), Method("Watch"))->message, Eq(""));
  EXPECT_THAT(Read(Post(type, ""), Method("Watch")).status(),
              StatusIs(absl::StatusCode::kUnimplemented));
  EXPECT_THAT(Read(Post(type, MakeEnvelope(0, "") + MakeEnvelope(0, "")), Method("Watch")).status(),
              StatusIs(absl::StatusCode::kUnimplemented));
  // Of a client that streams, messages are read while the call runs.
  EXPECT_TRUE(Read(Post(type, ""), Method("Import"))->message.empty());
}

TEST(RpcRequestTest, ReadsTheFlagsOfEnvelopes) {
  const std::string gzip = MakeEnvelope(kCompressedFlag, Gzip("{}", Effort::kQuick));
  const auto read = [](const std::string& body, const std::string& encoding) {
    return Read(Post("application/connect+json", body, {{"connect-content-encoding", encoding}}),
                Method("Watch"))
        .status();
  };
  EXPECT_OK(read(gzip, "gzip"));
  EXPECT_OK(read(MakeEnvelope(0, "{}"), "gzip"));
  EXPECT_THAT(read(gzip, "identity"), StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(read(gzip, "br"), StatusIs(absl::StatusCode::kUnimplemented));
  for (const uint8_t flags : std::vector<uint8_t>{2, 4, 128, 255}) {
    EXPECT_THAT(read(MakeEnvelope(flags, "{}"), "gzip"),
                StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

TEST(RpcRequestTest, ReadsGrpcWebAsBytesAndAsText) {
  const std::string envelope = MakeEnvelope(0, AttBytes());
  EXPECT_THAT(Read(Post("application/grpc-web", envelope), Method("GetNode"))->message,
              Eq(AttBytes()));
  EXPECT_THAT(Read(Post("application/grpc-web+json", MakeEnvelope(0, kAttJson)), Method("GetNode"))
                  ->message,
              Eq(AttBytes()));
  std::string text = Base64Encode(envelope);
  while (text.size() % 4 != 0) text += '=';
  EXPECT_THAT(Read(Post("application/grpc-web-text", text), Method("GetNode"))->message,
              Eq(AttBytes()));
  // Each piece that was sent has padding of its own.
  EXPECT_THAT(Read(Post("application/grpc-web-text", "AA==AAAA" + Base64Encode(std::string(1, 0))),
                   Method("GetNode"))
                  ->message,
              Eq(""));
  EXPECT_THAT(Read(Post("application/grpc-web-text", "***"), Method("GetNode")).status(),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(RpcRequestTest, AnswersInGzipWhereThatIsTaken) {
  const auto accepts = [](const std::string& type, const char* method,
                          const std::vector<Headers::Entry>& fields) {
    return ShapeOf(Post(type, "", fields), {}, Method(method))->accepts_gzip;
  };
  EXPECT_TRUE(accepts("application/json", "GetNode", {{"accept-encoding", "br, gzip"}}));
  EXPECT_FALSE(accepts("application/json", "GetNode", {{"accept-encoding", "br"}}));
  EXPECT_FALSE(accepts("application/json", "GetNode", {}));
  // Who sends it takes it, unless they say otherwise.
  EXPECT_TRUE(accepts("application/json", "GetNode", {{"content-encoding", "gzip"}}));
  EXPECT_FALSE(accepts("application/json", "GetNode",
                       {{"content-encoding", "gzip"}, {"accept-encoding", "identity"}}));
  EXPECT_TRUE(accepts("application/connect+json", "Watch", {{"connect-accept-encoding", "gzip"}}));
  EXPECT_FALSE(accepts("application/connect+json", "Watch", {{"accept-encoding", "gzip"}}));
  EXPECT_TRUE(accepts("application/grpc-web", "GetNode", {{"grpc-accept-encoding", "gzip"}}));
}

TEST(RpcTimeoutTest, ReadsBothForms) {
  const auto read = [](Protocol protocol, const std::string& value) {
    Headers headers;
    headers.Add(protocol == Protocol::kGrpcWeb ? "grpc-timeout" : "connect-timeout-ms", value);
    return TimeoutOf(headers, protocol);
  };
  EXPECT_EQ(**read(Protocol::kConnectUnary, "5000"), absl::Seconds(5));
  EXPECT_EQ(**read(Protocol::kConnectStream, "0"), absl::ZeroDuration());
  EXPECT_EQ(**read(Protocol::kConnectUnary, "9999999999"), absl::Milliseconds(9'999'999'999));
  for (const char* bad : {"", "-1", "+1", "1.5", "12345678901", "5s", " 5"}) {
    EXPECT_FALSE(read(Protocol::kConnectUnary, bad).ok()) << bad;
  }
  EXPECT_EQ(**read(Protocol::kGrpcWeb, "1H"), absl::Hours(1));
  EXPECT_EQ(**read(Protocol::kGrpcWeb, "2M"), absl::Minutes(2));
  EXPECT_EQ(**read(Protocol::kGrpcWeb, "3S"), absl::Seconds(3));
  EXPECT_EQ(**read(Protocol::kGrpcWeb, "4m"), absl::Milliseconds(4));
  EXPECT_EQ(**read(Protocol::kGrpcWeb, "5u"), absl::Microseconds(5));
  EXPECT_EQ(**read(Protocol::kGrpcWeb, "6n"), absl::Nanoseconds(6));
  EXPECT_EQ(**read(Protocol::kGrpcWeb, "99999999H"), kLongestTimeout);
  for (const char* bad : {"", "1", "S", "123456789S", "1x", "-1S"}) {
    EXPECT_FALSE(read(Protocol::kGrpcWeb, bad).ok()) << bad;
  }
  EXPECT_FALSE(TimeoutOf({}, Protocol::kGrpcWeb)->has_value());
}

}  // namespace
}  // namespace attlas::gateway
