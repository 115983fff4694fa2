#include "tests/bench/domain_calls.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "attlas/engagement/v1/engagement_service.grpc.pb.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/text_format.h"
#include "tests/bench/closed_loop.h"
#include "tests/integration/hosted_methods.h"
#include "tests/integration/read_requests.h"

namespace attlas::bench {
namespace {

using engagement::v1::EngagementService;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

constexpr char kGraphService[] = "GraphService";
// The space that the requests of the tests ask about.
constexpr char kSpaceOfTests[] = "spaces/xq-salt";

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::exit(1);
}

template <typename Request, typename Response>
Response Ask(EngagementService::Stub* stub,
             grpc::Status (EngagementService::Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
             const Request& request) {
  grpc::ClientContext context;
  Response response;
  const grpc::Status status = (stub->*method)(&context, request, &response);
  if (!status.ok()) Fail("no space: " + status.error_message());
  return response;
}

// Null where the text is no request of this method.
std::unique_ptr<Message> RequestOf(const MethodDescriptor& method, const std::string& text) {
  std::unique_ptr<Message> request = testing::NewMessage(method.input_type());
  if (!google::protobuf::TextFormat::ParseFromString(text, request.get())) return nullptr;
  return request;
}

std::optional<Call> CallOf(const std::string& address, const MethodDescriptor& method,
                           const std::string& space) {
  Call call{.name = testing::ShortName(method),
            .method = absl::StrCat("/", method.service()->full_name(), "/", method.name()),
            .request = ""};
  const auto requests = testing::ReadRequests().find(call.name);
  if (requests == testing::ReadRequests().end()) return std::nullopt;
  for (const std::string& text : requests->second) {
    const auto request = RequestOf(method, absl::StrReplaceAll(text, {{kSpaceOfTests, space}}));
    if (request == nullptr) continue;
    call.request = request->SerializeAsString();
    if (IsAnswered(address, call.method, call.request)) return call;
  }
  return std::nullopt;
}

}  // namespace

std::string MakeSpace(const std::string& address) {
  const auto stub =
      EngagementService::NewStub(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  engagement::v1::CreateSpaceRequest create;
  create.mutable_space()->set_display_name("Round table");
  create.mutable_space()->set_purpose("To speak openly");
  create.mutable_space()->set_retention_days(30);
  const std::string space =
      Ask(stub.get(), &EngagementService::Stub::CreateSpace, create).space().name();
  engagement::v1::PostToSpaceRequest post;
  post.set_space(space);
  post.set_text("Reports ask too much of small offices.");
  Ask(stub.get(), &EngagementService::Stub::PostToSpace, post);
  return space;
}

std::vector<Call> DomainCalls(const std::string& address, const std::string& space) {
  const auto methods = testing::HostedMethods(address);
  if (!methods.ok()) Fail(methods.status().ToString());
  std::vector<Call> calls;
  for (const MethodDescriptor* method : *methods) {
    if (!testing::Reads(*method) || method->service()->name() == kGraphService) continue;
    std::optional<Call> call = CallOf(address, *method, space);
    if (!call.has_value()) {
      Fail(absl::StrCat(method->full_name(),
                        " has no request that is answered; give it one in read_requests.cc"));
    }
    calls.push_back(*std::move(call));
  }
  return calls;
}

}  // namespace attlas::bench
