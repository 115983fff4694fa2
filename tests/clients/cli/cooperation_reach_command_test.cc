// attlas reach, duplication, networks and convene, against a daemon with the curated dataset.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/clients/cli/cli_environment.h"

namespace attlas::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(ReachCommandTest, ShowsAStateAndARegion) {
  const Ran state = RunLine("attlas reach fji --agencies gender-equality");
  EXPECT_EQ(state.code, 0) << state.err;
  EXPECT_THAT(state.out, AllOf(HasSubstr("Fiji took part in 11 events and activities"),
                               HasSubstr("Funds and assistance"), HasSubstr("to be checked")));
  const Ran region = RunLine("attlas reach --region pacific-islands-forum");
  EXPECT_THAT(region.out, HasSubstr("is known to have reached Marshall Islands and Nauru"));
  const Ran csv = RunLine("attlas reach fji -o csv");
  EXPECT_THAT(csv.out, StartsWith("place,state,start_date,display_name,engagement,term,"));
  EXPECT_THAT(csv.out, HasSubstr("events/fji-mission-2025"));
  EXPECT_THAT(RunLine("attlas reach fji -o json").out, HasSubstr("\"ELIGIBILITY_OPEN\""));
}

TEST(ReachCommandTest, AsksForAStateOrARegion) {
  const Ran none = RunLine("attlas reach");
  EXPECT_NE(none.code, 0);
  EXPECT_THAT(none.err, HasSubstr("either a state or a grouping"));
}

TEST(DuplicationCommandTest, ShowsWorkSideBySide) {
  const Ran table = RunLine("attlas duplication --instrument att --window 30");
  EXPECT_EQ(table.code, 0) << table.err;
  EXPECT_THAT(table.out, AllOf(HasSubstr("4 cases of parallel work"), HasSubstr("Philippines")));
  const Ran csv = RunLine("attlas duplication npl --instrument att -o csv");
  EXPECT_THAT(csv.out, StartsWith("place,state,topic,topic_called,pairs,least_days_apart,"));
  EXPECT_THAT(csv.out, HasSubstr("states/NPL,Nepal,instruments/att,ATT,1,124,"));
}

TEST(NetworksCommandTest, ShowsWhatConnectsStates) {
  const Ran table = RunLine("attlas networks fji vut idn --theme law-enforcement-cooperation");
  EXPECT_EQ(table.code, 0) << table.err;
  EXPECT_THAT(table.out, AllOf(HasSubstr("Pacific Transnational Crime Network"),
                               HasSubstr("No network connects Fiji and Indonesia.")));
  const Ran csv = RunLine("attlas networks png --theme border-control -o csv");
  EXPECT_THAT(csv.out, HasSubstr("organizations/oco,Oceania Customs Organisation,"));
}

TEST(ConveneCommandTest, PlansAMeetingAndForgetsNoGenderOffice) {
  const Ran table =
      RunLine("attlas convene brokering --region asean --from 2026-08-20 --to 2026-08-24");
  EXPECT_EQ(table.code, 0) << table.err;
  EXPECT_THAT(table.out, AllOf(HasSubstr("for 11, not known for 0"), HasSubstr("Evidence to table"),
                               HasSubstr("Twelfth Conference of States Parties")));
  const Ran wrong = RunLine("attlas convene brokering --region asean --from 2026-08");
  EXPECT_NE(wrong.code, 0);
  EXPECT_THAT(wrong.err, HasSubstr("must name a day"));
}

}  // namespace
}  // namespace attlas::testing
