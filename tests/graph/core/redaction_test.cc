// Redactions: what is taken out is in no revision, no change, no file and no copy, and the rest is
// as it was.
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/graph.h"
#include "gtest/gtest.h"
#include "tests/graph/core/redaction_fixture.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::Clearance;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

TEST_F(RedactionTest, TakesASpaceOutOfEveryRevision) {
  FillRoom();
  const uint64_t last = graph_->LatestRevision();
  ASSERT_TRUE(Exists("organizations/held", last));
  ASSERT_TRUE(Exists("organizations/deleted", last - 1));
  const graph::RedactionOutput output = Redact(last);
  EXPECT_EQ(output.revision, last + 1);
  EXPECT_EQ(output.erased, 4);  // Two nodes and two edges.
  EXPECT_EQ(graph_->LatestRevision(), last + 1);
  for (uint64_t revision = 0; revision <= last + 1; ++revision) {
    EXPECT_FALSE(Exists("organizations/held", revision)) << revision;
    EXPECT_FALSE(Exists("organizations/deleted", revision)) << revision;
    EXPECT_EQ(At(revision).snapshot().edge_count(), 0) << revision;
    EXPECT_EQ(Exists("states/IDN", revision), revision >= 1) << revision;
    if (revision <= 1) continue;
    ASSERT_OK_AND_ASSIGN(const auto changes, graph_->ChangesAt(revision, Clearance::Operator()));
    EXPECT_THAT(changes, IsEmpty()) << revision;
  }
  EXPECT_THAT(graph_->History(At(last), "organizations/held", 0, 10).status(),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_OK(graph_->Verify());
  // The same after the next opening.
  graph_.reset();
  ASSERT_OK_AND_ASSIGN(graph_, Open());
  EXPECT_OK(graph_->Verify());
  EXPECT_FALSE(Exists("organizations/held", last));
  EXPECT_TRUE(Exists("instruments/att", last));
}

TEST_F(RedactionTest, LeavesNoByteInTheFiles) {
  FillRoom();
  const std::string store = directory_.file("store");
  // In the log; then, after an opening, in tables as well.
  ASSERT_THAT(FilesWith(store, kSecret), Not(IsEmpty()));
  graph_.reset();
  ASSERT_THAT(ReadRaw(store, kSecret).with_text, IsSupersetOf({"commits", "history", "records"}));
  ASSERT_OK_AND_ASSIGN(graph_, Open());
  Commit({Put(Secret("organizations/later"))});
  ASSERT_OK(graph_->Checkpoint(directory_.file("before")));
  // The reasons that do not go: of a commit to the whole, by name.
  Redact(graph_->LatestRevision());
  EXPECT_THAT(FilesWith(store, "organizations/held"), IsEmpty());
  ASSERT_OK(graph_->Checkpoint(directory_.file("after")));
  graph_.reset();
  for (const std::string& copy : {store, directory_.file("after")}) {
    const RawStore raw = ReadRaw(copy, absl::StrCat(kSecret, " a"));
    EXPECT_THAT(raw.with_text, IsEmpty());
    EXPECT_THAT(ReadRaw(copy, "organizations/").with_text, IsEmpty());
    EXPECT_EQ(raw.in_files, raw.shown);
    EXPECT_THAT(FilesWith(copy, absl::StrCat(kSecret, " a")), IsEmpty());
  }
  // A copy made before has it still.
  EXPECT_THAT(ReadRaw(directory_.file("before"), kSecret).with_text, Not(IsEmpty()));
}

TEST_F(RedactionTest, ClearsTheReasonsAndTheFirstAnswers) {
  graph_->Commit({.mutations = {Put(MakeNode("states/PHL"))}, .reason = "kept"}).IgnoreError();
  FillRoom();
  // Beside what is in the room, something that is not.
  const uint64_t mixed = Commit({Put(Secret("organizations/mixed")), Put(MakeNode("states/FJI"))});
  Redact(graph_->LatestRevision());
  ASSERT_OK_AND_ASSIGN(const auto changes, graph_->ChangesAt(mixed, Clearance::Operator()));
  ASSERT_EQ(changes.size(), 1);
  EXPECT_EQ(changes[0].name(), "states/FJI");
  EXPECT_EQ(changes[0].reason(), "");
  ASSERT_OK_AND_ASSIGN(const auto kept, graph_->ChangesAt(2, Clearance::Operator()));
  EXPECT_EQ(kept[0].reason(), "kept");
  // The request id is free again.
  EXPECT_OK(graph_->Commit({.mutations = {Put(MakeNode("states/TLS"))}, .request_id = kRequestId}));
}

TEST_F(RedactionTest, KeepsWhatIsNewerAndWhatIsElsewhere) {
  FillRoom();
  const uint64_t through = graph_->LatestRevision();
  Commit(
      {Put(Secret("organizations/newer")),
       Put(InSpace(MakeNode("organizations/other", "Other"), "spaces/other")),
       Put(InSpace(MakeEdge("MEMBER_OF", "states/IDN", "organizations/other"), "spaces/other"))});
  Redact(through);
  const uint64_t last = graph_->LatestRevision();
  EXPECT_TRUE(Exists("organizations/newer", last));
  EXPECT_TRUE(Exists("organizations/other", last));
  EXPECT_EQ(At(last).snapshot().edge_count(), 1);
  EXPECT_FALSE(Exists("organizations/held", last));
  // Nothing left to do, so there is no revision.
  EXPECT_EQ(Redact(through).revision, last);
  EXPECT_EQ(graph_->LatestRevision(), last);
}

TEST_F(RedactionTest, EmptiesWhatWasSaidBeforeItLeftTheSpace) {
  const uint64_t inside = Commit({Put(Secret("organizations/moved"))});
  Commit({Put(MakeEdge("MEMBER_OF", "states/IDN", "organizations/moved"))});
  const uint64_t outside = Commit({Put(MakeNode("organizations/moved", "Shown"))});
  const graph::RedactionOutput output = Redact(outside);
  EXPECT_EQ(output.erased, 0);
  EXPECT_EQ(output.emptied, 1);
  const View then = At(inside);
  ASSERT_OK_AND_ASSIGN(const auto node, graph_->FindNode(then, "organizations/moved"));
  ASSERT_OK_AND_ASSIGN(const graph::SharedNode empty, graph_->ReadNode(then, node));
  EXPECT_EQ(empty->display_name(), "");
  EXPECT_EQ(empty->marking().space(), kRoom);
  EXPECT_EQ(At(outside).snapshot().edge_count(), 1);
  ASSERT_OK_AND_ASSIGN(const graph::SharedNode shown, graph_->ReadNode(At(outside), node));
  EXPECT_EQ(shown->display_name(), "Shown");
  EXPECT_EQ(Redact(outside).emptied, 0);
  EXPECT_OK(graph_->Verify());
}

TEST_F(RedactionTest, EmptiesTheHistoryOfOneThing) {
  Commit({Put(MakeNode("organizations/known", absl::StrCat(kSecret, " a member")))});
  const uint64_t last = Commit({Put(MakeNode("organizations/known", "Closed"))});
  EXPECT_EQ(Redact(last, "organizations/known").emptied, 1);
  ASSERT_OK_AND_ASSIGN(const auto node, graph_->FindNode(At(last), "organizations/known"));
  ASSERT_OK_AND_ASSIGN(const graph::SharedNode before, graph_->ReadNode(At(last - 1), node));
  EXPECT_EQ(before->display_name(), "");
  ASSERT_OK_AND_ASSIGN(const graph::SharedNode now, graph_->ReadNode(At(last), node));
  EXPECT_EQ(now->display_name(), "Closed");
}

TEST_F(RedactionTest, GivesTheNameFree) {
  FillRoom();
  Redact(graph_->LatestRevision());
  const uint64_t again = Commit({Put(MakeNode("organizations/held", "Anew"))});
  EXPECT_TRUE(Exists("organizations/held", again));
  EXPECT_FALSE(Exists("organizations/held", again - 1));
  EXPECT_OK(graph_->Verify());
}

// A process that redacts and ends in the midst of it. It is made before the first opening, as
// RocksDB keeps its threads, and a process with threads is not to be forked.
class InterruptedRedactionTest : public RedactionTest {
 protected:
  void SetUp() override {
    ASSERT_EQ(pipe(last_), 0);
    child_ = fork();
    if (child_ == 0) {
      close(last_[1]);
      uint64_t last = 0;
      if (read(last_[0], &last, sizeof(last)) != sizeof(last)) _exit(4);
      RedactAndEnd(last);
    }
    close(last_[0]);
    RedactionTest::SetUp();
  }
  void TearDown() override {
    if (last_[1] >= 0) close(last_[1]);
    if (child_ > 0) waitpid(child_, nullptr, 0);
  }
  // Lets the process redact the room through `last`; how it ended.
  int Interrupt(uint64_t last) {
    EXPECT_EQ(write(last_[1], &last, sizeof(last)), static_cast<ssize_t>(sizeof(last)));
    const pid_t child = std::exchange(child_, -1);
    int status = -1;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    return status;
  }

 private:
  [[noreturn]] void RedactAndEnd(uint64_t last) {
    auto graph = Open();
    if (!graph.ok()) _exit(2);
    // The power fails after the change is on disk and before the bytes are gone.
    const auto listener = (*graph)->SubscribeToRedactions([](uint64_t) { _exit(0); });
    (*graph)->Redact({.scopes = {{kRoom, last, ""}}, .reason = ""}).IgnoreError();
    _exit(3);
  }

  int last_[2] = {-1, -1};
  pid_t child_ = -1;
};

TEST_F(InterruptedRedactionTest, IsEndedByTheNextOpening) {
  FillRoom();
  const uint64_t last = graph_->LatestRevision();
  graph_.reset();
  ASSERT_EQ(Interrupt(last), 0);
  ASSERT_THAT(FilesWith(directory_.file("store"), absl::StrCat(kSecret, " a")), Not(IsEmpty()));
  ASSERT_OK_AND_ASSIGN(graph_, Open());
  EXPECT_THAT(FilesWith(directory_.file("store"), absl::StrCat(kSecret, " a")), IsEmpty());
  EXPECT_FALSE(Exists("organizations/held", last));
}

TEST_F(RedactionTest, TellsWhoeverKeepsWhatWasRead) {
  FillRoom();
  std::vector<uint64_t> told;
  const auto listener =
      graph_->SubscribeToRedactions([&](uint64_t revision) { told.push_back(revision); });
  const uint64_t revision = Redact(graph_->LatestRevision()).revision;
  Redact(graph_->LatestRevision());
  EXPECT_THAT(told, ElementsAre(revision));
}

TEST_F(RedactionTest, GoesOnBesideReadersAndWriters) {
  std::atomic<bool> stop{false};
  // Of the present and of the past: whole answers, or that they have to be asked for again.
  const auto read = [&] {
    while (!stop.load()) {
      const uint64_t latest = graph_->LatestRevision();
      for (const uint64_t revision : {latest, latest / 2}) {
        const View view = At(revision);
        std::vector<graph::NodeOrdinal> nodes;
        for (graph::NodeOrdinal node = 0; node < view.snapshot().node_limit(); ++node) {
          if (view.Exists(node)) nodes.push_back(node);
        }
        const absl::Status status = graph_->ReadNodes(view, nodes).status();
        if (!status.ok()) {
          EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable, HasSubstr("ask again")));
        }
      }
    }
  };
  std::vector<std::thread> threads;
  threads.emplace_back(read);
  threads.emplace_back(read);
  threads.emplace_back([&] {
    for (int i = 0; !stop.load(); ++i) {
      Commit({Put(Secret(absl::StrCat("organizations/o", i))),
              Put(MakeEdge("MEMBER_OF", "states/IDN", absl::StrCat("organizations/o", i)))});
    }
  });
  size_t erased = 0;
  for (int i = 0; i < 8 || erased == 0; ++i) erased += Redact(graph_->LatestRevision()).erased;
  stop.store(true);
  for (std::thread& thread : threads) thread.join();
  Redact(graph_->LatestRevision());
  EXPECT_EQ(At(graph_->LatestRevision()).snapshot().edge_count(), 0);
  EXPECT_OK(graph_->Verify());
}

TEST_F(RedactionTest, FindsTheRevisionOfATime) {
  const absl::Time before = absl::Now();
  const uint64_t first = Commit({Put(MakeNode("states/PHL"))});
  const absl::Time between = absl::Now();
  Commit({Put(MakeNode("states/FJI"))});
  EXPECT_EQ(*graph_->RevisionAt(absl::InfinitePast()), 0);
  EXPECT_EQ(*graph_->RevisionAt(before), first - 1);
  EXPECT_EQ(*graph_->RevisionAt(between), first);
  EXPECT_EQ(*graph_->RevisionAt(absl::Now()), first + 1);
}

}  // namespace
}  // namespace attlas::testing
