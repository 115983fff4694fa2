// Backups: what is made, listed, shared, kept and removed.
#include <random>

#include "services/backup/manifest_file.h"
#include "tests/services/backup/backup_fixture.h"
#include "tests/testing/all_answers.h"

namespace attlas::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string RandomLetters(size_t count, uint32_t seed) {
  std::mt19937 random(seed);
  std::string text;
  for (size_t i = 0; i < count; ++i) text.push_back(static_cast<char>('a' + random() % 26));
  return text;
}

class BackupSetTest : public BackupFixture {};

TEST_F(BackupSetTest, SaysWhatIsInABackup) {
  ASSERT_NO_FATAL_FAILURE(MakeHistory());
  AppendToAudit(3, absl::FromUnixSeconds(1'800'000'000));
  ASSERT_OK_AND_ASSIGN(const auto manifest, BackUp(/*with_audit=*/true));
  EXPECT_EQ(manifest.number(), 1u);
  EXPECT_EQ(manifest.revision(), 6u);
  EXPECT_EQ(manifest.store_format(), "2");
  EXPECT_EQ(manifest.ontology_version(), TestOntologyProto().version());
  EXPECT_GT(manifest.commit_time_us(), 0);
  EXPECT_GT(manifest.store_bytes(), 0u);
  EXPECT_THAT(manifest.audit_head(), ::testing::StartsWith("3:"));
  ASSERT_EQ(manifest.audit_files_size(), 1);
  EXPECT_EQ(Faults(1), "");
  ASSERT_OK_AND_ASSIGN(const auto graph, OpenGraph(store_));
  const backup::v1::Backup backup = services::ToBackup(manifest);
  EXPECT_EQ(backup.name(), "backups/1");
  EXPECT_EQ(backup.revision(), graph->RevisionToken(6));
  EXPECT_EQ(backup.audit_record_count(), 3);
}

TEST_F(BackupSetTest, SharesWhatDidNotChange) {
  std::vector<graph::v1::Mutation> many = {Put(MakeNode("sources/test"))};
  for (int i = 0; i < 500; ++i) {
    many.push_back(Put(MakeNode(absl::StrCat("instruments/i", i),
                                RandomLetters(2'000, static_cast<uint32_t>(i)))));
  }
  ASSERT_OK(Commit(std::move(many)));
  ASSERT_OK_AND_ASSIGN(const auto first, BackUp());
  const uint64_t before = BytesUnder(backups_);
  ASSERT_OK(Commit({Put(MakeNode("states/IDN"))}));
  ASSERT_OK_AND_ASSIGN(const auto second, BackUp());
  EXPECT_GT(second.store_bytes(), first.store_bytes());  // Each is whole,
  EXPECT_LT(BytesUnder(backups_) - before, before / 5);  // and costs what is new.
  EXPECT_EQ(Faults(1), "");
  EXPECT_EQ(Faults(2), "");
}

TEST_F(BackupSetTest, KeepsADayOfTheAuditLogOnce) {
  ASSERT_NO_FATAL_FAILURE(MakeHistory());
  const absl::Time day = absl::FromUnixSeconds(1'800'000'000);
  AppendToAudit(2, day);
  ASSERT_OK(BackUp(true));
  EXPECT_EQ(FilesIn("audit").size(), 1u);
  // The day goes on, and another begins.
  AppendToAudit(1, day);
  AppendToAudit(1, day + absl::Hours(24));
  ASSERT_OK_AND_ASSIGN(const auto second, BackUp(true));
  EXPECT_EQ(second.audit_files_size(), 2);
  AppendToAudit(1, day + absl::Hours(48));
  ASSERT_OK_AND_ASSIGN(const auto third, BackUp(true));
  ASSERT_EQ(third.audit_files_size(), 3);
  EXPECT_EQ(third.audit_files(0).sha256(), second.audit_files(0).sha256());
  EXPECT_EQ(FilesIn("audit").size(), 4u);
  for (const uint32_t number : {1u, 2u, 3u}) EXPECT_EQ(Faults(number), "");
}

TEST_F(BackupSetTest, TakesWholeLinesOfALogThatIsBeingWritten) {
  ASSERT_NO_FATAL_FAILURE(MakeHistory());
  AppendToAudit(2, absl::FromUnixSeconds(1'800'000'000));
  const std::string day = services::ListAuditFiles(audit_)->front();
  // What a daemon has written and not yet said to be there.
  std::ofstream(day, std::ios::app) << "{\"number\":3,\"half";
  ASSERT_OK_AND_ASSIGN(const auto manifest, BackUp(true));
  ASSERT_OK(Restore(manifest.number(), {.store = directory_.file("again"),
                                        .audit_dir = directory_.file("again.audit")}));
  ASSERT_OK_AND_ASSIGN(const auto report,
                       services::VerifyAuditLog(directory_.file("again.audit"), {}));
  EXPECT_THAT(report.faults, IsEmpty());
  EXPECT_EQ(report.records, 2u);
}

TEST_F(BackupSetTest, KeepsTheNewestAndFreesWhatOthersAloneHad) {
  ASSERT_NO_FATAL_FAILURE(MakeHistory());
  for (int i = 0; i < 5; ++i) {
    AppendToAudit(1, absl::FromUnixSeconds(1'800'000'000));
    ASSERT_OK(Commit({Put(MakeNode("states/IDN", absl::StrCat("name ", i)))}));
    ASSERT_OK(BackUp(true));
  }
  {
    ASSERT_OK_AND_ASSIGN(const auto backups, Backups::Open(backups_, {.write = true}));
    EXPECT_THAT(backups->Keep(2), IsOkAndHolds(ElementsAre(1u, 2u, 3u)));
    EXPECT_THAT(backups->Keep(2), IsOkAndHolds(IsEmpty()));
    ASSERT_OK_AND_ASSIGN(const auto left, backups->List());
    ASSERT_EQ(left.size(), 2u);
    EXPECT_EQ(left[0].number(), 5u);
    EXPECT_EQ(left[1].number(), 4u);
    EXPECT_THAT(backups->Verify(1), StatusIs(absl::StatusCode::kNotFound));
  }
  EXPECT_EQ(FilesIn("audit").size(), 2u);
  EXPECT_EQ(Faults(4), "");
  EXPECT_EQ(Faults(5), "");
  ASSERT_OK_AND_ASSIGN(const auto next, BackUp());
  EXPECT_EQ(next.number(), 6u);
}

// As a process that was killed before it wrote the manifest leaves it.
TEST_F(BackupSetTest, ABackupWithoutAManifestDidNotHappen) {
  ASSERT_NO_FATAL_FAILURE(MakeHistory());
  ASSERT_OK(BackUp());
  ASSERT_OK(Commit({Put(MakeNode("states/IDN", "changed"))}));
  ASSERT_OK(BackUp());
  std::filesystem::remove(backups_ + "/manifests/" + services::ManifestName(2));
  {
    ASSERT_OK_AND_ASSIGN(const auto backups, Backups::Open(backups_, {}));
    EXPECT_THAT(backups->Newest(), IsOkAndHolds(1u));
  }
  ASSERT_OK_AND_ASSIGN(const auto again, BackUp());
  EXPECT_EQ(again.number(), 2u);
  EXPECT_EQ(Faults(1), "");
  EXPECT_EQ(Faults(2), "");
}

TEST_F(BackupSetTest, RefusesAnotherStoreInTheSameDirectory) {
  ASSERT_NO_FATAL_FAILURE(MakeHistory());
  ASSERT_OK(BackUp());
  ASSERT_OK(Restore(1, {.store = directory_.file("again")}));
  const uint64_t before = BytesUnder(backups_);
  ASSERT_OK_AND_ASSIGN(const auto backups, Backups::Open(backups_, {.write = true}));
  EXPECT_THAT(backups->Create({.store = directory_.file("again"), .audit_dir = ""}).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("of another store")));
  EXPECT_EQ(BytesUnder(backups_), before);
}

TEST_F(BackupSetTest, OneProcessAtATimeMakesBackups) {
  ASSERT_NO_FATAL_FAILURE(MakeHistory());
  ASSERT_OK(BackUp());
  ASSERT_OK_AND_ASSIGN(const auto writer, Backups::Open(backups_, {.write = true}));
  EXPECT_THAT(BackUp().status(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                          HasSubstr("another process works on the backups")));
  EXPECT_THAT(Backups::Open(backups_, {}).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(BackupSetTest, RefusesAStoreThatIsOpen) {
  ASSERT_NO_FATAL_FAILURE(MakeHistory());
  ASSERT_OK_AND_ASSIGN(const auto graph, OpenGraph(store_));
  EXPECT_THAT(BackUp().status(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                          HasSubstr("another process has the store open")));
}

TEST_F(BackupSetTest, SaysThatThereIsNoStoreAndNoBackup) {
  EXPECT_THAT(BackUp().status(), StatusIs(absl::StatusCode::kNotFound, HasSubstr("no store in")));
  EXPECT_THAT(Backups::Open(directory_.file("nothing"), {}).status(),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("there are no backups in")));
  ASSERT_OK_AND_ASSIGN(const auto backups, Backups::Open(backups_, {}));
  EXPECT_THAT(backups->Newest().status(), StatusIs(absl::StatusCode::kNotFound));
}

TEST(BackupNameTest, IsReadBack) {
  EXPECT_THAT(services::ParseBackupName(services::BackupName(7)), IsOkAndHolds(7u));
  EXPECT_THAT(services::ParseBackupName("7"), IsOkAndHolds(7u));
  for (const char* name : {"", "backups/", "backups/x", "backups/0", "states/7", "backups/-1"}) {
    EXPECT_THAT(services::ParseBackupName(name), StatusIs(absl::StatusCode::kInvalidArgument))
        << name;
  }
}

}  // namespace
}  // namespace attlas::testing
