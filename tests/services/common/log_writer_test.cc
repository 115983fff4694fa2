#include "services/common/log_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/eventually.h"

namespace attlas::services {
namespace {

using testing::Eventually;
using ::testing::HasSubstr;
using testing::kPatience;
using ::testing::StartsWith;

constexpr size_t kMost = 64 << 10;

class LogWriterTest : public ::testing::Test {
 protected:
  LogWriterTest() {
    EXPECT_EQ(pipe2(ends_.data(), O_CLOEXEC), 0);
    writer_ = std::make_unique<LogWriter>(ends_[1], kMost);
  }
  // The thread of a writer may outlive it, and then ends with what it has in hand.
  ~LogWriterTest() override {
    CloseReader();
    EXPECT_TRUE(writer_->Flush(kPatience));
    close(ends_[1]);
  }

  void CloseReader() {
    if (ends_[0] >= 0) close(ends_[0]);
    ends_[0] = -1;
  }
  // What comes out next, at most so much.
  std::string Read() {
    std::array<char, 4096> buffer;
    const ssize_t size = read(ends_[0], buffer.data(), buffer.size());
    return size <= 0 ? "" : std::string(buffer.data(), static_cast<size_t>(size));
  }
  std::string ReadUntil(const std::string& end) {
    std::string text;
    while (text.find(end) == std::string::npos) {
      const std::string more = Read();
      if (more.empty()) break;
      text += more;
    }
    return text;
  }

  std::array<int, 2> ends_{-1, -1};
  std::unique_ptr<LogWriter> writer_;
};

TEST_F(LogWriterTest, WritesLinesInTheirOrder) {
  for (int i = 0; i < 100; ++i) writer_->Write(absl::StrCat("line ", i, "\n"));
  EXPECT_TRUE(writer_->Flush(kPatience));
  const std::string text = ReadUntil("line 99\n");
  EXPECT_THAT(text, StartsWith("line 0\nline 1\nline 2\n"));
  EXPECT_EQ(writer_->lost(), 0);
}

TEST_F(LogWriterTest, WhatNobodyReadsIsLeftOutAndCounted) {
  // A pipe takes some, the writer has some in hand, some wait; no more than that.
  const auto pipe = static_cast<size_t>(fcntl(ends_[1], F_SETPIPE_SZ, 4096));
  const std::string filling(1000, 'x');
  int written = 0;
  const auto write = [&] { writer_->Write(absl::StrCat(written++, " ", filling, "\n")); };
  const auto accepted = [&] {
    return 3 * pipe +
           (static_cast<size_t>(written) - static_cast<size_t>(writer_->lost())) * filling.size();
  };
  // The first line is more than the pipe holds, so that the writer is held up for good once it has
  // taken it: once more is accepted than may wait.
  writer_->Write(absl::StrCat(written++, " ", std::string(3 * pipe, 'x'), "\n"));
  ASSERT_TRUE(Eventually([&] {
    for (int i = 0; i < 100; ++i) write();
    return accepted() > kMost + pipe;
  }));
  for (const int64_t before = writer_->lost(); writer_->lost() == before;) write();
  EXPECT_LT(accepted(), 2 * kMost + 2 * pipe);
  for (int i = 0; i < 10'000; ++i) write();
  EXPECT_FALSE(writer_->Flush(absl::ZeroDuration()));
  // They are said to be missing only once there is room for that.
  EXPECT_EQ(writer_->TakeUnreported(), 0);

  int64_t unreported = 0;
  std::string text;
  EXPECT_TRUE(Eventually([&] {
    text += Read();
    unreported = writer_->TakeUnreported();
    return unreported > 0;
  }));
  writer_->Write("last\n");
  text += ReadUntil("last\n");
  EXPECT_EQ(unreported, writer_->lost());
  EXPECT_EQ(writer_->TakeUnreported(), 0);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n') - 1, written - unreported);
  // What is there is whole.
  EXPECT_THAT(text, StartsWith("0 xxx"));
  EXPECT_THAT(text, HasSubstr("x\n1 xxx"));
  EXPECT_THAT(text, HasSubstr("x\nlast\n"));
}

TEST_F(LogWriterTest, AReaderThatWentAwayLosesLinesAndNothingElse) {
  CloseReader();
  writer_->Write("one\ntwo\n");
  EXPECT_TRUE(writer_->Flush(kPatience));
  EXPECT_EQ(writer_->lost(), 2);
  EXPECT_EQ(writer_->TakeUnreported(), 2);
}

}  // namespace
}  // namespace attlas::services
