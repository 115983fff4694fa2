// The real daemon under load over gRPC, and what befalls it: killed, told to end, left by its
// clients, read too slowly. No acknowledged commit is lost, and none is there by half.
//
// ATTLAS_DAEMON_KILL_ROUNDS sets the number of kills (default 8).
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <random>
#include <thread>

#include "graph/graph.h"
#include "graph/store/store_check.h"
#include "services/common/status.h"
#include "tests/integration/attlasd_process.h"
#include "tests/testing/eventually.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

extern char** environ;

namespace attlas::testing {
namespace {

namespace v1 = graph::v1;
using graph::Graph;
using ::testing::AnyOf;
using ::testing::HasSubstr;

constexpr int kWriters = 4;

int Rounds() {
  const char* wanted = std::getenv("ATTLAS_DAEMON_KILL_ROUNDS");
  return wanted != nullptr ? std::atoi(wanted) : 8;
}

std::string NameOf(int writer, int number) {
  return "instruments/w" + std::to_string(writer) + "-" + std::to_string(number);
}

// A node and an edge to it, as one commit.
v1::CommitRequest Pair(const std::string& name) {
  v1::CommitRequest request;
  *request.add_mutations()->mutable_put_node() = MakeNode(name);
  *request.add_mutations()->mutable_put_edge() = MakeEdge("SIGNED", "states/IDN", name);
  return request;
}

absl::Status Send(v1::GraphService::Stub* stub, const v1::CommitRequest& request) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
  v1::CommitResponse response;
  return services::FromGrpcStatus(stub->Commit(&context, request, &response));
}

class DaemonFaultsTest : public ::testing::Test {
 protected:
  // What one writer was told before its first error.
  struct Told {
    int next = 0;  // How many were acknowledged, over all rounds.
    absl::Status end;
  };

  void Start() {
    daemon_ = std::make_unique<AttlasdProcess>(arguments_);
    ASSERT_NE(daemon_->WaitUntilServing(), "") << daemon_->Wait().errors;
  }
  void Begin() {
    ASSERT_NO_FATAL_FAILURE(Start());
    const auto stub = v1::GraphService::NewStub(daemon_->Connect());
    v1::CommitRequest request;
    *request.add_mutations()->mutable_put_node() = MakeNode("sources/test");
    *request.add_mutations()->mutable_put_node() = MakeNode("states/IDN");
    ASSERT_OK(Send(stub.get(), request));
  }

  // Commits from several connections until each meets an error; calls `strike` once, after `count`
  // acknowledgements.
  template <typename Strike>
  void CommitUntil(int count, Strike strike) {
    std::atomic<int> acknowledged = 0;
    std::vector<std::thread> threads;
    for (int writer = 0; writer < kWriters; ++writer) {
      threads.emplace_back([&, writer] {
        const auto stub = v1::GraphService::NewStub(daemon_->Connect());
        Told& told = told_[writer];
        for (;; ++told.next, ++acknowledged) {
          told.end = Send(stub.get(), Pair(NameOf(writer, told.next)));
          if (!told.end.ok()) return;
        }
      });
    }
    EXPECT_TRUE(Eventually([&] { return acknowledged >= count; }));
    strike();
    for (std::thread& thread : threads) thread.join();
  }

  // Every acknowledged pair is there, and no pair is there by half.
  void ExpectWhole() {
    ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open({.path = store_}));
    const auto view = graph->Read(v1::ReadOptions(), graph::Clearance::Operator());
    ASSERT_OK(view);
    for (int writer = 0; writer < kWriters; ++writer) {
      for (int i = 0; i < told_[writer].next; ++i) {
        ASSERT_OK(graph->FindNode(*view, NameOf(writer, i)).status());
      }
      // One more may have been committed and not acknowledged.
      if (graph->FindNode(*view, NameOf(writer, told_[writer].next)).ok()) ++told_[writer].next;
      EXPECT_FALSE(graph->FindNode(*view, NameOf(writer, told_[writer].next)).ok());
    }
    EXPECT_EQ(graph->Latest()->node_count(), graph->Latest()->edge_count() + 2);
    EXPECT_EQ(graph->Latest()->edge_count(), graph->LatestRevision() - 1);
  }
  void ExpectAgreement() {
    ASSERT_OK_AND_ASSIGN(const auto report, graph::CheckStore(store_, {}));
    EXPECT_EQ(report.problem_count, 0u) << report.problems.front().what;
  }

  TemporaryDirectory directory_;
  const std::string store_ = directory_.file("store");
  std::vector<std::string> arguments_ = ServeArguments(directory_.path());
  std::unique_ptr<AttlasdProcess> daemon_;
  Told told_[kWriters];
};

TEST_F(DaemonFaultsTest, AKillLosesNoAcknowledgedCommitAndTearsNone) {
  ASSERT_NO_FATAL_FAILURE(Begin());
  std::mt19937 random(7);
  const int rounds = Rounds();
  for (int round = 0; round < rounds && !HasFatalFailure(); ++round) {
    SCOPED_TRACE(round);
    CommitUntil(1 + static_cast<int>(random() % 60), [&] { daemon_->Signal(SIGKILL); });
    daemon_->Wait();
    ExpectWhole();
    if (round % 50 == 0) ExpectAgreement();
    if (round + 1 < rounds) Start();
  }
  ExpectAgreement();
  int acknowledged = 0;
  for (const Told& told : told_) acknowledged += told.next;
  RecordProperty("rounds", rounds);
  RecordProperty("acknowledged", acknowledged);
}

