#include <map>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/synergy/synergy_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::synergy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::StatusIs;
using Change = std::pair<const char*, v1::SupposedAct>;

SynergyQueries& Queries() {
  static SynergyQueries queries(&testing::CuratedGraph());
  return queries;
}

absl::StatusOr<v1::SimulateParticipationResponse> Simulate(std::string_view state,
                                                           std::initializer_list<Change> changes,
                                                           std::string_view target = "att") {
  v1::SimulateParticipationRequest request;
  *request.mutable_read() = testing::AsOf("2026-02-03");
  request.set_state(std::string(state));
  request.set_target(std::string(target));
  for (const auto& [instrument, act] : changes) {
    v1::SupposedChange* change = request.add_changes();
    change->set_instrument(instrument);
    change->set_act(act);
  }
  return Queries().SimulateParticipation(testing::OperatorCall(), request);
}

template <typename Totals>
std::vector<int> Numbers(const Totals& totals) {
  std::vector<int> numbers;
  for (const v1::ClassTotal& total : totals) numbers.push_back(total.themes());
  return numbers;
}

TEST(SimulateParticipationTest, JoiningTheAttMakesItsDutiesBinding) {
  ASSERT_OK_AND_ASSIGN(const auto response, Simulate("IDN", {{"att", v1::SUPPOSED_ACT_JOIN}}));
  EXPECT_THAT(Numbers(response.totals_before()), ElementsAre(0, 23, 0, 2, 4, 3, 0));
  EXPECT_THAT(Numbers(response.totals_after()), ElementsAre(30, 1, 1, 0, 0, 0, 0));
  ASSERT_EQ(response.statuses_size(), 1);
  EXPECT_EQ(response.statuses(0).before(), instruments::v1::PARTICIPATION_STATUS_OUTSIDE);
  EXPECT_EQ(response.statuses(0).after(), instruments::v1::PARTICIPATION_STATUS_PARTY);
}

TEST(SimulateParticipationTest, CountsRegionsAnew) {
  ASSERT_OK_AND_ASSIGN(const auto response, Simulate("IDN", {{"att", v1::SUPPOSED_ACT_JOIN}}));
  std::map<std::string, v1::RegionEffect> regions;
  for (const v1::RegionEffect& region : response.regions()) {
    regions[region.grouping().name()] = region;
    EXPECT_EQ(region.after().parties(), region.before().parties() + 1);
    EXPECT_EQ(region.after().size(), region.before().size());
  }
  EXPECT_EQ(regions[""].after().parties(), 118);
  EXPECT_EQ(regions["groupings/sas-indo-pacific-40-candidate-a"].before().parties(), 13);
  EXPECT_EQ(regions["groupings/canada-indo-pacific-strategy-40"].before().parties(), 12);
  EXPECT_TRUE(regions.contains("groupings/asean"));
}

TEST(SimulateParticipationTest, JoiningAndThenLeavingChangesNothing) {
  for (const std::string& place : testing::AllPlaces()) {
    for (const char* instrument : {"att", "firearms-protocol", "wassenaar"}) {
      ASSERT_OK_AND_ASSIGN(const auto joined,
                           Simulate(place, {{instrument, v1::SUPPOSED_ACT_JOIN}}));
      if (joined.statuses(0).before() == instruments::v1::PARTICIPATION_STATUS_PARTY) continue;
      ASSERT_OK_AND_ASSIGN(const auto response,
                           Simulate(place, {{instrument, v1::SUPPOSED_ACT_JOIN},
                                            {instrument, v1::SUPPOSED_ACT_LEAVE}}));
      EXPECT_EQ(Numbers(response.totals_before()), Numbers(response.totals_after())) << place;
      EXPECT_EQ(response.class_changes_size(), 0) << place;
      EXPECT_EQ(response.statuses(0).before(), response.statuses(0).after()) << place;
      for (const v1::RegionEffect& region : response.regions()) {
        EXPECT_EQ(region.before().SerializeAsString(), region.after().SerializeAsString());
      }
    }
  }
}

TEST(SimulateParticipationTest, LeavingMakesAWithdrawal) {
  ASSERT_OK_AND_ASSIGN(const auto response, Simulate("PHL", {{"att", v1::SUPPOSED_ACT_LEAVE}}));
  EXPECT_EQ(response.statuses(0).before(), instruments::v1::PARTICIPATION_STATUS_PARTY);
  EXPECT_NE(response.statuses(0).after(), instruments::v1::PARTICIPATION_STATUS_PARTY);
  EXPECT_EQ(response.regions(0).after().parties(), 116);
  EXPECT_EQ(Numbers(response.totals_after())[0], 0);
}

