// attlas transfers, against a daemon with the curated dataset.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/clients/cli/cli_environment.h"

namespace attlas::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(TransfersCommandTest, CountsByEditionAndRegionSet) {
  const std::string line =
      "attlas transfers count canada-indo-pacific-strategy-40 --as-of 2026-11-23";
  const Ran table = RunLine(line);
  EXPECT_EQ(table.code, 0) << table.err;
  EXPECT_THAT(table.out, HasSubstr("3 of 25 (same)"));
  EXPECT_THAT(table.out, HasSubstr("As of 2026-11-23"));
  const Ran csv = RunLine(line + " -o csv");
  const std::string set = "groupings/canada-indo-pacific-strategy-40,datasets/sipri-transfers-";
  EXPECT_THAT(csv.out, HasSubstr(set + "2020-2024,2020-2024,export,25,3,3,3,"));
  EXPECT_THAT(csv.out, HasSubstr(set + "2020-2024,2020-2024,import,40,12,11,6,"));
  EXPECT_THAT(csv.out, HasSubstr(set + "2021-2025,2021-2025,import,40,11,10,5,"));
}

TEST(TransfersCommandTest, RanksInCsvAndJson) {
  const Ran csv = RunLine(
      "attlas transfers ranking importers --dataset sipri-transfers-2020-2024 --top 3 -o csv");
  EXPECT_EQ(csv.code, 0) << csv.err;
  EXPECT_THAT(csv.out, StartsWith("rank,display_name,place,un_member,share_pct,change_pct,"));
  EXPECT_THAT(csv.out, HasSubstr("2,India,states/IND,yes,8.3,-9.3,"));
  const Ran json = RunLine("attlas transfers ranking exporters --region asean -o json");
  EXPECT_THAT(json.out, HasSubstr("\"TRANSFER_DIRECTION_EXPORT\""));
}

TEST(TransfersCommandTest, ShowsPartnersOfAState) {
  const Ran suppliers = RunLine("attlas transfers suppliers idn --as-of 2026-11-23");
  EXPECT_EQ(suppliers.code, 0) << suppliers.err;
  EXPECT_THAT(suppliers.out, HasSubstr("importer no. 18 of the world"));
  EXPECT_THAT(suppliers.out, HasSubstr("Italy"));
  const Ran customers = RunLine("attlas transfers customers China --as-of 2026-11-23 -o csv");
  EXPECT_EQ(customers.code, 0) << customers.err;
  EXPECT_THAT(customers.out, HasSubstr("Pakistan,states/PAK,outside,80,61,"));
}

TEST(TransfersCommandTest, ShowsExposureOfOneAndOfMany) {
  const Ran one = RunLine("attlas transfers exposure IDN --as-of 2026-11-23");
  EXPECT_EQ(one.code, 0) << one.err;
  EXPECT_THAT(one.out, HasSubstr("What binds a supplier that is a party: "));
  const Ran many = RunLine("attlas transfers exposure --context arms-embargo -o csv");
  EXPECT_EQ(many.code, 0) << many.err;
  EXPECT_THAT(many.out, HasSubstr("Myanmar,states/MMR,outside,,,,,,,"));
}

TEST(TransfersCommandTest, WrongWordsAreNamed) {
  EXPECT_THAT(RunLine("attlas transfers ranking buyers").err, HasSubstr("direction"));
  EXPECT_THAT(RunLine("attlas transfers supliers IDN").err, HasSubstr("suppliers"));
  EXPECT_THAT(RunLine("attlas transfers exposure --context war").err, HasSubstr("arms-embargo"));
  EXPECT_EQ(RunLine("attlas transfers suppliers QQQ").code, 3);
}

}  // namespace
}  // namespace attlas::testing
