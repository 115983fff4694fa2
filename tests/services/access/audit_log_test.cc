#include "services/access/audit_log.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/access/audit_files.h"
#include "tests/testing/eventually.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::services {
namespace {

using ::attlas::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const absl::Time kNoon = absl::FromUnixSeconds(1'800'014'400);

AuditRecord Record(int i, absl::Time time = kNoon) {
  return {.time = time,
          .caller = "certificate:spiffe://attlas.example/ana",
          .rpc = "attlas.graph.v1.GraphService/GetNode",
          .resources = {absl::StrCat("states/", i)},
          .allowed = i % 2 == 0,
          .code = "OK",
          .reason = "",
          .revision = "r1",
          .request_id = absl::StrCat("call ", i)};
}

class AuditLogTest : public ::testing::Test {
 protected:
  void Write(int from, int to, absl::Time time = kNoon) {
    const absl::StatusOr<std::unique_ptr<AuditLog>> log = AuditLog::Open(folder_);
    ASSERT_OK(log);
    for (int i = from; i < to; ++i) (*log)->Append(Record(i, time));
    (*log)->Flush();
  }
  std::string day() const { return folder_ + "/" + AuditFileName(kNoon); }
  std::vector<std::string> Lines() const {
    std::ifstream file(day());
    std::ostringstream text;
    text << file.rdbuf();
    return absl::StrSplit(text.str(), '\n');
  }
  void SetLines(const std::vector<std::string>& lines) const {
    std::ofstream(day()) << absl::StrJoin(lines, "\n");
  }
  // What is wrong with the log, in one text.
  std::string Faults(const std::vector<AuditHead>& anchors = {}) const {
    const absl::StatusOr<AuditReport> report = VerifyAuditLog(folder_, anchors);
    if (!report.ok()) return std::string(report.status().message());
    std::string text;
    for (const AuditFault& fault : report->faults) {
      absl::StrAppend(&text, fault.place, " ", fault.what, "\n");
    }
    return text;
  }
  AuditHead Head() const { return VerifyAuditLog(folder_, {})->head; }

  testing::TemporaryDirectory directory_;
  const std::string folder_ = directory_.file("audit");
};

TEST_F(AuditLogTest, GoesOnWhereItStopped) {
  Write(0, 5);
  Write(5, 6);
  Write(6, 10, kNoon + absl::Hours(24));
  EXPECT_THAT(Faults(), IsEmpty());
  EXPECT_EQ(Head().number, 10);
  EXPECT_EQ(ListAuditFiles(folder_)->size(), 2);
}

TEST_F(AuditLogTest, IsReadableByItsOwnerAlone) {
  Write(0, 1);
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    EXPECT_EQ(entry.status().permissions(), std::filesystem::perms(0600)) << entry.path();
  }
  EXPECT_EQ(std::filesystem::status(folder_).permissions(), std::filesystem::perms(0700));
}

TEST_F(AuditLogTest, FindsAnAlteredRecord) {
  Write(0, 5);
  std::vector<std::string> lines = Lines();
  const size_t at = lines[2].find("allowed");
  ASSERT_NE(at, std::string::npos);
  lines[2].replace(at, 7, "denied!");
  SetLines(lines);
  EXPECT_THAT(Faults(), HasSubstr(":3 was altered"));
}

TEST_F(AuditLogTest, FindsARecordThatWasRewrittenWithItsHash) {
  Write(0, 5);
  std::vector<std::string> lines = Lines();
  AuditHead head = ParseAuditLine(lines[1])->head;
  lines[2] = FormatAuditLine(Record(77), &head);
  SetLines(lines);
  EXPECT_THAT(Faults(), HasSubstr(":4 does not follow"));
}

TEST_F(AuditLogTest, FindsMissingAndReorderedRecords) {
  Write(0, 6);
  const std::vector<std::string> whole = Lines();
  std::vector<std::string> lines = whole;
  lines.erase(lines.begin() + 2);
  SetLines(lines);
  EXPECT_THAT(Faults(), HasSubstr(":3 is record 4, where 3 should follow"));
  lines = whole;
  std::swap(lines[2], lines[3]);
  SetLines(lines);
  EXPECT_THAT(Faults(), HasSubstr(":3 is record 4"));
  lines = whole;
  lines.erase(lines.begin());
  SetLines(lines);
  EXPECT_THAT(Faults(), HasSubstr(":1 is record 2, where 1 should follow"));
  lines = whole;
  lines.insert(lines.begin() + 3, "nothing");
  SetLines(lines);
  EXPECT_THAT(Faults(), HasSubstr(":4 is no record"));
}

TEST_F(AuditLogTest, FindsTruncationByTheHead) {
  Write(0, 6);
  std::vector<std::string> lines = Lines();
  lines.erase(lines.end() - 3, lines.end() - 1);
  SetLines(lines);
  EXPECT_THAT(Faults(), HasSubstr("record 6 is not there"));
  EXPECT_THAT(AuditLog::Open(folder_).status(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("ends with record 4")));
}

TEST_F(AuditLogTest, FindsTruncationOfLogAndHeadByAnAnchorKeptElsewhere) {
  Write(0, 3);
  const AuditHead early = Head();
  Write(3, 6);
  const AuditHead late = Head();
  std::vector<std::string> lines = Lines();
  lines.erase(lines.end() - 3, lines.end() - 1);
  SetLines(lines);
  ASSERT_OK(WriteAuditHead(folder_, ParseAuditLine(lines[3])->head));
  EXPECT_THAT(Faults(), IsEmpty());
  EXPECT_THAT(Faults({early}), IsEmpty());
  EXPECT_THAT(Faults({early, late}), HasSubstr("record 6 is not there"));
  EXPECT_THAT(Faults({{3, late.hash}}), HasSubstr(":3 is another than the one that was noted"));
}

TEST_F(AuditLogTest, CutsOffWhatACrashLeft) {
  Write(0, 3);
  std::ofstream(day(), std::ios::app) << R"({"n":4,"time":"2027-01)";
  EXPECT_THAT(Faults(), HasSubstr(":4 was cut off in the middle"));
  Write(3, 4);
  EXPECT_THAT(Faults(), IsEmpty());
  EXPECT_EQ(Head().number, 4);
}

