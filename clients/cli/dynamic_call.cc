#include "clients/cli/dynamic_call.h"

#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/proto_buffer_reader.h>

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "attlas/cooperation/v1/cooperation_service.grpc.pb.h"
#include "attlas/engagement/v1/engagement_service.grpc.pb.h"
#include "attlas/evidence/v1/evidence_service.grpc.pb.h"
#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "attlas/instruments/v1/instrument_service.grpc.pb.h"
#include "attlas/synergy/v1/synergy_service.grpc.pb.h"
#include "attlas/transfers/v1/transfer_service.grpc.pb.h"
#include "clients/cli/errors.h"
#include "clients/cli/output/json.h"
#include "clients/cli/reflection.h"
#include "google/protobuf/dynamic_message.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/base/utf8.h"
#include "graph/ontology/ontology.h"

namespace attlas::cli {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;
using graph::ToAbsl;

constexpr size_t kMostSuggestions = 3;

// Each names a message of its file, so that the linker keeps the descriptors.
std::vector<const ServiceDescriptor*> BuiltInServices() {
  return {cooperation::v1::GetRoleMapRequest::descriptor()->file()->service(0),
          engagement::v1::GetEngagementRequest::descriptor()->file()->service(0),
          evidence::v1::ListConcernsRequest::descriptor()->file()->service(0),
          graph::v1::GetNodeRequest::descriptor()->file()->service(0),
          instruments::v1::GetStatusRequest::descriptor()->file()->service(0),
          synergy::v1::FindSynergiesRequest::descriptor()->file()->service(0),
          transfers::v1::GetRankingRequest::descriptor()->file()->service(0)};
}

// The service and the method of a typed name.
bool SplitName(std::string_view name, std::string_view* service, std::string_view* method) {
  size_t cut = name.find('/');
  if (cut == std::string_view::npos) cut = name.rfind('.');
  if (cut == std::string_view::npos || cut == 0 || cut + 1 == name.size()) return false;
  *service = name.substr(0, cut);
  *method = name.substr(cut + 1);
  return method->find('/') == std::string_view::npos;
}

absl::Status UnknownMethod(std::string_view name) {
  const bool full = name.substr(0, name.find('/')).find('.') != std::string_view::npos;
  std::vector<std::string> candidates;
  for (const MethodDescriptor* method : BuiltInMethods()) {
    candidates.push_back(full ? MethodName(*method)
                              : absl::StrCat(method->service()->name(), "/", method->name()));
  }
  std::string message = absl::StrCat("no method `", graph::Printable(name),
                                     "` is known here or to the daemon; see attlas call --list");
  const std::vector<std::string> nearest = graph::NearestNames(name, candidates, kMostSuggestions);
  if (!nearest.empty()) absl::StrAppend(&message, "; ", DidYouMean(nearest));
  return absl::NotFoundError(message);
}

absl::StatusOr<grpc::ByteBuffer> Serialize(const Message& message) {
  const std::string bytes = message.SerializeAsString();
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

bool Parse(grpc::ByteBuffer* buffer, Message* message) {
  grpc::ProtoBufferReader reader(buffer);
  return reader.status().ok() && message->ParseFromZeroCopyStream(&reader);
}

absl::StatusOr<grpc::ByteBuffer> ReadRequest(const MethodDescriptor& method, std::string_view json,
                                             const std::string& place,
                                             google::protobuf::DynamicMessageFactory* factory) {
  const std::unique_ptr<Message> request(factory->GetPrototype(method.input_type())->New());
  if (absl::Status status = ParseJson(json, request.get()); !status.ok()) {
    return graph::InvalidField("--data",
                               absl::StrCat(place, "is no ", method.input_type()->full_name(),
                                            " in JSON: ", status.message()));
  }
  return Serialize(*request);
}

// One request, or for a method that takes a stream one in each line that is not empty.
absl::StatusOr<std::vector<grpc::ByteBuffer>> ReadRequests(
    const MethodDescriptor& method, std::string_view json,
    google::protobuf::DynamicMessageFactory* factory) {
  std::vector<grpc::ByteBuffer> requests;
  if (!method.client_streaming()) {
    ATTLAS_ASSIGN_OR_RETURN(requests.emplace_back(), ReadRequest(method, json, "", factory));
    return requests;
  }
  size_t number = 0;
  for (const absl::string_view line : absl::StrSplit(ToAbsl(json), '\n')) {
    ++number;
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    ATTLAS_ASSIGN_OR_RETURN(requests.emplace_back(),
                            ReadRequest(method, std::string_view(line.data(), line.size()),
                                        absl::StrCat("line ", number, " "), factory));
  }
  return requests;
}

// A call whose operations are waited for one after the other.
class WaitingCall {
 public:
  WaitingCall(const Connection& connection, const std::string& path) : stub_(connection.channel()) {
    connection.Prepare(&context_);
    call_ = stub_.PrepareCall(&context_, path, &queue_);
    call_->StartCall(this);
    Wait();
  }
  ~WaitingCall() {
    queue_.Shutdown();
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok)) {
    }
  }

