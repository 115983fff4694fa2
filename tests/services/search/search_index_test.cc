// The index over documents made by hand, so that every expected answer can be read off them.
#include "services/search/search_index.h"

#include <algorithm>
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace attlas::search {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

constexpr graph::DayNumber kToday = 20'000;

Document Node(const std::string& name, const std::string& type, const std::string& title,
              std::vector<std::string> aliases = {}, std::vector<FieldText> texts = {}) {
  Document document;
  document.name = name;
  document.type = type;
  document.title = title;
  document.aliases = std::move(aliases);
  document.texts = std::move(texts);
  return document;
}

Document Statement(const std::string& name, const std::string& text,
                   graph::Confidence confidence = graph::v1::CONFIDENCE_SEEN) {
  Document document;
  document.name = name;
  document.type = "SERVES";
  document.is_statement = true;
  document.texts = {{"paraphrase", text}};
  document.confidence = confidence;
  return document;
}

std::unique_ptr<const SearchIndex> IndexOf(std::vector<Document> documents) {
  auto index = SearchIndex::Create({.documents = std::move(documents)});
  EXPECT_OK(index);
  return *std::move(index);
}

SearchQuestion Ask(std::string_view text) {
  auto query = ParseQuery(text);
  EXPECT_OK(query) << text;
  return {.query = *std::move(query), .day = kToday};
}

SearchAnswer Find(const SearchIndex& index, const SearchQuestion& question) {
  auto answer = index.Search(question);
  EXPECT_OK(answer);
  return *std::move(answer);
}
SearchAnswer Find(const SearchIndex& index, std::string_view text) {
  return Find(index, Ask(text));
}

std::vector<std::string> Names(const SearchAnswer& answer) {
  std::vector<std::string> names;
  for (const SearchHit& hit : answer.hits) names.push_back(hit.document->name);
  return names;
}

// Text with what was found in brackets.
std::string Shown(const std::vector<Fragment>& fragments) {
  std::string shown;
  for (const Fragment& fragment : fragments) {
    shown += fragment.matched ? "[" + fragment.text + "]" : fragment.text;
  }
  return shown;
}

TEST(SearchIndexTest, RanksWhatIsCalledSoAboveWhatMentionsIt) {
  const auto index = IndexOf({Node("agencies/fji-police", "agency", "Fiji Police Force"),
                              Node("events/suva", "event", "Workshop in Suva", {},
                                   {{"note", "held in Fiji, with Fiji and for Fiji"}}),
                              Node("states/FJI", "state", "Fiji", {"Republic of Fiji"})});
  const SearchAnswer answer = Find(*index, "fiji");
  EXPECT_THAT(Names(answer), ElementsAre("states/FJI", "agencies/fji-police", "events/suva"));
  EXPECT_EQ(answer.total, 3u);
  EXPECT_GT(answer.hits[0].score, answer.hits[1].score);
  EXPECT_EQ(Names(Find(*index, "republic of fiji"))[0], "states/FJI");
  EXPECT_EQ(Names(Find(*index, "FJI"))[0], "states/FJI");
}

TEST(SearchIndexTest, FindsOtherFormsOfAWord) {
  const auto index = IndexOf({Node("themes/brokering", "theme", "Brokering controls"),
                              Node("themes/transit", "theme", "Transit")});
  for (const char* text : {"brokering", "brokers", "BROKER control", "controlling"}) {
    EXPECT_THAT(Names(Find(*index, text)), ElementsAre("themes/brokering")) << text;
  }
  EXPECT_EQ(Shown(Find(*index, "brokers").hits[0].title), "[Brokering] controls");
}

TEST(SearchIndexTest, FindsNamesWithoutAccents) {
  const auto index = IndexOf({Node("states/CIV", "state", "Côte d’Ivoire")});
  for (const char* text : {"cote d'ivoire", "CÔTE", "ivoire"}) {
    EXPECT_THAT(Names(Find(*index, text)), ElementsAre("states/CIV")) << text;
  }
  EXPECT_EQ(Shown(Find(*index, "cote").hits[0].title), "[Côte] d’Ivoire");
}

TEST(SearchIndexTest, LooksForPhrasesExclusionsAndBeginnings) {
  const auto index =
      IndexOf({Node("a/1", "t", "small arms and ammunition"),
               Node("a/2", "t", "arms of a small state"), Node("a/3", "t", "ammonium")});
  EXPECT_THAT(Names(Find(*index, "\"small arms\"")), ElementsAre("a/1"));
  EXPECT_THAT(Names(Find(*index, "small-arms")), ElementsAre("a/1"));
  EXPECT_THAT(Names(Find(*index, "small arms -ammunition")), ElementsAre("a/2"));
  EXPECT_THAT(Names(Find(*index, "ammo*")), ElementsAre("a/3"));
  EXPECT_THAT(Names(Find(*index, "amm*")), UnorderedElementsAre("a/1", "a/3"));
  EXPECT_THAT(Names(Find(*index, "small ammu*")), ElementsAre("a/1"));
  // Quoted words are taken as they are, without their stems.
  EXPECT_THAT(Find(*index, "\"arm\"").total, 0u);
}

TEST(SearchIndexTest, TakesTheLastWordAsABeginningWhileSomebodyTypes) {
  const auto index =
      IndexOf({Node("states/IDN", "state", "Indonesia"), Node("states/IND", "state", "India")});
  SearchQuestion question = Ask("indo");
  EXPECT_THAT(Names(Find(*index, question)), Not(Contains("states/IDN")));
  question.as_typed = true;
  const SearchAnswer answer = Find(*index, question);
  EXPECT_THAT(Names(answer), ElementsAre("states/IDN"));
  EXPECT_EQ(Shown(answer.hits[0].title), "[Indonesia]");
  question = Ask("ind ");  // The blank ends the word.
  question.as_typed = true;
  EXPECT_THAT(Names(Find(*index, question)), ElementsAre("states/IND"));
}

TEST(SearchIndexTest, CorrectsWordsThatStandNowhere) {
  const auto index = IndexOf(
      {Node("states/PHL", "state", "Philippines"), Node("themes/brokering", "theme", "Brokering")});
  SearchAnswer answer = Find(*index, "Phillipines");
  EXPECT_THAT(Names(answer), ElementsAre("states/PHL"));
  EXPECT_EQ(answer.corrected_query, "philippines");
  EXPECT_FALSE(answer.any_word);
  answer = Find(*index, "-philippines  \"brokerign\"");
  EXPECT_EQ(answer.corrected_query, "-philippines  \"brokering\"");
  EXPECT_THAT(Names(answer), ElementsAre("themes/brokering"));
  EXPECT_EQ(Find(*index, "brokering").corrected_query, "");
  answer = Find(*index, "xylophone");
  EXPECT_EQ(answer.total, 0u);
  EXPECT_EQ(answer.corrected_query, "");
  EXPECT_FALSE(answer.any_word);
}

TEST(SearchIndexTest, FindsSomeWordsWhereNothingHoldsAll) {
  const auto index = IndexOf({Node("a/1", "t", "transit"), Node("a/2", "t", "brokering")});
  SearchAnswer answer = Find(*index, "brokering of transit");
  EXPECT_TRUE(answer.any_word);
  EXPECT_THAT(Names(answer), UnorderedElementsAre("a/1", "a/2"));
  answer = Find(*index, "brokering marmalade");
  EXPECT_TRUE(answer.any_word);
  EXPECT_THAT(Names(answer), ElementsAre("a/2"));
  EXPECT_THAT(Names(Find(*index, "of")), IsEmpty());
}

TEST(SearchIndexTest, PassesOverWordsThatStandEverywhere) {
  const auto index = IndexOf({Node("a/1", "t", "Prevention of illicit transfers"),
                              Node("a/2", "t", "The Who of transfers")});
  EXPECT_THAT(Names(Find(*index, "the illicit transfers in a region of transfers")).size(), 2u);
  EXPECT_THAT(Names(Find(*index, "the illicit transfers")), ElementsAre("a/1"));
  EXPECT_THAT(Names(Find(*index, "\"the who\"")), ElementsAre("a/2"));
  EXPECT_THAT(Names(Find(*index, "the who")), ElementsAre("a/2"));
}

TEST(SearchIndexTest, OrdersWhatIsEqualByName) {
  std::vector<Document> documents;
  for (const char* name : {"a/3", "a/1", "a/2"}) documents.push_back(Node(name, "t", "same words"));
  std::sort(documents.begin(), documents.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  const auto index = IndexOf(std::move(documents));
  EXPECT_THAT(Names(Find(*index, "words")), ElementsAre("a/1", "a/2", "a/3"));
  SearchQuestion question = Ask("words");
  question.offset = 1;
  question.size = 1;
  const SearchAnswer page = Find(*index, question);
  EXPECT_THAT(Names(page), ElementsAre("a/2"));
  EXPECT_EQ(page.total, 3u);
  question.offset = 9;
  EXPECT_THAT(Names(Find(*index, question)), IsEmpty());
  EXPECT_EQ(Find(*index, question).total, 3u);
}

class FacetTest : public ::testing::Test {
 protected:
  static Document About(Document document, std::optional<int32_t> year,
                        std::initializer_list<const char*> themes,
                        graph::Confidence confidence = graph::v1::CONFIDENCE_SEEN) {
    document.year = year;
    for (const char* theme : themes) document.themes.push_back({{theme, ""}, confidence});
    return document;
  }

  const std::unique_ptr<const SearchIndex> index_ =
      IndexOf({About(Node("events/1", "event", "arms workshop"), 2019, {"themes/a", "themes/b"}),
               About(Node("events/2", "event", "arms meeting"), 2021, {"themes/a", "themes/a"}),
               About(Node("evidence/1", "evidence", "arms report"), 2021, {"themes/b"}),
               About(Node("evidence/2", "evidence", "arms without a date"), std::nullopt, {}),
               About(Node("themes/x", "theme", "something else"), 2021, {"themes/a"})});
};

TEST_F(FacetTest, CountsAllThatMatches) {
  SearchQuestion question = Ask("arms");
  question.size = 1;
  const Facets facets = Find(*index_, question).facets;
  EXPECT_THAT(facets.types, ElementsAre(Pair("event", 2), Pair("evidence", 2)));
  EXPECT_THAT(facets.years, ElementsAre(Pair(2021, 2), Pair(2019, 1)));
  ASSERT_EQ(facets.themes.size(), 2u);
  EXPECT_EQ(facets.themes[0].first.name, "themes/a");
  EXPECT_EQ(facets.themes[0].second, 2u);
  EXPECT_EQ(facets.themes[1].second, 2u);
}

TEST_F(FacetTest, AFilterNarrowsTheHitsAndTheOtherFacets) {
  SearchQuestion question = Ask("arms");
  question.types = {"event"};
  const SearchAnswer events = Find(*index_, question);
  EXPECT_EQ(events.total, 2u);
  EXPECT_THAT(events.facets.types, ElementsAre(Pair("event", 2), Pair("evidence", 2)));
  EXPECT_THAT(events.facets.years, ElementsAre(Pair(2021, 1), Pair(2019, 1)));
  question.from_year = 2020;
  question.to_year = 2021;
  const SearchAnswer late = Find(*index_, question);
  EXPECT_THAT(Names(late), ElementsAre("events/2"));
  EXPECT_THAT(late.facets.types, ElementsAre(Pair("event", 1), Pair("evidence", 1)));
  EXPECT_THAT(late.facets.years, ElementsAre(Pair(2021, 1), Pair(2019, 1)));
  question = Ask("arms");
  question.themes = {"themes/b"};
  EXPECT_THAT(Names(Find(*index_, question)), UnorderedElementsAre("events/1", "evidence/1"));
}

TEST_F(FacetTest, AFilterThatLeavesNothingCorrectsNothing) {
  SearchQuestion question = Ask("arms");
  question.types = {"no-such-type"};
  const SearchAnswer answer = Find(*index_, question);
  EXPECT_EQ(answer.total, 0u);
  EXPECT_FALSE(answer.any_word);
  EXPECT_EQ(answer.corrected_query, "");
  EXPECT_THAT(answer.facets.types, ElementsAre(Pair("event", 2), Pair("evidence", 2)));
}

TEST(SearchIndexTest, StatementsHoldOnADayAndAreAsSureAsIsAsked) {
  Document ended = Statement("edges/1", "transit licences");
  ended.valid_from = 100;
  ended.valid_to = 200;
  const auto index =
      IndexOf({ended, Statement("edges/2", "transit duties", graph::v1::CONFIDENCE_UNVERIFIED),
               Statement("edges/3", "transit controls", graph::v1::CONFIDENCE_RECALLED)});
  SearchQuestion question = Ask("transit");
  EXPECT_THAT(Names(Find(*index, question)), UnorderedElementsAre("edges/2", "edges/3"));
  question.min_confidence = graph::v1::CONFIDENCE_RECALLED;
  SearchAnswer answer = Find(*index, question);
  EXPECT_THAT(Names(answer), ElementsAre("edges/3"));
  EXPECT_EQ(answer.left_out, 1u);
  EXPECT_EQ(answer.left_out_unverified, 1u);
  question.day = 150;
  EXPECT_THAT(Names(Find(*index, question)), UnorderedElementsAre("edges/1", "edges/3"));
  question.day = 200;
  EXPECT_THAT(Names(Find(*index, question)), ElementsAre("edges/3"));
}

TEST(SearchIndexTest, ShowsThePlaceThatWasFound) {
  std::string text = "At first there is much that has nothing to do with it. ";
  for (int i = 0; i < 3; ++i) text += text;
  text += "Then comes the brokering of arms, ÄÖÜ included. ";
  for (int i = 0; i < 2; ++i) text += "And so on, and so on, until nobody reads any more. " + text;
  const auto index = IndexOf(
      {Node("a/1", "t", "title", {"Other Name"}, {{"text", text}}), Node("a/2", "t", "Nothing")});
  SearchAnswer answer = Find(*index, "brokers");
  ASSERT_EQ(answer.hits.size(), 1u);
  EXPECT_EQ(answer.hits[0].excerpt.field, "text");
  const std::string shown = Shown(answer.hits[0].excerpt.fragments);
  EXPECT_THAT(shown, ::testing::HasSubstr("Then comes the [brokering] of arms"));
  EXPECT_THAT(shown, ::testing::StartsWith("…"));
  EXPECT_THAT(shown, ::testing::EndsWith("…"));
  EXPECT_LT(shown.size(), 400u);
  answer = Find(*index, "other");
  EXPECT_EQ(answer.hits[0].excerpt.field, "alias");
  EXPECT_EQ(Shown(answer.hits[0].excerpt.fragments), "[Other] Name");
  EXPECT_EQ(Find(*index, "nothing title").hits[0].excerpt.field, "text");
  EXPECT_EQ(Find(*index, "\"nothing\" -title").hits[0].excerpt.field, "");
}

TEST(SearchIndexTest, OfNothingFindsNothing) {
  const auto index = IndexOf({});
  const SearchAnswer answer = Find(*index, "anything");
  EXPECT_EQ(answer.total, 0u);
  EXPECT_THAT(answer.hits, IsEmpty());
  EXPECT_EQ(index->document_count(), 0u);
}

// The score of a document depends on the others; those that are not there must not count.
TEST(SearchIndexTest, ScoresComeFromTheDocumentsOfTheIndexAlone) {
  const std::vector<Document> seen = {Node("a/1", "t", "arms control"), Node("a/2", "t", "arms")};
  std::vector<Document> more = seen;
  for (int i = 3; i < 9; ++i) more.push_back(Node("a/" + std::to_string(i), "t", "control"));
  const auto small = IndexOf(seen);
  const auto large = IndexOf(more);
  EXPECT_NE(Find(*small, "arms control").hits[0].score, Find(*large, "arms control").hits[0].score);
  const auto again = IndexOf(seen);
  EXPECT_EQ(Find(*small, "arms control").hits[0].score, Find(*again, "arms control").hits[0].score);
}

}  // namespace
}  // namespace attlas::search
