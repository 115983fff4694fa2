// Bodies of calls over HTTP: envelopes, gzip, base64 and JSON, as anyone may send them. The first
// byte says how the rest is sent.
#include <iterator>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "attlas/graph/v1/graph_service.pb.h"
#include "services/gateway/http/compression.h"
#include "services/gateway/rpc/envelope.h"
#include "services/gateway/rpc/request_stream.h"
#include "services/gateway/rpc/rpc_request.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/services/gateway/http/body_exchange.h"

namespace attlas::fuzz {
namespace {

constexpr size_t kMessageBytes = 64 << 10;

struct Form {
  const char* method;
  const char* content_type;
  const char* encoding_field;
};

constexpr Form kForms[] = {{"GetNode", "application/json", "content-encoding"},
                           {"GetNode", "application/proto", "content-encoding"},
                           {"Watch", "application/connect+json", "connect-content-encoding"},
                           {"Import", "application/connect+proto", "connect-content-encoding"},
                           {"GetNode", "application/grpc-web+proto", "grpc-encoding"},
                           {"GetNode", "application/grpc-web-text", "grpc-encoding"}};

// Whoever sends a request is at fault for what is wrong with it, in one of these ways.
bool IsOfTheCaller(absl::StatusCode code) {
  return code == absl::StatusCode::kInvalidArgument || code == absl::StatusCode::kUnimplemented ||
         code == absl::StatusCode::kResourceExhausted || code == absl::StatusCode::kInternal;
}

// Messages of a client that streams.
void FuzzStream(std::string_view body, const gateway::CallShape& shape,
                const gateway::HttpLimits& limits, bool gzip) {
  gateway::RequestStream stream(std::make_shared<testing::BodyExchange>(std::string(body)), shape,
                                limits, gzip);
  for (bool more = true; more;) {
    more = false;
    stream.Read([&](const absl::StatusOr<gateway::RequestStream::Message>& message) {
      Require(message.ok() || IsOfTheCaller(message.status().code()),
              "a bad message is another sort of error");
      more = message.ok() && message->has_value();
      if (!more) return;
      Require(shape.codec == gateway::Codec::kJson || (*message)->size() <= kMessageBytes,
              "a message is larger than the limit");
    });
  }
}

void FuzzEnvelopes(std::string_view body) {
  const auto envelopes = gateway::ParseEnvelopes(body);
  if (!envelopes.ok()) return;
  std::string again;
  for (const gateway::Envelope& envelope : *envelopes) {
    again += gateway::MakeEnvelope(envelope.flags, envelope.message);
  }
  Require(again == body, "envelopes are not what they were made of");
}

}  // namespace

void Fuzz(std::string_view input) {
  if (input.empty()) return;
  const auto how = static_cast<unsigned char>(input[0]);
  const Form& form = kForms[how % std::size(kForms)];
  input.remove_prefix(1);
  FuzzEnvelopes(input);
  gateway::HttpRequest request;
  request.method = "POST";
  request.headers.Add("content-type", form.content_type);
  if (how >= 128) request.headers.Add(form.encoding_field, "gzip");
  request.body = input;
  const auto* service = graph::v1::GetNodeRequest::descriptor()->file()->service(0);
  const auto* method = service->FindMethodByName(form.method);
  const auto shape = gateway::ShapeOf(request, {}, *method);
  Require(shape.has_value(), "a method does not take its own content type");
  gateway::HttpLimits limits;
  limits.message_bytes = kMessageBytes;
  const auto call = gateway::ReadCall(request, {}, *shape, limits);
  if (!call.ok()) {
    return Require(IsOfTheCaller(call.status().code()), "a bad request is another sort of error");
  }
  Require(shape->codec == gateway::Codec::kJson || call->message.size() <= kMessageBytes,
          "a message is larger than the limit");
  if (method->client_streaming()) FuzzStream(input, *shape, limits, call->gzip);
}

std::vector<std::string> Seeds() {
  graph::v1::GetNodeRequest get_node;
  get_node.set_name("states/IDN");
  const std::string bytes = get_node.SerializeAsString();
  const std::string json = R"({"name":"states/IDN"})";
  const auto gzip = [](const std::string& text) {
    return gateway::Gzip(text, gateway::Effort::kBest);
  };
  const auto with = [](unsigned char how, const std::string& body) {
    return std::string(1, static_cast<char>(how)) + body;
  };
  return {with(0, json),
          with(132, gzip(json)),  // 132 is the first form, compressed.
          with(1, bytes),
          with(2, gateway::MakeEnvelope(0, R"({"fromEarliest":true})")),
          with(128, gateway::MakeEnvelope(gateway::kCompressedFlag, gzip("{}"))),
          with(3, gateway::MakeEnvelope(0, "") + gateway::MakeEnvelope(0, "")),
          with(4, gateway::MakeEnvelope(0, bytes)),
          with(5, "AAAAAAA="),
          with(132, gzip(std::string(1 << 20, ' ')))};
}

}  // namespace attlas::fuzz
