#include "graph/model/date.h"

#include <random>

#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace attlas::graph {
namespace {

using ::attlas::testing::StatusIs;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;

Date MakeDate(int year, int month = 0, int day = 0) {
  Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

TEST(DateTest, KnowsTheCalendar) {
  EXPECT_TRUE(IsValidDate(MakeDate(2013)));
  EXPECT_TRUE(IsValidDate(MakeDate(2013, 6)));
  EXPECT_TRUE(IsValidDate(MakeDate(2024, 2, 29)));
  EXPECT_FALSE(IsValidDate(MakeDate(2023, 2, 29)));
  EXPECT_FALSE(IsValidDate(MakeDate(1900, 2, 29)));
  EXPECT_TRUE(IsValidDate(MakeDate(1, 1, 1)));
  EXPECT_TRUE(IsValidDate(MakeDate(9999, 12, 31)));
  EXPECT_FALSE(IsValidDate(MakeDate(0)));
  EXPECT_FALSE(IsValidDate(MakeDate(10000)));
  EXPECT_FALSE(IsValidDate(MakeDate(2013, 13)));
  EXPECT_FALSE(IsValidDate(MakeDate(2013, -1)));
  EXPECT_FALSE(IsValidDate(MakeDate(2013, 0, 5)));
  EXPECT_FALSE(IsValidDate(MakeDate(2013, 1, 32)));
  EXPECT_FALSE(IsValidDate(MakeDate(2013, 1, -1)));
  EXPECT_FALSE(IsValidDate(MakeDate(2013, 1, 1 << 30)));
}

TEST(DateTest, RefusesMalformedTextNamingForm) {
  for (const char* text : {"", "13", "2013-6", "2013/06", "2013-06-3", "03-06-2013", "abcd", "+213",
                           "2013-06-03 ", "2013-06-03T00:00:00Z"}) {
    EXPECT_THAT(ParseDate(text),
                StatusIs(kInvalid, std::string("`") + text +
                                       "` is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"));
  }
}

TEST(DateTest, RefusesDatesThatDoNotExist) {
  for (const char* text : {"0000", "2013-00", "2013-13", "2013-02-30", "2013-06-00"}) {
    EXPECT_THAT(ParseDate(text),
                StatusIs(kInvalid, std::string("`") + text +
                                       "` is not in the calendar; leave out a month or a day that "
                                       "is not known"));
  }
}

TEST(DateTest, FormatsNothingForAnEmptyDate) { EXPECT_EQ(FormatDate(Date()), ""); }

TEST(DateTest, PartialDatesCountFromTheirFirstDay) {
  EXPECT_EQ(FirstDay(MakeDate(1970)), 0);
  EXPECT_EQ(FirstDay(MakeDate(1970, 2)), 31);
  EXPECT_EQ(FirstDay(MakeDate(1969, 12, 31)), -1);
  EXPECT_EQ(FirstDay(MakeDate(2014, 12, 24)), 16428);
  EXPECT_EQ(LastDay(MakeDate(2014, 12, 24)), 16428);
  EXPECT_EQ(LastDay(MakeDate(1970, 1)), 30);
  EXPECT_EQ(LastDay(MakeDate(1969, 12)), -1);
  EXPECT_EQ(LastDay(MakeDate(1970)), 364);
  EXPECT_EQ(LastDay(MakeDate(2024, 2)) + 1, FirstDay(MakeDate(2024, 3)));
}

TEST(DateTest, LessPreciseComesFirst) {
  EXPECT_LT(CompareDates(MakeDate(2013), MakeDate(2013, 1)), 0);
  EXPECT_LT(CompareDates(MakeDate(2013, 1), MakeDate(2013, 1, 1)), 0);
  EXPECT_GT(CompareDates(MakeDate(2013, 2), MakeDate(2013, 1, 31)), 0);
  EXPECT_EQ(CompareDates(MakeDate(2013, 6), MakeDate(2013, 6)), 0);
}

TEST(DateTest, RandomDatesSurviveTheRoundTrip) {
  std::mt19937 random(1);
  const DayNumber first = FirstDay(MakeDate(1));
  const DayNumber last = FirstDay(MakeDate(9999, 12, 31));
  std::uniform_int_distribution<DayNumber> days(first, last);
  for (int i = 0; i < 20000; ++i) {
    const DayNumber day = days(random);
    Date date = DateOfDay(day);
    ASSERT_TRUE(IsValidDate(date));
    ASSERT_EQ(FirstDay(date), day);
    const auto precision = random() % 3;
    if (precision < 2) date.set_day(0);
    if (precision < 1) date.set_month(0);
    ASSERT_OK_AND_ASSIGN(const Date parsed, ParseDate(FormatDate(date)));
    ASSERT_EQ(CompareDates(parsed, date), 0);
    ASSERT_EQ(FormatDate(parsed), FormatDate(date));
  }
}

TEST(DateTest, TodayIsAFullDate) {
  EXPECT_TRUE(IsValidDate(Today()));
  EXPECT_GT(Today().day(), 0);
}

}  // namespace
}  // namespace attlas::graph
