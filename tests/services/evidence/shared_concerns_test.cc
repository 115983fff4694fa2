// FindSharedConcerns over the curated dataset; the expected rows were read from its tables by hand.
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
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
using ::testing::IsEmpty;
using testing::RandomCodec;
using testing::StatusIs;

v1::FindSharedConcernsRequest Request(std::string_view state,
                                      std::string_view date = "2026-11-29") {
  v1::FindSharedConcernsRequest request;
  *request.mutable_read() = AsOf(date);
  request.set_state(std::string(state));
  return request;
}

absl::StatusOr<v1::FindSharedConcernsResponse> Find(const v1::FindSharedConcernsRequest& request) {
  return EvidenceQueries(&testing::CuratedGraph(), &RandomCodec())
      .FindSharedConcerns(testing::OperatorCall(), request);
}

std::vector<std::string> PartnersOf(const v1::FindSharedConcernsResponse& response) {
  std::vector<std::string> partners;
  for (const auto& partner : response.partners()) partners.push_back(partner.state().name());
  return partners;
}

TEST(FindSharedConcernsTest, PartnersShareMostThemesFirst) {
  ASSERT_OK_AND_ASSIGN(const auto india, Find(Request("India")));
  EXPECT_EQ(india.themes_size(), 5);
  EXPECT_THAT(PartnersOf(india),
              ElementsAre("states/CHN", "states/PAK", "states/SGP", "states/IDN", "states/FJI"));
  EXPECT_EQ(india.partners(0).themes_size(), 2);
  EXPECT_EQ(india.partners(0).latest_voiced_date().year(), 2020);
  EXPECT_THAT(
      india.partners(1).concerns(),
      ::testing::UnorderedElementsAre("challenges/ch-pak-balance", "challenges/ch-pak-importers"));
  EXPECT_THAT(india.sentence(), HasSubstr("most of all China and Pakistan (2 themes)"));
  // Regions are told apart from states: what is said of Asia is said of no state in particular.
  const v1::SharedConcernTheme& first = india.themes(0);
  EXPECT_EQ(first.theme().name(), "concern-themes/sovereignty-self-defence");
  EXPECT_EQ(first.states_size(), 3);
  ASSERT_EQ(first.bodies_size(), 1);
  EXPECT_EQ(first.bodies(0).name(), "groupings/loose-asia");
}

TEST(FindSharedConcernsTest, EveryConcernNamedIsShownOnceWithItsHolder) {
  ASSERT_OK_AND_ASSIGN(const auto india, Find(Request("IND")));
  std::set<std::string> shown;
  for (const v1::Concern& concern : india.concerns()) {
    EXPECT_TRUE(shown.insert(concern.name()).second) << concern.name();
    EXPECT_FALSE(concern.voices().empty());
  }
  std::set<std::string> named;
  for (const v1::SharedConcernTheme& theme : india.themes()) {
    named.insert(theme.own_concerns().begin(), theme.own_concerns().end());
    named.insert(theme.other_concerns().begin(), theme.other_concerns().end());
  }
  EXPECT_EQ(shown, named);
  EXPECT_EQ(india.concerns(0).name(), "challenges/ch-ind-oversight");
  EXPECT_EQ(shown.size(), 5U + 12U);
}

TEST(FindSharedConcernsTest, AGroupingKeepsItsMembersAlone) {
  v1::FindSharedConcernsRequest request = Request("IND");
  request.set_grouping("asean");
  ASSERT_OK_AND_ASSIGN(const auto india, Find(request));
  EXPECT_THAT(PartnersOf(india), ElementsAre("states/SGP", "states/IDN"));
  ASSERT_OK_AND_ASSIGN(const auto earlier, Find(Request("IND", "2014-01-01")));
  EXPECT_THAT(PartnersOf(earlier), ElementsAre("states/PAK", "states/CHN", "states/FJI"));
}

TEST(FindSharedConcernsTest, AStateWithoutConcernsSharesNone) {
  ASSERT_OK_AND_ASSIGN(const auto none, Find(Request("MHL")));
  EXPECT_THAT(none.themes(), IsEmpty());
  EXPECT_THAT(none.partners(), IsEmpty());
  EXPECT_THAT(none.concerns(), IsEmpty());
  EXPECT_EQ(none.sentence(), "No concern of Marshall Islands is held here.");
  ASSERT_OK_AND_ASSIGN(const auto alone, Find(Request("MMR")));
  EXPECT_EQ(alone.themes_size(), 1);
  EXPECT_THAT(alone.sentence(), HasSubstr("no other state voiced one"));
}

TEST(FindSharedConcernsTest, BadInputBlamesItsField) {
  EXPECT_THAT(testing::BlamedFields(Find(Request("")).status()), ElementsAre("state"));
  EXPECT_THAT(Find(Request("IMD")), StatusIs(absl::StatusCode::kNotFound));
  v1::FindSharedConcernsRequest request = Request("IND");
  request.set_grouping("states/IND");
  EXPECT_THAT(testing::BlamedFields(Find(request).status()), ElementsAre("grouping"));
}

}  // namespace
}  // namespace attlas::evidence
