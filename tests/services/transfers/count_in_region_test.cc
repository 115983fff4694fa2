// How `3 of 25` and `11 of 40` come about; ranks were read from the table of transfers.
#include <string>
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

constexpr char kIndoPacific[] = "canada-indo-pacific-strategy-40";

v1::CountInRegionRequest Request(std::vector<std::string> groupings) {
  v1::CountInRegionRequest request;
  *request.mutable_read() = AsOf("2026-11-23");
  for (const std::string& grouping : groupings) request.add_groupings(grouping);
  return request;
}

absl::StatusOr<v1::CountInRegionResponse> Ask(const v1::CountInRegionRequest& request) {
  return TransferQueries(&testing::CuratedGraph()).CountInRegion(testing::OperatorCall(), request);
}

std::vector<std::string> Ranks(const v1::RegionTransferCount& count) {
  std::vector<std::string> ranks;
  for (const auto& place : count.places()) {
    ranks.push_back(place.place().name().substr(place.place().name().find('/') + 1) + " " +
                    std::to_string(place.rank()));
  }
  return ranks;
}

TEST(CountInRegionTest, CountsBothEditionsSideBySide) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request({kIndoPacific})));
  ASSERT_EQ(response.editions_size(), 2);
  EXPECT_EQ(response.editions(0).period(), "2020-2024");
  EXPECT_EQ(response.editions(1).period(), "2021-2025");
  ASSERT_EQ(response.region_sets_size(), 1);
  EXPECT_EQ(response.region_sets(0).size(), 40);
  EXPECT_EQ(response.region_sets(0).un_member_size(), 37);  // Without COK, NIU and TWN.
  ASSERT_EQ(response.counts_size(), 4);

  const auto& exports = response.counts(0);
  EXPECT_EQ(exports.ranked(), 25);
  EXPECT_THAT(Ranks(exports), ElementsAre("CHN 4", "KOR 10", "AUS 17"));
  EXPECT_EQ(exports.un_member_count(), 3);
  EXPECT_EQ(exports.party_count(), 3);
  EXPECT_THAT(Ranks(response.counts(1)), ElementsAre("CHN 5", "KOR 9", "AUS 22"));

  const auto& imports = response.counts(2);
  EXPECT_EQ(imports.dataset(), "datasets/sipri-transfers-2020-2024");
  EXPECT_EQ(imports.ranked(), 40);
  EXPECT_THAT(Ranks(imports),
              ElementsAre("IND 2", "PAK 5", "JPN 6", "AUS 7", "KOR 12", "CHN 16", "SGP 20",
                          "PHL 27", "IDN 28", "NZL 38", "TWN 39", "THA 40"));
  EXPECT_EQ(imports.count(), 12);
  EXPECT_EQ(imports.un_member_count(), 11);
  EXPECT_EQ(imports.party_count(), 6);  // JPN, AUS, KOR, CHN, PHL, NZL.
  const auto& later = response.counts(3);
  EXPECT_THAT(Ranks(later), ElementsAre("IND 2", "PAK 5", "JPN 6", "AUS 10", "KOR 16", "IDN 18",
                                        "CHN 21", "PHL 23", "SGP 26", "TWN 34", "THA 40"));
  EXPECT_EQ(later.un_member_count(), 10);
  EXPECT_EQ(later.party_count(), 5);
  EXPECT_THAT(response.sentence(),
              HasSubstr("12 of the 40 largest importers of 2020-2024 (11 without those that are "
                        "not members of the United Nations)"));
}

TEST(CountInRegionTest, TellsWhoEnteredAndLeftBetweenEditions) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request({kIndoPacific})));
  ASSERT_EQ(response.changes_size(), 2);
  EXPECT_THAT(response.changes(0).entered(), IsEmpty());
  EXPECT_THAT(response.changes(0).left(), IsEmpty());
  const auto& imports = response.changes(1);
  EXPECT_EQ(imports.direction(), v1::TRANSFER_DIRECTION_IMPORT);
  EXPECT_EQ(imports.difference(), -1);
  EXPECT_THAT(imports.entered(), IsEmpty());
  ASSERT_EQ(imports.left_size(), 1);
  EXPECT_EQ(imports.left(0).name(), "states/NZL");
}

