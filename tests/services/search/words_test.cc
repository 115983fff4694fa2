#include "services/search/words.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attlas::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Folded(std::string_view text) {
  std::vector<std::string> words;
  for (const Word& word : SplitWords(text)) words.push_back(word.folded);
  return words;
}

TEST(SplitWordsTest, MakesLettersSmallAndTakesAccentsAway) {
  EXPECT_THAT(Folded("Côte d’Ivoire"), ElementsAre("cote", "d", "ivoire"));
  EXPECT_THAT(Folded("TÜRKİYE"), ElementsAre("turkiye"));
  EXPECT_THAT(Folded("São Tomé"), ElementsAre("sao", "tome"));
  // The accent as a character of its own.
  EXPECT_THAT(Folded("Cura\u0063\u0327ao"), ElementsAre("curacao"));
  EXPECT_THAT(Folded("Тонга"), ElementsAre("тонга"));
}

TEST(SplitWordsTest, PartsWordsAtWhatIsNeitherLetterNorDigit) {
  EXPECT_THAT(Folded("Timor-Leste, UNSCR_1540 (2004)"),
              ElementsAre("timor", "leste", "unscr", "1540", "2004"));
  EXPECT_THAT(Folded("Art. 6(3)"), ElementsAre("art", "6", "3"));
  EXPECT_THAT(Folded(" \t\n—…"), IsEmpty());
  EXPECT_THAT(Folded(""), IsEmpty());
}

TEST(SplitWordsTest, TellsWhereEachWordStands) {
  const std::string text = "«Côte» x";
  const auto words = SplitWords(text);
  ASSERT_EQ(words.size(), 2u);
  EXPECT_EQ(text.substr(words[0].begin, words[0].end - words[0].begin), "Côte");
  EXPECT_EQ(text.substr(words[1].begin, words[1].end - words[1].begin), "x");
}

TEST(SplitWordsTest, SurvivesBytesThatAreNoText) {
  EXPECT_THAT(Folded("a\xff"
                     "b\xc3"),
              ElementsAre("a", "b"));
  EXPECT_THAT(Folded(std::string_view("a\0b", 3)), ElementsAre("a", "b"));
}

TEST(SplitWordsTest, CutsLongWords) {
  const auto words = Folded(std::string(1'000, 'x'));
  ASSERT_EQ(words.size(), 1u);
  EXPECT_EQ(words[0].size(), kMaxWordBytes);
}

TEST(FoldNameTest, MakesNamesThatReadTheSameEqual) {
  EXPECT_EQ(FoldName("Timor-Leste"), FoldName("timor  leste"));
  EXPECT_EQ(FoldName("Côte d'Ivoire"), "cote d ivoire");
  EXPECT_EQ(FoldName("..."), "");
}

}  // namespace
}  // namespace attlas::search
