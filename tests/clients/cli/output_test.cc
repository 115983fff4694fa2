// Layout of text, tables, CSV and JSON.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "attlas/graph/v1/graph_service.pb.h"
#include "clients/cli/output/csv.h"
#include "clients/cli/output/json.h"
#include "clients/cli/output/table.h"
#include "clients/cli/output/text.h"

namespace attlas::cli {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::Not;

TEST(DisplayWidthTest, CountsColumnsNotBytes) {
  EXPECT_EQ(DisplayWidth(""), 0u);
  EXPECT_EQ(DisplayWidth("Indonesia"), 9u);
  EXPECT_EQ(DisplayWidth("Côte d’Ivoire"), 13u);
  EXPECT_EQ(DisplayWidth("Türkiye"), 7u);
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1u) << "a combining accent takes no column";
  EXPECT_EQ(DisplayWidth("日本"), 4u);
  EXPECT_EQ(DisplayWidth("대한민국"), 8u);
  EXPECT_EQ(DisplayWidth("🕊"), 2u);
}

TEST(ForTerminalTest, KeepsDataFromSteeringTheTerminal) {
  EXPECT_EQ(ForTerminal("a\n\tb  c "), "a b c");
  EXPECT_THAT(ForTerminal("\x1b[31mred"), AllOf(Not(HasSubstr("\x1b")), HasSubstr("[31mred")));
  EXPECT_THAT(ForTerminal("bad \xff byte"), Not(HasSubstr("\xff")));
}

TEST(ShortenTest, EndsWithAnEllipsisWithinTheWidth) {
  EXPECT_EQ(Shorten("short", 5), "short");
  EXPECT_EQ(Shorten("too long", 5), "too…");
  EXPECT_EQ(Shorten("日本国", 4), "日…");
  EXPECT_EQ(Shorten("ab", 1), "…");
}

TEST(WrapTest, BreaksAtSpacesThenAtMarksThenAnywhere) {
  EXPECT_THAT(Wrap("", 10), ElementsAre(""));
  EXPECT_THAT(Wrap("one two three", 8), ElementsAre("one two", "three"));
  EXPECT_THAT(Wrap("capacity-building", 16), ElementsAre("capacity-", "building"));
  EXPECT_THAT(Wrap("sources/a-b", 8), ElementsAre("sources/", "a-b"));
  EXPECT_THAT(Wrap("abcdefgh", 3), ElementsAre("abc", "def", "gh"));
  EXPECT_THAT(Wrap("日本国", 4), ElementsAre("日本", "国"));
}

TEST(WrapTest, NeverLosesACharacter) {
  const std::string text = "Global Framework for Through-life Conventional Ammunition Management";
  for (size_t width = 2; width < 80; ++width) {
    std::string together;
    for (const std::string& line : Wrap(text, width)) {
      EXPECT_THAT(DisplayWidth(line), Le(width)) << line;
      together += line;
    }
    std::string wanted = text;
    std::erase(wanted, ' ');
    std::erase(together, ' ');
    EXPECT_EQ(together, wanted) << width;
  }
}

Document StatesDocument() {
  Document document;
  document.Say("Who takes part, and since when, counted by deposit over all states of the world",
               Tone::kStrong);
  Table table{.title = "States",
              .columns = {{.header = "Name", .key = "state", .shown = Shown::kCsvOnly},
                          {.header = "State", .key = "display_name"},
                          {.header = "Since", .key = "since", .whole = true},
                          {.header = "Nothing", .key = "nothing"},
                          {.header = "Count", .key = "count", .right = true, .whole = true},
                          {.header = "Note", .key = "note"}},
              .rows = {}};
  table.rows.push_back({"states/GBR", "United Kingdom of Great Britain and Northern Ireland",
                        "2014-04-02", "", "7",
                        "Consented early, and extended to territories, which is a long note"});
  table.rows.push_back({"states/CIV", "Côte d’Ivoire", "2015-02-26", "", "12",
                        Cell("日本語 with \"quotes\", and a comma", Tone::kGood)});
  document.Add(std::move(table));
  return document;
}

TEST(FormatTableTest, FitsWidth200OnOneLineARow) {
  EXPECT_EQ(FormatTable(StatesDocument(), {.width = 200}),
            "Who takes part, and since when, counted by deposit over all states of the world\n"
            "\n"
            "States\n"
            "State                                                 Since       Count  Note\n"
            "────────────────────────────────────────────────────  ──────────  ─────  "
            "──────────────────────────────────────────────────────────────────\n"
            "United Kingdom of Great Britain and Northern Ireland  2014-04-02      7  "
            "Consented early, and extended to territories, which is a long note\n"
            "Côte d’Ivoire                                         2015-02-26     12  "
            "日本語 with \"quotes\", and a comma\n");
}

TEST(FormatTableTest, FitsWidth80ByWrappingTheWidestColumns) {
  EXPECT_EQ(FormatTable(StatesDocument(), {.width = 80}),
            "Who takes part, and since when, counted by deposit over all states of the world\n"
            "\n"
            "States\n"
            "State                          Since       Count  Note\n"
            "─────────────────────────────  ──────────  ─────  ──────────────────────────────\n"
            "United Kingdom of Great        2014-04-02      7  Consented early, and extended\n"
            "Britain and Northern Ireland                      to territories, which is a\n"
            "                                                  long note\n"
            "Côte d’Ivoire                  2015-02-26     12  日本語 with \"quotes\", and a\n"
            "                                                  comma\n");
}