TEST(SimulateParticipationTest, SigningIsWeakerThanJoining) {
  ASSERT_OK_AND_ASSIGN(const auto response, Simulate("IDN", {{"att", v1::SUPPOSED_ACT_SIGN}}));
  EXPECT_EQ(response.statuses(0).after(), instruments::v1::PARTICIPATION_STATUS_SIGNATORY);
  EXPECT_EQ(Numbers(response.totals_after())[0], 0);
  EXPECT_EQ(response.regions(0).after().signatures(), 131);
}

TEST(SimulateParticipationTest, WritesNothing) {
  ASSERT_OK_AND_ASSIGN(const auto first, Simulate("IDN", {{"att", v1::SUPPOSED_ACT_JOIN}}));
  ASSERT_OK_AND_ASSIGN(const auto second, Simulate("IDN", {{"att", v1::SUPPOSED_ACT_JOIN}}));
  EXPECT_EQ(first.revision(), second.revision());
  EXPECT_EQ(first.SerializeAsString(), second.SerializeAsString());
  for (const auto& statement : first.statements()) EXPECT_FALSE(statement.name().empty());
}

TEST(SimulateParticipationTest, ListsThemesThatAreGained) {
  ASSERT_OK_AND_ASSIGN(const auto response, Simulate("COK", {{"att", v1::SUPPOSED_ACT_JOIN}}));
  EXPECT_EQ(response.gained_themes_size(), 9);
  EXPECT_EQ(response.lost_themes_size(), 0);
}

TEST(SimulateParticipationTest, LeavingATreatyInForceEndsTheSignatureToo) {
  // The Philippines signed the ATT in 2013 and ratified it in 2022.
  ASSERT_OK_AND_ASSIGN(const auto att, Simulate("PHL", {{"att", v1::SUPPOSED_ACT_LEAVE}}));
  EXPECT_EQ(att.statuses(0).after(), instruments::v1::PARTICIPATION_STATUS_WITHDRAWN);
  // The CTBT is not in force: as Russia did, a state that leaves stays a signatory.
  ASSERT_OK_AND_ASSIGN(const auto ctbt, Simulate("PHL", {{"ctbt", v1::SUPPOSED_ACT_LEAVE}}));
  EXPECT_EQ(ctbt.statuses(0).after(), instruments::v1::PARTICIPATION_STATUS_SIGNATORY);
}

TEST(SimulateParticipationTest, WhatNobodyConsentsToIsEndorsed) {
  for (const char* instrument : {"unpoa", "epwa-declaration", "asean-arms-smuggling-declaration"}) {
    ASSERT_OK_AND_ASSIGN(const auto response,
                         Simulate("FJI", {{instrument, v1::SUPPOSED_ACT_JOIN}}));
    EXPECT_EQ(response.statuses(0).after(), instruments::v1::PARTICIPATION_STATUS_ENDORSER)
        << instrument;
  }
  ASSERT_OK_AND_ASSIGN(const auto treaty, Simulate("FJI", {{"cifta", v1::SUPPOSED_ACT_JOIN}}));
  EXPECT_EQ(treaty.statuses(0).after(), instruments::v1::PARTICIPATION_STATUS_PARTY);
}

TEST(SimulateParticipationTest, RefusesActsBeforeTheAdoption) {
  v1::SimulateParticipationRequest request;
  *request.mutable_read() = testing::AsOf("2013-04-01");
  request.set_state("IDN");
  v1::SupposedChange* change = request.add_changes();
  change->set_instrument("att");
  change->set_act(v1::SUPPOSED_ACT_JOIN);
  const auto result = Queries().SimulateParticipation(testing::OperatorCall(), request);
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument,
                               HasSubstr("the ATT was adopted on 2013-04-02; suppose acts on a "
                                         "later date")));
  EXPECT_THAT(testing::BlamedFields(result.status()), ElementsAre("changes[0]"));
}

TEST(SimulateParticipationTest, RefusesWhatCannotBeLeftAndEmptyRequests) {
  auto result = Simulate("IDN", {{"unpoa", v1::SUPPOSED_ACT_LEAVE}});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument,
                               HasSubstr("Indonesia is addressed by the UN PoA and has no act")));
  EXPECT_THAT(testing::BlamedFields(result.status()), ElementsAre("changes[0]"));
  EXPECT_THAT(testing::BlamedFields(Simulate("IDN", {}).status()), ElementsAre("changes"));
  EXPECT_THAT(
      testing::BlamedFields(Simulate("IDN", {{"att", v1::SUPPOSED_ACT_UNSPECIFIED}}).status()),
      ElementsAre("changes[0].act"));
  EXPECT_THAT(Simulate("IDN", {{"attt", v1::SUPPOSED_ACT_JOIN}}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("changes[0].instrument")));
}

}  // namespace
}  // namespace attlas::synergy
