// The contract of GraphApi: Watch.
#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "tests/services/graph/graph_api_test.h"
#include "tests/testing/eventually.h"

namespace attlas::services::testing {
namespace {

using ::attlas::testing::Eventually;
using ::attlas::testing::kPatience;
using ::attlas::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A Watch on a thread of its own, and what it has brought so far.
class Watcher {
 public:
  Watcher(GraphHouse* house, v1::WatchRequest request,
          graph::TrafficLight level = v1::TRAFFIC_LIGHT_RED)
      : house_(house), level_(level), request_(std::move(request)) {
    thread_ = std::thread([this] { Run(); });
  }
  ~Watcher() { Stop().IgnoreError(); }

  // Waits until the stream has begun, so that what follows is seen.
  void WaitUntilBegun() {
    Await([this] { return messages_ > 0; });
  }
  // Waits for a number of changes; returns their names.
  std::vector<std::string> WaitForChanges(size_t count) {
    Await([this, count] { return changes_.size() >= count; });
    absl::MutexLock lock(&mutex_);
    std::vector<std::string> names;
    for (const v1::Change& change : changes_) names.push_back(change.name());
    return names;
  }
  void WaitForMessages(size_t count) {
    Await([this, count] { return messages_ >= count; });
  }
  std::vector<v1::Change> changes() {
    absl::MutexLock lock(&mutex_);
    return changes_;
  }
  std::string through() {
    absl::MutexLock lock(&mutex_);
    return through_;
  }
  // Ends the watch as its caller and returns its status.
  absl::Status Stop() {
    cancelled_ = true;
    if (thread_.joinable()) thread_.join();
    return status_;
  }
  // Waits for the end of the watch by itself.
  absl::Status Join() {
    if (thread_.joinable()) thread_.join();
    return status_;
  }

 private:
  void Run() {
    CallContext call = level_ == v1::TRAFFIC_LIGHT_RED ? house_->Call() : house_->CallAs(level_);
    call.deadline = absl::InfiniteFuture();
    call.cancelled = [this] { return cancelled_.load(); };
    status_ = house_->api().Watch(call, request_, [this](v1::WatchResponse&& response) {
      absl::MutexLock lock(&mutex_);
      ++messages_;
      for (const v1::Change& change : response.changes()) changes_.push_back(change);
      through_ = response.through_revision();
      return true;
    });
  }
  void Await(const std::function<bool()>& condition) {
    absl::MutexLock lock(&mutex_);
    EXPECT_TRUE(mutex_.AwaitWithTimeout(absl::Condition(&condition), kPatience));
  }

  GraphHouse* const house_;
  const graph::TrafficLight level_;
  const v1::WatchRequest request_;
  std::atomic<bool> cancelled_{false};
  absl::Mutex mutex_;
  size_t messages_ = 0;
  std::vector<v1::Change> changes_;
  std::string through_;
  absl::Status status_;
  std::thread thread_;
};

class WatchTest : public ::testing::TestWithParam<Access> {
 protected:
  std::string Revision() { return house_.graph().RevisionToken(house_.graph().LatestRevision()); }