TEST(FormatTableTest, BecomesAListOfRecordsWhereColumnsWouldBeTooNarrow) {
  EXPECT_EQ(FormatTable(StatesDocument(), {.width = 40}),
            "Who takes part, and since when, counted\n"
            "by deposit over all states of the world\n"
            "\n"
            "States\n"
            "State: United Kingdom of Great Britain\n"
            "  and Northern Ireland\n"
            "Since: 2014-04-02\n"
            "Count: 7\n"
            "Note: Consented early, and extended to\n"
            "  territories, which is a long note\n"
            "\n"
            "State: Côte d’Ivoire\n"
            "Since: 2015-02-26\n"
            "Count: 12\n"
            "Note: 日本語 with \"quotes\", and a\n"
            "  comma\n");
}

TEST(FormatTableTest, NeverExceedsAnyWidth) {
  for (size_t width = 20; width <= 220; ++width) {
    const std::string text = FormatTable(StatesDocument(), {.width = width});
    for (const auto line : absl::StrSplit(text, '\n')) {
      EXPECT_THAT(DisplayWidth({line.data(), line.size()}), Le(width)) << width << ": " << line;
      EXPECT_FALSE(!line.empty() && line.back() == ' ') << "trailing space";
    }
  }
}

TEST(FormatTableTest, ColoursOnlyWhereAsked) {
  EXPECT_THAT(FormatTable(StatesDocument(), {.width = 80}), Not(HasSubstr("\x1b[")));
  const std::string coloured = FormatTable(StatesDocument(), {.width = 80, .colour = true});
  EXPECT_THAT(coloured, HasSubstr("\x1b[32m日本語"));
  EXPECT_THAT(coloured, HasSubstr("\x1b[0m"));
}

TEST(FormatTableTest, KeepsTheTokenOfAPageInOnePiece) {
  const std::string token(200, 'x');
  Document document;
  document.SayNextPage("");
  EXPECT_EQ(FormatTable(document, {.width = 40}), "");
  document.SayNextPage(token);
  EXPECT_EQ(FormatTable(document, {.width = 40}), "More with --page-token " + token + "\n");
}

TEST(FormatTableTest, LeavesOutEmptyTables) {
  Document document;
  document.Add(Table{.title = "None", .columns = {{.header = "A", .key = "a"}}, .rows = {}});
  EXPECT_EQ(FormatTable(document, {}), "");
}

TEST(CsvFieldTest, QuotesWhatNeedsIt) {
  EXPECT_EQ(CsvField("plain"), "plain");
  EXPECT_EQ(CsvField(""), "");
  EXPECT_EQ(CsvField("a,b"), "\"a,b\"");
  EXPECT_EQ(CsvField("say \"x\""), "\"say \"\"x\"\"\"");
  EXPECT_EQ(CsvField("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(CsvField(" padded"), "\" padded\"");
}

TEST(FormatCsvTest, WritesTheFirstTableWithEveryColumnMeantForIt) {
  EXPECT_EQ(FormatCsv(StatesDocument()),
            "state,display_name,since,nothing,count,note\n"
            "states/GBR,United Kingdom of Great Britain and Northern Ireland,2014-04-02,,7,"
            "\"Consented early, and extended to territories, which is a long note\"\n"
            "states/CIV,Côte d’Ivoire,2015-02-26,,12,"
            "\"日本語 with \"\"quotes\"\", and a comma\"\n");
}

TEST(FormatCsvTest, WritesTheHeaderOfATableWithoutRows) {
  Document document;
  document.Add(Table{.title = "",
                     .columns = {{.header = "A", .key = "a"}},
                     .rows = {},
                     .shown = Shown::kTableOnly});
  EXPECT_EQ(FormatCsv(document), "");
  document.Add(Table{.title = "", .columns = {{.header = "B", .key = "b"}}, .rows = {}});
  EXPECT_EQ(FormatCsv(document), "b\n");
}

TEST(JsonTest, IsTheProto3MappingInTheOrderOfFields) {
  graph::v1::GetNodeResponse response;
  response.set_revision("r");
  response.mutable_node()->set_name("states/CIV");
  response.mutable_node()->set_display_name("Côte d’Ivoire");
  EXPECT_EQ(FormatJson(response).value(),
            "{\n \"node\": {\n  \"name\": \"states/CIV\",\n  \"displayName\": \"Côte d’Ivoire\"\n"
            " },\n \"revision\": \"r\"\n}\n");
  EXPECT_EQ(FormatJsonLine(response).value(),
            "{\"node\":{\"name\":\"states/CIV\",\"displayName\":\"Côte d’Ivoire\"},"
            "\"revision\":\"r\"}\n");
}

TEST(JsonTest, ReadsBackAndSaysWhatDoesNotFit) {
  graph::v1::GetNodeRequest request;
  EXPECT_TRUE(ParseJson(R"({"name": "states/IDN"})", &request).ok());
  EXPECT_EQ(request.name(), "states/IDN");
  const absl::Status status = ParseJson(R"({"nam": "states/IDN"})", &request);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("nam"));
}

}  // namespace
}  // namespace attlas::cli
