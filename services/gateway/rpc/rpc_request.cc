#include "services/gateway/rpc/rpc_request.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "services/gateway/http/compression.h"
#include "services/gateway/json/message_json.h"
#include "services/gateway/rpc/envelope.h"
#include "services/gateway/rpc/method_table.h"
#include "services/gateway/rpc/rpc_timeout.h"

namespace attlas::gateway {
namespace {

using google::protobuf::MethodDescriptor;
using graph::ToAbsl;

struct ContentType {
  std::string_view name;
  Protocol protocol;
  Codec codec;
};

constexpr ContentType kContentTypes[] = {
    {"application/json", Protocol::kConnectUnary, Codec::kJson},
    {"application/proto", Protocol::kConnectUnary, Codec::kProto},
    {"application/connect+json", Protocol::kConnectStream, Codec::kJson},
    {"application/connect+proto", Protocol::kConnectStream, Codec::kProto},
    {"application/grpc-web", Protocol::kGrpcWeb, Codec::kProto},
    {"application/grpc-web+proto", Protocol::kGrpcWeb, Codec::kProto},
    {"application/grpc-web+json", Protocol::kGrpcWeb, Codec::kJson},
    {"application/grpc-web-text", Protocol::kGrpcWebText, Codec::kProto},
    {"application/grpc-web-text+proto", Protocol::kGrpcWebText, Codec::kProto},
};

bool Fits(Protocol protocol, const MethodDescriptor& method) {
  if (protocol == Protocol::kConnectUnary) return !IsStream(method);
  if (protocol == Protocol::kConnectStream) return IsStream(method);
  // Text of a stream would have to be decoded piece by piece; no client sends it.
  return protocol != Protocol::kGrpcWebText || !method.client_streaming();
}

// A content type without its parameters, in lower case.
std::string Essence(std::string_view content_type) {
  return absl::AsciiStrToLower(
      absl::StripAsciiWhitespace(ToAbsl(content_type.substr(0, content_type.find(';')))));
}

// The names of the fields in which a protocol negotiates compression.
struct CompressionFields {
  std::string_view encoding;
  std::string_view accept;
};

CompressionFields FieldsOf(Protocol protocol) {
  switch (protocol) {
    case Protocol::kConnectUnary:
      return {"content-encoding", "accept-encoding"};
    case Protocol::kConnectStream:
      return {"connect-content-encoding", "connect-accept-encoding"};
    default:
      return {"grpc-encoding", "grpc-accept-encoding"};
  }
}

// How the messages of a request are compressed.
std::string_view EncodingOf(const HttpRequest& request, const RequestTarget& target,
                            const CallShape& shape) {
  if (!shape.is_get) return request.headers.Get(FieldsOf(shape.protocol).encoding);
  const std::string* compression = target.Find("compression");
  return compression == nullptr ? std::string_view() : *compression;
}

bool AnswerMayBeGzip(const HttpRequest& request, const RequestTarget& target,
                     const CallShape& shape) {
  const CompressionFields fields = FieldsOf(shape.protocol);
  if (request.headers.Has(fields.accept)) return AcceptsGzip(request.headers.Get(fields.accept));
  return EncodingOf(request, target, shape) == kGzip;
}

std::optional<CallShape> ShapeOfGet(const RequestTarget& target, const MethodDescriptor& method) {
  CallShape shape{.method = &method, .protocol = Protocol::kConnectUnary, .is_get = true};
  const std::string* encoding = target.Find("encoding");
  // What is missing is told as an error of the call.
  if (encoding == nullptr || *encoding == "json") {
    shape.codec = Codec::kJson;
    shape.content_type = "application/json";
  } else if (*encoding == "proto") {
    shape.content_type = "application/proto";
  } else {
    return std::nullopt;
  }
  return shape;
}

absl::Status CheckVersion(const HttpRequest& request, const RequestTarget& target,
                          const CallShape& shape) {
  if (shape.protocol != Protocol::kConnectUnary && shape.protocol != Protocol::kConnectStream) {
    return absl::OkStatus();
  }
  constexpr char kHeader[] = "connect-protocol-version";
  if (request.headers.Has(kHeader) && request.headers.Get(kHeader) != "1") {
    return absl::InvalidArgumentError("connect-protocol-version must be 1");
  }
  const std::string* version = shape.is_get ? target.Find("connect") : nullptr;
  if (version != nullptr && *version != "v1") {
    return absl::InvalidArgumentError("the parameter connect must be v1");
  }
  return absl::OkStatus();
}

absl::Status TooLarge(size_t limit) {
  return absl::ResourceExhaustedError(absl::StrCat("the request is larger than ", limit, " bytes"));
}

// A message as it is before it was compressed.
absl::StatusOr<std::string> Plain(std::string_view message, bool compressed,
                                  const HttpLimits& limits) {
  if (compressed && !message.empty()) return Gunzip(message, limits.message_bytes);
  if (message.size() > limits.message_bytes) return TooLarge(limits.message_bytes);
  return std::string(message);
}

absl::StatusOr<std::string> Decode(std::string plain, const CallShape& shape) {
  if (shape.codec == Codec::kProto) return plain;
  return JsonToBytes(*shape.method->input_type(), plain);
}

absl::StatusOr<std::string> MessageOfGet(const RequestTarget& target) {
  if (target.Find("encoding") == nullptr) {
    return absl::InvalidArgumentError("the parameter encoding is missing: json or proto");
  }
  const std::string* message = target.Find("message");
  if (message == nullptr) return absl::InvalidArgumentError("the parameter message is missing");
  const std::string* base64 = target.Find("base64");
  if (base64 == nullptr || *base64 != "1") return *message;
  std::string bytes;
  if (!Base64Decode(*message, &bytes)) {
    return absl::InvalidArgumentError("the parameter message is no base64 as in URLs");
  }
  return bytes;
}

absl::Status ReadUnary(const HttpRequest& request, const RequestTarget& target,
                       const CallShape& shape, const HttpLimits& limits, bool gzip,
                       CallRequest* call) {
  absl::StatusOr<std::string> plain;
  if (shape.is_get) {
    ATTLAS_ASSIGN_OR_RETURN(const std::string message, MessageOfGet(target));
    plain = Plain(message, gzip, limits);
  } else {
    plain = Plain(request.body, gzip, limits);
  }
  ATTLAS_RETURN_IF_ERROR(plain.status());
  ATTLAS_ASSIGN_OR_RETURN(call->message, Decode(*std::move(plain), shape));
  return absl::OkStatus();
}

// gRPC-Web as text: base64, where each piece that was sent may have padding of its own.
absl::StatusOr<std::string> BodyOfText(std::string_view text) {
  std::string body;
  while (!text.empty()) {
    size_t end = text.find('=');
    if (end == std::string_view::npos) end = text.size();
    std::string piece;
    if (!Base64Decode(text.substr(0, end), &piece)) {
      return absl::InvalidArgumentError("the body is no base64");
    }
    body += piece;
    while (end < text.size() && text[end] == '=') ++end;
    text.remove_prefix(end);
  }
  return body;
}

absl::Status ReadEnveloped(const HttpRequest& request, const CallShape& shape,
                           const HttpLimits& limits, bool gzip, CallRequest* call) {
  std::string decoded;
  std::string_view body = request.body;
  if (shape.protocol == Protocol::kGrpcWebText) {
    ATTLAS_ASSIGN_OR_RETURN(decoded, BodyOfText(body));
    body = decoded;
  }
  ATTLAS_ASSIGN_OR_RETURN(const std::vector<Envelope> envelopes, ParseEnvelopes(body));
  if (envelopes.size() != 1) {
    return absl::UnimplementedError(
        absl::StrCat("this method takes exactly one message, not ", envelopes.size()));
  }
  const Envelope& envelope = envelopes.front();
  ATTLAS_RETURN_IF_ERROR(
      CheckPrefix({envelope.flags, static_cast<uint32_t>(envelope.message.size())}, gzip, limits));
  ATTLAS_ASSIGN_OR_RETURN(call->message, ReadMessage(shape, envelope, limits));
  return absl::OkStatus();
}

}  // namespace

std::optional<CallShape> ShapeOf(const HttpRequest& request, const RequestTarget& target,
                                 const MethodDescriptor& method) {
  std::optional<CallShape> shape;
  if (request.method == "GET") {
    shape = ShapeOfGet(target, method);
  } else {
    const std::string essence = Essence(request.headers.Get("content-type"));
    for (const ContentType& type : kContentTypes) {
      if (type.name != essence || !Fits(type.protocol, method)) continue;
      shape = CallShape{.method = &method,
                        .protocol = type.protocol,
                        .codec = type.codec,
                        .content_type = essence};
    }
  }
  if (shape.has_value()) shape->accepts_gzip = AnswerMayBeGzip(request, target, *shape);
  return shape;
}

bool IsEnveloped(const HttpRequest& request) {
  const std::string essence = Essence(request.headers.Get("content-type"));
  return std::any_of(std::begin(kContentTypes), std::end(kContentTypes),
                     [&essence](const ContentType& type) {
                       return type.protocol != Protocol::kConnectUnary && type.name == essence;
                     });
}

std::string AcceptedTypes(const MethodDescriptor& method) {
  std::string types;
  for (const ContentType& type : kContentTypes) {
    if (Fits(type.protocol, method)) {
      absl::StrAppend(&types, types.empty() ? "" : ", ", ToAbsl(type.name));
    }
  }
  return types;
}

absl::StatusOr<CallRequest> ReadCall(const HttpRequest& request, const RequestTarget& target,
                                     const CallShape& shape, const HttpLimits& limits) {
  ATTLAS_RETURN_IF_ERROR(CheckVersion(request, target, shape));
  const std::string_view encoding = EncodingOf(request, target, shape);
  if (!encoding.empty() && encoding != kGzip && encoding != kIdentity) {
    return absl::UnimplementedError(
        "the compression of the request is not known; gzip and identity are");
  }
  if (request.body_too_large) return TooLarge(limits.message_bytes);
  CallRequest call;
  ATTLAS_ASSIGN_OR_RETURN(call.metadata, MetadataOf(request.headers));
  ATTLAS_ASSIGN_OR_RETURN(call.timeout, TimeoutOf(request.headers, shape.protocol));
  call.gzip = encoding == kGzip;
  if (shape.method->client_streaming()) return call;
  if (shape.protocol == Protocol::kConnectUnary) {
    ATTLAS_RETURN_IF_ERROR(ReadUnary(request, target, shape, limits, call.gzip, &call));
  } else {
    ATTLAS_RETURN_IF_ERROR(ReadEnveloped(request, shape, limits, call.gzip, &call));
  }
  return call;
}

absl::Status CheckPrefix(const EnvelopePrefix& prefix, bool gzip, const HttpLimits& limits) {
  if ((prefix.flags & ~kCompressedFlag) != 0) {
    return absl::InvalidArgumentError("a message of the request has flags of another meaning");
  }
  const bool compressed = prefix.flags == kCompressedFlag;
  if (compressed && !gzip) {
    return absl::InternalError("a message says that it is compressed, but the header does not");
  }
  // What cannot be compressed becomes a little longer by it.
  const size_t most = compressed ? limits.body_bytes : limits.message_bytes;
  return prefix.length <= most ? absl::OkStatus() : TooLarge(limits.message_bytes);
}

absl::StatusOr<std::string> ReadMessage(const CallShape& shape, const Envelope& envelope,
                                        const HttpLimits& limits) {
  const bool compressed = envelope.flags == kCompressedFlag;
  ATTLAS_ASSIGN_OR_RETURN(std::string plain, Plain(envelope.message, compressed, limits));
  return Decode(std::move(plain), shape);
}

}  // namespace attlas::gateway
