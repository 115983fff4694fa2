// The contract of GraphApi: Traverse, Export and Import.
#include <atomic>
#include <deque>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/model/name.h"
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
  // A whole stream: the last message says how many rows there were.
  absl::StatusOr<v1::ImportResponse> Import(std::deque<v1::ImportRequest> batches) {
    int64_t rows = 0;
    for (const v1::ImportRequest& batch : batches) rows += batch.nodes_size() + batch.edges_size();
    batches.back().set_row_count(rows);
    return ImportAsIs(std::move(batches));
  }
  absl::StatusOr<v1::ImportResponse> ImportAsIs(std::deque<v1::ImportRequest> batches) {
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

// A message of a stream is as small as its nodes allow, whatever these say.
TEST_P(GraphStreamTest, TraverseBoundsTheBytesOfAMessage) {
  std::vector<graph::Node> nodes = States(5);
  std::vector<graph::Edge> edges;
  for (size_t i = 0; i < nodes.size(); ++i) {
    nodes[i].add_aliases(std::string(16'000, 'x'));
    while (nodes[i].aliases_size() < 10) nodes[i].add_aliases(nodes[i].aliases(0));
    if (i > 0) edges.push_back(MakeEdge("KNOWS", nodes[0].name(), nodes[i].name()));
  }
  house_.Put(nodes, edges);
  v1::TraverseRequest request;
  request.add_start_nodes(StateName(0));
  std::vector<int> visits;
  ASSERT_OK(house_.api().Traverse(house_.Call(), request, [&](v1::TraverseResponse&& batch) {
    visits.push_back(batch.visits_size());
    EXPECT_FALSE(batch.revision().empty());
    return true;
  }));
  EXPECT_THAT(visits, ElementsAre(1, 1, 1, 1, 1));
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

// Every cut of an export, resumed, gives what the whole one gives, though the graph has moved on.
TEST_P(GraphStreamTest, AnExportIsResumedAfterAnyMessage) {
  std::vector<graph::Edge> edges;
  for (int i = 1; i < 12; ++i) edges.push_back(MakeEdge("KNOWS", StateName(0), StateName(i)));
  edges.push_back(Marked(MakeEdge("KNOWS", StateName(0), StateName(0)), v1::TRAFFIC_LIGHT_RED));
  house_.Put(States(12), edges);
  const CallContext call = house_.CallAs(v1::TRAFFIC_LIGHT_AMBER);
  const auto collect = [&](const v1::ExportRequest& request, size_t most,
                           std::vector<v1::ExportResponse>* batches) {
    return house_.api().Export(call, request, [&](v1::ExportResponse&& batch) {
      batches->push_back(std::move(batch));
      return batches->size() < most;
    });
  };
  const auto names_of = [](const std::vector<v1::ExportResponse>& batches) {
    std::vector<std::string> names;
    for (const v1::ExportResponse& batch : batches) {
      for (const std::string& name : NamesOf(batch.nodes())) names.push_back(name);
      for (const std::string& name : NamesOf(batch.edges())) names.push_back(name);
    }
    return names;
  };
  v1::ExportRequest request;
  std::vector<v1::ExportResponse> whole;
  ASSERT_OK(collect(request, 100, &whole));
  ASSERT_THAT(whole, SizeIs(5));  // 13 nodes and 11 edges, by fives.
  EXPECT_EQ(whole.back().cursor(), "");
  house_.Put({MakeNode("instruments/att")}, {MakeEdge("KNOWS", StateName(5), StateName(6))});
  for (size_t cut = 1; cut < whole.size(); ++cut) {
    std::vector<v1::ExportResponse> batches(whole.begin(),
                                            whole.begin() + static_cast<std::ptrdiff_t>(cut));
    request.set_cursor(batches.back().cursor());
    ASSERT_OK(collect(request, 100, &batches));
    EXPECT_EQ(names_of(batches), names_of(whole));
    EXPECT_FALSE(batches.back().has_ontology());
    EXPECT_EQ(batches.back().revision(), whole[0].revision());
  }
}

TEST_P(GraphStreamTest, ACursorBelongsToItsExportAndItsCaller) {
  house_.Put(States(12));
  v1::ExportRequest request;
  const auto take_one = [&](v1::ExportResponse&& batch) {
    request.set_cursor(batch.cursor());
    return false;
  };
  ASSERT_OK(house_.api().Export(house_.Call(), request, take_one));
  ASSERT_NE(request.cursor(), "");
  const auto ignore = [](v1::ExportResponse&&) { return true; };
  EXPECT_EQ(
      DetailOf(house_.api().Export(house_.CallAs(v1::TRAFFIC_LIGHT_GREEN), request, ignore)).reason,
      "PAGE_TOKEN_MISMATCH");
  request.add_types("state");
  ExpectInvalid(house_.api().Export(house_.Call(), request, ignore), "cursor",
                "belongs to another request");
  request.set_cursor("nonsense");
  ExpectInvalid(house_.api().Export(house_.Call(), request, ignore), "cursor",
                "not a page token of this server");
}

// A stream that a deadline or its caller ends says so, and none runs on.
TEST_P(GraphStreamTest, StreamsEndWithTheirCall) {
  house_.Put(States(12));
  CallContext late = house_.Call();
  late.deadline = absl::Now() - absl::Seconds(1);
  CallContext gone = house_.Call();
  gone.cancelled = [] { return true; };
  v1::TraverseRequest traverse;
  traverse.add_start_nodes(StateName(0));
  for (const auto& [call, code] : {std::pair(late, absl::StatusCode::kDeadlineExceeded),
                                   std::pair(gone, absl::StatusCode::kCancelled)}) {
    const auto refuse = [](auto&&) {
      ADD_FAILURE() << "a message after the end";
      return true;
    };
    EXPECT_THAT(house_.api().Traverse(call, traverse, refuse), StatusIs(code));
    EXPECT_THAT(house_.api().Export(call, {}, refuse), StatusIs(code));
    EXPECT_THAT(house_.api().Watch(call, {}, refuse), StatusIs(code));
    EXPECT_THAT(house_.api().Import(call, [](v1::ImportRequest*) { return false; }),
                StatusIs(code));
  }
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

TEST_P(GraphStreamTest, AnImportWithoutItsEndIsACutOne) {
  v1::ImportRequest batch;
  *batch.add_nodes() = MakeNode("sources/test");
  ExpectInvalid(ImportAsIs({batch}).status(), "row_count",
                "is missing: the stream ended after 1 rows without it, so it may have been cut "
                "off; nothing was applied. Set it in the last message");
  ExpectInvalid(ImportAsIs({}).status(), "row_count",
                "is missing: the stream ended after 0 rows without it, so it may have been cut "
                "off; nothing was applied. Set it in the last message");
  batch.set_row_count(2);
  ExpectInvalid(ImportAsIs({batch}).status(), "row_count",
                "says 2 rows, but 1 came; nothing was applied");
  batch.set_row_count(1);
  v1::ImportRequest more;
  *more.add_nodes() = MakeNode("states/IDN");
  more.set_row_count(2);
  ExpectInvalid(ImportAsIs({batch, more}).status(), "row_count",
                "stands in a message before the last");
  EXPECT_EQ(house_.graph().LatestRevision(), 0u);
  EXPECT_OK(ImportAsIs({batch}));
  EXPECT_EQ(house_.graph().LatestRevision(), 1u);
}

TEST_P(GraphStreamTest, AnImportKeepsToTheDerivedNamesOfEdges) {
  house_.Put(States(2));
  v1::ImportRequest batch;
  *batch.add_edges() = MakeEdge("KNOWS", StateName(0), StateName(1));
  batch.mutable_edges(0)->set_name("edges/mine");
  *batch.add_edges() = MakeEdge("KNOWS", StateName(1), StateName(0));
  const std::string right = graph::DeriveEdgeName("KNOWS", StateName(0), StateName(1), "");
  ASSERT_OK_AND_ASSIGN(const auto refused, Import({batch}));
  ASSERT_THAT(refused.row_errors(), SizeIs(1));
  EXPECT_EQ(refused.row_errors(0).row(), 1);
  EXPECT_EQ(refused.row_errors(0).field(), "name");
  EXPECT_EQ(
      refused.row_errors(0).message(),
      absl::StrCat("`edges/mine` is not the name of this statement; leave it empty or write `",
                   right, "`"));
  batch.mutable_edges(0)->set_name(right);
  ASSERT_OK_AND_ASSIGN(const auto taken, Import({batch}));
  EXPECT_EQ(taken.created_count(), 2);
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
