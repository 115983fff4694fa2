// attlas backup and attlas verify, on a store that no daemon has open.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/access/audit_log.h"
#include "tests/clients/cli/cli_environment.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class BackupCommandTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const Ran loaded = RunLine("env -u ATTLAS_ADDRESS attlas data load data --data_dir " + store_);
    ASSERT_EQ(loaded.code, 0) << loaded.err;
    auto log = services::AuditLog::Open(audit_);
    ASSERT_TRUE(log.ok());
    (*log)->Append({.time = absl::Now(), .caller = "ana", .rpc = "a/B", .allowed = true});
    (*log)->Flush();
  }
  Ran Create() const {
    return RunLine("attlas backup create --data_dir " + store_ + " --backup_dir " + backups_ +
                   " --audit_dir " + audit_ + " --keep 2 -o csv");
  }

  TemporaryDirectory directory_;
  const std::string store_ = directory_.file("store");
  const std::string audit_ = directory_.file("audit");
  const std::string backups_ = directory_.file("backups");
};

TEST_F(BackupCommandTest, MakesListsVerifiesAndRestores) {
  for (const char* name : {"backups/1,", "backups/2,", "backups/3,"}) {
    const Ran made = Create();
    ASSERT_EQ(made.code, 0) << made.err;
    EXPECT_THAT(made.out, HasSubstr(name));
  }
  const std::string there = " --backup_dir " + backups_;
  const Ran listed = RunLine("attlas backup list -o csv" + there);
  EXPECT_THAT(listed.out, AllOf(HasSubstr("\nbackups/3,"), HasSubstr("\nbackups/2,")));
  EXPECT_THAT(listed.out, ::testing::Not(HasSubstr("backups/1,")));
  EXPECT_THAT(RunLine("attlas backup list -o json" + there).out,
              HasSubstr("\"auditRecordCount\": \"1\""));
  EXPECT_THAT(RunLine("attlas backup verify" + there).out, HasSubstr("backups/3 is whole"));
  EXPECT_THAT(RunLine("attlas backup verify backups/2" + there).out, HasSubstr("backups/2 is"));
  EXPECT_EQ(RunLine("attlas backup verify backups/1" + there).code, 3);

  const std::string again = directory_.file("again");
  const Ran restored = RunLine("attlas backup restore" + there + " --data_dir " + again +
                               " --audit_dir " + again + ".audit");
  ASSERT_EQ(restored.code, 0) << restored.err;
  EXPECT_THAT(restored.out, HasSubstr("backups/3 is restored in " + again));
  const Ran verified = RunLine("attlas verify " + again + " --audit_dir " + again + ".audit");
  EXPECT_EQ(verified.code, 0) << verified.err << verified.out;
  EXPECT_THAT(verified.out, StartsWith("Revision "));
  EXPECT_THAT(verified.err, HasSubstr("records"));  // How far it is.
  EXPECT_EQ(RunLine("attlas backup restore" + there + " --data_dir " + again).code, 1);
  const std::string empty = directory_.file("empty");
  EXPECT_EQ(RunLine("attlas backup restore --revision 0" + there + " --data_dir " + empty).code, 0);
  EXPECT_THAT(RunLine("attlas verify " + empty).out, StartsWith("Revision 0: 0 nodes, 0 edges"));
}

TEST_F(BackupCommandTest, NamesWhatIsDamaged) {
  ASSERT_EQ(Create().code, 0);
  ASSERT_EQ(RunLine("printf x >> " + backups_ + "/store/meta/1").code, 0);
  const Ran damaged = RunLine("attlas backup verify --backup_dir " + backups_);
  EXPECT_EQ(damaged.code, 1);
  EXPECT_THAT(damaged.out, HasSubstr("store/meta/1"));
  EXPECT_THAT(damaged.err, HasSubstr("backups/1 is damaged: 1 fault"));
  ASSERT_EQ(RunLine("sed -i 's/ana/eve/' " + audit_ + "/audit-*").code, 0);
  const Ran verified = RunLine("attlas verify " + store_ + " --audit_dir " + audit_ + " -o csv");
  EXPECT_EQ(verified.code, 1);
  EXPECT_THAT(verified.out, HasSubstr("audit-log,"));
  EXPECT_THAT(verified.err, HasSubstr("1 problem"));
}

TEST(BackupCommandWordsTest, NamesTheOptionAtFault) {
  EXPECT_EQ(RunLine("attlas backup create --data_dir x").code, 2);
  EXPECT_EQ(RunLine("attlas backup create --audit_dir x").code, 2);
  EXPECT_EQ(RunLine("attlas backup list --backup_dir nothing").code, 3);
  EXPECT_EQ(RunLine("attlas verify nothing").code, 3);
  const Ran time = RunLine("attlas backup restore --backup_dir b --data_dir d --at-time noon");
  EXPECT_EQ(time.code, 2);
  EXPECT_THAT(time.err, HasSubstr("--at-time"));
  // The daemon of the tests has no directory for backups.
  const Ran none = RunLine("attlas backup create");
  EXPECT_EQ(none.code, 1);
  EXPECT_THAT(none.err, HasSubstr("this daemon makes no backups"));
}

}  // namespace
}  // namespace attlas::testing
