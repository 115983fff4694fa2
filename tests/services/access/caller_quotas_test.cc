#include "services/access/caller_quotas.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "tests/testing/status_matchers.h"

namespace attlas::services {
namespace {

using ::attlas::testing::StatusIs;

const absl::Time kStart = absl::FromUnixSeconds(1'800'000'000);

// How long the error says to wait, in milliseconds.
std::string WaitOf(const absl::Status& status) {
  const auto detail = graph::GetErrorDetail(status);
  return detail.has_value() && !detail->metadata.empty() ? detail->metadata[0].second : "";
}

TEST(CallerQuotas, AllowsABurstThenTheRate) {
  CallerQuotas quotas;
  const Quota quota = {.calls_per_second = 2, .burst = 3, .concurrent_calls = 0};
  for (int i = 0; i < 3; ++i) EXPECT_OK(quotas.Enter("ana", quota, kStart));
  const absl::Status refused = quotas.Enter("ana", quota, kStart);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(graph::GetErrorDetail(refused)->reason, "QUOTA_EXCEEDED");
  EXPECT_EQ(WaitOf(refused), "500");
  EXPECT_FALSE(quotas.Enter("ana", quota, kStart + absl::Milliseconds(499)).ok());
  EXPECT_OK(quotas.Enter("ana", quota, kStart + absl::Milliseconds(500)));
  EXPECT_EQ(quotas.refused(), 2);
  // Others are not concerned.
  EXPECT_OK(quotas.Enter("ben", quota, kStart));
}

TEST(CallerQuotas, CountsCallsInHand) {
  CallerQuotas quotas;
  const Quota quota = {.calls_per_second = 0, .burst = 0, .concurrent_calls = 2};
  EXPECT_OK(quotas.Enter("ana", quota, kStart));
  EXPECT_OK(quotas.Enter("ana", quota, kStart));
  EXPECT_THAT(quotas.Enter("ana", quota, kStart), StatusIs(absl::StatusCode::kResourceExhausted));
  quotas.Leave("ana");
  EXPECT_OK(quotas.Enter("ana", quota, kStart));
}

TEST(CallerQuotas, ARefusedCallCostsNothing) {
  CallerQuotas quotas;
  const Quota quota = {.calls_per_second = 1, .burst = 2, .concurrent_calls = 1};
  EXPECT_OK(quotas.Enter("ana", quota, kStart));
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(quotas.Enter("ana", quota, kStart).ok());
  quotas.Leave("ana");
  EXPECT_OK(quotas.Enter("ana", quota, kStart));
}

TEST(CallerQuotas, AClockThatIsSetBackGivesNothing) {
  CallerQuotas quotas;
  const Quota quota = {.calls_per_second = 1, .burst = 1, .concurrent_calls = 0};
  EXPECT_OK(quotas.Enter("ana", quota, kStart));
  EXPECT_FALSE(quotas.Enter("ana", quota, kStart - absl::Hours(1)).ok());
  EXPECT_OK(quotas.Enter("ana", quota, kStart + absl::Seconds(1)));
}

TEST(CallerQuotas, ForgetsCallersAtRestBeforeItRefusesNewOnes) {
  CallerQuotas quotas;
  const Quota quota = {.calls_per_second = 1, .burst = 1, .concurrent_calls = 0};
  for (int i = 0; i < 20'000; ++i) {
    const std::string caller = absl::StrCat("anyone ", i);
    const absl::Time now = kStart + absl::Milliseconds(i);
    ASSERT_OK(quotas.Enter(caller, quota, now)) << i;
    quotas.Leave(caller);
  }
  EXPECT_LE(quotas.size(), 10'000);
}

TEST(CallerQuotas, IsBoundedWhereNobodyIsAtRest) {
  CallerQuotas quotas;
  const Quota quota = {.calls_per_second = 0, .burst = 0, .concurrent_calls = 1};
  for (int i = 0; i < 10'000; ++i) ASSERT_OK(quotas.Enter(absl::StrCat(i), quota, kStart));
  EXPECT_THAT(quotas.Enter("late", quota, kStart), StatusIs(absl::StatusCode::kResourceExhausted));
  quotas.Leave("7");
  EXPECT_OK(quotas.Enter("late", quota, kStart));
}

}  // namespace
}  // namespace attlas::services
