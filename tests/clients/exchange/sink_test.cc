#include "clients/exchange/sink.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/testing/files.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::exchange {
namespace {

namespace fs = std::filesystem;
using testing::ReadFile;
using testing::TemporaryDirectory;

TEST(FileSinkTest, AnEarlierFileStaysUntilTheNewOneIsPublished) {
  const TemporaryDirectory directory;
  std::ofstream(directory.file("out")) << "earlier";
  {
    FileSink sink(directory.file("out"));
    ASSERT_TRUE(sink.Write("half").ok());
    EXPECT_EQ(ReadFile(directory.file("out")), "earlier");
  }
  EXPECT_EQ(ReadFile(directory.file("out")), "earlier");
  FileSink sink(directory.file("out"));
  ASSERT_TRUE(sink.Write("whole").ok());
  ASSERT_TRUE(sink.Publish().ok());
  EXPECT_EQ(ReadFile(directory.file("out")), "whole");
}

TEST(FileSinkTest, SaysWhatItCannotWrite) {
  FileSink sink("/proc/nowhere/out");
  const absl::Status status = sink.Write("text");
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_NE(status.message().find("/proc/nowhere/out"), std::string::npos);
}

TEST(StagedDirectoryTest, ReplacesAnEarlierExportWhole) {
  const TemporaryDirectory directory;
  const std::string place = directory.file("out/");
  for (const char* text : {"first", "second"}) {
    StagedDirectory staged(place);
    ASSERT_TRUE(staged.Create().ok());
    std::ofstream(staged.staging() + "/names.csv") << text;
    ASSERT_TRUE(staged.Publish().ok());
  }
  EXPECT_EQ(ReadFile(place + "names.csv"), "second");
  {
    StagedDirectory dropped(place);
    ASSERT_TRUE(dropped.Create().ok());
    std::ofstream(dropped.staging() + "/names.csv") << "third";
  }
  EXPECT_EQ(ReadFile(place + "names.csv"), "second");
}

TEST(StagedDirectoryTest, DeletesNothingThatIsNotOfAnExport) {
  const TemporaryDirectory directory;
  fs::create_directory(directory.file("out"));
  std::ofstream(directory.file("out/mine")) << "mine";
  StagedDirectory staged(directory.file("out"));
  const absl::Status status = staged.Create();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_NE(status.message().find("`mine`"), std::string::npos);
}

}  // namespace
}  // namespace attlas::exchange
