#include "graph/model/date_shift.h"

#include <string>

#include "gtest/gtest.h"

namespace attlas::graph {
namespace {

std::string Shift(const std::string& date, const DateShift& shift) {
  const std::optional<Date> shifted = ShiftDate(ParseDate(date).value(), shift);
  return shifted.has_value() ? FormatDate(*shifted) : "nothing";
}

TEST(ShiftDateTest, AddsDaysThenMonths) {
  EXPECT_EQ(Shift("2020-07-29", {.days = 90}), "2020-10-27");
  EXPECT_EQ(Shift("2023-11-30", {.months = 3}), "2024-02-29");
  EXPECT_EQ(Shift("2023-11-30", {.months = 3, .days = 1}), "2024-03-01");
  EXPECT_EQ(Shift("2023-01-31", {.months = 1, .days = 0, .first_day_of_month = true}),
            "2023-02-01");
  // The first day of the month after the sixtieth day.
  EXPECT_EQ(Shift("2023-11-14", {.months = 1, .days = 60, .first_day_of_month = true}),
            "2024-02-01");
  // Days come first: the other order would end on 2024-03-30.
  EXPECT_EQ(Shift("2024-01-30", {.months = 1, .days = 30}), "2024-03-29");
}

TEST(ShiftDateTest, KeepsThePrecision) {
  EXPECT_EQ(Shift("2020", {.days = 90}), "2020");
  EXPECT_EQ(Shift("2020-11", {.days = 90}), "2021-01");
  EXPECT_EQ(Shift("9999-12-31", {.days = 1}), "nothing");
  EXPECT_EQ(Shift("2020", {.months = int64_t{1} << 40}), "nothing");
}

}  // namespace
}  // namespace attlas::graph
