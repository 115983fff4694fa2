// What attlasd logs of calls, and what becomes of the log where nobody reads it.
#include <signal.h>

#include <sstream>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "tests/integration/attlasd_fixture.h"
#include "tests/testing/eventually.h"

namespace attlas::testing {
namespace {

using services::FromGrpcStatus;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

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

// A daemon whose standard error is a pipe that nobody reads from serves on, and ends.
TEST_F(AttlasdTest, ServesOnWhereNobodyReadsItsLog) {
  std::vector<std::string> flags = With(arguments(), "--admin_listen=127.0.0.1:0");
  AttlasdProcess daemon(With(flags, "--log_level=debug"));
  daemon.WaitUntilServing();
  const auto lost = [&] {
    const std::string metrics = GetMetrics(daemon.metrics_port());
    const std::string name = "\nattlas_log_lines_lost_total ";
    const size_t at = metrics.find(name);
    return at == std::string::npos ? 0.0 : std::stod(metrics.substr(at + name.size()));
  };
  auto stub = v1::GraphService::NewStub(daemon.Connect());
  ASSERT_OK(Commit(stub.get(), PutSource()));
  EXPECT_EQ(lost(), 0);
  // Far more lines than the pipe and what waits for it hold; every call is answered all the same.
  const absl::Time patience = absl::Now() + 10 * kPatience;
  while (lost() == 0 && absl::Now() < patience) {
    for (int call = 0; call < 500; ++call) ASSERT_OK(GetNode(stub.get(), "sources/test"));
  }
  EXPECT_GT(lost(), 0);
  stub.reset();
  daemon.Signal(SIGTERM);
  // What was in the pipe when it ended is whole lines, but for the last.
  const Ended ended = daemon.WaitUnread();
  EXPECT_EQ(ended.exit_code, 0);
  std::istringstream lines(ended.errors);
  int whole = 0;
  for (std::string line; std::getline(lines, line) && !lines.eof(); ++whole) {
    EXPECT_THAT(line, AllOf(StartsWith("{\"time\":\""), EndsWith("\"}")));
  }
  EXPECT_GT(whole, 100);
}

// Once somebody reads again, the log says how many lines are missing.
TEST_F(AttlasdTest, TheLogSaysWhatItLeftOut) {
  AttlasdProcess daemon(With(With(arguments(), "--admin_listen=127.0.0.1:0"), "--log_level=debug"));
  daemon.WaitUntilServing();
  const auto stub = v1::GraphService::NewStub(daemon.Connect());
  const auto has_lost = [&] {
    return GetMetrics(daemon.metrics_port()).find("\nattlas_log_lines_lost_total 0") ==
           std::string::npos;
  };
  const absl::Time patience = absl::Now() + 10 * kPatience;
  while (!has_lost() && absl::Now() < patience) {
    for (int call = 0; call < 500; ++call) {
      EXPECT_THAT(GetNode(stub.get(), "sources/test"), StatusIs(absl::StatusCode::kNotFound));
    }
  }
  // The reader catches up with what waited; some call after that finds room.
  while (!daemon.HasLogged("\"event\":\"log_lines_lost\",\"count\":\"") && absl::Now() < patience) {
    EXPECT_THAT(GetNode(stub.get(), "sources/test"), StatusIs(absl::StatusCode::kNotFound));
  }
  EXPECT_LT(absl::Now(), patience);
}

}  // namespace
}  // namespace attlas::testing
