// data check, load and export.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/clients/cli/cli_environment.h"
#include "tests/integration/attlasd_process.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::testing {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// A copy of the curated dataset with one line more in the table of states.
std::string BrokenCopy(const TemporaryDirectory& directory, const std::string& line) {
  const std::string copy = directory.file("data");
  EXPECT_EQ(RunLine("cp -r data '" + copy + "' && printf '%s\\n' '" + line + "' >> '" + copy +
                    "/nodes/state.csv'")
                .code,
            0);
  return copy;
}

TEST(DataCheckTest, FindsNothingWrongWithTheCuratedData) {
  const Ran ran = RunLine("attlas data check");
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, ContainsRegex("data is sound: [0-9]+ nodes, [0-9]+ statements"));
}

TEST(DataCheckTest, ReportsEveryProblemWithItsPlace) {
  const TemporaryDirectory directory;
  const std::string copy = BrokenCopy(directory, "idn,\"Broken");
  const Ran ran = RunLine("attlas data check '" + copy + "'");
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, ContainsRegex("nodes/state.csv:[0-9]+: "));
  EXPECT_THAT(ran.err, ContainsRegex("attlas: [0-9]+ problems? in "));
  const Ran csv = RunLine("attlas data check '" + copy + "' -o csv");
  EXPECT_EQ(csv.code, 1);
  EXPECT_THAT(csv.out, StartsWith("file,line,column,problem\n"));
  const Ran json = RunLine("attlas data check '" + copy + "' -o json");
  EXPECT_EQ(json.code, 1);
  EXPECT_THAT(json.out, AllOf(HasSubstr("\"problems\""), HasSubstr("\"line\"")));
}

TEST(DataCheckTest, SaysThatThereIsNoSuchDirectory) {
  const Ran ran = RunLine("attlas data check /nowhere");
  EXPECT_EQ(ran.code, 3);
  EXPECT_EQ(ran.err, "attlas: there is no directory /nowhere; name that of a dataset\n");
}

TEST(DataLoadTest, RefusesABadSetWhole) {
  const TemporaryDirectory directory;
  const std::string copy = BrokenCopy(directory, "idn,\"Broken");
  const std::string store = directory.file("store");
  const Ran ran = RunLine("attlas data load '" + copy + "' --data_dir '" + store + "'");
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("nothing was loaded"));
  EXPECT_NE(RunLine("test -e '" + store + "'").code, 0) << "no store is made for a bad set";
}

TEST(DataLoadTest, ChangesNothingTheSecondTime) {
  const TemporaryDirectory directory;
  const std::string line = "attlas data load data -o csv --data_dir '" + directory.file("s") + "'";
  EXPECT_THAT(RunLine(line).out, AllOf(StartsWith("what,count\n"), HasSubstr("\nupdated,0\n")));
  EXPECT_THAT(RunLine(line).out, AllOf(HasSubstr("\ncreated,0\n"), HasSubstr("\ndeleted,0\n")));
}

TEST(DataLoadTest, AsksWhereToLoad) {
  const Ran neither = RunLine("attlas data load data");
  EXPECT_EQ(neither.code, 2);
  EXPECT_THAT(neither.err, HasSubstr("give either --data_dir"));
  const Ran both = RunLine("attlas data load data --data_dir /tmp/x --address localhost:1");
  EXPECT_EQ(both.code, 2);
}

TEST(DataLoadTest, SaysThatADaemonHasTheStoreOpen) {
  const TemporaryDirectory directory;
  const std::string store = directory.file("store");
  ASSERT_EQ(RunLine("attlas data load data --data_dir '" + store + "'").code, 0);
  AttlasdProcess daemon({"--listen=127.0.0.1:0", "--admin_listen=", "--data_dir=" + store});
  ASSERT_NE(daemon.WaitUntilServing(), "");
  const Ran ran = RunLine("attlas data load data --data_dir '" + store + "'");
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("another process"));
}

TEST(DataLoadTest, LoadsIntoARunningDaemon) {
  const TemporaryDirectory directory;
  AttlasdProcess daemon({"--listen=127.0.0.1:0", "--admin_listen=", "--create",
                         "--ontology=" ATTLAS_SOURCE_DIR "/data/ontology.textproto",
                         "--data_dir=" + directory.file("store")});
  ASSERT_NE(daemon.WaitUntilServing(), "");
  const std::string to = " --address " + daemon.address();
  const Ran tried = RunLine("attlas data load data --validate-only" + to);
  EXPECT_EQ(tried.code, 0) << tried.err;
  EXPECT_EQ(RunLine("attlas node idn" + to).code, 3) << "nothing was applied";
  const Ran loaded = RunLine("attlas data load data -o json" + to);
  EXPECT_EQ(loaded.code, 0) << loaded.err;
  EXPECT_THAT(loaded.out, HasSubstr("\"createdCount\""));
  EXPECT_THAT(RunLine("attlas status att --as-of 2026-02-03" + to).out,
              HasSubstr("117 parties of"));
}

TEST(DataExportTest, WritesTheDatasetThatWasLoaded) {
  const TemporaryDirectory directory;
  const std::string copy = directory.file("copy");
  const Ran ran = RunLine("attlas data export '" + copy + "'");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.err, ContainsRegex("wrote [0-9]+ nodes and [0-9]+ statements to "));
  const Ran check = RunLine("attlas data check '" + copy + "'");
  EXPECT_EQ(check.code, 0) << check.out;
  // The same nodes and statements: loading it over the original changes nothing.
  const std::string store = directory.file("store");
  ASSERT_EQ(RunLine("attlas data load data --data_dir '" + store + "'").code, 0);
  const Ran again =
      RunLine("attlas data load '" + copy + "' -o csv --prune --data_dir '" + store + "'");
  EXPECT_THAT(again.out, AllOf(HasSubstr("\ncreated,0\nupdated,0\ndeleted,0\n"))) << again.err;
}

TEST(DataExportTest, SaysThatItCannotWrite) {
  const Ran ran = RunLine("attlas data export /proc/nowhere");
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("/proc/nowhere"));
}

}  // namespace
}  // namespace attlas::testing