  // Sends all of `requests` and says that there are no more. What the daemon refuses halfway is
  // told by Finish.
  void Send(const std::vector<grpc::ByteBuffer>& requests) {
    for (const grpc::ByteBuffer& request : requests) {
      call_->Write(request, this);
      if (!Wait()) return;
    }
    call_->WritesDone(this);
    Wait();
  }
  bool Read(grpc::ByteBuffer* answer) {
    call_->Read(answer, this);
    return Wait();
  }
  void Cancel() { context_.TryCancel(); }
  grpc::Status Finish() {
    grpc::Status status;
    call_->Finish(&status, this);
    Wait();
    return status;
  }

 private:
  bool Wait() {
    void* tag = nullptr;
    bool ok = false;
    return queue_.Next(&tag, &ok) && ok;
  }

  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
};

}  // namespace

std::vector<const MethodDescriptor*> BuiltInMethods() {
  std::vector<const MethodDescriptor*> methods;
  for (const ServiceDescriptor* service : BuiltInServices()) {
    for (int i = 0; i < service->method_count(); ++i) methods.push_back(service->method(i));
  }
  return methods;
}

std::string MethodName(const MethodDescriptor& method) {
  return absl::StrCat(method.service()->full_name(), "/", method.name());
}

std::string_view MethodKind(const MethodDescriptor& method) {
  if (method.client_streaming()) {
    return method.server_streaming() ? "both streams" : "client stream";
  }
  return method.server_streaming() ? "server stream" : "unary";
}

absl::StatusOr<FoundMethod> FindMethod(const Connection& connection, std::string_view name) {
  std::string_view service_name;
  std::string_view method_name;
  if (!SplitName(name, &service_name, &method_name)) {
    return graph::InvalidField("method", absl::StrCat("`", graph::Printable(name),
                                                      "` is no method; write it as "
                                                      "GraphService/GetNode"));
  }
  for (const MethodDescriptor* method : BuiltInMethods()) {
    const bool same_service =
        service_name == method->service()->full_name() || service_name == method->service()->name();
    if (same_service && method_name == method->name()) return FoundMethod{method, nullptr};
  }
  ATTLAS_ASSIGN_OR_RETURN(std::shared_ptr<const DescriptorPool> pool,
                          DescribeService(connection, service_name));
  if (pool == nullptr) return UnknownMethod(name);
  const ServiceDescriptor* service = pool->FindServiceByName(std::string(service_name));
  const MethodDescriptor* method =
      service == nullptr ? nullptr : service->FindMethodByName(std::string(method_name));
  if (method == nullptr) return UnknownMethod(name);
  return FoundMethod{method, std::move(pool)};
}

absl::Status CallMethod(const Connection& connection, const FoundMethod& found,
                        std::string_view json,
                        const std::function<absl::Status(const Message&)>& take) {
  const MethodDescriptor& method = *found.method;
  google::protobuf::DynamicMessageFactory factory;
  ATTLAS_ASSIGN_OR_RETURN(const std::vector<grpc::ByteBuffer> requests,
                          ReadRequests(method, json, &factory));
  WaitingCall call(connection, absl::StrCat("/", MethodName(method)));
  call.Send(requests);
  const std::unique_ptr<Message> answer(factory.GetPrototype(method.output_type())->New());
  absl::Status taken;
  grpc::ByteBuffer buffer;
  while (taken.ok() && call.Read(&buffer)) {
    taken = Parse(&buffer, answer.get())
                ? take(*answer)
                : absl::InternalError("the daemon's answer cannot be read");
  }
  if (!taken.ok()) call.Cancel();
  const absl::Status called = connection.Check(call.Finish());
  return taken.ok() ? called : taken;
}

}  // namespace attlas::cli
