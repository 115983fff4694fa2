// ListConcerns over the curated dataset; the expected numbers were counted from its tables by hand.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "graph/model/date.h"
#include "gtest/gtest.h"
#include "services/evidence/evidence_queries.h"
#include "tests/services/common/random_codec.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::evidence {
namespace {

using testing::AsOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::RandomCodec;
using testing::StatusIs;
using ::testing::UnorderedElementsAre;

v1::ListConcernsRequest Request(std::string_view date = "2026-11-29") {
  v1::ListConcernsRequest request;
  *request.mutable_read() = AsOf(date);
  request.set_page_size(500);
  return request;
}

absl::StatusOr<v1::ListConcernsResponse> List(const v1::ListConcernsRequest& request) {
  return EvidenceQueries(&testing::CuratedGraph(), &RandomCodec())
      .ListConcerns(testing::OperatorCall(), request);
}

std::vector<std::string> NamesOf(const v1::ListConcernsResponse& response) {
  std::vector<std::string> names;
  for (const v1::Concern& concern : response.concerns()) names.push_back(concern.name());
  return names;
}

TEST(ListConcernsTest, ListsAllLatestFirst) {
  ASSERT_OK_AND_ASSIGN(const auto all, List(Request()));
  EXPECT_EQ(all.total(), 66);
  ASSERT_EQ(all.concerns_size(), 66);
  for (int i = 1; i < all.concerns_size(); ++i) {
    EXPECT_GE(graph::FirstDay(all.concerns(i - 1).latest_voiced_date()),
              graph::FirstDay(all.concerns(i).latest_voiced_date()));
  }
  EXPECT_EQ(all.concerns(0).latest_voiced_date().year(), 2025);
  EXPECT_EQ(all.concerns(65).name(), "challenges/ch-fji-selfdefence");
  ASSERT_EQ(all.themes_size(), 28);
  EXPECT_EQ(all.themes(0).theme().name(), "concern-themes/legislation");
  EXPECT_EQ(all.themes(0).concerns(), 12);
  EXPECT_EQ(all.themes(0).holders(), 11);
  EXPECT_EQ(all.themes(1).theme().name(), "concern-themes/low-priority");
  EXPECT_THAT(all.sentence(), HasSubstr("provisions answer 24 of them, publications bear on 47."));
}

TEST(ListConcernsTest, EachNamesItsHolderDateAndSource) {
  v1::ListConcernsRequest request = Request();
  request.set_include_sources(true);
  ASSERT_OK_AND_ASSIGN(const auto all, List(request));
  std::set<std::string> statements;
  for (const auto& statement : all.statements()) statements.insert(statement.name());
  std::set<std::string> sources;
  for (const auto& source : all.sources()) sources.insert(source.name());
  for (const v1::Concern& concern : all.concerns()) {
    EXPECT_FALSE(concern.paraphrase().empty());
    EXPECT_EQ(concern.themes_size(), 1) << concern.name();
    ASSERT_FALSE(concern.voices().empty());
    for (const v1::Voice& voice : concern.voices()) {
      EXPECT_FALSE(voice.holder().display_name().empty());
      EXPECT_TRUE(voice.has_voiced_date()) << concern.name();
      ASSERT_FALSE(voice.sources().empty());
      EXPECT_TRUE(sources.contains(voice.sources(0))) << voice.sources(0);
      EXPECT_TRUE(statements.contains(voice.evidence()));
    }
    for (const std::string& name : concern.evidence()) EXPECT_TRUE(statements.contains(name));
  }
}

TEST(ListConcernsTest, AStateHasItsOwnAndTheyAge) {
  v1::ListConcernsRequest request = Request();
  request.set_state("IND");
  ASSERT_OK_AND_ASSIGN(const auto india, List(request));
  EXPECT_THAT(NamesOf(india),
              ElementsAre("challenges/ch-ind-oversight", "challenges/ch-ind-contracts",
                          "challenges/ch-ind-discrimination", "challenges/ch-ind-imbalance",
                          "challenges/ch-ind-nonstate"));
  const v1::Concern& contracts = india.concerns(1);
  EXPECT_EQ(contracts.age_years(), 13);
  EXPECT_EQ(contracts.clauses(), 1);
  EXPECT_EQ(contracts.publications(), 0);
  EXPECT_THAT(contracts.sentence(), HasSubstr("India (2013): "));
  EXPECT_THAT(india.basis().notes(),
              ElementsAre("Positions age: 5 of 5 concerns were last voiced more than 5 years "
                          "before 2026-11-29."));
  *request.mutable_read() = AsOf("2018-06-01");
  ASSERT_OK_AND_ASSIGN(const auto then, List(request));
  EXPECT_EQ(then.total(), 4);
  EXPECT_EQ(then.concerns(0).age_years(), 5);
  EXPECT_TRUE(then.basis().notes().empty());
}

TEST(ListConcernsTest, AGroupingMeansItsMembersAndItself) {
  v1::ListConcernsRequest request = Request();
  request.set_grouping("asean");
  ASSERT_OK_AND_ASSIGN(const auto asean, List(request));
  EXPECT_EQ(asean.total(), 14);
  request.set_theme("legislation");
  ASSERT_OK_AND_ASSIGN(const auto both, List(request));
  EXPECT_THAT(NamesOf(both),
              UnorderedElementsAre("challenges/ch-phl-delay", "challenges/ch-mys-legislation",
                                   "challenges/ch-mys-pathway", "challenges/ch-vnm-stc",
                                   "challenges/ch-khm-stc", "challenges/ch-brn-stc"));
  // What a source says of a region without a list is said of the region alone.
  request = Request();
  request.set_grouping("loose-south-asia");
  ASSERT_OK_AND_ASSIGN(const auto region, List(request));
  EXPECT_EQ(region.total(), 4);
  request.set_state("NPL");
  ASSERT_OK_AND_ASSIGN(const auto none, List(request));
  EXPECT_EQ(none.total(), 0);
  EXPECT_THAT(none.sentence(), HasSubstr("No concerns are held here that Nepal voiced"));
}

TEST(ListConcernsTest, YearsIncludeBothEnds) {
  v1::ListConcernsRequest request = Request();
  request.set_from_year(2019);
  request.set_to_year(2020);
  ASSERT_OK_AND_ASSIGN(const auto some, List(request));
  EXPECT_EQ(some.total(), 10 + 9);
  request.set_to_year(0);
  ASSERT_OK_AND_ASSIGN(const auto since, List(request));
  EXPECT_EQ(since.total(), 10 + 9 + 4 + 3 + 3 + 1 + 6);
}

TEST(ListConcernsTest, PagesAreOneList) {
  v1::ListConcernsRequest request = Request();
  ASSERT_OK_AND_ASSIGN(const auto whole, List(request));
  request.set_page_size(25);
  std::vector<std::string> names;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, List(request));
    EXPECT_EQ(page.total(), whole.total());
    EXPECT_EQ(page.themes_size(), whole.themes_size());
    for (const std::string& name : NamesOf(page)) names.push_back(name);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(names, NamesOf(whole));
}

