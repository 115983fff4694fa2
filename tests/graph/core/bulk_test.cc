// Large commits go to disk as files: what they leave is what the log would have left, byte for
// byte.
#include <rocksdb/db.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attlas/storage/v1/commit_record.pb.h"
#include "graph/graph.h"
#include "gtest/gtest.h"
#include "tests/testing/mutations.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::Graph;
using graph::GraphOptions;
using graph::v1::Mutation;
using ::testing::HasSubstr;

constexpr size_t kAlwaysBulk = 0;
constexpr size_t kNeverBulk = 1'000'000;

std::string Instrument(int n) { return "instruments/i" + std::to_string(n); }

// A source, a state and `count` instruments with an edge to each, some in a space.
std::vector<Mutation> Statements(int first, int count) {
  std::vector<Mutation> mutations = {Put(MakeNode("sources/test")), Put(MakeNode("states/IDN"))};
  for (int n = first; n < first + count; ++n) {
    graph::Node node = MakeNode(Instrument(n), "Instrument " + std::to_string(n));
    if (n % 7 == 0) node.mutable_marking()->set_space("spaces/s" + std::to_string(n % 3));
    mutations.push_back(Put(std::move(node)));
    mutations.push_back(Put(MakeDatedEdge("SIGNED", "states/IDN", Instrument(n), "2001-02-03")));
  }
  return mutations;
}

GraphOptions Options(const std::string& path, size_t bulk_mutations) {
  GraphOptions options{.path = path, .ontology = TestOntology()};
  options.bulk_mutations = bulk_mutations;
  return options;
}

// Creations, more of them, a request that is repeated, changes, deletions, and one made anew.
void MakeHistory(Graph& graph) {
  const std::string request = "6f1b0c1e-7f0e-4a5e-9f39-2d6d1f0a4b11";
  ASSERT_OK(graph.Commit({.mutations = Statements(0, 500), .reason = "first"}));
  for (int i = 0; i < 2; ++i) {
    ASSERT_OK(graph.Commit(
        {.mutations = Statements(400, 300), .request_id = request, .reason = "second"}));
  }
  graph::Edge edge = MakeEdge("SIGNED", "states/IDN", Instrument(5), "again");
  std::vector<Mutation> changes = {Put(MakeNode(Instrument(1), "renamed")), Put(edge)};
  ASSERT_OK_AND_ASSIGN(const auto changed, graph.Commit({.mutations = std::move(changes)}));
  ASSERT_OK(graph.Commit({.mutations = {Delete(changed.names[1])}}));
  ASSERT_OK(graph.Commit({.mutations = {Put(edge)}}));
}

// The time of a commit is all that may differ between two stores.
template <typename Record>
std::string WithoutTime(const std::string& bytes) {
  Record record;
  EXPECT_TRUE(record.ParseFromString(bytes));
  record.clear_commit_time_us();
  return record.SerializeAsString();
}

// Everything in a store: column family and key, value.
std::map<std::pair<std::string, std::string>, std::string> Contents(const std::string& path) {
  std::map<std::pair<std::string, std::string>, std::string> contents;
  std::vector<std::string> names;
  EXPECT_TRUE(rocksdb::DB::ListColumnFamilies(rocksdb::Options(), path, &names).ok());
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  families.reserve(names.size());
  for (const std::string& name : names) families.emplace_back(name, rocksdb::ColumnFamilyOptions());
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status =
      rocksdb::DB::OpenForReadOnly(rocksdb::Options(), path, families, &handles, &opened);
  EXPECT_TRUE(status.ok()) << status.ToString();
  if (!status.ok()) return contents;
  const std::unique_ptr<rocksdb::DB> db(opened);
  for (size_t i = 0; i < names.size(); ++i) {
    const std::unique_ptr<rocksdb::Iterator> it(
        db->NewIterator(rocksdb::ReadOptions(), handles[i]));
    for (it->SeekToFirst(); it->Valid(); it->Next()) {
      std::string value = it->value().ToString();
      if (names[i] == "commits") value = WithoutTime<storage::v1::CommitRecord>(value);
      if (names[i] == "requests") value = WithoutTime<storage::v1::RequestRecord>(value);
      contents[{names[i], it->key().ToString()}] = std::move(value);
    }
  }
  for (rocksdb::ColumnFamilyHandle* handle : handles) {
    EXPECT_TRUE(db->DestroyColumnFamilyHandle(handle).ok());
  }
  contents.erase({"default", "store_id"});
  return contents;
}

TEST(BulkTest, LeavesTheSameStoreAsTheLog) {
  TemporaryDirectory directory;
  for (const auto& [name, bulk] : {std::pair("files", kAlwaysBulk), std::pair("log", kNeverBulk)}) {
    ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open(Options(directory.file(name), bulk)));
    MakeHistory(*graph);
    EXPECT_OK(graph->Verify());
    EXPECT_FALSE(std::filesystem::exists(directory.file(name) + "/bulk"));
  }
  const auto files = Contents(directory.file("files"));
  const auto log = Contents(directory.file("log"));
  EXPECT_GT(log.size(), 4000u);
  ASSERT_EQ(files.size(), log.size());
  for (const auto& [key, value] : log) {
    const auto found = files.find(key);
    ASSERT_TRUE(found != files.end()) << key.first << " " << key.second;
    EXPECT_EQ(found->second, value) << key.first << " " << key.second;
  }
}

