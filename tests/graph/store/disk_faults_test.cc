// What a store keeps where the disk loses power, or fails in the middle: every acknowledged commit,
// and none by half.
//
// ATTLAS_POWER_ROUNDS sets the number of power cuts (default 15), ATTLAS_ERROR_ROUNDS that of
// errors (default 40).
#include <rocksdb/env.h>

#include <atomic>
#include <cstdlib>
#include <random>
#include <thread>

#include "graph/graph.h"
#include "graph/store/raw_store.h"
#include "graph/store/rocks_options.h"
#include "graph/store/store_check.h"
#include "tests/graph/store/faulty_files.h"
#include "tests/testing/eventually.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::Graph;
using graph::v1::Mutation;

int Rounds(const char* variable, int usual) {
  const char* wanted = std::getenv(variable);
  return wanted != nullptr ? std::atoi(wanted) : usual;
}

std::string NameOf(uint64_t number) { return "instruments/n" + std::to_string(number); }

class DiskFaultsTest : public ::testing::Test {
 protected:
  DiskFaultsTest() { graph::SetEnvForTesting(env_.get()); }
  ~DiskFaultsTest() override { graph::SetEnvForTesting(nullptr); }

  absl::StatusOr<std::unique_ptr<Graph>> Open() {
    return Graph::Open({.path = path_, .ontology = TestOntology(), .bulk_mutations = 30});
  }
  void Begin() {
    ASSERT_OK_AND_ASSIGN(const auto graph, Open());
    Mutation source;
    Mutation state;
    *source.mutable_put_node() = MakeNode("sources/test");
    *state.mutable_put_node() = MakeNode("states/IDN");
    ASSERT_OK(graph->Commit({.mutations = {source, state}}));
  }

  // A node and an edge to it, `count` times, as one commit; large ones go to disk as files.
  absl::Status CommitPairs(Graph& graph, uint64_t count) {
    std::vector<Mutation> mutations;
    for (uint64_t i = 0; i < count; ++i) {
      const std::string name = NameOf(tried_ + i);
      *mutations.emplace_back().mutable_put_node() = MakeNode(name);
      *mutations.emplace_back().mutable_put_edge() = MakeEdge("SIGNED", "states/IDN", name);
    }
    const auto made = graph.Commit({.mutations = std::move(mutations)});
    if (!made.ok()) return made.status();
    tried_ += count;
    acknowledged_ = tried_;
    revision_ = made->revision;
    return absl::OkStatus();
  }

  // What there is now is what counts from here on: the commit that was under way may be in it.
  void ExpectWhole(Graph& graph) {
    const auto view = graph.Read(graph::v1::ReadOptions(), graph::Clearance::Operator());
    ASSERT_OK(view);
    EXPECT_GE(graph.LatestRevision(), revision_);
    const uint64_t edges = graph.Latest()->edge_count();
    ASSERT_GE(edges, acknowledged_);
    EXPECT_EQ(graph.Latest()->node_count(), edges + 2);
    for (uint64_t i = 0; i < edges; ++i) ASSERT_OK(graph.FindNode(*view, NameOf(i)).status());
    tried_ = acknowledged_ = edges;
  }
  void ExpectAgreement() {
    ASSERT_OK_AND_ASSIGN(const auto report, graph::CheckStore(path_, {}));
    EXPECT_EQ(report.problem_count, 0u) << report.problems.front().what;
  }

  TemporaryDirectory directory_;
  const std::string path_ = directory_.file("store");
  const std::shared_ptr<FaultyFiles> files_ = std::make_shared<FaultyFiles>();
  const std::unique_ptr<rocksdb::Env> env_ = rocksdb::NewCompositeEnv(files_);
  std::atomic<uint64_t> acknowledged_ = 0;
  uint64_t tried_ = 0;
  uint64_t revision_ = 0;
};

TEST_F(DiskFaultsTest, APowerCutTakesNothingThatWasAcknowledged) {
  ASSERT_NO_FATAL_FAILURE(Begin());
  std::mt19937 random(11);
  const int rounds = Rounds("ATTLAS_POWER_ROUNDS", 15);
  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    SCOPED_TRACE(round);
    {
      ASSERT_OK_AND_ASSIGN(const auto graph, Open());
      ExpectWhole(*graph);
      const uint64_t until = acknowledged_ + random() % 200;
      std::thread writer([&] {
        std::mt19937 sizes(static_cast<uint32_t>(round));
        while (CommitPairs(*graph, sizes() % 4 == 0 ? 40 : 1).ok()) {
        }
      });
      EXPECT_TRUE(Eventually([&] { return acknowledged_ >= until; }));
      files_->LosePower();
      writer.join();
    }
    files_->DropUnsynced();
  }
  ASSERT_OK_AND_ASSIGN(const auto graph, Open());
  ExpectWhole(*graph);
  RecordProperty("rounds", rounds);
  RecordProperty("acknowledged", static_cast<int>(acknowledged_));
}

