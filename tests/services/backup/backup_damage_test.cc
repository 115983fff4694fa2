// Damaged backups and full disks: each is found, said with the file at fault, and leaves nothing
// half done.
#include <sys/mount.h>

#include <algorithm>

#include "services/backup/manifest_file.h"
#include "tests/services/backup/backup_fixture.h"

namespace attlas::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class BackupDamageTest : public BackupFixture {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(MakeHistory());
    AppendToAudit(2, absl::FromUnixSeconds(1'800'000'000));
    ASSERT_OK(BackUp(true));
    ASSERT_EQ(Faults(1), "");
  }

  services::RestoreTarget Target() const {
    return {.store = directory_.file("again"), .audit_dir = directory_.file("again.audit")};
  }
  // It is found by reading the backup, and restoring it leaves nothing behind.
  void ExpectFound(const std::string& name) const {
    EXPECT_THAT(Faults(1), HasSubstr(name));
    EXPECT_THAT(Restore(1, Target()).status(),
                AllOf(::testing::Not(IsOk()), StatusIs(absl::StatusCode::kDataLoss)))
        << name;
    for (const char* left : {"again", "again.restoring", "again.audit", "again.audit.restoring"}) {
      EXPECT_FALSE(std::filesystem::exists(directory_.file(left))) << left;
    }
  }
};

TEST_F(BackupDamageTest, FindsAChangedByteInEachFileOfTheStore) {
  const std::vector<std::string> files = FilesIn("store/shared_checksum");
  ASSERT_GT(files.size(), 3u);
  for (const std::string& file : files) {
    const std::string name = std::filesystem::path(file).filename().string();
    Damage(file);
    EXPECT_THAT(Faults(1), HasSubstr(name));
    Damage(file);  // The same change takes it back.
  }
  const std::string name = std::filesystem::path(files.back()).filename().string();
  Damage(files.back());
  ExpectFound(name);
  EXPECT_THAT(Restore(1, Target()).status(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr(name)));
}

TEST_F(BackupDamageTest, FindsALostFileOfTheStore) {
  const std::string file = FilesIn("store/shared_checksum").front();
  std::filesystem::remove(file);
  EXPECT_THAT(Faults(1), HasSubstr(std::filesystem::path(file).filename().string()));
  EXPECT_THAT(Restore(1, Target()).status(), ::testing::Not(IsOk()));
  EXPECT_FALSE(std::filesystem::exists(directory_.file("again")));
}

TEST_F(BackupDamageTest, FindsAChangedByteInAPrivateFileOfTheStore) {
  for (const std::string& file : FilesIn("store/private/1")) {
    if (std::filesystem::file_size(file) == 0) continue;
    Damage(file);
    ExpectFound(std::filesystem::path(file).filename().string());
    Damage(file);
  }
  EXPECT_EQ(Faults(1), "");
}

TEST_F(BackupDamageTest, FindsAChangedListOfFiles) {
  Damage(backups_ + "/store/meta/1");
  ExpectFound("store/meta/1");
}

TEST_F(BackupDamageTest, FindsAChangedManifest) {
  Damage(backups_ + "/manifests/" + services::ManifestName(1));
  ExpectFound("manifests/000001.textproto");
}

TEST_F(BackupDamageTest, FindsAChangedAuditLog) {
  const std::string file = FilesIn("audit").front();
  Damage(file);
  ExpectFound("audit/" + std::filesystem::path(file).filename().string());
}

TEST_F(BackupDamageTest, RefusesToBackUpADamagedStore) {
  for (const auto& entry : std::filesystem::directory_iterator(store_)) {
    if (entry.path().filename().string().starts_with("MANIFEST")) Damage(entry.path().string());
  }
  EXPECT_THAT(BackUp().status(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("damaged")));
  EXPECT_EQ(Faults(1), "");
}

// Over a small file system of its own, where this process may make one.
class FullDiskTest : public BackupFixture {
 protected:
  void SetUp() override {
    std::filesystem::create_directory(small_);
    mounted_ = mount("tmpfs", small_.c_str(), "tmpfs", 0, "size=1m") == 0;
    if (!mounted_) GTEST_SKIP() << "this user may not mount a file system";
    ASSERT_NO_FATAL_FAILURE(MakeHistory());
    std::vector<graph::v1::Mutation> large;
    for (int i = 0; i < 200; ++i) {
      std::string letters;
      for (int k = 0; k < 10'000; ++k) letters.push_back(static_cast<char>('a' + (k * k + i) % 23));
      large.push_back(Put(MakeNode(absl::StrCat("instruments/i", i), letters)));
      large.back().mutable_put_node()->add_aliases(absl::StrCat(i, letters));
    }
    ASSERT_OK(Commit(std::move(large)));
    // Letters compress well; what fills the rest does not.
    std::ofstream(small_ + "/filler") << std::string(1'000'000, 'x');
  }
  void TearDown() override {
    if (mounted_) {
      EXPECT_EQ(umount(small_.c_str()), 0);
    }
  }

  const std::string small_ = directory_.file("small");
  bool mounted_ = false;
};

TEST_F(FullDiskTest, SaysSoWhenABackupDoesNotFit) {
  {
    const auto backups = Backups::Open(small_ + "/backups", {.write = true});
    const absl::Status status =
        backups.ok() ? (*backups)->Create({.store = store_, .audit_dir = ""}).status()
                     : backups.status();
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("disk is full")));
  }
  // With room again it is made.
  std::filesystem::remove(small_ + "/filler");
  ASSERT_OK_AND_ASSIGN(const auto backups, Backups::Open(small_ + "/backups", {.write = true}));
  ASSERT_OK_AND_ASSIGN(const auto made, backups->Create({.store = store_, .audit_dir = ""}));
  EXPECT_THAT(backups->Verify(made.number()), IsOkAndHolds(::testing::IsEmpty()));
}

TEST_F(FullDiskTest, SaysSoWhenARestoreDoesNotFit) {
  ASSERT_OK(BackUp());
  EXPECT_THAT(Restore(1, {.store = small_ + "/again"}).status(),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("disk is full")));
  EXPECT_FALSE(std::filesystem::exists(small_ + "/again"));
  EXPECT_FALSE(std::filesystem::exists(small_ + "/again.restoring"));
}

}  // namespace
}  // namespace attlas::testing
