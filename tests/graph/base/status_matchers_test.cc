#include "tests/testing/status_matchers.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attlas::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(StatusMatchersTest, TellCodesMessagesAndValuesApart) {
  const absl::Status error = absl::NotFoundError("no such thing");
  const absl::StatusOr<int> value = 7;
  EXPECT_OK(value);
  EXPECT_THAT(error, Not(IsOk()));
  EXPECT_THAT(error, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(error, StatusIs(absl::StatusCode::kNotFound, HasSubstr("such")));
  EXPECT_THAT(error, Not(StatusIs(absl::StatusCode::kNotFound, "such")));
  EXPECT_THAT(error, Not(StatusIs(absl::StatusCode::kAborted)));
  EXPECT_THAT(value, IsOkAndHolds(7));
  EXPECT_THAT(value, Not(IsOkAndHolds(8)));
  EXPECT_THAT(absl::StatusOr<int>(error), Not(IsOkAndHolds(7)));
  ASSERT_OK_AND_ASSIGN(const int seven, value);
  EXPECT_EQ(seven, 7);
}

}  // namespace
}  // namespace attlas::testing
