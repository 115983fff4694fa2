#include "services/search/query.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "graph/base/error.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace attlas::search {
namespace {

using ::attlas::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Each clause as it is understood: `-"a b"`, `word*`.
std::vector<std::string> Read(std::string_view text) {
  const auto query = ParseQuery(text);
  EXPECT_OK(query);
  std::vector<std::string> clauses;
  if (!query.ok()) return clauses;
  for (const Clause& clause : query->clauses) {
    std::string shown = clause.excluded ? "-" : "";
    if (clause.quoted) shown += '"';
    for (size_t i = 0; i < clause.words.size(); ++i) {
      absl::StrAppend(&shown, i > 0 ? " " : "", clause.words[i].folded);
    }
    if (clause.quoted) shown += '"';
    if (clause.beginning) shown += '*';
    clauses.push_back(std::move(shown));
  }
  return clauses;
}

TEST(ParseQueryTest, ReadsWordsQuotationsExclusionsAndBeginnings) {
  EXPECT_THAT(Read("brokering Licence"), ElementsAre("brokering", "licence"));
  EXPECT_THAT(Read("\"Small Arms\" -\"light weapons\" -mines licen*"),
              ElementsAre("\"small arms\"", "-\"light weapons\"", "-mines", "licen*"));
  EXPECT_THAT(Read("a\"b c\"d"), ElementsAre("a", "\"b c\"", "d"));
  EXPECT_THAT(Read("Timor-Leste UNSCR-15*"), ElementsAre("timor leste", "unscr 15*"));
  EXPECT_THAT(Read("  tuna &  –  tongs - "), ElementsAre("tuna", "tongs"));
}

TEST(ParseQueryTest, KnowsWhetherTheLastWordMayBeUnderWay) {
  for (const auto& [text, under_way] :
       {std::pair("indo", true), std::pair("the indo", true), std::pair("indo ", false),
        std::pair("\"indo\"", false), std::pair("x -indo", false), std::pair("indo*", false),
        std::pair("indo.", false)}) {
    ASSERT_OK_AND_ASSIGN(const Query query, ParseQuery(text));
    EXPECT_EQ(query.ends_in_word, under_way) << text;
  }
}

TEST(ParseQueryTest, TellsWhatIsWrong) {
  const std::string many_words = [] {
    std::string text;
    for (size_t i = 0; i <= kMaxQueryWords; ++i) text += "x ";
    return text;
  }();
  const std::pair<std::string, const char*> cases[] = {
      {"", "is required"},
      {" -- & ", "is required"},
      {"-mines -\"small arms\"", "only says what must not be there"},
      {"a \"small arms", "the quotation mark at byte 2 has no partner"},
      {"a*b", "the `*` at byte 1 does not end a word"},
      {"**", "the `*` at byte 0 does not end a word"},
      {"ab \"c*\"", "the `*` at byte 5 does not end a word"},
      {"x*", "the `*` at byte 1 needs at least 2 letters"},
      {"*", "the `*` at byte 0 needs at least 2 letters"},
      {"aa* bb* cc* dd* ee*", "more than 4 words with a `*`"},
      {many_words, "more than 32 words"},
      {std::string(501, 'a'), "has 501 bytes; at most 500"},
      {"a\xff", "is no UTF-8 text from byte 1 on"}};
  for (const auto& [text, message] : cases) {
    const auto query = ParseQuery(text);
    EXPECT_THAT(query, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(message))) << text;
    const auto detail = graph::GetErrorDetail(query.status());
    ASSERT_TRUE(detail.has_value());
    ASSERT_EQ(detail->violations.size(), 1u);
    EXPECT_EQ(detail->violations[0].field, "query");
  }
}

TEST(ParseQueryTest, TakesWhatIsJustWithinItsBounds) {
  std::string words;
  for (size_t i = 0; i < kMaxQueryWords; ++i) words += "x ";
  EXPECT_OK(ParseQuery(words));
  EXPECT_OK(ParseQuery(std::string(kMaxQueryBytes, 'a')));
  EXPECT_OK(ParseQuery("aa* bb* cc* dd*"));
}

}  // namespace
}  // namespace attlas::search
