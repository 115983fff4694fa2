// A daemon that ends and starts again.
#include <array>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/clients/cpp/consumer/client_test.h"

namespace attlas::testing {
namespace {

using RestartTest = ClientTest;

TEST_F(RestartTest, ACallWaitsForTheNextDaemon) {
  const auto before = client().Call(&GraphStub::GetNode, Get("states/IDN"));
  ASSERT_TRUE(before.ok()) << before.status();
  daemon().Kill();
  absl::StatusOr<graph::v1::GetNodeResponse> after;
  std::thread asking(
      [&] { after = client().Waiting().Call(&GraphStub::GetNode, Get("states/IDN")); });
  daemon().Start();
  asking.join();
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_EQ(after->SerializeAsString(), before->SerializeAsString());
  // From then on it need not wait.
  EXPECT_TRUE(client().Call(&GraphStub::GetNode, Get("states/IDN")).ok());
}

// Reads as fast as it can, in threads of its own, until this ends.
class Readers {
 public:
  explicit Readers(const client::Client& client, const graph::v1::GetNodeRequest& request) {
    for (std::atomic<int>& answers : answers_) {
      threads_.emplace_back([this, &client, &answers, request] {
        while (!over_) {
          const auto answer = client.Call(&GraphStub::GetNode, request);
          if (!answer.ok()) return Fail(answer.status());
          ++answers;
        }
      });
    }
  }
  ~Readers() { Join(); }

  // Waits until each has read once more; false where one failed.
  bool GoOn() {
    std::vector<int> before(answers_.begin(), answers_.end());
    return Eventually([&] {
             if (!problem().ok()) return true;
             for (size_t i = 0; i < before.size(); ++i) {
               if (answers_[i] <= before[i]) return false;
             }
             return true;
           }) &&
           problem().ok();
  }

  // Of the first read that failed.
  absl::Status problem() {
    const std::lock_guard lock(mutex_);
    return problem_;
  }

  void Join() {
    over_ = true;
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }

 private:
  void Fail(const absl::Status& status) {
    const std::lock_guard lock(mutex_);
    problem_.Update(status);
  }

  std::array<std::atomic<int>, 4> answers_{};
  std::atomic<bool> over_ = false;
  std::mutex mutex_;
  absl::Status problem_;
  std::vector<std::thread> threads_;
};

TEST_F(RestartTest, NoReadFailsWhileItsDaemonStopsAndStartsAgain) {
  const client::Client waiting = client().Waiting();
  Readers readers(waiting, Get("states/IDN"));
  for (int round = 0; round < 5; ++round) {
    ASSERT_TRUE(readers.GoOn()) << readers.problem();
    daemon().Stop();
    daemon().Start();
  }
  ASSERT_TRUE(readers.GoOn()) << readers.problem();
  readers.Join();
  EXPECT_TRUE(readers.problem().ok()) << readers.problem();
}

TEST_F(RestartTest, NoWriteIsLost) {
  const client::Client session = client().Waiting().Session();
  for (int i = 0; i < 4; ++i) {
    if (i % 2 == 1) {
      daemon().Kill();
      daemon().Start();
    }
    const auto written = session.Call(&GraphStub::Commit, Creation("kept-" + std::to_string(i)));
    ASSERT_TRUE(written.ok()) << written.status();
  }
  for (int i = 0; i < 4; ++i) {
    EXPECT_TRUE(session.Call(&GraphStub::GetNode, Get("sources/kept-" + std::to_string(i))).ok());
  }
}

TEST_F(RestartTest, AStreamSaysThatItsDaemonIsGone) {
  graph::v1::WatchRequest request;
  request.set_from_earliest(true);
  auto stream = client().Waiting().Open(&GraphStub::Watch, request);
  graph::v1::WatchResponse batch;
  ASSERT_TRUE(stream.Read(&batch));
  daemon().Kill();
  EXPECT_EQ(stream.Finish().code(), absl::StatusCode::kUnavailable);
  daemon().Start();
}

}  // namespace
}  // namespace attlas::testing
