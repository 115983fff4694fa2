// attlas space, by the local operator against a daemon with the curated dataset, and attlas audit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "services/access/audit_files.h"
#include "services/access/audit_log.h"
#include "tests/clients/cli/cli_environment.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// The first name of this collection in a text.
std::string NameIn(const std::string& text, const std::string& collection) {
  const size_t at = text.find(collection + "/");
  if (at == std::string::npos) return "";
  return text.substr(at, collection.size() + 41);
}

TEST(SpaceCommandTest, MakesFillsReleasesFromAndErasesASpace) {
  const Ran made = RunLine(
      "attlas space create 'Round table' --purpose 'To speak openly' --retention-days 30 "
      "--chatham-house --member certificate:spiffe://attlas.example/ana");
  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_THAT(made.out, AllOf(HasSubstr("Round table"), HasSubstr("kept for 30 days"),
                              HasSubstr("spiffe://attlas.example/ana")));
  const std::string space = NameIn(made.out, "spaces");
  EXPECT_THAT(RunLine("attlas space list -o csv").out, HasSubstr(space + ",Round table,open,yes"));
  const Ran posted = RunLine("attlas space post " + space +
                             " 'Offices are small.' --kind concern --topic "
                             "concern-themes/reporting-burden");
  ASSERT_EQ(posted.code, 0) << posted.err;
  const std::string note = NameIn(posted.out, "challenges");
  EXPECT_THAT(posted.out, HasSubstr("Keep this key"));
  const Ran notes = RunLine("attlas space notes " + space + " -o json");
  EXPECT_THAT(notes.out, AllOf(HasSubstr("\"Offices are small.\""), HasSubstr(note)));
  const Ran released = RunLine("attlas space release " + space + " " + note + " --marking green");
  EXPECT_THAT(released.out, StartsWith("Released as challenges/"));
  EXPECT_THAT(released.out, Not(HasSubstr(note)));
  EXPECT_THAT(RunLine("attlas space close " + space + " --erase").out, HasSubstr("Erased on"));
  EXPECT_EQ(RunLine("attlas node " + note).code, 3);
  EXPECT_EQ(RunLine("attlas node " + NameIn(released.out, "challenges")).code, 0);
}

TEST(SpaceCommandTest, WrongWordsAreNamed) {
  EXPECT_THAT(RunLine("attlas space post spaces/x text --kind shout").err, HasSubstr("--kind"));
  EXPECT_EQ(RunLine("attlas space show spaces/x").code, 3);
  const Ran days = RunLine("attlas space create T --purpose P --retention-days 0");
  EXPECT_EQ(days.code, 2);
  EXPECT_THAT(days.err, HasSubstr("retention"));
}

TEST(AuditCommandTest, SaysWhetherALogIsWhole) {
  const TemporaryDirectory directory;
  std::string anchor;
  {
    auto log = services::AuditLog::Open(directory.path());
    ASSERT_TRUE(log.ok());
    for (int i = 0; i < 3; ++i) {
      (*log)->Append({.time = absl::Now(), .caller = "ana", .rpc = "a/B", .allowed = true});
    }
    (*log)->Flush();
    anchor = services::FormatAuditHead((*log)->head());
  }
  const std::string verify = "attlas audit verify " + directory.path();
  const Ran whole = RunLine(verify + " --anchor " + anchor);
  EXPECT_EQ(whole.code, 0) << whole.err;
  EXPECT_THAT(whole.err, HasSubstr("is whole: 3 records"));
  EXPECT_THAT(RunLine(verify + " -o json").out, HasSubstr("\"records\": 3"));

  const std::string file = services::ListAuditFiles(directory.path())->front();
  EXPECT_EQ(RunLine("sed -i '2s/ana/eve/' " + file).code, 0);
  const Ran altered = RunLine(verify);
  EXPECT_EQ(altered.code, 1);
  EXPECT_THAT(altered.out, HasSubstr("was altered"));
  EXPECT_THAT(altered.err, HasSubstr("is not as it was written"));
  // A line that is left out; and one that is cut off together with the head.
  EXPECT_EQ(RunLine("sed -i 2d " + file).code, 0);
  EXPECT_THAT(RunLine(verify + " -o csv").out, HasSubstr("is record 3"));
  EXPECT_EQ(RunLine("sed -i '2,$d' " + file + " && rm " + directory.path() + "/head").code, 0);
  EXPECT_EQ(RunLine(verify).code, 0);
  EXPECT_THAT(RunLine(verify + " --anchor " + anchor).out, HasSubstr("cut short"));
  EXPECT_EQ(RunLine(verify + " --anchor x").code, 2);
  EXPECT_EQ(RunLine("attlas audit verify " + directory.file("none")).code, 3);
}

}  // namespace
}  // namespace attlas::testing
