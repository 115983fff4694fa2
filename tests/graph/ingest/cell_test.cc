#include "graph/ingest/cell.h"

#include <cmath>
#include <cstring>
#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace attlas::graph {
namespace {

using ::attlas::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::PropertyType OfKind(v1::PropertyKind kind) {
  v1::PropertyType type;
  type.set_name("p");
  type.set_kind(kind);
  return type;
}

TEST(ListTest, SplitsAndTrims) {
  EXPECT_THAT(SplitList(""), IsEmpty());
  EXPECT_THAT(SplitList("a"), ElementsAre("a"));
  EXPECT_THAT(SplitList(" a b ;c; "), ElementsAre("a b", "c", ""));
  EXPECT_THAT(SplitList("a\\;b;c\\\\;\\ d"), ElementsAre("a;b", "c\\", " d"));
}

TEST(ListTest, RandomListsSurviveTheRoundTrip) {
  std::mt19937 random(11);
  const std::string alphabet = "ab;\\ \t\n,";
  for (int round = 0; round < 5000; ++round) {
    std::vector<std::string> items;
    for (size_t i = 0; i < 1 + random() % 4; ++i) {
      std::string item;
      for (size_t k = random() % 5; k > 0; --k) item += alphabet[random() % alphabet.size()];
      items.push_back(item);
    }
    if (items.size() == 1 && items[0].empty()) continue;  // Looks like no list at all.
    ASSERT_EQ(SplitList(JoinList(items)), items) << JoinList(items);
  }
}

TEST(ValueTest, RefusesWhatIsNotOfTheKind) {
  const auto expect = [](v1::PropertyKind kind, const char* cell, const char* problem) {
    EXPECT_THAT(ParseValue(cell, OfKind(kind)),
                StatusIs(absl::StatusCode::kInvalidArgument, problem));
  };
  expect(v1::PROPERTY_KIND_INTEGER, "12.5", "`12.5` is not a whole number; write digits alone");
  expect(v1::PROPERTY_KIND_INTEGER, "99999999999999999999",
         "`99999999999999999999` is not a whole number; write digits alone");
  expect(v1::PROPERTY_KIND_DECIMAL, "1,5", "`1,5` is not a number; write it as 12.5");
  expect(v1::PROPERTY_KIND_DECIMAL, "nan", "`nan` is not a number; write it as 12.5");
  expect(v1::PROPERTY_KIND_DECIMAL, "1e999", "`1e999` is not a number; write it as 12.5");
  expect(v1::PROPERTY_KIND_BOOLEAN, "yes", "`yes` is neither true nor false");
  expect(v1::PROPERTY_KIND_DATE, "2013-6",
         "`2013-6` is not a date; write YYYY, YYYY-MM or YYYY-MM-DD");
  v1::PropertyType list = OfKind(v1::PROPERTY_KIND_TEXT);
  list.set_repeated(true);
  EXPECT_THAT(ParseValue("a;;b", list),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "`a;;b` holds an empty item; separate items by one semicolon"));
}

TEST(ValueTest, RandomNumbersSurviveTheRoundTrip) {
  std::mt19937_64 random(13);
  for (int round = 0; round < 20000; ++round) {
    const uint64_t bits = random();
    double number = 0;
    std::memcpy(&number, &bits, sizeof(number));
    Value value;
    if (std::isfinite(number)) {
      value.set_decimal(number);
      ASSERT_OK_AND_ASSIGN(const Value read,
                           ParseValue(FormatValue(value), OfKind(v1::PROPERTY_KIND_DECIMAL)));
      ASSERT_EQ(read.decimal(), number);
    }
    value.set_integer(static_cast<int64_t>(bits));
    ASSERT_OK_AND_ASSIGN(const Value read,
                         ParseValue(FormatValue(value), OfKind(v1::PROPERTY_KIND_INTEGER)));
    ASSERT_EQ(read.integer(), value.integer());
  }
}

}  // namespace
}  // namespace attlas::graph
