#include "clients/exchange/sorted_records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using testing::StatusIs;

using Records = std::vector<std::pair<std::string, std::string>>;

Records All(const SortedRecords& records) {
  Records all;
  EXPECT_OK(records.ForEach([&](std::string_view key, std::string_view value) {
    all.emplace_back(key, value);
    return absl::OkStatus();
  }));
  return all;
}

TEST(SortedRecordsTest, SortsAndKeepsTheOrderOfEqualKeys) {
  SortedRecords records;
  for (const auto& [key, value] :
       Records{{"b", "1"}, {"a", "2"}, {"b", "3"}, {"", "4"}, {"a", std::string("\0x", 2)}}) {
    ASSERT_OK(records.Add(key, value));
  }
  ASSERT_OK(records.Sort());
  const auto expected = ElementsAre(Pair("", "4"), Pair("a", "2"), Pair("a", std::string("\0x", 2)),
                                    Pair("b", "1"), Pair("b", "3"));
  EXPECT_THAT(All(records), expected);
  EXPECT_THAT(All(records), expected) << "a second time";
  EXPECT_EQ(records.size(), 5U);
}

TEST(SortedRecordsTest, OfNoneThereAreNone) {
  SortedRecords records;
  ASSERT_OK(records.Sort());
  EXPECT_THAT(All(records), IsEmpty());
}

// Most of them in the file, many times over.
TEST(SortedRecordsTest, IsThatOfAllAtOnceHoweverLittleIsHeld) {
  std::mt19937 random(20260203);
  for (const size_t most : {1, 300, 5'000, 1 << 20}) {
    SortedRecords records(most);
    Records expected;
    for (int i = 0; i < 3'000; ++i) {
      std::string key = absl::StrCat(random() % 500);
      // Some longer than what is read at once.
      std::string value =
          absl::StrCat(i, std::string(i % 1000 == 7 ? 100'000 : random() % 50, 'v'));
      ASSERT_OK(records.Add(key, value));
      expected.emplace_back(std::move(key), std::move(value));
    }
    ASSERT_OK(records.Sort());
    std::stable_sort(expected.begin(), expected.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    EXPECT_TRUE(All(records) == expected) << most;
  }
}

TEST(SortedRecordsTest, SeveralReadersGoTheirOwnWays) {
  SortedRecords records(100);
  for (int i = 0; i < 100; ++i) ASSERT_OK(records.Add(SortableNumber(99 - i), ""));
  ASSERT_OK(records.Sort());
  SortedRecords::Reader ahead(records);
  SortedRecords::Reader behind(records);
  std::string_view key;
  std::string_view value;
  for (uint64_t i = 0; i < 50; ++i) ASSERT_TRUE(*ahead.Next(&key, &value));
  EXPECT_EQ(NumberOf(key), 49U);
  ASSERT_TRUE(*behind.Next(&key, &value));
  EXPECT_EQ(NumberOf(key), 0U);
  ASSERT_TRUE(*ahead.Next(&key, &value));
  EXPECT_EQ(NumberOf(key), 50U);
}

TEST(SortedRecordsTest, StopsAtTheFirstErrorOfWhoTakes) {
  SortedRecords records;
  for (const char* key : {"a", "b", "c"}) ASSERT_OK(records.Add(key, ""));
  ASSERT_OK(records.Sort());
  int taken = 0;
  EXPECT_THAT(records.ForEach([&](std::string_view, std::string_view) -> absl::Status {
    return ++taken == 2 ? absl::AbortedError("enough") : absl::OkStatus();
  }),
              StatusIs(absl::StatusCode::kAborted));
  EXPECT_EQ(taken, 2);
}

TEST(SortedRecordsTest, LeavesNoFileAndSaysWhereItCannotMakeOne) {
  const testing::TemporaryDirectory directory;
  const char* before = std::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  setenv("TMPDIR", directory.path().c_str(), 1);
  SortedRecords records(1);
  EXPECT_OK(records.Add("a", "b"));
  EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
  setenv("TMPDIR", directory.file("none").c_str(), 1);
  SortedRecords others(1);
  const absl::Status status = others.Add("a", "b");
  if (before == nullptr) {
    unsetenv("TMPDIR");
  } else {
    setenv("TMPDIR", kept.c_str(), 1);
  }
  // A folder that is not there is not taken; the usual one is.
  EXPECT_OK(status);
}

TEST(SortedRecordsTest, NumbersSortAsTheyAre) {
  EXPECT_LT(SortableNumber(9), SortableNumber(10));
  EXPECT_LT(SortableNumber(255), SortableNumber(256));
  EXPECT_EQ(NumberOf(SortableNumber(1234567890123)), 1234567890123U);
}

}  // namespace
}  // namespace attlas::exchange
