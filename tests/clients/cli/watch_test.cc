// Watching changes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "attlas/graph/v1/history.pb.h"
#include "google/protobuf/util/json_util.h"
#include "tests/clients/cli/cli_environment.h"

namespace attlas::testing {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(WatchTest, WritesOneJsonLineAChange) {
  const Ran ran = RunLine("attlas watch --from-earliest --types state --limit 3 --timeout 90");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 3);
  graph::v1::Change change;
  EXPECT_TRUE(
      google::protobuf::util::JsonStringToMessage(ran.out.substr(0, ran.out.find('\n')), &change)
          .ok());
  EXPECT_EQ(change.kind(), graph::v1::CHANGE_KIND_CREATED);
  EXPECT_EQ(change.node().type(), "state");
}

TEST(WatchTest, WritesCsvAndTables) {
  const std::string line = "attlas watch --from-earliest --types state --limit 2 --timeout 90 -o ";
  EXPECT_THAT(RunLine(line + "csv").out, StartsWith("revision,commit_time,kind,name,"));
  EXPECT_THAT(RunLine(line + "table").out, HasSubstr("created"));
}

TEST(WatchTest, EndsCleanlyWhenInterrupted) {
  // Interrupts once the first changes are there, however long that takes.
  const Ran ran = RunLine(
      "scratch=$(mktemp --directory);"
      "(until grep --quiet groupings/asean $scratch/out; do sleep 0.05; done;"
      " kill -INT $(<$scratch/process)) &>/dev/null &"
      "(echo $BASHPID >$scratch/process; exec attlas watch --from-earliest --types grouping)"
      " >$scratch/out;"
      "code=$?; cat $scratch/out; rm -r $scratch; exit $code");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("groupings/asean"));
  EXPECT_THAT(ran.err, ContainsRegex("complete through revision [A-Za-z0-9_-]+; resume with"));
}

TEST(WatchTest, EndsWithItsTimeout) {
  const Ran ran = RunLine("attlas watch --timeout 300ms");
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("did not come in time (--timeout 300ms)"));
}

}  // namespace
}  // namespace attlas::testing