TEST(CountInRegionTest, SetsPublishedCountsBesideOurs) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request({kIndoPacific})));
  ASSERT_EQ(response.counts(0).published_size(), 1);
  EXPECT_EQ(response.counts(0).published(0).name(), "figures/sipri-3-of-25-exporters");
  EXPECT_TRUE(response.counts(0).published(0).matches_all());
  ASSERT_EQ(response.counts(2).published_size(), 1);
  const auto& importers = response.counts(2).published(0);
  EXPECT_EQ(importers.name(), "figures/sipri-11-of-40-importers");
  EXPECT_EQ(importers.value(), 11);
  EXPECT_EQ(importers.total(), 40);
  EXPECT_FALSE(importers.matches_all());
  EXPECT_TRUE(importers.matches_un_members());
  EXPECT_TRUE(importers.region_set_guessed());
  EXPECT_FALSE(importers.citations().empty());
  EXPECT_THAT(response.counts(3).published(), IsEmpty());
}

// A set without Taiwan gives the published count at once.
TEST(CountInRegionTest, AnotherRegionSetGivesAnotherCount) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request({"unrcpd-43", "pacific-islands-forum"})));
  ASSERT_EQ(response.counts_size(), 8);
  // Kazakhstan, 26th and 36th, is in it as well.
  EXPECT_EQ(response.counts(2).count(), 12);
  EXPECT_EQ(response.counts(2).un_member_count(), 12);
  EXPECT_EQ(response.counts(3).count(), 11);
  EXPECT_THAT(Ranks(response.counts(4)), ElementsAre("AUS 17"));
  EXPECT_THAT(Ranks(response.counts(6)), ElementsAre("AUS 7", "NZL 38"));
  EXPECT_THAT(Ranks(response.counts(7)), ElementsAre("AUS 10"));
}

TEST(CountInRegionTest, CountsOverFewerRanksAndNamedEditions) {
  v1::CountInRegionRequest request = Request({kIndoPacific});
  request.add_datasets("sipri-transfers-2021-2025");
  request.set_top_exporters(10);
  request.set_top_importers(20);
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  ASSERT_EQ(response.counts_size(), 2);
  EXPECT_EQ(response.counts(0).ranked(), 10);
  EXPECT_THAT(Ranks(response.counts(0)), ElementsAre("CHN 5", "KOR 9"));
  EXPECT_THAT(Ranks(response.counts(1)),
              ElementsAre("IND 2", "PAK 5", "JPN 6", "AUS 10", "KOR 16", "IDN 18"));
  EXPECT_THAT(response.changes(), IsEmpty());
}

TEST(CountInRegionTest, LeavesOutEditionsThatWereNotPublishedYet) {
  v1::CountInRegionRequest request = Request({kIndoPacific});
  *request.mutable_read() = AsOf("2025-06-01");
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  ASSERT_EQ(response.editions_size(), 1);
  EXPECT_EQ(response.editions(0).period(), "2020-2024");
}

TEST(CountInRegionTest, EveryPlaceRestsOnItsRankAndItsMembership) {
  v1::CountInRegionRequest request = Request({kIndoPacific});
  request.set_include_sources(true);
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  for (const auto& place : response.counts(2).places()) {
    ASSERT_EQ(place.evidence_size(), 2) << place.place().name();
    std::vector<std::string> types;
    for (const auto& statement : response.statements()) {
      for (const auto& name : place.evidence()) {
        if (statement.name() != name) continue;
        types.push_back(statement.type());
        EXPECT_EQ(statement.from(), place.place().name());
        EXPECT_FALSE(statement.citations().empty());
      }
    }
    EXPECT_THAT(types, ::testing::UnorderedElementsAre("RANKED_IN", "MEMBER_OF_GROUPING"));
  }
  EXPECT_FALSE(response.sources().empty());
  EXPECT_FALSE(response.revision().empty());
}

}  // namespace
}  // namespace attlas::transfers