TEST(BulkTest, GoesOnAfterReopening) {
  TemporaryDirectory directory;
  for (int round = 0; round < 4; ++round) {
    // Commits by the log before, between and after those by files.
    const size_t bulk = round % 2 == 0 ? kAlwaysBulk : kNeverBulk;
    ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open(Options(directory.file("store"), bulk)));
    ASSERT_EQ(graph->LatestRevision(), static_cast<uint64_t>(round));
    ASSERT_OK(graph->Commit({.mutations = Statements(round * 100, 100)}));
    EXPECT_EQ(graph->Latest()->node_count(), 2u + 100u * static_cast<uint64_t>(round + 1));
    EXPECT_EQ(graph->Latest()->edge_count(), 100u * static_cast<uint64_t>(round + 1));
    EXPECT_OK(graph->Verify());
  }
}

TEST(BulkTest, RefusesABadCommitWhole) {
  TemporaryDirectory directory;
  ASSERT_OK_AND_ASSIGN(const auto graph,
                       Graph::Open(Options(directory.file("store"), kAlwaysBulk)));
  std::vector<Mutation> mutations = Statements(0, 50);
  mutations.push_back(Put(MakeEdge("SIGNED", "states/IDN", "instruments/nowhere")));
  EXPECT_THAT(graph->Commit({.mutations = mutations}).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("instruments/nowhere")));
  EXPECT_EQ(graph->LatestRevision(), 0u);
  EXPECT_EQ(graph->Latest()->node_count(), 0u);
  mutations.pop_back();
  Mutation twice;
  *twice.mutable_create_node() = MakeNode(Instrument(7));
  mutations.push_back(twice);
  EXPECT_THAT(graph->Commit({.mutations = mutations}).status(),
              StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr(Instrument(7))));
  EXPECT_EQ(Contents(directory.file("store")).size(), 3u);  // Format, ontology and head.
}

TEST(BulkTest, RemovesWhatAnUnfinishedOneLeft) {
  TemporaryDirectory directory;
  const std::string store = directory.file("store");
  { ASSERT_OK(Graph::Open(Options(store, kAlwaysBulk))); }
  std::filesystem::create_directory(store + "/bulk");
  std::ofstream(store + "/bulk/records-0.sst") << "half a table";
  ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open(Options(store, kAlwaysBulk)));
  EXPECT_FALSE(std::filesystem::exists(store + "/bulk"));
  EXPECT_OK(graph->Commit({.mutations = Statements(0, 10)}));
}

TEST(BulkTest, SaysWhereItCannotWriteAndLeavesNothing) {
  TemporaryDirectory directory;
  const std::string store = directory.file("store");
  {
    ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open(Options(store, kAlwaysBulk)));
    // Something is in the way of the directory for the files.
    std::ofstream(store + "/bulk") << "a file";
    EXPECT_EQ(graph->Commit({.mutations = Statements(0, 10)}).status().code(),
              absl::StatusCode::kUnavailable);
    EXPECT_EQ(graph->LatestRevision(), 0u);
    EXPECT_OK(graph->Commit({.mutations = Statements(0, 10)}));
  }
  ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open(Options(store, kAlwaysBulk)));
  EXPECT_EQ(graph->LatestRevision(), 1u);
  EXPECT_OK(graph->Verify());
}

// Every list of a snapshot, in words.
std::vector<std::string> Listing(const graph::Snapshot& snapshot) {
  std::vector<std::string> listing;
  const auto add = [&](graph::NodeOrdinal node, const graph::AdjacencyList* list) {
    if (list == nullptr) return;
    for (size_t i = 0; i < list->edges().size(); ++i) {
      const graph::HotEdge& hot = list->edges()[i];
      const graph::AccessClass& access = snapshot.access_classes().at(hot.access);
      listing.push_back(absl::StrCat(node, " ", hot.neighbor, " ", list->ordinals()[i], " ",
                                     hot.type, " ", hot.valid_from, " ", hot.valid_to, " ",
                                     static_cast<int>(access.level), " ", access.space, " ",
                                     static_cast<int>(access.confidence)));
    }
  };
  for (graph::NodeOrdinal node = 0; node < snapshot.node_limit(); ++node) {
    add(node, snapshot.out(node));
    listing.push_back("in");
    add(node, snapshot.in(node));
  }
  return listing;
}

// So many edges that opening reads them with more than one thread, where there are two processors.
TEST(BulkTest, IsReadBySeveralThreadsAsItWasWritten) {
  constexpr int kEdges = 17'000;
  TemporaryDirectory directory;
  std::vector<std::string> written;
  {
    ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open(Options(directory.file("store"), 1'000)));
    std::vector<Mutation> mutations = Statements(0, kEdges);
    for (Mutation& mutation : mutations) {
      if (!mutation.has_put_edge()) continue;
      graph::Edge& edge = *mutation.mutable_put_edge();
      if (edge.to().ends_with("3")) {
        edge.mutable_marking()->set_traffic_light(graph::v1::TRAFFIC_LIGHT_AMBER);
      }
    }
    ASSERT_OK_AND_ASSIGN(const auto put,
                         graph->Commit({.mutations = std::move(mutations), .unlimited = true}));
    // Gaps, one of them where two parts meet.
    std::vector<Mutation> deletions;
    for (size_t i = 3; i < put.names.size(); i += 2) {
      if (i > 100 && (i < kEdges - 100 || i > kEdges + 100)) continue;
      deletions.push_back(Delete(put.names[i]));
    }
    ASSERT_OK(graph->Commit({.mutations = std::move(deletions)}));
    written = Listing(*graph->Latest());
  }
  ASSERT_OK_AND_ASSIGN(const auto graph, Graph::Open(Options(directory.file("store"), 1'000)));
  EXPECT_GT(written.size(), size_t{2} * kEdges);
  EXPECT_TRUE(Listing(*graph->Latest()) == written);
}

}  // namespace
}  // namespace attlas::testing
