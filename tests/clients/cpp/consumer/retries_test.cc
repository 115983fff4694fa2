// What the published service config does. No daemon fails on demand, so one is played.
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <atomic>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include "tests/clients/cpp/consumer/client_test.h"

namespace attlas::testing {
namespace {

namespace v1 = graph::v1;

// Refuses the first calls, as a daemon that stops.
class Faltering : public v1::GraphService::Service {
 public:
  Faltering(int refusals, grpc::StatusCode code) : refusals_(refusals), code_(code) {}

  grpc::Status GetNode(grpc::ServerContext*, const v1::GetNodeRequest*,
                       v1::GetNodeResponse* response) override {
    response->set_revision("one");
    return Taken();
  }
  grpc::Status Commit(grpc::ServerContext*, const v1::CommitRequest* request,
                      v1::CommitResponse* response) override {
    ids_.insert(request->request_id());
    response->set_revision("two");
    return Taken();
  }
  grpc::Status Import(grpc::ServerContext*, grpc::ServerReader<v1::ImportRequest>* reader,
                      v1::ImportResponse*) override {
    for (v1::ImportRequest request; reader->Read(&request);) {
    }
    return Taken();
  }
  // Ends in its middle.
  grpc::Status Watch(grpc::ServerContext*, const v1::WatchRequest*,
                     grpc::ServerWriter<v1::WatchResponse>* writer) override {
    ++asked_;
    v1::WatchResponse batch;
    batch.set_through_revision("one");
    writer->Write(batch);
    return {code_, "not now"};
  }
  // Answers nothing, until its caller is gone.
  grpc::Status ListNodes(grpc::ServerContext* context, const v1::ListNodesRequest*,
                         v1::ListNodesResponse*) override {
    ++asked_;
    EXPECT_TRUE(Eventually([&] { return context->IsCancelled(); }));
    return grpc::Status::OK;
  }

  int asked() const { return asked_; }
  const std::set<std::string>& ids() const { return ids_; }

 private:
  grpc::Status Taken() {
    return ++asked_ <= refusals_ ? grpc::Status(code_, "not now") : grpc::Status::OK;
  }

  const int refusals_;
  const grpc::StatusCode code_;
  std::atomic<int> asked_ = 0;
  std::set<std::string> ids_;  // Of commits, which come one after another.
};

// gRPC itself cancels what reaches a server in the instant in which it stops.
class RetriesTest : public ::testing::TestWithParam<grpc::StatusCode> {
 protected:
  Faltering& Play(int refusals) {
    faltering_ = std::make_unique<Faltering>(refusals, GetParam());
    const std::string address = "unix:" + directory_.file("d");
    server_ = grpc::ServerBuilder()
                  .AddListeningPort(address, grpc::InsecureServerCredentials())
                  .RegisterService(faltering_.get())
                  .BuildAndStart();
    client_.emplace(*client::Client::Connect(address, {.timeout = 4 * kPatience}));
    return *faltering_;
  }
  const client::Client& client() const { return *client_; }

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<Faltering> faltering_;
  std::unique_ptr<grpc::Server> server_;
  std::optional<client::Client> client_;
};

TEST_P(RetriesTest, AReadIsTriedAgain) {
  Faltering& faltering = Play(3);
  const auto answer = client().Call(&GraphStub::GetNode, v1::GetNodeRequest());
  EXPECT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(faltering.asked(), 4);
}

TEST_P(RetriesTest, ThereIsAnEndToTrying) {
  Faltering& faltering = Play(100);
  const auto answer = client().Call(&GraphStub::GetNode, v1::GetNodeRequest());
  EXPECT_EQ(answer.status(), absl::UnavailableError("not now"));
  EXPECT_EQ(faltering.asked(), 4);
}

TEST_P(RetriesTest, AWriteIsTriedAgainAsTheSameOne) {
  Faltering& faltering = Play(2);
  const auto answer = client().Call(&GraphStub::Commit, v1::CommitRequest());
  EXPECT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(faltering.asked(), 3);
  EXPECT_EQ(faltering.ids().size(), 1U);
  EXPECT_FALSE(faltering.ids().contains(""));
}

TEST_P(RetriesTest, ALoadIsNotTriedAgain) {
  Faltering& faltering = Play(1);
  const auto answer = client().Upload(&GraphStub::Import, [](v1::ImportRequest*) { return false; });
  EXPECT_EQ(answer.status(), absl::UnavailableError("not now"));
  EXPECT_EQ(faltering.asked(), 1);
}

TEST_P(RetriesTest, AStreamThatHadBegunSaysThatItsDaemonStops) {
  Faltering& faltering = Play(0);
  auto stream = client().Open(&GraphStub::Watch, v1::WatchRequest());
  v1::WatchResponse batch;
  EXPECT_TRUE(stream.Read(&batch));
  EXPECT_EQ(stream.Finish(), absl::UnavailableError("not now"));
  EXPECT_EQ(faltering.asked(), 1);
}

TEST_P(RetriesTest, WhatTheCallerCancelsIsNotTriedAgain) {
  Faltering& faltering = Play(0);
  client::Cancellation stop;
  std::thread cancelling([&] {
    EXPECT_TRUE(Eventually([&] { return faltering.asked() > 0; }));
    stop.Cancel();
  });
  const auto answer =
      client().Call(&GraphStub::ListNodes, v1::ListNodesRequest(), {.cancellation = &stop});
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kCancelled);
  cancelling.join();
  EXPECT_TRUE(client().Call(&GraphStub::GetNode, v1::GetNodeRequest()).ok());
  EXPECT_EQ(faltering.asked(), 2);
}

INSTANTIATE_TEST_SUITE_P(Stopping, RetriesTest,
                         ::testing::Values(grpc::StatusCode::UNAVAILABLE,
                                           grpc::StatusCode::CANCELLED),
                         [](const auto& tested) {
                           return tested.param == grpc::StatusCode::CANCELLED ? "Cancelled"
                                                                              : "Unavailable";
                         });

}  // namespace
}  // namespace attlas::testing
