// Texts that are read piece by piece are what they are as a whole.
#include "clients/exchange/text_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
using ::testing::Pair;
using testing::StatusIs;

struct Read {
  std::vector<std::pair<int, std::vector<std::string>>> rows;
  std::vector<std::pair<int, std::string>> errors;

  friend bool operator==(const Read&, const Read&) = default;
};

Read AsAWhole(const std::string& text) {
  Read read;
  graph::ParseCsv(
      text, [&](graph::CsvRow&& row) { read.rows.emplace_back(row.line, row.cells); },
      [&](int line, const std::string& error) { read.errors.emplace_back(line, error); });
  return read;
}

Read InPieces(const std::string& text, size_t most_bytes) {
  Read read;
  TextFile file = TextFile::Holding(text);
  EXPECT_OK(ForEachCsvRow(
      &file, [&](graph::CsvRow&& row) { read.rows.emplace_back(row.line, row.cells); },
      [&](int line, const std::string& error) { read.errors.emplace_back(line, error); },
      most_bytes));
  return read;
}

std::vector<std::pair<int, std::string>> Lines(const std::string& text) {
  std::vector<std::pair<int, std::string>> lines;
  TextFile file = TextFile::Holding(text);
  EXPECT_OK(ForEachLine(
      &file, [&](int number, std::string_view line) { lines.emplace_back(number, line); },
      [&](int number) { lines.emplace_back(number, "too long"); }));
  return lines;
}

TEST(TextFileTest, RowsInPiecesAreThoseOfTheWhole) {
  const std::string text =
      "\xef\xbb\xbfname,note\r\nstates/IDN,\"two\r\nlines, one \"\"quote\"\"\"\n\n\rplain,\"\"\r"
      "\"\xef\xbb\xbfmark\",last";
  for (size_t most = 1; most < text.size() + 2; ++most) {
    EXPECT_EQ(InPieces(text, most), AsAWhole(text)) << most;
  }
}

TEST(TextFileTest, RowsOfRandomTablesAreThoseOfTheWhole) {
  std::mt19937 random(20260203);
  const std::string letters = "ab,\n\r\" ";
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::string> cells;
    std::string text;
    for (int row = 0; row < 6; ++row) {
      cells.clear();
      for (int cell = 0; cell < 3; ++cell) {
        std::string& made = cells.emplace_back();
        for (size_t i = random() % 5; i > 0; --i) made += letters[random() % letters.size()];
      }
      graph::AppendCsvRow(cells, &text);
    }
    EXPECT_EQ(InPieces(text, 1 + random() % 20), AsAWhole(text)) << text;
  }
}

TEST(TextFileTest, AQuoteThatIsNeverClosedIsToldWhereItIs) {
  std::string text = "name,note\na,\"open\n";
  for (int i = 0; i < 1000; ++i) text += "b,c\n";
  const Read read = InPieces(text, 64);
  ASSERT_FALSE(read.errors.empty());
  EXPECT_THAT(read.errors[0], Pair(2, HasSubstr("never closed")));
  EXPECT_EQ(read.rows.size(), 1001U);
  EXPECT_EQ(read.rows.back().first, 1002);
}

TEST(TextFileTest, LinesHaveTheirNumbers) {
  EXPECT_THAT(Lines(""), ElementsAre());
  EXPECT_THAT(Lines("one\n\nthree"), ElementsAre(Pair(1, "one"), Pair(2, ""), Pair(3, "three")));
  std::string text;
  for (int i = 1; i <= 20'000; ++i) absl::StrAppend(&text, "line ", i, "\n");
  const auto lines = Lines(text);
  ASSERT_EQ(lines.size(), 20'000U);
  for (int i = 1; i <= 20'000; ++i) {
    ASSERT_EQ(lines[static_cast<size_t>(i - 1)], std::pair(i, absl::StrCat("line ", i)));
  }
}

TEST(TextFileTest, ALineThatIsTooLongIsPassedOver) {
  const std::string text = absl::StrCat("one\n", std::string(2 * kMostLineBytes, 'x'), "\nthree\n");
  EXPECT_THAT(Lines(text), ElementsAre(Pair(1, "one"), Pair(2, "too long"), Pair(3, "three")));
}

TEST(TextFileTest, WhatCannotBeReadIsNamed) {
  const testing::TemporaryDirectory directory;
  EXPECT_THAT(TextFile::Open(directory.file("none")).status(),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr(directory.file("none"))));
  EXPECT_THAT(TextFile::Open(directory.path()).status(), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace attlas::exchange
