// The offline check of a store: it finds nothing wrong with whole ones, and each kind of damage
// that is planted.
#include "graph/store/store_check.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/graph.h"
#include "graph/store/rewind.h"
#include "tests/graph/store/store_damage.h"
#include "tests/testing/mutations.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::Graph;
using graph::ProblemKindName;
using graph::v1::Mutation;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class StoreCheckTest : public ::testing::Test {
 protected:
  // Four revisions: what there is, a change of the treaty, a node in a space, a change again.
  void MakeStore() const {
    ASSERT_OK_AND_ASSIGN(const auto graph,
                         Graph::Open({.path = path_, .ontology = TestOntology()}));
    ASSERT_OK(graph->Commit(
        {.mutations = {Put(MakeNode("sources/test")), Put(MakeNode("states/IDN")),
                       Put(MakeNode("instruments/att")),
                       Put(MakeDatedEdge("SIGNED", "states/IDN", "instruments/att", "2013"))},
         .request_id = kRequest}));
    ASSERT_OK(graph->Commit({.mutations = {Put(MakeNode("instruments/att", "ATT"))}}));
    ASSERT_OK(graph->Commit({.mutations = {Put(InSpace(MakeNode("states/BRN")))}}));
    ASSERT_OK(graph->Commit({.mutations = {Put(MakeNode("instruments/att", "Treaty"))}}));
  }

  std::string Problems() const {
    const auto report = graph::CheckStore(path_, {});
    if (!report.ok()) return report.status().ToString();
    std::string text;
    for (const graph::StoreProblem& problem : report->problems) {
      absl::StrAppend(&text, std::string(ProblemKindName(problem.kind)), " | ", problem.place,
                      " | ", problem.what, "\n");
    }
    return text;
  }

  TemporaryDirectory directory_;
  const std::string path_ = directory_.file("store");
};

TEST_F(StoreCheckTest, CountsWhatAWholeStoreHas) {
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  std::vector<std::string> parts;
  const auto report = graph::CheckStore(
      path_, {.progress = [&](std::string_view part, uint64_t) { parts.emplace_back(part); }});
  ASSERT_OK(report);
  EXPECT_EQ(Problems(), "");
  EXPECT_EQ(report->revision, kLast);
  EXPECT_EQ(report->nodes, 4u);
  EXPECT_EQ(report->edges, 1u);
  EXPECT_EQ(report->versions, 7u);
  EXPECT_EQ(report->citations, 4u);
  EXPECT_EQ(report->requests, 1u);
  EXPECT_EQ(report->problem_count, 0u);
}

TEST_F(StoreCheckTest, FindsNothingAfterADeletionARedactionABulkCommitAndARewind) {
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  {
    ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open({.path = path_, .bulk_mutations = 2}));
    std::vector<Mutation> many;
    for (int i = 0; i < 20; ++i) many.push_back(Put(MakeNode(absl::StrCat("instruments/i", i))));
    ASSERT_OK(graph->Commit({.mutations = std::move(many)}));
    ASSERT_OK(graph->Commit({.mutations = {Delete(SignedName())}}));
    ASSERT_OK(graph->Commit({.mutations = {Delete("states/IDN")}}));
    ASSERT_OK(graph->Redact(
        {.scopes = {{.space = "spaces/room", .through_revision = graph->LatestRevision()}},
         .reason = "erased"}));
  }
  EXPECT_EQ(Problems(), "");
  ASSERT_OK(graph::RewindStore(path_, 6));
  EXPECT_EQ(Problems(), "");
  ASSERT_OK(graph::RewindStore(path_, 2));
  EXPECT_EQ(Problems(), "");
  ASSERT_OK(graph::RewindStore(path_, 0));
  EXPECT_EQ(Problems(), "");
}

TEST_F(StoreCheckTest, RefusesAStoreThatIsOpenOrNotThere) {
  EXPECT_THAT(graph::CheckStore(path_, {}).status(), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_FALSE(std::filesystem::exists(path_));
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open({.path = path_}));
  EXPECT_THAT(graph::CheckStore(path_, {}).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("another process")));
}

