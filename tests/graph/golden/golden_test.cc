// Stores that the programs of each format wrote: today's opens them, brings them to its format, and
// answers what it answers of a store that is made anew by the same commits.
#include <algorithm>
#include <filesystem>
#include <regex>
#include <string>

#include "absl/strings/str_cat.h"
#include "graph/graph.h"
#include "graph/store/store_check.h"
#include "graph/store/store_copy.h"
#include "tests/graph/golden/golden_commits.h"
#include "tests/testing/all_answers.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::Graph;
using ::testing::HasSubstr;

constexpr char kStores[] = ATTLAS_SOURCE_DIR "/tests/data/stores/";
constexpr uint64_t kLast = 7;

// All answers but for the times, which are those of the making.
std::vector<std::string> TimelessAnswers(const Graph& graph) {
  static const std::regex* const kTime = new std::regex("commit_time \\{[^}]*\\}\\n");
  std::vector<std::string> answers;
  for (uint64_t revision = 0; revision <= kLast; ++revision) {
    answers.push_back(std::regex_replace(AllAnswers(graph, revision), *kTime, ""));
  }
  return answers;
}

class GoldenTest : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    std::filesystem::copy(kStores + std::string(GetParam()), store_,
                          std::filesystem::copy_options::recursive);
  }
  absl::StatusOr<std::unique_ptr<Graph>> MakeAnew() const {
    auto graph = Graph::Open({.path = directory_.file("anew"), .ontology = TestOntology()});
    for (graph::CommitInput& commit : GoldenCommits()) {
      if (!graph.ok()) break;
      if (auto made = (*graph)->Commit(std::move(commit)); !made.ok()) return made.status();
    }
    return graph;
  }

  TemporaryDirectory directory_;
  const std::string store_ = directory_.file("store");
};

TEST_P(GoldenTest, AnswersAsOneThatIsMadeAnew) {
  ASSERT_OK_AND_ASSIGN(const auto anew, MakeAnew());
  {
    ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open({.path = store_}));
    ASSERT_EQ(graph->LatestRevision(), kLast);
    EXPECT_EQ(TimelessAnswers(*graph), TimelessAnswers(*anew));
    // A request of then is known, and what is committed now follows.
    graph::CommitInput repeated = std::move(GoldenCommits()[1]);
    ASSERT_OK_AND_ASSIGN(const auto answer, graph->Commit(std::move(repeated)));
    EXPECT_EQ(answer.revision, 2u);
    ASSERT_OK(graph->Commit({.mutations = {GoldenPut(MakeNode("states/THA", "Thailand"))}}));
    EXPECT_EQ(graph->LatestRevision(), kLast + 1);
  }
  ASSERT_OK_AND_ASSIGN(const auto report, graph::CheckStore(store_, {}));
  EXPECT_EQ(report.problem_count, 0u) << report.problems.front().what;
  // It has its new format, which a reader takes.
  ASSERT_OK_AND_ASSIGN(const auto again, Graph::Open({.path = store_, .read_only = true}));
  EXPECT_EQ(again->LatestRevision(), kLast + 1);
}

TEST_P(GoldenTest, IsBackedUpAsItIsAndRestored) {
  ASSERT_OK_AND_ASSIGN(const auto anew, MakeAnew());
  ASSERT_OK_AND_ASSIGN(const auto copies,
                       graph::StoreCopies::Open(directory_.file("copies"), false));
  ASSERT_OK_AND_ASSIGN(const auto copy, copies->Create(store_, [](const graph::StoreCopy&) {
    return absl::OkStatus();
  }));
  EXPECT_EQ(absl::StrCat("format-", copy.format), GetParam());
  EXPECT_EQ(copy.revision, kLast);
  std::filesystem::create_directory(directory_.file("again"));
  ASSERT_OK(copies->Restore(copy.number, directory_.file("again")));
  ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open({.path = directory_.file("again")}));
  EXPECT_EQ(TimelessAnswers(*graph), TimelessAnswers(*anew));
}

INSTANTIATE_TEST_SUITE_P(Formats, GoldenTest, ::testing::Values("format-1", "format-2"),
                         [](const auto& format) {
                           std::string name = format.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(GoldenStoresTest, AnOlderOneIsNotChangedByAReader) {
  TemporaryDirectory directory;
  std::filesystem::copy(std::string(kStores) + "format-1", directory.file("store"),
                        std::filesystem::copy_options::recursive);
  EXPECT_THAT(Graph::Open({.path = directory.file("store"), .read_only = true}).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("older format")));
  EXPECT_THAT(graph::CheckStore(directory.file("store"), {}).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("has format 1")));
}

}  // namespace
}  // namespace attlas::testing
