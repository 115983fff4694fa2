#include "services/common/worker_pool.h"

#include <atomic>
#include <memory>

#include "absl/synchronization/notification.h"
#include "graph/base/error.h"
#include "services/common/service_host.h"
#include "tests/testing/status_matchers.h"

namespace attlas::services {
namespace {

using ::attlas::testing::StatusIs;

TEST(WorkerPoolTest, RunsWhatItTakes) {
  std::atomic<int> done{0};
  {
    WorkerPool pool("test", {.max_threads = 3, .max_queued = 1'000});
    for (int i = 0; i < 500; ++i) ASSERT_OK(pool.Submit([&] { ++done; }));
  }
  EXPECT_EQ(done, 500);
}

TEST(WorkerPoolTest, RefusesBeyondItsQueue) {
  WorkerPool pool("reads", {.max_threads = 1, .max_queued = 2});
  absl::Notification started;
  absl::Notification release;
  ASSERT_OK(pool.Submit([&] {
    started.Notify();
    release.WaitForNotification();
  }));
  started.WaitForNotification();
  ASSERT_OK(pool.Submit([] {}));
  ASSERT_OK(pool.Submit([] {}));
  EXPECT_EQ(pool.queued(), 2u);
  const absl::Status refused = pool.Submit([] {});
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kResourceExhausted,
                                "the queue for reads is full; try again later"));
  EXPECT_EQ(graph::GetErrorDetail(refused)->reason, "OVERLOADED");
  release.Notify();
}

TEST(WorkerPoolTest, WithoutAQueueTakesAsManyAsItHasThreads) {
  WorkerPool pool("streams", {.max_threads = 2, .max_queued = 0});
  absl::Notification release;
  absl::Notification started[2];
  for (absl::Notification& one : started) {
    ASSERT_OK(pool.Submit([&release, &one] {
      one.Notify();
      release.WaitForNotification();
    }));
  }
  for (absl::Notification& one : started) one.WaitForNotification();
  EXPECT_THAT(pool.Submit([] {}), StatusIs(absl::StatusCode::kResourceExhausted));
  release.Notify();
}

TEST(WorkerPoolTest, StopFinishesWhatIsQueuedAndRefusesMore) {
  std::atomic<int> done{0};
  WorkerPool pool("test", {.max_threads = 1, .max_queued = 100});
  for (int i = 0; i < 50; ++i) ASSERT_OK(pool.Submit([&] { ++done; }));
  pool.Stop();
  EXPECT_EQ(done, 50);
  EXPECT_THAT(pool.Submit([] {}), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(WorkerPoolTest, LetsGoOfATaskOnceItHasRun) {
  WorkerPool pool("test", {.max_threads = 1, .max_queued = 10});
  auto held = std::make_shared<int>(1);
  const std::weak_ptr<int> watched = held;
  ASSERT_OK(pool.Submit([held = std::move(held)] {}));
  pool.Stop();
  EXPECT_TRUE(watched.expired());
}

TEST(ServiceRuntimeTest, AdmitsAsManyCallsAsItMay) {
  ServiceRuntimeOptions options;
  options.max_concurrent = 2;
  ServiceRuntime runtime(options);
  ASSERT_OK(runtime.Enter());
  ASSERT_OK(runtime.Enter());
  EXPECT_THAT(runtime.Enter(), StatusIs(absl::StatusCode::kResourceExhausted));
  runtime.Leave();
  EXPECT_OK(runtime.Enter());
}

TEST(ServiceRuntimeTest, RefusesCallsWhileItDrains) {
  ServiceRuntime runtime(ServiceRuntimeOptions{});
  runtime.StartDraining();
  EXPECT_THAT(runtime.Enter(), StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace attlas::services
