#include "services/common/metrics.h"

#include "services/common/metrics_server.h"
#include "tests/testing/status_matchers.h"

namespace attlas::services {
namespace {

using ::testing::HasSubstr;

TEST(MetricsTest, CountsCallsByCodeAndDuration) {
  RpcMetrics metrics;
  MethodMetrics method = metrics.ForMethod("attlas.test.v1.Service", "Get");
  method.Started();
  EXPECT_THAT(
      metrics.Text(),
      HasSubstr(R"(attlas_rpc_in_flight{method="Get",service="attlas.test.v1.Service"} 1)"));
  method.Ended(absl::StatusCode::kNotFound, absl::Milliseconds(3));
  const std::string text = metrics.Text();
  EXPECT_THAT(
      text, HasSubstr(R"(attlas_rpc_in_flight{method="Get",service="attlas.test.v1.Service"} 0)"));
  EXPECT_THAT(text, HasSubstr(R"(attlas_rpc_handled_total{code="NOT_FOUND",method="Get",)"
                              R"(service="attlas.test.v1.Service"} 1)"));
  EXPECT_THAT(text, HasSubstr(R"(attlas_rpc_duration_seconds_count{method="Get",)"
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

TEST(MetricsServerTest, PicksAPortAndSaysWhenOneIsTaken) {
  RpcMetrics metrics;
  ASSERT_OK_AND_ASSIGN(const auto server, MetricsServer::Start("127.0.0.1:0", metrics));
  ASSERT_GT(server->port(), 0);
  EXPECT_THAT(
      MetricsServer::Start("127.0.0.1:" + std::to_string(server->port()), metrics),
      testing::StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("--admin_listen")));
}

}  // namespace
}  // namespace attlas::services
