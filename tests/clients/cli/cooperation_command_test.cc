// attlas roles, cooperation and decision-path, against a daemon with the curated dataset.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/clients/cli/cli_environment.h"

namespace attlas::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(CooperationCommandTest, ShowsWhoHoldsTheRolesOfAnInstrument) {
  const Ran ran = RunLine("attlas roles PHL att --as-of 2026-02-03");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("of 32 themes of the ATT, agencies hold a role on 11"));
  EXPECT_THAT(ran.out, HasSubstr("Roles that nobody is known to hold"));
}

TEST(CooperationCommandTest, KeepsToThemesInCsvAndJson) {
  const std::string line =
      "attlas roles PLW unscr-1718 --theme border-control --theme transit-transshipment -o ";
  const Ran csv = RunLine(line + "csv");
  EXPECT_THAT(csv.out, StartsWith("theme,theme_name,strength,standing,role,"));
  EXPECT_THAT(csv.out, HasSubstr("roles/transit-control-authority,"));
  EXPECT_THAT(csv.out, HasSubstr("agencies/plw-customs,"));
  EXPECT_THAT(csv.out, Not(HasSubstr("themes/maritime-security")));
  const Ran json = RunLine(line + "json");
  EXPECT_THAT(json.out, HasSubstr("\"FUNCTION_STANDING_HELD\""));
}

TEST(CooperationCommandTest, ShowsWhoAlreadyWorksTogether) {
  const Ran ran = RunLine("attlas cooperation FJI");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("Instruments under which agencies meet"));
  const Ran csv = RunLine("attlas cooperation PHL --apart-from att -o csv");
  EXPECT_THAT(csv.out, StartsWith("agency,agency_name,kind,instrument,"));
  EXPECT_THAT(csv.out, HasSubstr("agencies/phl-osetc,"));
  EXPECT_THAT(csv.out, Not(HasSubstr("instruments/att,")));
}

TEST(CooperationCommandTest, ShowsTheWayToADecision) {
  const Ran ran = RunLine("attlas decision-path phl-stmo");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("in 2 steps, one of them not recorded:"));
  const Ran csv = RunLine("attlas decision-path plw-nea plw-president --max-paths 1 -o csv");
  EXPECT_THAT(csv.out, StartsWith("path,step,from,to,ground,via,"));
  EXPECT_THAT(csv.out, HasSubstr("1,2,agencies/plw-customs,agencies/plw-president,same role,"));
  const Ran json = RunLine("attlas decision-path plw-nea plw-president -o json");
  EXPECT_THAT(json.out, HasSubstr("\"STEP_GROUND_SAME_ROLE\""));
}

TEST(CooperationCommandTest, WrongNamesAreSuggestedAgainst) {
  const Ran ran = RunLine("attlas roles PHL att --theme border-contrl");
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.err, HasSubstr("themes/border-control"));
  EXPECT_EQ(RunLine("attlas roles PHL").code, 2);
  const Ran elsewhere = RunLine("attlas decision-path phl-stmo fji-cabinet");
  EXPECT_EQ(elsewhere.code, 2);
  EXPECT_THAT(elsewhere.err, HasSubstr("no agency of `states/PHL`"));
}

}  // namespace
}  // namespace attlas::testing
