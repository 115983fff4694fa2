#include "services/common/metrics.h"

#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/common/process_metrics.h"

namespace attlas::services {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(MetricsTest, CountsCallsByCodeAndDuration) {
  RpcMetrics metrics;
  MethodMetrics method = metrics.ForMethod("attlas.test.v1.Service", "Get");
  method.Started();
  EXPECT_THAT(
      metrics.Text(),
      HasSubstr(R"(attlas_rpc_in_flight{method="Get",service="attlas.test.v1.Service"} 1)"));
  method.Ended(CallerClass::kOperator, absl::StatusCode::kNotFound, absl::Milliseconds(3));
  const std::string text = metrics.Text();
  EXPECT_THAT(
      text, HasSubstr(R"(attlas_rpc_in_flight{method="Get",service="attlas.test.v1.Service"} 0)"));
  EXPECT_THAT(
      text, HasSubstr(R"(attlas_rpc_handled_total{caller="operator",code="NOT_FOUND",method="Get",)"
                      R"(service="attlas.test.v1.Service"} 1)"));
  EXPECT_THAT(text, HasSubstr(R"(attlas_rpc_duration_seconds_count{caller="operator",method="Get",)"
                              R"(service="attlas.test.v1.Service"} 1)"));
}

TEST(MetricsTest, ReadsGaugesWhenAsked) {
  RpcMetrics metrics;
  double value = 1;
  metrics.AddGauge("attlas_test", "A test.", [&] { return value; });
  value = 5;
  EXPECT_THAT(metrics.Text(), HasSubstr("attlas_test 5"));
}

TEST(MetricsTest, ReadsCountersWhenAsked) {
  RpcMetrics metrics;
  metrics.AddCounter("attlas_test_total", "A test.", [] { return 7; });
  EXPECT_THAT(metrics.Text(), HasSubstr("# TYPE attlas_test_total counter\nattlas_test_total 7"));
}

TEST(MetricsTest, TellsKindsOfCallersApartAndNamesNobody) {
  EXPECT_EQ(ClassOfCaller(""), CallerClass::kOperator);
  EXPECT_EQ(ClassOfCaller("anyone"), CallerClass::kAnyone);
  EXPECT_EQ(ClassOfCaller("token:https://login.example#anyone"), CallerClass::kToken);
  EXPECT_EQ(ClassOfCaller("certificate:spiffe://attlas.example/ana"), CallerClass::kCertificate);
  RpcMetrics metrics;
  MethodMetrics method = metrics.ForMethod("attlas.test.v1.Service", "Get");
  for (const CallerClass caller : {CallerClass::kToken, CallerClass::kAnyone}) {
    method.Started();
    method.Ended(caller, absl::StatusCode::kOk, absl::Milliseconds(1));
  }
  const std::string text = metrics.Text();
  EXPECT_THAT(text, HasSubstr(R"(attlas_rpc_handled_total{caller="anyone",code="OK",)"));
  EXPECT_THAT(text, HasSubstr(R"(attlas_rpc_duration_seconds_count{caller="token",)"));
  EXPECT_THAT(text, Not(HasSubstr(R"(caller="certificate")")));
}

TEST(MetricsTest, OneSeriesForManyThreads) {
  RpcMetrics metrics;
  MethodMetrics method = metrics.ForMethod("attlas.test.v1.Service", "Get");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([method]() mutable {
      for (int call = 0; call < 100; ++call) {
        method.Started();
        method.Ended(CallerClass::kOperator, absl::StatusCode::kOk, absl::Milliseconds(1));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(metrics.Text(),
              HasSubstr(R"(attlas_rpc_handled_total{caller="operator",code="OK",method="Get",)"
                        R"(service="attlas.test.v1.Service"} 400)"));
}

TEST(MetricsTest, SaysWhatRunsByLabels) {
  RpcMetrics metrics;
  metrics.AddInfo("attlas_build_info", "A test.", {{"version", "1.2"}});
  EXPECT_THAT(metrics.Text(), HasSubstr(R"(attlas_build_info{version="1.2"} 1)"));
}

TEST(ProcessMetricsTest, ReadsWhatTheProcessTakes) {
  RpcMetrics metrics;
  AddProcessMetrics(&metrics);
  const std::string text = metrics.Text();
  for (const char* name : {"process_cpu_seconds_total", "process_resident_memory_bytes",
                           "process_open_fds", "process_max_fds", "process_start_time_seconds"}) {
    EXPECT_THAT(text, HasSubstr(std::string("\n") + name + " "));
  }
  EXPECT_THAT(text, Not(HasSubstr("process_resident_memory_bytes 0\n")));
  EXPECT_THAT(text, Not(HasSubstr("process_open_fds 0\n")));
}

}  // namespace
}  // namespace attlas::services