TEST(ListConcernsTest, BadInputBlamesItsField) {
  const auto blamed = [](const v1::ListConcernsRequest& request) {
    return testing::BlamedFields(List(request).status());
  };
  v1::ListConcernsRequest request = Request();
  request.set_theme("legislatoin");
  EXPECT_THAT(List(request),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("concern-themes/legislation")));
  request.set_theme("themes/brokering");
  EXPECT_THAT(blamed(request), ElementsAre("theme"));
  request = Request();
  request.set_state("XQX");
  EXPECT_THAT(List(request), StatusIs(absl::StatusCode::kNotFound));
  request = Request();
  request.set_grouping("groupings/nobody");
  EXPECT_THAT(List(request), StatusIs(absl::StatusCode::kNotFound));
  request = Request();
  request.set_from_year(-1);
  EXPECT_THAT(blamed(request), ElementsAre("from_year"));
  request.set_from_year(2020);
  request.set_to_year(2019);
  EXPECT_THAT(blamed(request), ElementsAre("to_year"));
  request.set_to_year(10000);
  EXPECT_THAT(blamed(request), ElementsAre("to_year"));
  request = Request();
  request.set_page_size(-1);
  EXPECT_THAT(blamed(request), ElementsAre("page_size"));
  request = Request();
  request.set_page_token("no token");
  EXPECT_EQ(testing::ReasonOf(List(request).status()), "PAGE_TOKEN_MALFORMED");
}

}  // namespace
}  // namespace attlas::evidence
