// Restoring: whole, and back to each revision, compared with what the store answered then.
#include "tests/services/backup/backup_fixture.h"
#include "tests/testing/all_answers.h"

namespace attlas::testing {
namespace {

using ::testing::HasSubstr;

class RestoreTest : public BackupFixture {
 protected:
  // Of each revision up to `last`, the empty one included.
  std::vector<std::string> AnswersOf(const std::string& path, uint64_t last) const {
    std::vector<std::string> answers;
    const auto graph = OpenGraph(path);
    EXPECT_OK(graph);
    for (uint64_t revision = 0; graph.ok() && revision <= last; ++revision) {
      answers.push_back(AllAnswers(**graph, revision));
    }
    return answers;
  }
};

TEST_F(RestoreTest, GivesEveryAnswerOfEveryRevisionBack) {
  ASSERT_NO_FATAL_FAILURE(MakeHistory());
  AppendToAudit(4, absl::FromUnixSeconds(1'800'000'000));
  ASSERT_OK(BackUp(true));
  const std::string again = directory_.file("again");
  ASSERT_OK_AND_ASSIGN(const auto report,
                       Restore(1, {.store = again, .audit_dir = directory_.file("again.audit")}));
  EXPECT_EQ(report.revision, 6u);
  EXPECT_EQ(AnswersOf(again, 6), AnswersOf(store_, 6));
  ASSERT_OK_AND_ASSIGN(const auto graph, OpenGraph(again));
  EXPECT_OK(graph->Verify());
  ASSERT_OK_AND_ASSIGN(const auto audit,
                       services::VerifyAuditLog(directory_.file("again.audit"), {}));
  EXPECT_TRUE(audit.faults.empty());
  EXPECT_EQ(audit.records, 4u);
}

TEST_F(RestoreTest, GoesBackToEachRevision) {
  ASSERT_NO_FATAL_FAILURE(MakeHistory());
  ASSERT_OK(BackUp());
  const std::vector<std::string> before = AnswersOf(store_, 6);
  for (uint64_t revision = 0; revision <= 6; ++revision) {
    const std::string again = directory_.file(absl::StrCat("again", revision));
    ASSERT_OK_AND_ASSIGN(const auto report,
                         Restore(1, {.store = again, .revision = absl::StrCat(revision)}));
    EXPECT_EQ(report.revision, revision);
    ASSERT_OK_AND_ASSIGN(const auto graph, OpenGraph(again));
    EXPECT_EQ(graph->LatestRevision(), revision);
    for (uint64_t at = 0; at <= revision; ++at) {
      EXPECT_EQ(AllAnswers(*graph, at), before[at]) << revision << " at " << at;
    }
    EXPECT_OK(graph->Verify());
    // Nothing of what came later is in the way of what comes now.
    ASSERT_OK(graph->Commit(
        {.mutations = {Put(MakeNode("sources/test", "again")),
                       Put(MakeNode("sources/late", "again")), Put(MakeNode("states/PHL", "again")),
                       Put(InSpace(MakeNode("states/BRN", "again"))),
                       Put(MakeNode("states/IDN", "again")),
                       Put(MakeEdge("KNOWS", "states/PHL", "states/IDN"))}}));
    EXPECT_EQ(graph->LatestRevision(), revision + 1);
    EXPECT_OK(graph->Verify());
    for (uint64_t at = 0; at <= revision; ++at) {
      EXPECT_EQ(AllAnswers(*graph, at), before[at]) << revision << " at " << at;
    }
  }
}

TEST_F(RestoreTest, GoesBackToATokenOrATime) {
  ASSERT_NO_FATAL_FAILURE(MakeHistory());
  ASSERT_OK(BackUp());
  std::string token;
  absl::Time time;
  {
    ASSERT_OK_AND_ASSIGN(const auto graph, OpenGraph(store_));
    token = graph->RevisionToken(4);
    ASSERT_OK_AND_ASSIGN(const auto changes, graph->ChangesAt(4, graph::Clearance::Operator()));
    const auto& made = changes.front().commit_time();
    time = absl::FromUnixSeconds(made.seconds()) + absl::Nanoseconds(made.nanos());
  }
  ASSERT_OK_AND_ASSIGN(const auto by_token,
                       Restore(1, {.store = directory_.file("a"), .revision = token}));
  EXPECT_EQ(by_token.revision, 4u);
  ASSERT_OK_AND_ASSIGN(const auto by_time,
                       Restore(1, {.store = directory_.file("b"), .time = time}));
  EXPECT_EQ(by_time.revision, 4u);
  ASSERT_OK_AND_ASSIGN(const auto before, Restore(1, {.store = directory_.file("c"),
                                                      .time = time - absl::Microseconds(1)}));
  EXPECT_EQ(before.revision, 3u);
  EXPECT_THAT(Restore(1, {.store = directory_.file("d"), .revision = "7"}).status(),
              StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("whose last is 6")));
  EXPECT_THAT(Restore(1, {.store = directory_.file("d"), .revision = "seven"}).status(),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(RestoreTest, RefusesTokensThatWereGivenBefore) {
  ASSERT_NO_FATAL_FAILURE(MakeHistory());
  ASSERT_OK(BackUp());
  std::string token;
  {
    ASSERT_OK_AND_ASSIGN(const auto graph, OpenGraph(store_));
    token = graph->RevisionToken(6);
  }
  ASSERT_OK(Restore(1, {.store = directory_.file("again")}));
  ASSERT_OK_AND_ASSIGN(const auto graph, OpenGraph(directory_.file("again")));
  EXPECT_THAT(graph->ParseRevisionToken(token, "revision").status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("another store")));
}

TEST_F(RestoreTest, LeavesOutWhatARedactionTookOut) {
  ASSERT_NO_FATAL_FAILURE(MakeHistory());
  {
    ASSERT_OK_AND_ASSIGN(const auto graph, OpenGraph(store_));
    ASSERT_OK(graph->Redact(
        {.scopes = {{.space = "spaces/room", .through_revision = 6}}, .reason = "erased"}));
    ASSERT_EQ(graph->LatestRevision(), 7u);
  }
  ASSERT_OK(BackUp());
  ASSERT_OK(Restore(1, {.store = directory_.file("again"), .revision = "5"}));
  ASSERT_OK_AND_ASSIGN(const auto graph, OpenGraph(directory_.file("again")));
  EXPECT_EQ(AllAnswers(*graph, 5), AnswersOf(store_, 5)[5]);
  const auto view = graph->Read(graph::v1::ReadOptions(), graph::Clearance::Operator());
  ASSERT_OK(view);
  EXPECT_THAT(graph->FindNode(*view, "states/BRN").status(), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_OK(graph->Verify());
}

TEST_F(RestoreTest, ForgetsTheRequestsOfWhatItLeavesOut) {
  constexpr char kEarly[] = "2f1b3c7e-8a4d-4f6e-9b0a-1c2d3e4f5a6b";
  constexpr char kLate[] = "3f1b3c7e-8a4d-4f6e-9b0a-1c2d3e4f5a6b";
  const auto commit = [](graph::Graph& graph, const std::string& name, const char* request) {
    return graph.Commit({.mutations = {Put(MakeNode(name))}, .request_id = request});
  };
  {
    ASSERT_OK_AND_ASSIGN(const auto graph,
                         graph::Graph::Open({.path = store_, .ontology = TestOntology()}));
    ASSERT_OK(commit(*graph, "sources/test", kEarly));
    ASSERT_OK(commit(*graph, "states/IDN", kLate));
  }
  ASSERT_OK(BackUp());
  ASSERT_OK(Restore(1, {.store = directory_.file("again"), .revision = "1"}));
  ASSERT_OK_AND_ASSIGN(const auto graph, OpenGraph(directory_.file("again")));
  ASSERT_OK_AND_ASSIGN(const auto repeated, commit(*graph, "sources/test", kEarly));
  EXPECT_EQ(repeated.revision, 1u);  // The answer of then.
  ASSERT_OK_AND_ASSIGN(const auto anew, commit(*graph, "states/IDN", kLate));
  EXPECT_EQ(anew.revision, 2u);  // Not one of a commit that is no more.
  EXPECT_EQ(anew.created, 1u);
}

TEST_F(RestoreTest, TouchesNoDirectoryThatHasSomething) {
  ASSERT_NO_FATAL_FAILURE(MakeHistory());
  AppendToAudit(1, absl::FromUnixSeconds(1'800'000'000));
  ASSERT_OK(BackUp(true));
  const std::string full = directory_.file("full");
  std::filesystem::create_directory(full);
  std::ofstream(full + "/precious") << "data";
  EXPECT_THAT(Restore(1, {.store = full}).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("is not empty")));
  EXPECT_THAT(Restore(1, {.store = directory_.file("again"), .audit_dir = full}).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("is not empty")));
  EXPECT_THAT(Restore(1, {.store = full + "/precious"}).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("is not empty")));
  EXPECT_FALSE(std::filesystem::exists(directory_.file("again")));
  EXPECT_TRUE(std::filesystem::exists(full + "/precious"));
  // An empty one is as good as none.
  std::filesystem::create_directory(directory_.file("empty"));
  EXPECT_OK(Restore(1, {.store = directory_.file("empty") + "/"}));
  EXPECT_OK(OpenGraph(directory_.file("empty")));
}

TEST_F(RestoreTest, SaysThatABackupHasNoAuditLog) {
  ASSERT_NO_FATAL_FAILURE(MakeHistory());
  ASSERT_OK(BackUp());
  EXPECT_THAT(Restore(1, {.store = directory_.file("again"), .audit_dir = audit_}).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("has no audit log")));
}

}  // namespace
}  // namespace attlas::testing
