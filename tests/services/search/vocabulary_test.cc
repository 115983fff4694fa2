#include "services/search/vocabulary.h"

#include "gtest/gtest.h"

namespace attlas::search {
namespace {

Vocabulary Words(std::initializer_list<std::pair<const char*, int>> words) {
  Vocabulary vocabulary;
  for (const auto& [word, count] : words) {
    for (int i = 0; i < count; ++i) vocabulary.Add(word);
  }
  vocabulary.Finish();
  return vocabulary;
}

TEST(VocabularyTest, FindsTheNearestWord) {
  const Vocabulary words = Words({{"brokering", 1}, {"indonesia", 1}, {"fiji", 1}});
  EXPECT_EQ(words.Nearest("brokerign"), "brokering");  // Two letters swapped.
  EXPECT_EQ(words.Nearest("indoneesa"), "indonesia");  // One too many, one too few.
  EXPECT_EQ(words.Nearest("fjii"), "fiji");
  EXPECT_EQ(words.Nearest("brkrng"), "");
}

TEST(VocabularyTest, PrefersTheNearestThenTheMostFrequentThenTheFirst) {
  EXPECT_EQ(Words({{"transfer", 1}, {"transfers", 9}}).Nearest("transferr"), "transfers");
  EXPECT_EQ(Words({{"transfer", 1}, {"transport", 9}}).Nearest("transfor"), "transfer");
  EXPECT_EQ(Words({{"baker", 2}, {"maker", 3}}).Nearest("taker"), "maker");
  EXPECT_EQ(Words({{"maker", 2}, {"baker", 2}}).Nearest("taker"), "baker");
}

TEST(VocabularyTest, AllowsFewerMistakesInShorterWords) {
  const Vocabulary words = Words({{"att", 5}, {"arms", 5}, {"export", 5}, {"treaties", 1}});
  EXPECT_EQ(words.Nearest("atx"), "");
  EXPECT_EQ(words.Nearest("armz"), "arms");
  EXPECT_EQ(words.Nearest("erpost"), "");
  EXPECT_EQ(words.Nearest("traeteis"), "treaties");
}

TEST(VocabularyTest, LeavesNumbersAsTheyAre) {
  EXPECT_EQ(Words({{"1540", 9}, {"2024", 9}}).Nearest("1549"), "");
}

TEST(VocabularyTest, OfNoWordsHasNone) {
  const Vocabulary none = Words({});
  EXPECT_EQ(none.Nearest("something"), "");
  EXPECT_FALSE(none.Contains("something"));
  EXPECT_EQ(none.size(), 0u);
}

}  // namespace
}  // namespace attlas::search
