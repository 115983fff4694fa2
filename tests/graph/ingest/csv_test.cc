#include "graph/ingest/csv.h"

#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attlas::graph {
namespace {

using ::testing::ElementsAre;

// Each row as `line:cell|cell`, each error as `line!`.
std::vector<std::string> Parse(const std::string& text) {
  std::vector<std::string> out;
  ParseCsv(
      text,
      [&](CsvRow&& row) {
        out.push_back(absl::StrCat(row.line, ":", absl::StrJoin(row.cells, "|")));
      },
      [&](int line, const std::string&) { out.push_back(absl::StrCat(line, "!")); });
  return out;
}

TEST(CsvTest, SplitsRowsAndCells) {
  EXPECT_THAT(Parse("a,b\n1,\"x, \"\"y\"\"\"\n"), ElementsAre("1:a|b", "2:1|x, \"y\""));
  EXPECT_THAT(Parse("a,b\r\n1,2"), ElementsAre("1:a|b", "2:1|2"));
  EXPECT_THAT(Parse("a,,\n,\n"), ElementsAre("1:a||", "2:|"));
  EXPECT_THAT(Parse("\xef\xbb\xbf"
                    "a\n"),
              ElementsAre("1:a"));
  EXPECT_THAT(Parse("  a  , b\n"), ElementsAre("1:a|b"));
  EXPECT_THAT(Parse(""), ElementsAre());
}

TEST(CsvTest, CountsLinesThroughBlanksAndQuotedLineEnds) {
  EXPECT_THAT(Parse("a\n\n \t\nb\n"), ElementsAre("1:a", "4:b"));
  EXPECT_THAT(Parse("a,\"x\ny\r\nz\"\nb,c\n"), ElementsAre("1:a|x\ny\r\nz", "4:b|c"));
  EXPECT_THAT(Parse("a\rb\rc"), ElementsAre("1:a", "2:b", "3:c"));
}

TEST(CsvTest, GoesOnAfterABrokenQuote) {
  EXPECT_THAT(Parse("a,b\nx\"y,1\nc,d\n"), ElementsAre("1:a|b", "2!", "3:c|d"));
  EXPECT_THAT(Parse("a\n\"open\nb\nc\n"), ElementsAre("1:a", "2!", "3:b", "4:c"));
  EXPECT_THAT(Parse("\"open\n\"b\",c\nd,e\n"), ElementsAre("1!", "2:b|c", "3:d|e"));
  EXPECT_THAT(Parse("\"a\"b\n"), ElementsAre("1!"));
}

TEST(CsvTest, RowsSurviveTheRoundTrip) {
  std::mt19937 random(3);
  const std::string alphabet = "a,\";\n\r \t\\\xc3\xa9\x01";
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::vector<std::string>> rows;
    std::string text;
    for (size_t i = 0; i < 1 + random() % 4; ++i) {
      std::vector<std::string> row;
      for (size_t j = 0; j < 1 + random() % 4; ++j) {
        std::string cell;
        for (size_t k = random() % 6; k > 0; --k) cell += alphabet[random() % alphabet.size()];
        row.push_back(cell);
      }
      AppendCsvRow(row, &text);
      rows.push_back(row);
    }
    std::vector<std::vector<std::string>> read;
    ParseCsv(
        text, [&](CsvRow&& row) { read.push_back(std::move(row.cells)); },
        [&](int line, const std::string& error) { FAIL() << line << ": " << error; });
    ASSERT_EQ(read, rows) << text;
  }
}

TEST(CsvTest, RandomBytesNeverCrash) {
  std::mt19937 random(5);
  const std::string likely = "\"\",\n\r ab;";
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (size_t i = random() % 64; i > 0; --i) {
      text += random() % 4 == 0 ? static_cast<char>(random()) : likely[random() % likely.size()];
    }
    int last_line = 0;
    const auto in_order = [&](int line) {
      ASSERT_GT(line, last_line);
      last_line = line;
    };
    ParseCsv(
        text, [&](CsvRow&& row) { in_order(row.line); },
        [&](int line, const std::string&) { in_order(line); });
  }
}

}  // namespace
}  // namespace attlas::graph
