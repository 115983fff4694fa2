// Matchers and macros for absl::Status and absl::StatusOr, named as in later releases of Abseil.
//
// Example:
//   EXPECT_THAT(ParseDate("2013-02-30"), StatusIs(absl::StatusCode::kInvalidArgument));
//   ASSERT_OK_AND_ASSIGN(const Date date, ParseDate("2013"));
//   EXPECT_THAT(graph->Commit(input), StatusIs(absl::StatusCode::kAborted, HasSubstr("etag")));
#ifndef ATTLAS_TESTS_TESTING_STATUS_MATCHERS_H_
#define ATTLAS_TESTS_TESTING_STATUS_MATCHERS_H_

#include <ostream>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "graph/base/status_macros.h"
#include "gtest/gtest.h"

namespace attlas::testing {

inline const absl::Status& GetStatus(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& GetStatus(const absl::StatusOr<T>& result) {
  return result.status();
}

// Matches a Status or StatusOr that is OK.
MATCHER(IsOk, negation ? "is not OK" : "is OK") {
  *result_listener << GetStatus(arg).ToString();
  return GetStatus(arg).ok();
}

// Matches a Status or StatusOr of this code.
MATCHER_P(StatusIs, code,
          (negation ? "has not the code " : "has the code ") + absl::StatusCodeToString(code)) {
  *result_listener << GetStatus(arg).ToString();
  return GetStatus(arg).code() == code;
}

// Matches a Status or StatusOr of this code whose message matches.
MATCHER_P2(StatusIs, code, message,
           (negation ? "has not the code and message " : "has the code and message ") +
               absl::StatusCodeToString(code)) {
  *result_listener << GetStatus(arg).ToString();
  return GetStatus(arg).code() == code &&
         ::testing::Value(std::string(GetStatus(arg).message()), message);
}

// Matches a StatusOr that is OK and holds a value that matches.
MATCHER_P(IsOkAndHolds, value, negation ? "is not OK or holds another value" : "holds the value") {
  if (!arg.ok()) {
    *result_listener << arg.status().ToString();
    return false;
  }
  return ::testing::ExplainMatchResult(value, *arg, result_listener);
}

}  // namespace attlas::testing

#define ASSERT_OK(expr) ASSERT_THAT(expr, ::attlas::testing::IsOk())
#define EXPECT_OK(expr) EXPECT_THAT(expr, ::attlas::testing::IsOk())

// Evaluates `expr`, an absl::StatusOr; fails the test, or assigns its value to `lhs`.
#define ASSERT_OK_AND_ASSIGN(lhs, expr) \
  ASSERT_OK_AND_ASSIGN_IMPL(ATTLAS_STATUS_CONCAT(attlas_status_or_, __LINE__), lhs, expr)
#define ASSERT_OK_AND_ASSIGN_IMPL(var, lhs, expr)       \
  auto var = (expr);                                    \
  ASSERT_THAT(var.status(), ::attlas::testing::IsOk()); \
  lhs = std::move(var).value()

#endif  // ATTLAS_TESTS_TESTING_STATUS_MATCHERS_H_