// That the test above can fail: with a disk that only says that it syncs, commits are lost.
TEST_F(DiskFaultsTest, ADiskThatLiesLosesCommits) {
  ASSERT_NO_FATAL_FAILURE(Begin());
  {
    ASSERT_OK_AND_ASSIGN(const auto graph, Open());
    ASSERT_OK(CommitPairs(*graph, 1));
    files_->SetLying(true);
    for (int i = 0; i < 20; ++i) ASSERT_OK(CommitPairs(*graph, 1));
    files_->LosePower();
  }
  files_->DropUnsynced();
  files_->SetLying(false);
  ASSERT_OK_AND_ASSIGN(const auto graph, Open());
  EXPECT_LT(graph->Latest()->edge_count(), acknowledged_);
  // What is left is a whole earlier revision.
  EXPECT_EQ(graph->Latest()->node_count(), graph->Latest()->edge_count() + 2);
  EXPECT_OK(graph->Verify());
}

TEST_F(DiskFaultsTest, AnErrorOfTheDiskFailsACommitAndNoOther) {
  ASSERT_NO_FATAL_FAILURE(Begin());
  const int rounds = Rounds("ATTLAS_ERROR_ROUNDS", 40);
  int failed = 0;
  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    SCOPED_TRACE(round);
    // Each operation in turn: of the opening, or of small commits and one that goes to disk as
    // files.
    const bool opening = round % 2 == 0;
    const uint64_t operation = static_cast<uint64_t>(round) / 2 + 1;
    if (opening) files_->FailAt(operation);
    {
      const auto graph = Open();
      if (!opening) files_->FailAt(operation);
      if (graph.ok()) {
        absl::Status status;
        for (int i = 0; i < 6 && status.ok(); ++i) {
          status = CommitPairs(**graph, i == 3 ? 40 : 1);
        }
        if (!status.ok()) {
          ++failed;
          EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
        }
        // Reads go on.
        EXPECT_EQ((*graph)->Latest()->node_count(), (*graph)->Latest()->edge_count() + 2);
        EXPECT_EQ((*graph)->Latest()->edge_count(), acknowledged_);
      } else {
        EXPECT_EQ(graph.status().code(), absl::StatusCode::kUnavailable) << graph.status();
      }
    }
    files_->FailAt(0);
    ASSERT_OK_AND_ASSIGN(const auto graph, Open());
    ExpectWhole(*graph);
  }
  EXPECT_GT(failed, 0);
  ExpectAgreement();
  RecordProperty("rounds", rounds);
  RecordProperty("failed_commits", failed);
}

// What a commit waits for is the disk: one write to the log and one sync of it, whatever is in it.
TEST_F(DiskFaultsTest, ACommitIsOneWriteToTheLogAndOneSync) {
  ASSERT_NO_FATAL_FAILURE(Begin());
  ASSERT_OK_AND_ASSIGN(const auto graph, Open());
  for (const uint64_t pairs : {1, 1, 1, 5, 10, 1}) {
    const FaultyFiles::Work before = files_->WorkOn(".log");
    ASSERT_OK(CommitPairs(*graph, pairs));
    const FaultyFiles::Work after = files_->WorkOn(".log");
    EXPECT_EQ(after.appends - before.appends, 1u);
    EXPECT_EQ(after.syncs - before.syncs, 1u);
  }
}

// A clock that was set back while no process ran: recorded time goes on from where it was.
TEST_F(DiskFaultsTest, AClockThatIsSetBackTurnsNoHistoryRound) {
  ASSERT_NO_FATAL_FAILURE(Begin());
  const absl::Time ahead = absl::Now() + absl::Hours(24 * 365);
  {
    ASSERT_OK_AND_ASSIGN(const auto store, graph::RawStore::Open(path_, /*read_only=*/false));
    storage::v1::CommitRecord commit;
    ASSERT_OK_AND_ASSIGN(const auto bytes, store->Get(graph::kCommits, graph::RevisionKey(1)));
    ASSERT_TRUE(commit.ParseFromString(bytes.value_or("")));
    commit.set_commit_time_us(absl::ToUnixMicros(ahead));
    ASSERT_TRUE(store->db()
                    .Put(rocksdb::WriteOptions(), store->family(graph::kCommits),
                         graph::RevisionKey(1), commit.SerializeAsString())
                    .ok());
  }
  {
    ASSERT_OK_AND_ASSIGN(const auto graph, Open());
    ASSERT_OK(CommitPairs(*graph, 1));
    EXPECT_THAT(graph->RevisionAt(ahead + absl::Hours(1)), IsOkAndHolds(2u));
    EXPECT_THAT(graph->RevisionAt(ahead), IsOkAndHolds(1u));
    EXPECT_THAT(graph->RevisionAt(absl::Now()), IsOkAndHolds(0u));
  }
  ExpectAgreement();
}

}  // namespace
}  // namespace attlas::testing