// Calls that were taken end with their answer; those that come later are told to go elsewhere.
TEST_F(DaemonFaultsTest, SigtermUnderLoadCutsNoCallShort) {
  ASSERT_NO_FATAL_FAILURE(Begin());
  CommitUntil(40, [&] { daemon_->Signal(SIGTERM); });
  const Ended ended = daemon_->Wait();
  EXPECT_EQ(ended.exit_code, 0) << ended.errors;
  int acknowledged[kWriters];
  for (int writer = 0; writer < kWriters; ++writer) {
    acknowledged[writer] = told_[writer].next;
    // gRPC itself cancels a call that arrives in the very instant in which the server stops.
    EXPECT_THAT(told_[writer].end.code(),
                AnyOf(absl::StatusCode::kUnavailable, absl::StatusCode::kCancelled))
        << told_[writer].end;
  }
  ExpectWhole();
  ExpectAgreement();
  // What was refused was not done: no call was cut in its middle.
  for (int writer = 0; writer < kWriters; ++writer) {
    EXPECT_EQ(told_[writer].next, acknowledged[writer]) << writer;
  }
}

// A watch from the first revision on.
class Watching {
 public:
  explicit Watching(v1::GraphService::Stub* stub) {
    context_.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
    v1::WatchRequest request;
    request.set_from_earliest(true);
    reader_ = stub->Watch(&context_, request);
  }
  ~Watching() {
    if (finished_) return;
    context_.TryCancel();
    reader_->Finish();
  }
  bool Read() { return reader_->Read(&message_); }
  absl::Status Finish() {
    finished_ = true;
    return services::FromGrpcStatus(reader_->Finish());
  }

 private:
  bool finished_ = false;
  grpc::ClientContext context_;
  v1::WatchResponse message_;
  std::unique_ptr<grpc::ClientReader<v1::WatchResponse>> reader_;
};

// Starts a client that watches, and kills it in the middle of its stream, once it shows something.
// False where it was refused instead.
bool WatchAndVanish(const std::string& address) {
  int ends[2];
  if (pipe(ends) != 0) return false;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  const std::string program = std::string(ATTLAS_BINARY_DIR) + "/bin/attlas";
  const std::string where = "--address=" + address;
  const char* words[] = {program.c_str(), "watch", "--from-earliest", where.c_str(), nullptr};
  pid_t client = -1;
  EXPECT_EQ(posix_spawn(&client, program.c_str(), &actions, nullptr,
                        const_cast<char* const*>(words), environ),
            0);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  char byte = 0;
  const bool shown = read(ends[0], &byte, 1) == 1;
  kill(client, SIGKILL);
  waitpid(client, nullptr, 0);
  close(ends[0]);
  return shown;
}

// They give their places back.
TEST_F(DaemonFaultsTest, ClientsThatVanishLeaveNothingBehind) {
  arguments_.push_back("--max_streams=2");
  // Nobody reads what it would say of those that it refuses.
  arguments_.push_back("--log_level=error");
  ASSERT_NO_FATAL_FAILURE(Begin());
  const auto stub = v1::GraphService::NewStub(daemon_->Connect());
  for (int i = 0; i < 6 && !HasFailure(); ++i) {
    // One that comes before a place is free again is refused, and comes again.
    EXPECT_TRUE(Eventually([&] { return WatchAndVanish(daemon_->address()); }));
  }
  std::unique_ptr<Watching> streams[2];
  for (std::unique_ptr<Watching>& stream : streams) {
    EXPECT_TRUE(Eventually([&] {
      stream = std::make_unique<Watching>(stub.get());
      return stream->Read();
    }));
  }
  EXPECT_OK(Send(stub.get(), Pair(NameOf(0, 0))));
}

// The buffer of a watcher is bounded: who takes nothing is told, and commits never wait for it.
TEST_F(DaemonFaultsTest, AReaderThatTakesNothingIsToldAndNobodyWaitsForIt) {
  ASSERT_NO_FATAL_FAILURE(Begin());
  const auto stub = v1::GraphService::NewStub(daemon_->Connect());
  Watching watching(stub.get());
  ASSERT_TRUE(watching.Read());
  // 24 MB, of which its buffer and the connection take a part.
  for (int part = 0; part < 12; ++part) {
    v1::CommitRequest request;
    for (int i = 0; i < 10; ++i) {
      graph::Node node = MakeNode(NameOf(part, i));
      for (int k = 0; k < 13; ++k) node.add_aliases(std::string(16'000, 'x'));
      *request.add_mutations()->mutable_put_node() = node;
    }
    ASSERT_OK(Send(stub.get(), request));
  }
  ASSERT_TRUE(daemon_->WaitUntilItLogs("WATCH_TOO_SLOW"));
  EXPECT_OK(Send(stub.get(), Pair(NameOf(0, 100))));
  while (watching.Read()) {
  }
  EXPECT_THAT(watching.Finish(), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("slow")));
}

}  // namespace
}  // namespace attlas::testing
