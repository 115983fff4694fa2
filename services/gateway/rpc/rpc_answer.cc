#include "services/gateway/rpc/rpc_answer.h"

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "services/gateway/http/compression.h"
#include "services/gateway/http/page_headers.h"
#include "services/gateway/http/request_target.h"
#include "services/gateway/json/json_writer.h"
#include "services/gateway/json/message_json.h"
#include "services/gateway/rpc/envelope.h"
#include "services/gateway/rpc/rpc_error.h"

namespace attlas::gateway {
namespace {

bool IsConnect(Protocol protocol) {
  return protocol == Protocol::kConnectUnary || protocol == Protocol::kConnectStream;
}

absl::StatusOr<SharedBytes> Encode(const CallShape& shape, SharedBytes bytes) {
  if (shape.codec == Codec::kProto) return bytes;
  ATTLAS_ASSIGN_OR_RETURN(std::string json,
                          BytesToJson(*shape.method->output_type(), bytes.view()));
  return SharedBytes(std::move(json));
}

// What all answers of RPCs have in common: nothing of them is kept by a browser or a proxy.
HttpResponse Begin(std::string_view content_type, const Metadata& initial) {
  HttpResponse response;
  response.headers.Add("content-type", content_type);
  response.headers.Add("cache-control", "no-store");
  AddSafetyHeaders(&response.headers);
  AddToHeaders(initial, "", &response.headers);
  return response;
}

// The content of a unary answer, and how it is compressed.
struct Content {
  SharedBytes text;
  bool gzip = false;
};

Content Compressed(const CallShape& shape, SharedBytes text) {
  const bool gzip = shape.accepts_gzip && text.size() >= kWorthCompressing;
  if (gzip) text = Gzip(text.view(), Effort::kQuick);
  return {std::move(text), gzip};
}

absl::StatusOr<Content> ContentOf(const CallShape& shape, SharedBytes bytes, const MemoAt& kept) {
  if (kept.written != nullptr) return Content{kept.written, shape.accepts_gzip};
  // Large answers may have been written before; whether JSON is long enough for gzip goes by the
  // bytes, which are shorter.
  const bool large = bytes.size() >= JsonMemo::kWorthKeeping;
  if (shape.codec == Codec::kJson && kept.memo != nullptr && large) {
    ATTLAS_ASSIGN_OR_RETURN(
        JsonMemo::Text text,
        kept.memo->JsonOf(*shape.method->output_type(), bytes, shape.accepts_gzip, kept.time));
    return Content{std::move(text), shape.accepts_gzip};
  }
  ATTLAS_ASSIGN_OR_RETURN(SharedBytes text, Encode(shape, std::move(bytes)));
  return Compressed(shape, std::move(text));
}

HttpResponse ConnectUnary(const CallShape& shape, UnaryOutcome outcome, const MemoAt& kept) {
  grpc::Status status = outcome.status;
  absl::StatusOr<Content> content = Content();
  if (status.ok()) {
    content = ContentOf(shape, std::move(outcome.message), kept);
    if (!content.ok()) status = ToRpcStatus(content.status());
  }
  if (!status.ok()) {
    JsonWriter json;
    WriteError(status, &json);
    content = Compressed(shape, json.Take());
  }
  HttpResponse response =
      Begin(status.ok() ? shape.content_type : "application/json", outcome.initial);
  response.status = status.ok() ? 200 : HttpStatusOf(status.error_code());
  response.headers.Add("accept-encoding", kGzip);
  response.headers.Add("vary", "accept-encoding");
  AddToHeaders(outcome.trailing, "trailer-", &response.headers);
  if (content->gzip) response.headers.Add("content-encoding", kGzip);
  response.shared_body = std::move(content->text);
  return response;
}

// The last message of a stream of the Connect protocol.
std::string EndStreamJson(const grpc::Status& status, const Metadata& trailing) {
  JsonWriter json;
  json.BeginObject();
  if (!status.ok()) {
    json.Key("error");
    WriteError(status, &json);
  }
  std::map<std::string, std::vector<std::string>> values;
  for (const auto& [name, value] : trailing) values[name].push_back(HeaderValue(name, value));
  if (!values.empty()) {
    json.Key("metadata").BeginObject();
    for (const auto& [name, list] : values) {
      json.Key(name).BeginArray();
      for (const std::string& value : list) json.String(value);
      json.EndArray();
    }
    json.EndObject();
  }
  return json.EndObject().Take();
}

// The trailers of gRPC-Web: fields as in a header of HTTP/1.
std::string TrailerFields(const grpc::Status& status, const Metadata& trailing) {
  std::string fields = absl::StrCat("grpc-status: ", status.error_code(), "\r\n");
  if (!status.error_message().empty()) {
    absl::StrAppend(&fields, "grpc-message: ", PercentEncode(status.error_message()), "\r\n");
  }
  if (!status.error_details().empty()) {
    absl::StrAppend(&fields, "grpc-status-details-bin: ", Base64Encode(status.error_details()),
                    "\r\n");
  }
  for (const auto& [name, value] : trailing) {
    const std::string text = HeaderValue(name, value);
    if (IsHeaderValue(text)) absl::StrAppend(&fields, name, ": ", text, "\r\n");
  }
  return fields;
}

}  // namespace

JsonMemo::Text FindWritten(const CallShape& shape, const SharedBytes& bytes, JsonMemo* memo) {
  if (shape.protocol != Protocol::kConnectUnary || shape.codec != Codec::kJson) return nullptr;
  return memo->Find(*shape.method->output_type(), bytes, shape.accepts_gzip);
}

bool IsQuick(const CallShape& shape, size_t message_bytes) {
  // Bytes go on as they are; a kilobyte of JSON takes some microseconds, gzip more.
  const bool as_it_is = shape.codec == Codec::kProto && !shape.accepts_gzip;
  return as_it_is || message_bytes < kWorthCompressing;
}

HttpResponse UnaryAnswer(const CallShape& shape, UnaryOutcome outcome, const MemoAt& kept) {
  if (shape.protocol == Protocol::kConnectUnary) {
    return ConnectUnary(shape, std::move(outcome), kept);
  }
  const StreamAnswer stream(shape);
  HttpResponse response = stream.Head(outcome.initial);
  grpc::Status status = outcome.status;
  if (status.ok()) {
    absl::StatusOr<std::string> message = stream.Message(std::move(outcome.message));
    if (message.ok()) {
      response.body = *std::move(message);
    } else {
      status = ToRpcStatus(message.status());
    }
  }
  response.body += stream.End(status, outcome.trailing);
  return response;
}

HttpResponse StreamAnswer::Head(const Metadata& initial) const {
  HttpResponse response = Begin(shape_.content_type, initial);
  const bool connect = IsConnect(shape_.protocol);
  response.headers.Add(connect ? "connect-accept-encoding" : "grpc-accept-encoding", kGzip);
  if (shape_.accepts_gzip) {
    response.headers.Add(connect ? "connect-content-encoding" : "grpc-encoding", kGzip);
  }
  return response;
}

absl::StatusOr<std::string> StreamAnswer::Message(SharedBytes bytes) const {
  ATTLAS_ASSIGN_OR_RETURN(const SharedBytes content, Encode(shape_, std::move(bytes)));
  return Framed(0, content.view());
}

std::string StreamAnswer::End(const grpc::Status& status, const Metadata& trailing) const {
  if (IsConnect(shape_.protocol)) return Framed(kEndStreamFlag, EndStreamJson(status, trailing));
  return Framed(kTrailersFlag, TrailerFields(status, trailing));
}

std::string StreamAnswer::Framed(uint8_t flags, std::string_view content) const {
  std::string compressed;
  // Trailers of gRPC-Web stay plain: not every client undoes their compression.
  if (shape_.accepts_gzip && flags != kTrailersFlag && content.size() >= kWorthCompressing) {
    flags |= kCompressedFlag;
    compressed = Gzip(content, Effort::kQuick);
    content = compressed;
  }
  std::string envelope = MakeEnvelope(flags, content);
  return shape_.protocol == Protocol::kGrpcWebText ? absl::Base64Escape(envelope)
                                                   : std::move(envelope);
}

}  // namespace attlas::gateway
