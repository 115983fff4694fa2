// Stores of an older format: brought to this one when they are opened for writing.
#include <rocksdb/db.h>

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "graph/graph.h"
#include "gtest/gtest.h"
#include "tests/testing/mutations.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::Clearance;
using graph::Graph;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

graph::Node Citing(graph::Node node, const std::string& source) {
  node.mutable_citations(0)->set_source(source);
  return node;
}

// Sources `test` and `late`; an instrument cites the first, then the second; an edge the first.
absl::Status Fill(Graph& graph) {
  absl::Status status =
      graph
          .Commit({.mutations = {Put(MakeNode("sources/test")), Put(MakeNode("sources/late")),
                                 Put(MakeNode("states/IDN")), Put(MakeNode("instruments/att")),
                                 Put(MakeEdge("SIGNED", "states/IDN", "instruments/att"))}})
          .status();
  if (!status.ok()) return status;
  return graph.Commit({.mutations = {Put(Citing(MakeNode("instruments/att"), "sources/late"))}})
      .status();
}

// The engine's own view of a store, with all its column families.
class RawStore {
 public:
  explicit RawStore(const std::string& path) {
    std::vector<std::string> names;
    EXPECT_TRUE(rocksdb::DB::ListColumnFamilies(rocksdb::Options(), path, &names).ok());
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    families.reserve(names.size());
    for (const std::string& name : names) {
      families.emplace_back(name, rocksdb::ColumnFamilyOptions());
    }
    rocksdb::DB* opened = nullptr;
    EXPECT_TRUE(rocksdb::DB::Open(rocksdb::Options(), path, families, &families_, &opened).ok());
    db_.reset(opened);
  }
  ~RawStore() {
    for (rocksdb::ColumnFamilyHandle* const family : families_) {
      EXPECT_TRUE(db_->DestroyColumnFamilyHandle(family).ok());
    }
  }

  void SetFormat(const std::string& format) {
    EXPECT_TRUE(db_->Put(rocksdb::WriteOptions(), "format", format).ok());
  }
  void DropCitations() {
    for (rocksdb::ColumnFamilyHandle* const family : families_) {
      if (family->GetName() != "citations") continue;
      EXPECT_TRUE(db_->DropColumnFamily(family).ok());
    }
  }

 private:
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
};

// The names of nodes that cite a source at a revision; 0 for the latest.
std::vector<std::string> CitingNodes(const Graph& graph, const std::string& source,
                                     uint64_t revision) {
  graph::v1::ReadOptions read;
  if (revision > 0) read.set_at_revision(graph.RevisionToken(revision));
  const auto view = graph.Read(read, Clearance::Operator());
  EXPECT_OK(view.status());
  const auto node = graph.FindNode(*view, source);
  EXPECT_OK(node);
  const auto citing = graph.CitingNodes(*view, *node, 0);
  EXPECT_OK(citing.status());
  std::vector<std::string> names;
  for (const auto& [ordinal, found] : citing->found) names.push_back(found->name());
  return names;
}

void ExpectCitations(const Graph& graph) {
  EXPECT_THAT(CitingNodes(graph, "sources/test", 0), ElementsAre("states/IDN"));
  EXPECT_THAT(CitingNodes(graph, "sources/late", 0), ElementsAre("instruments/att"));
  // Nothing is lost of what was said before.
  const uint64_t before = graph.LatestRevision() - 1;
  EXPECT_THAT(CitingNodes(graph, "sources/test", before),
              ElementsAre("states/IDN", "instruments/att"));
  EXPECT_OK(graph.Verify());
}

class UpgradeTest : public ::testing::Test {
 protected:
  void MakeStore() {
    ASSERT_OK_AND_ASSIGN(auto graph, Graph::Open({.path = path_, .ontology = TestOntology()}));
    ASSERT_OK(Fill(*graph));
    ExpectCitations(*graph);
  }

  TemporaryDirectory directory_;
  const std::string path_ = directory_.file("store");
};

TEST_F(UpgradeTest, MakesTheCitationsOfAStoreThatHasNone) {
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  {
    RawStore store(path_);
    store.DropCitations();
    store.SetFormat("1");
  }
  {
    ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open({.path = path_}));
    ExpectCitations(*graph);
  }
  // It has its new format for good, and may now be opened for reading alone.
  ASSERT_OK_AND_ASSIGN(const auto again, Graph::Open({.path = path_, .read_only = true}));
  ExpectCitations(*again);
}

// As a process that is killed in the middle leaves it.
TEST_F(UpgradeTest, GoesOnWhereItWasBrokenOff) {
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  RawStore(path_).SetFormat("1");
  ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open({.path = path_}));
  ExpectCitations(*graph);
}

TEST_F(UpgradeTest, IsNotDoneByAReader) {
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  {
    RawStore store(path_);
    store.DropCitations();
    store.SetFormat("1");
  }
  EXPECT_THAT(Graph::Open({.path = path_, .read_only = true}).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("it has an older format; open it once for writing")));
}

// As it leaves one where it had made the column family and nothing in it.
TEST_F(UpgradeTest, IsNotBegunByAReader) {
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  RawStore(path_).SetFormat("1");
  EXPECT_THAT(Graph::Open({.path = path_, .read_only = true}).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("it has an older format; open it once for writing")));
}

TEST_F(UpgradeTest, AMissingCitationIsAFault) {
  ASSERT_NO_FATAL_FAILURE(MakeStore());
  RawStore(path_).DropCitations();
  ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open({.path = path_}));
  EXPECT_THAT(graph->Verify(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("sources/test is not indexed")));
}

}  // namespace
}  // namespace attlas::testing
