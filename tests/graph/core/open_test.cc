// Opening a store: what is there, what is in the way, and what is damaged.
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
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
using graph::Graph;
using graph::v1::Mutation;
using ::testing::HasSubstr;

Mutation PutNode(const std::string& name, const std::string& display_name) {
  Mutation mutation;
  *mutation.mutable_put_node() = MakeNode(name, display_name);
  return mutation;
}

absl::Status Fill(Graph& graph, int nodes, const std::string& text) {
  absl::Status status = graph.Commit({.mutations = {PutNode("sources/test", "")}}).status();
  for (int i = 0; i < nodes && status.ok(); ++i) {
    status =
        graph.Commit({.mutations = {PutNode("instruments/i" + std::to_string(i), text)}}).status();
  }
  return status;
}

// Letters that no compression makes away with.
std::string RandomLetters(size_t count) {
  std::mt19937 random(3);
  std::string text;
  for (size_t i = 0; i < count; ++i) text.push_back(static_cast<char>('a' + random() % 26));
  return text;
}

TEST(OpenTest, NeedsAnOntologyForANewStore) {
  TemporaryDirectory directory;
  EXPECT_THAT(Graph::Open({.path = directory.file("store")}).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("needs an ontology")));
}

TEST(OpenTest, SaysThatThereIsNoStore) {
  TemporaryDirectory directory;
  EXPECT_THAT(Graph::Open({.path = directory.file("store"), .create_if_missing = false}).status(),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no store in")));
}

TEST(OpenTest, KeepsWhatWasCommitted) {
  TemporaryDirectory directory;
  std::string token;
  {
    ASSERT_OK_AND_ASSIGN(
        auto graph, Graph::Open({.path = directory.file("store"), .ontology = TestOntology()}));
    ASSERT_OK(Fill(*graph, 5, "kept"));
    token = graph->RevisionToken(3);
  }
  ASSERT_OK_AND_ASSIGN(auto graph, Graph::Open({.path = directory.file("store")}));
  EXPECT_EQ(graph->LatestRevision(), 6u);
  EXPECT_THAT(graph->ParseRevisionToken(token, "read.at_revision"), IsOkAndHolds(3u));
}

TEST(OpenTest, RefusesASecondProcess) {
  TemporaryDirectory directory;
  ASSERT_OK_AND_ASSIGN(auto graph,
                       Graph::Open({.path = directory.file("store"), .ontology = TestOntology()}));
  const pid_t child = fork();
  if (child == 0) {
    const absl::Status status = Graph::Open({.path = directory.file("store")}).status();
    const bool clear = status.code() == absl::StatusCode::kFailedPrecondition &&
                       std::string(status.message()).find("another process") != std::string::npos;
    _exit(clear ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

TEST(OpenTest, ReadsAlongsideButNeverWritesWhenReadOnly) {
  TemporaryDirectory directory;
  {
    ASSERT_OK_AND_ASSIGN(
        auto graph, Graph::Open({.path = directory.file("store"), .ontology = TestOntology()}));
    ASSERT_OK(Fill(*graph, 1, "x"));
  }
  ASSERT_OK_AND_ASSIGN(auto graph,
                       Graph::Open({.path = directory.file("store"), .read_only = true}));
  EXPECT_EQ(graph->LatestRevision(), 2u);
  EXPECT_THAT(graph->Commit({.mutations = {PutNode("instruments/new", "")}}).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("reading only")));
}

TEST(OpenTest, ReportsADirectoryThatCannotBeMade) {
  // Even a privileged user cannot make a directory below a file.
  TemporaryDirectory directory;
  std::ofstream(directory.file("file")) << "in the way";
  const absl::Status status =
      Graph::Open({.path = directory.file("file/store"), .ontology = TestOntology()}).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable, HasSubstr("file/store")));
}

TEST(OpenTest, DetectsADamagedFile) {
  TemporaryDirectory directory;
  const std::string path = directory.file("store");
  {
    ASSERT_OK_AND_ASSIGN(auto graph, Graph::Open({.path = path, .ontology = TestOntology()}));
    ASSERT_OK(Fill(*graph, 50, RandomLetters(2000)));
    ASSERT_OK(graph->Checkpoint(directory.file("copy")));
  }
  // A checkpoint holds everything in sorted files; one flipped byte must not go unnoticed.
  int damaged = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory.file("copy"))) {
    if (entry.path().extension() != ".sst" || entry.file_size() < 2'000) continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(1000);
    char byte = 0;
    file.get(byte);
    file.seekp(1000);
    file.put(static_cast<char>(byte ^ 0x55));
    ++damaged;
  }
  ASSERT_GT(damaged, 0);
  const auto graph = Graph::Open({.path = directory.file("copy")});
  const absl::Status status = graph.ok() ? (*graph)->Verify() : graph.status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kDataLoss, HasSubstr("damaged")));
}

TEST(OpenTest, ReportsALostFile) {
  TemporaryDirectory directory;
  {
    ASSERT_OK_AND_ASSIGN(
        auto graph, Graph::Open({.path = directory.file("store"), .ontology = TestOntology()}));
    ASSERT_OK(Fill(*graph, 3, "x"));
  }
  for (const auto& entry : std::filesystem::directory_iterator(directory.file("store"))) {
    if (entry.path().filename().string().starts_with("MANIFEST")) {
      std::filesystem::remove(entry.path());
    }
  }
  EXPECT_FALSE(Graph::Open({.path = directory.file("store")}).ok());
}

// A small file system of its own, where this process may make one.
TEST(OpenTest, SaysThatTheDiskIsFull) {
  TemporaryDirectory directory;
  const std::string small = directory.file("small");
  std::filesystem::create_directory(small);
  if (mount("tmpfs", small.c_str(), "tmpfs", 0, "size=3m") != 0) {
    GTEST_SKIP() << "this user may not mount a file system";
  }
  {
    ASSERT_OK_AND_ASSIGN(auto graph,
                         Graph::Open({.path = small + "/store", .ontology = TestOntology()}));
    absl::Status status = graph->Commit({.mutations = {PutNode("sources/test", "")}}).status();
    uint64_t acknowledged = graph->LatestRevision();
    for (int i = 0; i < 2000 && status.ok(); ++i) {
      status = graph
                   ->Commit({.mutations = {PutNode("instruments/i" + std::to_string(i),
                                                   std::string(15'000, 'x'))}})
                   .status();
      if (status.ok()) ++acknowledged;
    }
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("disk is full")));
    // Nothing of the failed commit shows, and reads go on.
    EXPECT_EQ(graph->LatestRevision(), acknowledged);
    const auto view = graph->Read(graph::v1::ReadOptions(), Clearance::Operator());
    ASSERT_OK(view.status());
    EXPECT_OK(graph->FindNode(*view, "instruments/i0").status());
  }
  EXPECT_EQ(umount(small.c_str()), 0);
}

}  // namespace
}  // namespace attlas::testing