TEST_F(StoreCheckTest, KeepsTheFirstProblemsAndCountsAll) {
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  {
    ASSERT_OK_AND_ASSIGN(const auto store, RawStore::Open(path_, false));
    for (uint64_t revision = 1; revision <= kLast; ++revision) {
      ASSERT_TRUE(store->db()
                      .Delete(rocksdb::WriteOptions(), store->family(graph::kCommits),
                              RevisionKey(revision))
                      .ok());
    }
  }
  ASSERT_OK_AND_ASSIGN(const auto report, graph::CheckStore(path_, {.most_problems = 2}));
  EXPECT_EQ(report.problems.size(), 2u);
  EXPECT_GE(report.problem_count, kLast);
}

std::vector<Damage> AllDamage() {
  std::vector<Damage> all = DamageOfRecords();
  for (const auto& part : {DamageOfIndexes(), DamageOfHistory()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

// One store a run, and each damage in a copy of it.
TEST_F(StoreCheckTest, FindsEachKindOfDamage) {
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  const std::string whole = directory_.file("whole");
  std::filesystem::rename(path_, whole);
  for (const Damage& damage : AllDamage()) {
    SCOPED_TRACE(damage.name);
    std::filesystem::remove_all(path_);
    std::filesystem::copy(whole, path_, std::filesystem::copy_options::recursive);
    {
      ASSERT_OK_AND_ASSIGN(const auto store, RawStore::Open(path_, false));
      damage.plant(Planter(*store));
    }
    const auto report = graph::CheckStore(path_, {});
    ASSERT_OK(report);
    EXPECT_TRUE(std::any_of(report->problems.begin(), report->problems.end(),
                            [&](const graph::StoreProblem& problem) {
                              return problem.kind == damage.kind &&
                                     problem.what.find(damage.said) != std::string::npos;
                            }))
        << Problems();
  }
}

// Every kind is planted above or in the test of files, has a name of its own, and a remedy.
TEST_F(StoreCheckTest, EachKindHasAPlantedCase) {
  std::vector<ProblemKind> planted = {ProblemKind::kFile};
  for (const Damage& damage : AllDamage()) planted.push_back(damage.kind);
  std::vector<std::string> names;
  for (int number = 0; number <= static_cast<int>(ProblemKind::kRequest); ++number) {
    const auto kind = static_cast<ProblemKind>(number);
    EXPECT_NE(std::find(planted.begin(), planted.end(), kind), planted.end())
        << ProblemKindName(kind);
    EXPECT_FALSE(graph::ProblemRemedy(kind).empty());
    names.emplace_back(ProblemKindName(kind));
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
  EXPECT_NE(names.front(), "");
}

TEST_F(StoreCheckTest, NamesADamagedFileAndChecksTheRest) {
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  std::string damaged;
  {
    ASSERT_OK_AND_ASSIGN(const auto store, RawStore::Open(path_, false));
    for (size_t family = 0; family < graph::kColumnFamilyCount; ++family) {
      auto* const handle = store->family(static_cast<ColumnFamily>(family));
      ASSERT_TRUE(store->db().Flush(rocksdb::FlushOptions(), handle).ok());
    }
    std::vector<rocksdb::LiveFileMetaData> files;
    store->db().GetLiveFilesMetaData(&files);
    for (const auto& file : files) {
      if (file.column_family_name == "hot") damaged = file.name;
    }
  }
  ASSERT_NE(damaged, "");
  {
    std::fstream file(path_ + damaged, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(10);
    const int byte = file.get();
    file.seekp(10);
    file.put(static_cast<char>(byte ^ 0x55));
  }
  EXPECT_THAT(Problems(), HasSubstr(absl::StrCat("file | hot", damaged)));
  EXPECT_THAT(Problems(), ::testing::Not(HasSubstr("change-log")));
}

TEST_F(StoreCheckTest, ADamagedLogIsAnError) {
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  for (const auto& entry : std::filesystem::directory_iterator(path_)) {
    if (entry.path().extension() != ".log" || entry.file_size() < 200) continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(100);
    const int byte = file.get();
    file.seekp(100);
    file.put(static_cast<char>(byte ^ 0x55));
  }
  EXPECT_THAT(graph::CheckStore(path_, {}).status(), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace attlas::testing
