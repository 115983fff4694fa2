// Rankings over the curated dataset; the expected numbers were read from the table of transfers.
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/transfers/transfer_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::transfers {
namespace {

using testing::AsOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

v1::GetRankingRequest Request(v1::TransferDirection direction, std::string_view date) {
  v1::GetRankingRequest request;
  *request.mutable_read() = AsOf(date);
  request.set_direction(direction);
  return request;
}

absl::StatusOr<v1::GetRankingResponse> Ask(const v1::GetRankingRequest& request) {
  return TransferQueries(&testing::CuratedGraph()).GetRanking(testing::OperatorCall(), request);
}

std::vector<std::pair<std::string, int>> Ranks(const v1::GetRankingResponse& response) {
  std::vector<std::pair<std::string, int>> ranks;
  for (const auto& place : response.places()) {
    ranks.emplace_back(place.place().name(), place.rank());
  }
  return ranks;
}

TEST(RankingTest, ListsAllByRankWithSharesChangesAndStatus) {
  v1::GetRankingRequest request = Request(v1::TRANSFER_DIRECTION_EXPORT, "2026-11-23");
  request.set_dataset("sipri-transfers-2020-2024");
  request.set_include_sources(true);
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  ASSERT_EQ(response.places_size(), 25);
  EXPECT_EQ(response.total_size(), 25);
  EXPECT_EQ(response.ranked(), 25);
  for (int i = 0; i < 25; ++i) EXPECT_EQ(response.places(i).rank(), i + 1);
  const v1::RankedPlace& russia = response.places(2);
  EXPECT_EQ(russia.place().name(), "states/RUS");
  EXPECT_DOUBLE_EQ(russia.share_pct(), 7.8);
  EXPECT_DOUBLE_EQ(russia.change_pct(), -64);
  EXPECT_EQ(russia.status().status(), instruments::v1::PARTICIPATION_STATUS_OUTSIDE);
  EXPECT_EQ(response.places(0).status().status(), instruments::v1::PARTICIPATION_STATUS_SIGNATORY);
  EXPECT_EQ(response.places(3).status().status(), instruments::v1::PARTICIPATION_STATUS_PARTY);
  EXPECT_EQ(response.edition().period(), "2020-2024");
  EXPECT_THAT(response.edition().licence(), HasSubstr("SIPRI"));
  EXPECT_FALSE(response.revision().empty());
  EXPECT_THAT(response.sources(), Not(IsEmpty()));
  EXPECT_EQ(response.basis().left_out_statements(), 0);
}

TEST(RankingTest, RanksOfARegionStayThoseOfTheWorld) {
  v1::GetRankingRequest request = Request(v1::TRANSFER_DIRECTION_EXPORT, "2026-11-23");
  request.set_dataset("sipri-transfers-2020-2024");
  request.set_grouping("canada-indo-pacific-strategy-40");
  ASSERT_OK_AND_ASSIGN(auto response, Ask(request));
  EXPECT_THAT(Ranks(response),
              ElementsAre(Pair("states/CHN", 4), Pair("states/KOR", 10), Pair("states/AUS", 17)));
  EXPECT_EQ(response.ranked(), 25);
  EXPECT_EQ(response.party_count(), 3);
  EXPECT_THAT(response.grouping_definition(), Not(IsEmpty()));
  EXPECT_THAT(response.sentence(), HasSubstr("3 of the 25 largest exporters of 2020-2024"));
  request.set_dataset("sipri-transfers-2021-2025");
  ASSERT_OK_AND_ASSIGN(response, Ask(request));
  EXPECT_THAT(Ranks(response),
              ElementsAre(Pair("states/CHN", 5), Pair("states/KOR", 9), Pair("states/AUS", 22)));
  // The later edition as held here does not say how it changed.
  for (const auto& place : response.places()) EXPECT_FALSE(place.has_change_pct());
}

TEST(RankingTest, TopCutsTheRanking) {
  v1::GetRankingRequest request = Request(v1::TRANSFER_DIRECTION_IMPORT, "2026-11-23");
  request.set_grouping("canada-indo-pacific-strategy-40");
  request.set_top(16);
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  EXPECT_THAT(Ranks(response),
              ElementsAre(Pair("states/IND", 2), Pair("states/PAK", 5), Pair("states/JPN", 6),
                          Pair("states/AUS", 10), Pair("states/KOR", 16)));
  EXPECT_EQ(response.ranked(), 16);
}

TEST(RankingTest, ReadsTheLatestEditionOfTheDate) {
  ASSERT_OK_AND_ASSIGN(const auto then, Ask(Request(v1::TRANSFER_DIRECTION_EXPORT, "2026-02-28")));
  EXPECT_EQ(then.edition().dataset().name(), "datasets/sipri-transfers-2020-2024");
  ASSERT_OK_AND_ASSIGN(const auto now, Ask(Request(v1::TRANSFER_DIRECTION_EXPORT, "2026-03-31")));
  EXPECT_EQ(now.edition().dataset().name(), "datasets/sipri-transfers-2021-2025");
  v1::GetRankingRequest request = Request(v1::TRANSFER_DIRECTION_EXPORT, "2025-06-01");
  request.set_dataset("SIPRI 2021-2025");
  ASSERT_OK_AND_ASSIGN(const auto named, Ask(request));
  EXPECT_EQ(named.edition().dataset().name(), "datasets/sipri-transfers-2021-2025");
  EXPECT_THAT(named.basis().notes(), ::testing::Contains(HasSubstr("after the date")));
}

// China acceded on 6 July 2020; the treaty is in force for it 90 days later.
TEST(RankingTest, APartyCountsFromTheEntryIntoForce) {
  v1::GetRankingRequest request = Request(v1::TRANSFER_DIRECTION_EXPORT, "2020-10-03");
  request.set_dataset("sipri-transfers-2020-2024");
  request.set_grouping("m49-eastern-asia");
  ASSERT_OK_AND_ASSIGN(const auto before, Ask(request));
  EXPECT_EQ(before.places(0).place().name(), "states/CHN");
  EXPECT_EQ(before.places(0).status().status(), instruments::v1::PARTICIPATION_STATUS_CONSENTED);
  EXPECT_EQ(before.party_count(), 1);  // The Republic of Korea.
  *request.mutable_read() = AsOf("2020-10-04");
  ASSERT_OK_AND_ASSIGN(const auto after, Ask(request));
  EXPECT_EQ(after.places(0).status().status(), instruments::v1::PARTICIPATION_STATUS_PARTY);
  EXPECT_EQ(after.party_count(), 2);
}

TEST(RankingTest, AnOrganizationHasARankAndNoStatus) {
  v1::GetRankingRequest request = Request(v1::TRANSFER_DIRECTION_IMPORT, "2026-11-23");
  request.set_dataset("sipri-transfers-2020-2024");
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  ASSERT_EQ(response.places_size(), 40);
  EXPECT_EQ(response.places(31).place().name(), "organizations/nato");
  EXPECT_FALSE(response.places(31).un_member());
  EXPECT_EQ(response.places(31).status().status(),
            instruments::v1::PARTICIPATION_STATUS_UNSPECIFIED);
  EXPECT_EQ(response.un_member_count(), 38);  // All but NATO and Taiwan.
}

TEST(RankingTest, PagesAreOneList) {
  v1::GetRankingRequest request = Request(v1::TRANSFER_DIRECTION_IMPORT, "2026-11-23");
  TransferQueries queries(&testing::CuratedGraph());
  request.set_page_size(17);
  std::vector<int> ranks;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, queries.GetRanking(testing::OperatorCall(), request));
    EXPECT_EQ(page.total_size(), 40);
    for (const auto& place : page.places()) ranks.push_back(place.rank());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  ASSERT_EQ(ranks.size(), 40u);
  for (int i = 0; i < 40; ++i) EXPECT_EQ(ranks[static_cast<size_t>(i)], i + 1);
}

}  // namespace
}  // namespace attlas::transfers
