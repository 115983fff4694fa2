#include "tests/conformance/conformance_service.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/rpc/status.pb.h"

namespace attlas::conformance {
namespace {

using google::protobuf::Any;
using google::protobuf::Message;
using google::protobuf::RepeatedPtrField;
using RequestInfo = v1::ConformancePayload::RequestInfo;

constexpr std::string_view kBinary = "-bin";

Any Packed(const Message& message) {
  Any any;
  any.PackFrom(message);
  return any;
}

// What the suite writes as base64 is bytes in metadata of gRPC.
void ForEach(const RepeatedPtrField<v1::Header>& headers, const auto& function) {
  for (const v1::Header& header : headers) {
    for (const std::string& text : header.value()) {
      std::string value = text;
      if (header.name().ends_with(kBinary)) absl::Base64Unescape(text, &value);
      function(header.name(), value);
    }
  }
}

template <typename Definition>
void SetMetadata(const Definition& definition, grpc::ServerContext* context) {
  ForEach(definition.response_headers(), [context](const std::string& name, const std::string& v) {
    context->AddInitialMetadata(name, v);
  });
  ForEach(definition.response_trailers(), [context](const std::string& name, const std::string& v) {
    context->AddTrailingMetadata(name, v);
  });
}

void AddHeaders(const grpc::ServerContext& context, RequestInfo* info) {
  v1::Header* header = nullptr;
  for (const auto& [key, value] : context.client_metadata()) {
    const std::string name(key.data(), key.size());
    if (header == nullptr || header->name() != name) {
      header = info->add_request_headers();
      header->set_name(name);
    }
    const std::string text(value.data(), value.size());
    header->add_value(name.ends_with(kBinary) ? absl::Base64Escape(text) : text);
  }
}

RequestInfo InfoOf(const grpc::ServerContext& context, const std::vector<Any>& requests) {
  RequestInfo info;
  AddHeaders(context, &info);
  if (context.deadline() != std::chrono::system_clock::time_point::max()) {
    const absl::Duration left = absl::FromChrono(context.deadline()) - absl::Now();
    info.set_timeout_ms(absl::ToInt64Milliseconds(left));
  }
  for (const Any& request : requests) *info.add_requests() = request;
  return info;
}

// `info` is told with it where no answer has told it before.
grpc::Status ToStatus(const v1::Error& error, const RequestInfo* info) {
  google::rpc::Status status;
  status.set_code(error.code());
  status.set_message(error.message());
  *status.mutable_details() = error.details();
  if (info != nullptr) *status.add_details() = Packed(*info);
  return {static_cast<grpc::StatusCode>(error.code()), error.message(), status.SerializeAsString()};
}

void Wait(uint32_t milliseconds) { absl::SleepFor(absl::Milliseconds(milliseconds)); }

grpc::Status AnswerOnce(grpc::ServerContext* context, const v1::UnaryResponseDefinition& definition,
                        const std::vector<Any>& requests, v1::ConformancePayload* payload) {
  const RequestInfo info = InfoOf(*context, requests);
  SetMetadata(definition, context);
  Wait(definition.response_delay_ms());
  if (definition.has_error()) return ToStatus(definition.error(), &info);
  payload->set_data(definition.response_data());
  *payload->mutable_request_info() = info;
  return grpc::Status::OK;
}

// Sends what a definition says, one answer after the other.
template <typename Response, typename Stream>
class Answers {
 public:
  Answers(grpc::ServerContext* context, Stream* stream) : context_(context), stream_(stream) {}

  void Begin(const v1::StreamResponseDefinition& definition) {
    definition_ = definition;
    SetMetadata(definition_, context_);
    stream_->SendInitialMetadata();
  }
  bool done() const { return sent_ == definition_.response_data_size(); }

  // The first tells the headers too.
  void SendNext(const std::vector<Any>& requests) {
    Response response;
    response.mutable_payload()->set_data(definition_.response_data(sent_));
    if (sent_ == 0) {
      *response.mutable_payload()->mutable_request_info() = InfoOf(*context_, requests);
    } else {
      for (const Any& request : requests) {
        *response.mutable_payload()->mutable_request_info()->add_requests() = request;
      }
    }
    Wait(definition_.response_delay_ms());
    stream_->Write(response);
    ++sent_;
  }

  grpc::Status End(const std::vector<Any>& requests) {
    if (!definition_.has_error()) return grpc::Status::OK;
    const RequestInfo info = InfoOf(*context_, requests);
    return ToStatus(definition_.error(), sent_ == 0 ? &info : nullptr);
  }

 private:
  grpc::ServerContext* const context_;
  Stream* const stream_;
  v1::StreamResponseDefinition definition_;
  int sent_ = 0;
};

}  // namespace

grpc::Status ConformanceService::Unary(grpc::ServerContext* context,
                                       const v1::UnaryRequest* request,
                                       v1::UnaryResponse* response) {
  return AnswerOnce(context, request->response_definition(), {Packed(*request)},
                    response->mutable_payload());
}

grpc::Status ConformanceService::IdempotentUnary(grpc::ServerContext* context,
                                                 const v1::IdempotentUnaryRequest* request,
                                                 v1::IdempotentUnaryResponse* response) {
  return AnswerOnce(context, request->response_definition(), {Packed(*request)},
                    response->mutable_payload());
}

grpc::Status ConformanceService::ClientStream(grpc::ServerContext* context,
                                              grpc::ServerReader<v1::ClientStreamRequest>* reader,
                                              v1::ClientStreamResponse* response) {
  std::vector<Any> requests;
  v1::UnaryResponseDefinition definition;
  for (v1::ClientStreamRequest request; reader->Read(&request);) {
    if (requests.empty()) definition = request.response_definition();
    requests.push_back(Packed(request));
  }
  return AnswerOnce(context, definition, requests, response->mutable_payload());
}

grpc::Status ConformanceService::ServerStream(
    grpc::ServerContext* context, const v1::ServerStreamRequest* request,
    grpc::ServerWriter<v1::ServerStreamResponse>* writer) {
  Answers<v1::ServerStreamResponse, grpc::ServerWriter<v1::ServerStreamResponse>> answers(context,
                                                                                          writer);
  const std::vector<Any> requests = {Packed(*request)};
  answers.Begin(request->response_definition());
  for (bool first = true; !answers.done(); first = false) {
    answers.SendNext(first ? requests : std::vector<Any>());
  }
  return answers.End(requests);
}

grpc::Status ConformanceService::BidiStream(
    grpc::ServerContext* context,
    grpc::ServerReaderWriter<v1::BidiStreamResponse, v1::BidiStreamRequest>* stream) {
  Answers<v1::BidiStreamResponse,
          grpc::ServerReaderWriter<v1::BidiStreamResponse, v1::BidiStreamRequest>>
      answers(context, stream);
  std::vector<Any> requests;
  bool began = false;
  bool full_duplex = false;
  v1::StreamResponseDefinition definition;
  for (v1::BidiStreamRequest request; stream->Read(&request);) {
    requests.push_back(Packed(request));
    if (!began) {
      began = true;
      full_duplex = request.full_duplex();
      definition = request.response_definition();
      if (full_duplex) answers.Begin(definition);
    }
    if (!full_duplex) continue;
    if (answers.done()) return answers.End(requests);
    answers.SendNext(requests);
    requests.clear();
  }
  if (began && !full_duplex) answers.Begin(definition);
  while (!answers.done()) {
    answers.SendNext(requests);
    // Without duplex all that was asked is told once.
    requests.clear();
  }
  return answers.End(requests);
}

}  // namespace attlas::conformance
