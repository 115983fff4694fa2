// A wall clock that jumps while attlasd runs. The clock of this machine is not ours to set, so that
// shifted_clock.cc stands between it and the daemon.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/integration/attlasd_fixture.h"

namespace attlas::testing {
namespace {

using services::FromGrpcStatus;

constexpr absl::Duration kYear = absl::Hours(24 * 365);

class AttlasdClockTest : public AttlasdTest {
 protected:
  // In place: the daemon has the file mapped.
  void SetClock(absl::Duration shift) const {
    const int64_t seconds = absl::ToInt64Seconds(shift);
    const int file = open(clock_.c_str(), O_WRONLY | O_CREAT, 0600);
    EXPECT_EQ(pwrite(file, &seconds, sizeof(seconds), 0), static_cast<ssize_t>(sizeof(seconds)));
    close(file);
  }

  std::vector<std::string> within() const {
    return {"env", "LD_PRELOAD=" ATTLAS_SHIFTED_CLOCK, "ATTLAS_CLOCK_SHIFT=" + clock_};
  }

  static bool Reads(v1::GraphService::Stub* stub) {
    grpc::ClientContext context;
    SetPatience(&context);
    v1::GetStatisticsResponse response;
    return stub->GetStatistics(&context, v1::GetStatisticsRequest(), &response).ok();
  }

  // Changes the node, and returns when that was recorded.
  absl::StatusOr<absl::Time> RecordedAt(v1::GraphService::Stub* stub, const std::string& shown) {
    v1::CommitRequest request;
    *request.add_mutations()->mutable_put_node() = MakeNode("sources/test", shown);
    const auto committed = Commit(stub, request);
    if (!committed.ok()) return committed.status();
    grpc::ClientContext context;
    SetPatience(&context);
    v1::GetHistoryRequest asked;
    asked.set_name("sources/test");
    v1::GetHistoryResponse history;
    const grpc::Status status = stub->GetHistory(&context, asked, &history);
    if (!status.ok()) return FromGrpcStatus(status);
    for (const v1::Change& change : history.changes()) {
      if (change.revision() != committed->revision()) continue;
      return absl::FromUnixSeconds(change.commit_time().seconds()) +
             absl::Nanoseconds(change.commit_time().nanos());
    }
    return absl::InternalError("the history does not have its own revision");
  }

 private:
  const std::string clock_ = directory_.file("clock");
};

TEST_F(AttlasdClockTest, GoesOnWhateverItsClockSays) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer must be loaded before any other library";
#endif
  SetClock(absl::ZeroDuration());
  std::vector<std::string> flags = With(arguments(), "--admin_listen=127.0.0.1:0");
  AttlasdProcess daemon(With(flags, "--log_level=debug"), within());
  daemon.WaitUntilServing();
  auto stub = v1::GraphService::NewStub(daemon.Connect());
  grpc::ClientContext watching;
  v1::WatchRequest from_the_start;
  from_the_start.set_from_earliest(true);
  auto watch = stub->Watch(&watching, from_the_start);

  absl::Time before = absl::InfinitePast();
  int round = 0;
  for (const absl::Duration shift :
       {absl::ZeroDuration(), -kYear, kYear, -absl::Hours(1), absl::ZeroDuration()}) {
    SCOPED_TRACE(shift);
    SetClock(shift);
    for (int call = 0; call < 20; ++call) ASSERT_TRUE(Reads(stub.get()));
    const auto recorded = RecordedAt(stub.get(), "Round " + std::to_string(++round));
    ASSERT_OK(recorded);
    // What is recorded is in order whatever the clock says.
    EXPECT_GT(*recorded, before);
    before = *recorded;
    // The clock of the daemon was really set.
    const absl::CivilDay day = absl::ToCivilDay(absl::Now() + shift, absl::UTCTimeZone());
    const std::string month = absl::FormatCivilTime(absl::CivilMonth(day));
    EXPECT_TRUE(daemon.WaitUntilItLogs("{\"time\":\"" + month)) << month;
  }
  EXPECT_GT(before, absl::Now() + kYear / 2) << "the clock was a year ahead when it was recorded";

  // A watch has brought every change, each once and in order.
  std::vector<std::string> shown;
  for (v1::WatchResponse batch; shown.size() < 5 && watch->Read(&batch);) {
    for (const v1::Change& change : batch.changes()) shown.push_back(change.node().display_name());
  }
  EXPECT_THAT(shown, ::testing::ElementsAre("Round 1", "Round 2", "Round 3", "Round 4", "Round 5"));
  watching.TryCancel();
  watch.reset();
  stub.reset();
  daemon.Signal(SIGTERM);
  EXPECT_EQ(daemon.Wait().exit_code, 0);

  // A daemon with the right clock goes on after what one with a wrong clock wrote.
  AttlasdProcess next(arguments());
  next.WaitUntilServing();
  const auto recorded = RecordedAt(v1::GraphService::NewStub(next.Connect()).get(), "After");
  ASSERT_OK(recorded);
  EXPECT_GT(*recorded, before);
}

}  // namespace
}  // namespace attlas::testing
