// attlas engagement, against a daemon with the curated dataset.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/clients/cli/cli_environment.h"

namespace attlas::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(EngagementCommandTest, ListsWhatReachedARegionAndWhomNobodyReached) {
  const Ran ran = RunLine("attlas engagement list --region pacific-islands-forum");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("Reached by none of these: Marshall Islands, Nauru."));
}

TEST(EngagementCommandTest, AnswersInCsvAndJson) {
  const Ran csv = RunLine("attlas engagement list --state fji --kind event -o csv");
  EXPECT_THAT(csv.out, StartsWith("start_date,display_name,engagement,term,organizers,"));
  EXPECT_THAT(csv.out, HasSubstr("events/fji-mission-2025,workshop,"));
  const Ran json = RunLine("attlas engagement show events/revcon4-regional -o json");
  EXPECT_THAT(json.out, HasSubstr("\"ENGAGEMENT_KIND_EVENT\""));
}

TEST(EngagementCommandTest, ChecksARecordWithoutKeepingIt) {
  const std::string record =
      "attlas engagement record events/test-2026 --title Test --term workshop "
      "--organizer organizations/unrcpd --source sources/attlas-analysis --check --participant ";
  const Ran good = RunLine(record + "states/FJI");
  EXPECT_EQ(good.code, 0) << good.err;
  EXPECT_THAT(good.out, StartsWith("events/test-2026 with 2 statements"));
  EXPECT_NE(RunLine("attlas engagement show events/test-2026").code, 0);
  const Ran bad = RunLine(record + "states/QQQ");
  EXPECT_NE(bad.code, 0);
  EXPECT_THAT(bad.err, HasSubstr("participants[0]"));
}

TEST(EngagementCommandTest, WrongWordsAreNamed) {
  EXPECT_THAT(RunLine("attlas engagement list --kind dance").err, HasSubstr("--kind"));
  EXPECT_THAT(RunLine("attlas engagement lst").err, HasSubstr("list"));
}

}  // namespace
}  // namespace attlas::testing
