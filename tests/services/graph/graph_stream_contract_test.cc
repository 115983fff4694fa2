// The contract of GraphApi: Traverse, Export and Import.
#include <atomic>
#include <deque>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/services/graph/graph_api_test.h"

namespace attlas::services::testing {
namespace {

using ::attlas::testing::StatusIs;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;

class GraphStreamTest : public ::testing::TestWithParam<Access> {
 protected:
  absl::StatusOr<v1::ImportResponse> Import(std::deque<v1::ImportRequest> batches) {
    return house_.api().Import(house_.Call(), [&](v1::ImportRequest* request) {
      if (batches.empty()) return false;
      *request = std::move(batches.front());
      batches.pop_front();
      return true;
    });
  }
  std::string Revision() { return house_.graph().RevisionToken(house_.graph().LatestRevision()); }

  GraphHouse house_{GetParam()};
};

TEST_P(GraphStreamTest, TraversesNearestFirstInBatches) {
  std::vector<graph::Edge> edges;
  for (int i = 1; i < 13; ++i) {
    edges.push_back(MakeEdge("KNOWS", StateName((i - 1) / 2), StateName(i)));
  }
  house_.Put(States(13), edges);
  v1::TraverseRequest request;
  request.add_start_nodes(StateName(0));
  request.set_max_depth(3);
  request.set_names_only(true);
  std::vector<v1::TraverseResponse> batches;
  ASSERT_OK(house_.api().Traverse(house_.Call(), request, [&](v1::TraverseResponse&& batch) {
    batches.push_back(std::move(batch));
    return true;
  }));
  ASSERT_THAT(batches, SizeIs(3));
  int visits = 0;
  int depth = 0;
  for (const v1::TraverseResponse& batch : batches) {
    EXPECT_LE(batch.visits_size(), 5);
    visits += batch.visits_size();
    for (const auto& visit : batch.visits()) {
      EXPECT_GE(visit.depth(), depth);
      depth = visit.depth();
      EXPECT_EQ(visit.via_edge().empty(), depth == 0);
      EXPECT_EQ(visit.from_node().empty(), depth == 0);
      EXPECT_THAT(visit.node().citations(), IsEmpty());
    }
  }
  EXPECT_EQ(visits, 13);
  EXPECT_FALSE(batches.back().truncated());
}

TEST_P(GraphStreamTest, TraverseSaysWhatCutItShortAndStopsWhenItsReaderDoes) {
  std::vector<graph::Edge> edges;
  for (int i = 1; i < 20; ++i) edges.push_back(MakeEdge("KNOWS", StateName(0), StateName(i)));
  house_.Put(States(20), edges);
  v1::TraverseRequest request;
  request.add_start_nodes(StateName(0));
  request.set_max_nodes(7);
  int visits = 0;
  v1::TraverseResponse last;
  ASSERT_OK(house_.api().Traverse(house_.Call(), request, [&](v1::TraverseResponse&& batch) {
    visits += batch.visits_size();
    last = std::move(batch);
    return true;
  }));
  EXPECT_EQ(visits, 7);
  EXPECT_TRUE(last.truncated());
  EXPECT_THAT(last.reached_bounds(), ElementsAre(v1::BOUND_RESULTS));

  request.clear_max_nodes();
  int batches = 0;
  EXPECT_OK(house_.api().Traverse(house_.Call(), request, [&](v1::TraverseResponse&&) {
    ++batches;
    return false;
  }));
  EXPECT_EQ(batches, 1);
}

TEST_P(GraphStreamTest, TraverseChecksItsStart) {
  v1::TraverseRequest request;
  const auto ignore = [](v1::TraverseResponse&&) { return true; };
  ExpectInvalid(house_.api().Traverse(house_.Call(), request, ignore), "start_nodes",
                "at least one name is required");
  request.add_start_nodes("states/XXX");
  EXPECT_THAT(house_.api().Traverse(house_.Call(), request, ignore),
              StatusIs(absl::StatusCode::kNotFound));
  request.set_max_depth(9);
  ExpectInvalid(house_.api().Traverse(house_.Call(), request, ignore), "max_depth",
                "9 is above the limit of 8");
}

TEST_P(GraphStreamTest, ExportsTheOntologyThenNodesThenEdges) {
  house_.Put(States(12),
             {MakeEdge("KNOWS", StateName(0), StateName(1)),
              Marked(MakeEdge("KNOWS", StateName(1), StateName(2)), v1::TRAFFIC_LIGHT_RED)});
  std::vector<std::string> names;
  std::vector<int> items;
  bool edges_began = false;
  int ontologies = 0;
  ASSERT_OK(house_.api().Export(house_.CallAs(v1::TRAFFIC_LIGHT_AMBER), {},
                                [&](v1::ExportResponse&& batch) {
                                  ontologies += batch.has_ontology() ? 1 : 0;
                                  items.push_back(batch.nodes_size() + batch.edges_size());
                                  EXPECT_FALSE(edges_began && batch.nodes_size() > 0);
                                  edges_began = edges_began || batch.edges_size() > 0;
                                  for (const std::string& name : NamesOf(batch.nodes()))
                                    names.push_back(name);
                                  for (const std::string& name : NamesOf(batch.edges()))
                                    names.push_back(name);
                                  return true;
                                }));
  EXPECT_EQ(ontologies, 1);
  EXPECT_THAT(names, SizeIs(14));  // sources/test, 12 states, the edge that is clear.
  EXPECT_THAT(items, Each(Le(5)));
}

TEST_P(GraphStreamTest, ExportsOnlyTheTypesAskedForAndAnEmptyGraph) {
  int messages = 0;
  const auto count = [&](v1::ExportResponse&& batch) {
    ++messages;
    EXPECT_THAT(batch.nodes(), IsEmpty());
    return true;
  };
  ASSERT_OK(house_.api().Export(house_.Call(), {}, count));
  EXPECT_EQ(messages, 1);
  house_.Put(States(2));
  v1::ExportRequest request;
  request.add_types("KNOWS");
  EXPECT_OK(house_.api().Export(house_.Call(), request, count));
  request.add_types("KNOW");
  ExpectInvalid(house_.api().Export(house_.Call(), request, count), "types[1]",
                "no node or edge type KNOW; did you mean KNOWS?");
}

TEST_P(GraphStreamTest, ImportsRowsInAnyOrderInOneCommit) {
  v1::ImportRequest edges;
  *edges.add_edges() = MakeEdge("KNOWS", StateName(0), StateName(1));
  v1::ImportRequest nodes;
  for (const graph::Node& node : States(2)) *nodes.add_nodes() = node;
  *nodes.add_nodes() = MakeNode("sources/test");  // After what cites it.
  const uint64_t before = house_.graph().LatestRevision();
  ASSERT_OK_AND_ASSIGN(const auto response, Import({edges, nodes}));
  EXPECT_THAT(response.row_errors(), IsEmpty());
  EXPECT_EQ(response.created_count(), 4);
  EXPECT_EQ(house_.graph().LatestRevision(), before + 1);
  ASSERT_OK_AND_ASSIGN(const auto again, Import({nodes}));
  EXPECT_EQ(again.unchanged_count(), 3);
  EXPECT_EQ(again.created_count(), 0);
  EXPECT_EQ(again.revision(), response.revision());
}

TEST_P(GraphStreamTest, AnImportWithABadRowAppliesNothingAndNamesIt) {
  house_.Put({});
  const std::string before = Revision();
  v1::ImportRequest batch;
  *batch.add_nodes() = MakeNode("states/IDN");
  *batch.add_nodes() = MakeNode("states/PHL");
  batch.mutable_nodes(1)->clear_citations();
  *batch.add_nodes() = MakeNode("states/IDN");
  *batch.add_edges() = MakeEdge("KNOWS", "states/IDN", "states/IDX");
  *batch.add_edges() = MakeDatedEdge("SIGNED", "states/IDN", "states/PHL", "2014", "2013");
  ASSERT_OK_AND_ASSIGN(const auto response, Import({batch}));
  std::vector<std::string> errors;
  for (const auto& error : response.row_errors()) {
    errors.push_back(absl::StrCat(error.row(), " ", error.field()));
  }
  EXPECT_THAT(errors, ::testing::IsSupersetOf({"2 citations", "3 name", "1 to", "2 to"}));
  EXPECT_EQ(response.revision(), before);
  EXPECT_EQ(Revision(), before);
}

TEST_P(GraphStreamTest, AnImportMayCheckAlone) {
  v1::ImportRequest batch;
  batch.set_validate_only(true);
  *batch.add_nodes() = MakeNode("sources/test");
  const std::string before = Revision();
  ASSERT_OK_AND_ASSIGN(const auto response, Import({batch}));
  EXPECT_THAT(response.row_errors(), IsEmpty());
  EXPECT_EQ(Revision(), before);
}

TEST_P(GraphStreamTest, AnImportWhoseCallerLeavesAppliesNothing) {
  std::atomic<bool> gone{false};
  CallContext call = house_.Call();
  call.cancelled = [&] { return gone.load(); };
  const auto status = house_.api().Import(call, [&](v1::ImportRequest* request) {
    if (gone) return false;
    *request->add_nodes() = MakeNode("sources/test");
    gone = true;
    return true;
  });
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(house_.graph().LatestRevision(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Both, GraphStreamTest, ::testing::Values(Access::kLocal, Access::kRemote),
                         AccessName);

}  // namespace
}  // namespace attlas::services::testing
