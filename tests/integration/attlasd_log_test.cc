// What attlasd logs of calls.
#include <signal.h>

#include <string>

#include "tests/integration/attlasd_fixture.h"

namespace attlas::testing {
namespace {

using services::FromGrpcStatus;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

TEST_F(AttlasdTest, LogsTheSpanOfACallWhoseTraceIsRecorded) {
  AttlasdProcess daemon(arguments());
  daemon.WaitUntilServing();
  const auto stub = v1::GraphService::NewStub(daemon.Connect());
  for (const char* flags : {"00", "01"}) {
    grpc::ClientContext context;
    SetPatience(&context);
    const std::string trace = std::string("4bf92f3577b34da6a3ce929d0e0e47") + flags;
    context.AddMetadata("traceparent", "00-" + trace + "-00f067aa0ba902b7-" + flags);
    context.AddMetadata("x-request-id", std::string("request-") + flags);
    v1::GetStatisticsRequest request;
    v1::GetStatisticsResponse response;
    ASSERT_OK(FromGrpcStatus(stub->GetStatistics(&context, request, &response)));
  }
  ASSERT_TRUE(daemon.WaitUntilItLogs("request-01"));
  daemon.Signal(SIGTERM);
  const std::string log = daemon.Wait().errors;
  EXPECT_THAT(log,
              ContainsRegex("\"event\":\"span\",\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4701\","
                            "\"span_id\":\"[0-9a-f]+\",\"parent_span_id\":\"00f067aa0ba902b7\","
                            "\"name\":\"attlas.graph.v1.GraphService/GetStatistics\""));
  EXPECT_THAT(log, Not(HasSubstr("request-00")));
}

TEST_F(AttlasdTest, EchoesTheRequestIdAndMakesOne) {
  AttlasdProcess daemon(With(arguments(), "--log_level=info"));
  daemon.WaitUntilServing();
  auto stub = v1::GraphService::NewStub(daemon.Connect());
  const auto call = [&](const std::string& id) {
    grpc::ClientContext context;
    SetPatience(&context);
    if (!id.empty()) context.AddMetadata("x-request-id", id);
    v1::GetNodeRequest request;
    request.set_name("states/IDN");
    v1::GetNodeResponse response;
    stub->GetNode(&context, request, &response);
    const auto found = context.GetServerInitialMetadata().find("x-request-id");
    if (found == context.GetServerInitialMetadata().end()) return std::string();
    return std::string(found->second.data(), found->second.size());
  };
  EXPECT_EQ(call("abc-123"), "abc-123");
  EXPECT_THAT(call(""), SizeIs(32));
  EXPECT_THAT(call(std::string(200, 'x')), SizeIs(32));
  stub.reset();
  daemon.Signal(SIGTERM);
  const Ended ended = daemon.Wait();
  EXPECT_THAT(ended.errors, HasSubstr(R"("event":"call")"));
  EXPECT_THAT(ended.errors, HasSubstr(R"("request_id":"abc-123")"));
  EXPECT_THAT(ended.errors, HasSubstr(R"("reason":"RESOURCE_NOT_FOUND")"));
  EXPECT_THAT(ended.errors, Not(HasSubstr("states/IDN")));
}

}  // namespace
}  // namespace attlas::testing