  GraphHouse house_{GetParam()};
};

TEST_P(WatchTest, DeliversEachChangeOnceInOrder) {
  house_.Put({});
  Watcher watcher(&house_, {});
  watcher.WaitUntilBegun();
  for (int i = 0; i < 12; ++i) house_.Put({MakeNode(StateName(i))});
  std::vector<std::string> expected;
  for (int i = 0; i < 12; ++i) expected.push_back(StateName(i));
  EXPECT_EQ(watcher.WaitForChanges(12), expected);
  EXPECT_THAT(watcher.Stop(), StatusIs(absl::StatusCode::kCancelled));
}

TEST_P(WatchTest, ResumesAfterARevision) {
  house_.Put({MakeNode(StateName(0))});
  const std::string seen = Revision();
  house_.Put({MakeNode(StateName(1))});
  house_.Put({MakeNode(StateName(2))});
  v1::WatchRequest request;
  request.set_after_revision(seen);
  Watcher watcher(&house_, request);
  EXPECT_THAT(watcher.WaitForChanges(2), ElementsAre(StateName(1), StateName(2)));
  EXPECT_EQ(watcher.through(), Revision());

  v1::WatchRequest all;
  all.set_from_earliest(true);
  Watcher from_earliest(&house_, all);
  EXPECT_THAT(from_earliest.WaitForChanges(4), SizeIs(4));
}

TEST_P(WatchTest, TellsOfWholeRevisions) {
  // A revision of 12 changes comes in messages of 5; none but the last is complete through it.
  const std::string before = Revision();
  house_.Put(States(11));
  v1::WatchRequest request;
  request.set_after_revision(before);
  std::vector<std::string> through;
  ASSERT_OK(house_.api().Watch(house_.Call(), request, [&](v1::WatchResponse&& response) {
    if (!response.changes().empty()) through.push_back(response.through_revision());
    return through.size() < 3;
  }));
  EXPECT_THAT(through, ElementsAre(before, before, Revision()));
}

// A stream that breaks off within a large revision is resumed before it: nothing is lost, and what
// had come of it comes again.
TEST_P(WatchTest, ResumesAcrossARevisionOfSeveralMessages) {
  house_.Put({MakeNode(StateName(40))});
  const std::string before = Revision();
  house_.Put(States(18));  // 18 changes, in messages of 5.
  const std::string large = Revision();
  house_.Put({MakeNode(StateName(41))});
  std::vector<std::string> whole;
  for (int i = 0; i < 18; ++i) whole.push_back(StateName(i));
  whole.push_back(StateName(41));
  for (int messages = 1; messages <= 4; ++messages) {
    v1::WatchRequest request;
    request.set_after_revision(before);
    std::vector<v1::WatchResponse> seen;
    ASSERT_OK(house_.api().Watch(house_.Call(), request, [&](v1::WatchResponse&& response) {
      if (!response.changes().empty()) seen.push_back(std::move(response));
      return static_cast<int>(seen.size()) < messages;
    }));
    const std::string through = seen.back().through_revision();
    EXPECT_EQ(through, messages < 4 ? before : Revision());
    // What a client keeps: the changes up to the revision that is complete.
    std::vector<std::string> kept;
    for (const v1::WatchResponse& response : seen) {
      for (const v1::Change& change : response.changes()) {
        EXPECT_THAT(change.revision(), ::testing::AnyOf(large, Revision()));
        if (messages == 4) kept.push_back(change.name());
      }
    }
    request.set_after_revision(through);
    Watcher resumed(&house_, request);
    for (const std::string& name : resumed.WaitForChanges(whole.size() - kept.size())) {
      kept.push_back(name);
    }
    EXPECT_EQ(kept, whole);
  }
}

TEST_P(WatchTest, ShowsThatItIsAliveWhenIdle) {
  house_.Put({});
  Watcher watcher(&house_, {});
  watcher.WaitForMessages(4);
  EXPECT_EQ(watcher.through(), Revision());
  EXPECT_THAT(watcher.changes(), IsEmpty());
}

TEST_P(WatchTest, TellsOfTheTypesAskedForDeletionsToo) {
  house_.Put(States(2), {MakeEdge("KNOWS", StateName(0), StateName(1))});
  ASSERT_OK_AND_ASSIGN(const auto listed, house_.api().ListEdges(house_.Call(), {}));
  v1::WatchRequest request;
  request.add_types("KNOWS");
  Watcher watcher(&house_, request);
  watcher.WaitUntilBegun();
  v1::CommitRequest commit;
  commit.add_mutations()->set_delete_edge(listed->edges(0).name());
  commit.add_mutations()->set_delete_node(StateName(0));
  ASSERT_OK(house_.api().Commit(house_.Call(), commit));
  house_.Put({MakeNode(StateName(0))}, {MakeEdge("KNOWS", StateName(0), StateName(1))});
  watcher.WaitForChanges(2);
  const std::vector<v1::Change> changes = watcher.changes();
  ASSERT_THAT(changes, SizeIs(2));
  EXPECT_EQ(changes[0].kind(), v1::CHANGE_KIND_DELETED);
  EXPECT_EQ(changes[0].name(), listed->edges(0).name());
  EXPECT_EQ(changes[1].kind(), v1::CHANGE_KIND_CREATED);
}

TEST_P(WatchTest, ShowsNothingAboveTheClearanceOfItsCaller) {
  house_.Put({MakeNode("states/IDN")});
  Watcher watcher(&house_, {}, v1::TRAFFIC_LIGHT_GREEN);
  watcher.WaitUntilBegun();
  house_.Put({Marked(MakeNode("states/PHL"), v1::TRAFFIC_LIGHT_RED)});
  house_.Put({Marked(MakeNode("states/IDN"), v1::TRAFFIC_LIGHT_AMBER)});
  house_.Put({MakeNode("states/FJI")});
  EXPECT_THAT(watcher.WaitForChanges(2), ElementsAre("states/IDN", "states/FJI"));
  EXPECT_EQ(watcher.changes()[0].kind(), v1::CHANGE_KIND_DELETED);
}

TEST_P(WatchTest, ChecksWhereItStarts) {
  house_.Put({});
  const auto ignore = [](v1::WatchResponse&&) { return false; };
  v1::WatchRequest request;
  request.set_after_revision(house_.graph().RevisionToken(99));
  const absl::Status future = house_.api().Watch(house_.Call(), request, ignore);
  EXPECT_THAT(future, StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_EQ(DetailOf(future).reason, "REVISION_IN_FUTURE");
  EXPECT_EQ(MetadataOf(future, "latest_revision"), Revision());
  v1::WatchRequest malformed;
  malformed.set_after_revision("nonsense");
  const absl::Status refused = house_.api().Watch(house_.Call(), malformed, ignore);
  EXPECT_EQ(DetailOf(refused).reason, "REVISION_MALFORMED");
  ASSERT_EQ(DetailOf(refused).violations.size(), 1u);
  EXPECT_EQ(DetailOf(refused).violations[0].field, "after_revision");
  request.set_from_earliest(true);
  ExpectInvalid(house_.api().Watch(house_.Call(), request, ignore), "after_revision",
                "cannot be set together with from_earliest");
  request.Clear();
  request.mutable_read()->mutable_as_of()->set_year(2014);
  ExpectInvalid(house_.api().Watch(house_.Call(), request, ignore), "read.as_of",
                "not used by Watch; only read.ceiling is");
}

TEST_P(WatchTest, EndsWithUnavailableWhenTheServerDrains) {
  house_.Put({});
  Watcher watcher(&house_, {});
  watcher.WaitUntilBegun();
  house_.StopWatches();
  EXPECT_THAT(watcher.Join(), StatusIs(absl::StatusCode::kUnavailable));
}

INSTANTIATE_TEST_SUITE_P(Both, WatchTest, ::testing::Values(Access::kLocal, Access::kRemote),
                         AccessName);

class SlowWatchTest : public ::testing::TestWithParam<Access> {};

// A watcher that had caught up, takes nothing for a while and is then too far behind.
TEST_P(SlowWatchTest, TooSlowAWatcherIsTold) {
  ServiceLimits limits = SmallLimits();
  limits.watch_max_lag = 20;
  limits.stream_buffer_messages = 1;
  limits.stream_batch_items = 1;
  limits.stream_stall = absl::Milliseconds(500);
  limits.watch_heartbeat = absl::Hours(1);
  GraphHouse house(GetParam(), limits);
  house.Put({});
  absl::Notification begun;
  absl::Notification written;
  absl::Status status;
  std::string through;
  CallContext call = house.Call();
  std::thread watcher([&] {
    status = house.api().Watch(call, {}, [&](v1::WatchResponse&& response) {
      through = response.through_revision();
      if (!begun.HasBeenNotified()) begun.Notify();
      written.WaitForNotification();
      return true;
    });
  });
  begun.WaitForNotification();
  // Large enough to fill what the transport buffers; commits go on all the while.
  graph::Node large = MakeNode("states/IDN");
  for (int i = 0; i < 60; ++i) {
    large.set_display_name(absl::StrCat(i));
    while (large.aliases_size() < 12) large.add_aliases(std::string(16'000, 'x'));
    const std::string revision = house.Put({large});
    if (revision.empty()) break;
  }
  if (GetParam() == Access::kRemote) {
    // The server gives up while nobody reads; that shows in its own metrics.
    const std::string gave_up = R"(code="RESOURCE_EXHAUSTED",method="Watch")";
    EXPECT_TRUE(Eventually([&] {
      const std::string text = house.daemon().runtime().metrics().Text();
      const size_t at = text.find(gave_up);
      return at != std::string::npos && text.compare(text.find("} ", at), 3, "} 1") == 0;
    }));
  }
  written.Notify();
  watcher.join();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(DetailOf(status).reason, "WATCH_TOO_SLOW");
  EXPECT_EQ(MetadataOf(status, "through_revision"), through);
}

INSTANTIATE_TEST_SUITE_P(Both, SlowWatchTest, ::testing::Values(Access::kLocal, Access::kRemote),
                         AccessName);

}  // namespace
}  // namespace attlas::services::testing