TEST_F(AuditLogTest, BelongsToOneDaemon) {
  ASSERT_OK_AND_ASSIGN(const auto log, AuditLog::Open(folder_));
  EXPECT_THAT(AuditLog::Open(folder_).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("another daemon")));
}

TEST_F(AuditLogTest, FollowsItselfWhereTheClockIsSetBack) {
  Write(0, 2, kNoon + absl::Hours(24));
  Write(2, 4, kNoon);
  EXPECT_THAT(Faults(), IsEmpty());
  EXPECT_EQ(ListAuditFiles(folder_)->size(), 1);
}

TEST_F(AuditLogTest, RefusesCallsWhileItCannotBeWritten) {
  ASSERT_OK_AND_ASSIGN(const auto log, AuditLog::Open(folder_));
  EXPECT_OK(log->Check());
  // Nothing can be opened where the file should be.
  std::filesystem::create_directory(day());
  log->Append(Record(0));
  ASSERT_TRUE(testing::Eventually([&] { return !log->Check().ok(); }));
  EXPECT_THAT(log->Check(), StatusIs(absl::StatusCode::kUnavailable));
  std::filesystem::remove(day());
  log->Flush();
  EXPECT_OK(log->Check());
  EXPECT_EQ(log->head().number, 1);
  EXPECT_THAT(Faults(), IsEmpty());
}

TEST(AuditRecord, EscapesWhatWouldBreakOutOfItsLine) {
  AuditRecord record = Record(0);
  record.caller = "a\"b\\c\nd\x01";
  record.resources = {"\",\"hash\":\""};
  AuditHead head = AuditHead::Beginning();
  const std::string line = FormatAuditLine(record, &head);
  EXPECT_THAT(line, Not(HasSubstr("\n")));
  ASSERT_TRUE(ParseAuditLine(line).has_value());
  EXPECT_TRUE(ParseAuditLine(line)->hash_is_right);
  EXPECT_EQ(ParseAuditLine(line)->head, head);
  EXPECT_EQ(ParseAuditLine(line)->previous, std::string(64, '0'));
}

TEST(AuditRecord, AHeadIsReadBack) {
  const AuditHead head = {12, std::string(64, 'a')};
  EXPECT_EQ(ParseAuditHead(FormatAuditHead(head)), head);
  for (const char* bad : {"", "12", "12:", ":aa", "x:aa", "12:zz"}) {
    EXPECT_FALSE(ParseAuditHead(bad).has_value()) << bad;
  }
}

}  // namespace
}  // namespace attlas::services
