// Search over the curated dataset; what is expected was read in its tables.
#include <xapian.h>

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/search/gather.h"
#include "services/search/search_index.h"
#include "services/search/words.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::search {
namespace {

using ::testing::Contains;
using ::testing::IsSupersetOf;
using ::testing::Not;

absl::StatusOr<Gathered> GatherCurated() {
  return GatherDocuments(&attlas::testing::CuratedGraph(), attlas::testing::OperatorCall(), {},
                         100'000);
}

const SearchIndex& Curated() {
  static const auto* const index = [] {
    auto gathered = GatherCurated();
    EXPECT_OK(gathered.status());
    auto made = SearchIndex::Create(*std::move(gathered));
    EXPECT_OK(made);
    return made->release();
  }();
  return *index;
}

SearchAnswer Find(std::string_view text, bool as_typed = false, size_t size = 50) {
  auto query = ParseQuery(text);
  EXPECT_OK(query);
  auto answer = Curated().Search({.query = *std::move(query),
                                  .as_typed = as_typed,
                                  .day = graph::FirstDay(*graph::ParseDate("2026-11-23")),
                                  .min_confidence = graph::v1::CONFIDENCE_RECALLED,
                                  .size = size});
  EXPECT_OK(answer);
  return *std::move(answer);
}

std::vector<std::string> Names(const SearchAnswer& answer) {
  std::vector<std::string> names;
  for (const SearchHit& hit : answer.hits) names.push_back(hit.document->name);
  return names;
}

std::string Best(std::string_view text, bool as_typed = false) {
  const SearchAnswer answer = Find(text, as_typed);
  return answer.hits.empty() ? "" : answer.hits[0].document->name;
}

TEST(CuratedSearchTest, SearchesStatementsThatSaySomething) {
  ASSERT_OK_AND_ASSIGN(const Gathered gathered, GatherCurated());
  EXPECT_THAT(gathered.types, Contains("SERVES"));
  // Of what it always holds, all but the day is for machines: the hash of the speaker's key.
  EXPECT_THAT(gathered.types, Not(Contains("POSTED_IN")));
}

// By which an excerpt is spared the stems of most words (excerpt.h).
TEST(CuratedSearchTest, AStemBeginsAsItsWordDoes) {
  ASSERT_OK_AND_ASSIGN(const Gathered gathered, GatherCurated());
  const Xapian::Stem stem("english");
  size_t words = 0;
  for (const Document& document : gathered.documents) {
    for (const FieldText& text : document.texts) {
      for (const Word& word : SplitWords(text.text)) {
        const std::string stemmed = stem(word.folded);
        ASSERT_FALSE(stemmed.empty()) << word.folded;
        EXPECT_EQ(stemmed.front(), word.folded.front()) << word.folded;
        ++words;
      }
    }
  }
  EXPECT_GT(words, 10'000u);
}

TEST(CuratedSearchTest, PutsWhatIsCalledSoFirst) {
  EXPECT_EQ(Best("Indonesia"), "states/IDN");
  EXPECT_EQ(Best("fiji"), "states/FJI");
  EXPECT_EQ(Best("att"), "instruments/att");
  EXPECT_EQ(Best("asean", false).substr(0, 2), "or");
  EXPECT_EQ(Best("cote d'ivoire"), "states/CIV");
  EXPECT_EQ(Best("unscr 1540"), "instruments/unscr-1540");
}

TEST(CuratedSearchTest, HelpsThoseWhoTypeBadly) {
  EXPECT_EQ(Best("Phillipines"), "states/PHL");
  EXPECT_EQ(Best("Indoneisa"), "states/IDN");
  EXPECT_EQ(Find("Kirabati").corrected_query, "kiribati");
}

TEST(CuratedSearchTest, FindsNamesThatAreBegun) {
  EXPECT_EQ(Best("indone", true), "states/IDN");
  EXPECT_EQ(Best("papua new g", true), "states/PNG");
}

TEST(CuratedSearchTest, FindsConcernsByTheirWords) {
  // data/nodes/challenge.csv: ch-asia-art7.
  const SearchAnswer answer = Find("export criteria leverage");
  ASSERT_FALSE(answer.hits.empty());
  EXPECT_EQ(answer.hits[0].document->name, "challenges/ch-asia-art7");
  EXPECT_EQ(answer.hits[0].excerpt.field, "paraphrase");
}

TEST(CuratedSearchTest, FindsWhatProvisionsAsk) {
  // data/edges/serves.csv: apmbc-art-1-1-b.
  const SearchAnswer answer = Find("never transfer anti-personnel mines");
  ASSERT_FALSE(answer.hits.empty());
  EXPECT_EQ(answer.hits[0].document->type, "SERVES");
  EXPECT_EQ(answer.hits[0].document->from.name, "provisions/apmbc-art-1-1-b");
  EXPECT_EQ(answer.hits[0].document->to.name, "themes/transfer-prohibitions");
}

TEST(CuratedSearchTest, FindsAgenciesByTheirState) {
  // data/nodes/agency.csv: `Department of Defence` of states/AUS.
  EXPECT_THAT(Names(Find("Australia defence")), Contains("agencies/aus-defence"));
}

TEST(CuratedSearchTest, FindsEventsByTheirCityAndYear) {
  // data/nodes/event.csv: 1540-poc-2015 in Qingdao.
  EXPECT_EQ(Best("qingdao 2015"), "events/1540-poc-2015");
  EXPECT_EQ(Find("qingdao").facets.years.at(0).first, 2015);
}

}  // namespace
}  // namespace attlas::search
