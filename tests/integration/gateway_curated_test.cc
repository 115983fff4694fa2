// Every public RPC that reads answers over HTTP with JSON what it answers over gRPC.
//
// The RPCs are those of the descriptors, the requests those of read_requests.h: an RPC that reads
// and has none fails.
#include <gmock/gmock.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/dynamic_call.h"
#include "services/gateway/rpc/method_table.h"
#include "services/gateway/rpc/rpc_error.h"
#include "tests/integration/attlasd_process.h"
#include "tests/integration/hosted_methods.h"
#include "tests/integration/http_client.h"
#include "tests/integration/read_requests.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::testing {
namespace {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

std::string ToJson(const Message& message) {
  std::string json;
  EXPECT_TRUE(google::protobuf::util::MessageToJsonString(message, &json).ok());
  return json;
}

// The requests of a method; empty where there are none.
std::vector<std::unique_ptr<Message>> RequestsOf(const MethodDescriptor& method) {
  std::vector<std::unique_ptr<Message>> requests;
  const auto found = ReadRequests().find(ShortName(method));
  if (found == ReadRequests().end()) return requests;
  for (const std::string& text : found->second) {
    // Edges and revisions of the other test's graph; here they are names that are none.
    if (text.find("'{loaded}'") != std::string::npos) continue;
    requests.push_back(NewMessage(method.input_type()));
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, requests.back().get())) << text;
  }
  return requests;
}

// What a call gave: its answers as JSON, then the code of its status.
struct Given {
  std::vector<std::string> answers;
  std::string code = "ok";
  bool operator==(const Given&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Given& given) {
  for (const std::string& answer : given.answers) out << answer.substr(0, 2'000) << "\n";
  return out << given.code;
}

class GatewayCuratedTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    directory_ = new TemporaryDirectory();
    const std::string store = directory_->file("store");
    ASSERT_TRUE(CopyCuratedStore(store).ok());
    daemon_ =
        new AttlasdProcess({"--listen=127.0.0.1:0", "--admin_listen=", "--http_listen=127.0.0.1:0",
                            "--data_dir=" + store});
    ASSERT_NE(daemon_->WaitUntilServing(), "");
  }
  static void TearDownTestSuite() {
    delete daemon_;
    delete directory_;
  }

  Given OverGrpc(const MethodDescriptor& method, const Message& request) {
    Given given;
    const auto answer = NewMessage(method.output_type());
    const auto take = [&](const std::string& bytes) {
      EXPECT_TRUE(answer->ParseFromString(bytes));
      given.answers.push_back(ToJson(*answer));
      return !Endless(method);
    };
    const grpc::Status status =
        ReadAllRaw(channel_, gateway::PathOf(method), request.SerializeAsString(), take);
    if (!status.ok() && !Endless(method)) given.code = gateway::CodeName(status.error_code());
    return given;
  }
  // The gateway's JSON in protobuf's own spelling, which escapes a little more.
  static std::string Respelt(const MethodDescriptor& method, const std::string& json) {
    const auto message = NewMessage(method.output_type());
    const auto status = google::protobuf::util::JsonStringToMessage(json, message.get());
    EXPECT_TRUE(status.ok()) << status.ToString();
    return ToJson(*message);
  }
  Given OverHttp(const MethodDescriptor& method, const Message& request) {
    if (gateway::IsStream(method)) return StreamOverHttp(method, request);
    const HttpAnswer answer = client_.Ask("POST", gateway::PathOf(method),
                                          {{"content-type", "application/json"}}, ToJson(request));
    Given given;
    if (answer.status == 200) given.answers.push_back(Respelt(method, answer.body));
    if (answer.status != 200) given.code = CodeOf(answer.body);
    return given;
  }
  // By GET, as bytes.
  Given OverGet(const MethodDescriptor& method, const Message& request) {
    const HttpAnswer answer = client_.Ask(
        "GET", absl::StrCat(gateway::PathOf(method), "?connect=v1&base64=1&encoding=proto&message=",
                            absl::WebSafeBase64Escape(request.SerializeAsString())));
    Given given;
    if (answer.status != 200) {
      given.code = CodeOf(answer.body);
      return given;
    }
    const auto message = NewMessage(method.output_type());
    EXPECT_TRUE(message->ParseFromString(answer.body));
    given.answers.push_back(ToJson(*message));
    return given;
  }
  Given StreamOverHttp(const MethodDescriptor& method, const Message& request) {
    HttpClient client(PortOf(daemon_->web_address()));
    client.Send(FormatRequest("POST", gateway::PathOf(method),
                              {{"content-type", "application/connect+json"}},
                              Enveloped(0, ToJson(request))));
    EXPECT_EQ(client.ReadHead().status, 200);
    Given given;
    // A chunk is an envelope.
    while (const std::optional<std::string> chunk = client.ReadChunk()) {
      for (const auto& [flags, message] : SplitEnvelopes(*chunk)) {
        if (flags == 2) {
          if (message != "{}") given.code = CodeOf(message);
          continue;
        }
        given.answers.push_back(Respelt(method, message));
        if (Endless(method)) return given;
      }
    }
    return given;
  }
  static bool Endless(const MethodDescriptor& method) { return method.name() == "Watch"; }
  static std::string CodeOf(const std::string& json) {
    constexpr std::string_view kCode = "\"code\":\"";
    const size_t begin = json.find(kCode) + kCode.size();
    return json.substr(begin, json.find('"', begin) - begin);
  }

  static TemporaryDirectory* directory_;
  static AttlasdProcess* daemon_;
  std::shared_ptr<grpc::Channel> channel_ = daemon_->Connect();
  HttpClient client_{PortOf(daemon_->web_address())};
};

TemporaryDirectory* GatewayCuratedTest::directory_ = nullptr;
AttlasdProcess* GatewayCuratedTest::daemon_ = nullptr;

TEST_F(GatewayCuratedTest, EveryRpcThatReadsAnswersTheSameOverBoth) {
  int asked = 0;
  int answered = 0;
  for (const MethodDescriptor* method : cli::BuiltInMethods()) {
    if (!Reads(*method)) continue;
    const auto requests = RequestsOf(*method);
    EXPECT_FALSE(requests.empty()) << method->full_name() << " has no request in read_requests.cc";
    for (const auto& request : requests) {
      const Given grpc = OverGrpc(*method, *request);
      const Given http = OverHttp(*method, *request);
      EXPECT_EQ(http, grpc) << method->full_name() << " " << request->ShortDebugString();
      if (gateway::TakesGet(*method)) {
        EXPECT_EQ(OverGet(*method, *request), grpc) << method->full_name();
      }
      ++asked;
      if (!grpc.answers.empty()) ++answered;
    }
  }
  EXPECT_GT(asked, 100);
  EXPECT_GT(answered, asked / 2);
}

TEST_F(GatewayCuratedTest, EveryRpcIsDescribed) {
  const std::string openapi = client_.Ask("GET", "/openapi.json").body;
  const std::string reference = client_.Ask("GET", "/reference").body;
  for (const MethodDescriptor* method : cli::BuiltInMethods()) {
    EXPECT_NE(openapi.find(absl::StrCat("\"", gateway::PathOf(*method), "\":")), std::string::npos);
    EXPECT_NE(reference.find(absl::StrCat("id=\"", method->full_name(), "\"")), std::string::npos);
  }
}

}  // namespace
}  // namespace attlas::testing
