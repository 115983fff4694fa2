// Kills a writer in the middle of its commits, again and again, and looks at what it left: every
// acknowledged commit is there, and none is there by half.
//
// ATTLAS_KILL_ROUNDS sets the number of rounds (default 200).
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

#include "graph/graph.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::Clearance;
using graph::EdgeRef;
using graph::Graph;

struct Writer {
  pid_t process = -1;
  int acknowledgements = -1;
};

Writer StartWriter(const std::string& store, int pairs) {
  int ends[2];
  if (pipe(ends) != 0) return {};
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    execl(ATTLAS_COMMIT_WRITER, ATTLAS_COMMIT_WRITER, store.c_str(), std::to_string(pairs).c_str(),
          nullptr);
    _exit(127);
  }
  close(ends[1]);
  return {child, ends[0]};
}

// Reads acknowledgements until `count` have come, kills so many microseconds later, then drains the
// pipe. The highest revision acknowledged, or 0.
uint64_t KillAfter(const Writer& writer, int count, useconds_t delay) {
  uint64_t highest = 0;
  uint64_t revision = 0;
  int seen = 0;
  while (read(writer.acknowledgements, &revision, sizeof(revision)) == sizeof(revision)) {
    highest = std::max(highest, revision);
    if (++seen != count) continue;
    usleep(delay);
    kill(writer.process, SIGKILL);
  }
  close(writer.acknowledgements);
  int status = 0;
  waitpid(writer.process, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "the writer ended by itself";
  return highest;
}

void ExpectWhole(Graph& graph, uint64_t pairs) {
  const auto view = graph.Read(graph::v1::ReadOptions(), Clearance::Operator());
  ASSERT_OK(view.status());
  ASSERT_OK_AND_ASSIGN(const auto state, graph.FindNode(*view, "states/IDN"));
  uint64_t edges = 0;
  view->ForEachEdge(state, graph::v1::DIRECTION_FORWARD, nullptr, [&](const EdgeRef& edge) {
    EXPECT_TRUE(view->Exists(edge.neighbor));
    EXPECT_OK(graph.ReadEdge(*view, edge.edge).status());
    ++edges;
    return true;
  });
  // The first revision made two nodes; every other one its pairs of a node and an edge.
  EXPECT_EQ(edges, (view->revision() - 1) * pairs);
  EXPECT_EQ(view->snapshot().node_count(), edges + 2);
}

int Rounds() {
  const char* wanted = std::getenv("ATTLAS_KILL_ROUNDS");
  return wanted != nullptr ? std::atoi(wanted) : 200;
}

TEST(KillTest, LosesNoAcknowledgedCommitAndShowsNoTornOne) {
  const int rounds = Rounds();
  std::mt19937 random(5);
  TemporaryDirectory directory;
  uint64_t acknowledged = 0;
  for (int round = 0; round < rounds && !HasFatalFailure(); ++round) {
    const Writer writer = StartWriter(directory.file("store"), 1);
    ASSERT_GT(writer.process, 0);
    acknowledged =
        std::max(acknowledged, KillAfter(writer, 1 + static_cast<int>(random() % 40), 0));
    ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open({.path = directory.file("store"),
                                                        .create_if_missing = false}));
    ASSERT_GE(graph->LatestRevision(), acknowledged) << "in round " << round;
    ExpectWhole(*graph, 1);
    if (round % 50 == 0) {
      ASSERT_OK(graph->Verify());
    }
  }
  RecordProperty("rounds", rounds);
  RecordProperty("acknowledged", static_cast<int>(acknowledged));
}

// The same for large commits, which go to disk as files: the kill meets them being sorted, written
// and handed over.
TEST(KillTest, ShowsALargeCommitWholeOrNotAtAll) {
  const int rounds = std::max(1, Rounds() / 5);
  constexpr int kPairs = 400;
  std::mt19937 random(6);
  TemporaryDirectory directory;
  uint64_t acknowledged = 0;
  for (int round = 0; round < rounds && !HasFatalFailure(); ++round) {
    const Writer writer = StartWriter(directory.file("store"), kPairs);
    ASSERT_GT(writer.process, 0);
    acknowledged =
        std::max(acknowledged, KillAfter(writer, 1, static_cast<useconds_t>(random() % 40'000)));
    ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open({.path = directory.file("store"),
                                                        .create_if_missing = false}));
    ASSERT_GE(graph->LatestRevision(), acknowledged) << "in round " << round;
    ExpectWhole(*graph, kPairs);
    EXPECT_FALSE(std::filesystem::exists(directory.file("store") + "/bulk"));
    if (round % 10 == 0) {
      ASSERT_OK(graph->Verify());
    }
  }
  RecordProperty("acknowledged", static_cast<int>(acknowledged));
}

}  // namespace
}  // namespace attlas::testing
