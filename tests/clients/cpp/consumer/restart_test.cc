// A daemon that ends and starts again.
#include <thread>

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
