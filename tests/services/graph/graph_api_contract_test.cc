// The contract of GraphApi, held by LocalGraph and by RemoteGraph over a real daemon: reads, lists,
// queries and commits. Streams are in graph_stream_contract_test.cc.
#include <algorithm>
#include <string>
#include <vector>

#include "tests/services/graph/graph_fixture.h"

namespace attlas::services::testing {
namespace {

using ::attlas::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class GraphApiTest : public ::testing::TestWithParam<Access> {
 protected:
  // Three states, an instrument, an organization; two signatures, one of them ended.
  std::string PutWorld() {
    return house_.Put({MakeNode("states/IDN", "Indonesia"), MakeNode("states/PHL", "Philippines"),
                       MakeNode("states/FJI", "Fiji"), MakeNode("instruments/att", "ATT"),
                       MakeNode("organizations/asean", "ASEAN")},
                      {MakeDatedEdge("SIGNED", "states/PHL", "instruments/att", "2013-09-25"),
                       MakeDatedEdge("SIGNED", "states/FJI", "instruments/att", "2013", "2015"),
                       MakeEdge("MEMBER_OF", "states/IDN", "organizations/asean"),
                       MakeEdge("MEMBER_OF", "states/PHL", "organizations/asean")});
  }
  GraphApi& api() { return house_.api(); }
  CallContext Call() { return house_.Call(); }

  absl::StatusOr<v1::GetNodeResponse> GetNode(const std::string& name,
                                              const v1::ReadOptions& read = {}) {
    v1::GetNodeRequest request;
    request.set_name(name);
    *request.mutable_read() = read;
    return api().GetNode(Call(), request);
  }
  absl::StatusOr<v1::CommitResponse> Commit(const v1::Mutation& mutation) {
    v1::CommitRequest request;
    *request.add_mutations() = mutation;
    return api().Commit(Call(), request);
  }
  // All pages of a listing of nodes, with `between` called after each page.
  std::vector<std::string> ListAll(
      v1::ListNodesRequest request, const std::function<void()>& between = [] {}) {
    std::vector<std::string> names;
    while (true) {
      const auto page = api().ListNodes(Call(), request);
      EXPECT_OK(page);
      if (!page.ok()) return names;
      for (const graph::Node& node : page->nodes()) names.push_back(node.name());
      if (page->next_page_token().empty()) return names;
      request.set_page_token(page->next_page_token());
      between();
    }
  }

  GraphHouse house_{GetParam()};
};

TEST_P(GraphApiTest, ReadsWhatWasCommitted) {
  const std::string revision = PutWorld();
  ASSERT_OK_AND_ASSIGN(const auto response, GetNode("states/IDN"));
  EXPECT_EQ(response.node().display_name(), "Indonesia");
  EXPECT_FALSE(response.node().etag().empty());
  EXPECT_EQ(response.revision(), revision);
}

TEST_P(GraphApiTest, ReadsAPastRevisionExactly) {
  const std::string first = PutWorld();
  house_.Put({MakeNode("states/IDN", "Republic of Indonesia")});
  v1::ReadOptions read;
  read.set_at_revision(first);
  ASSERT_OK_AND_ASSIGN(const auto then, GetNode("states/IDN", read));
  EXPECT_EQ(then.node().display_name(), "Indonesia");
  EXPECT_EQ(then.revision(), first);
  ASSERT_OK_AND_ASSIGN(const auto now, GetNode("states/IDN"));
  EXPECT_EQ(now.node().display_name(), "Republic of Indonesia");
}

TEST_P(GraphApiTest, AnUnknownNodeSuggestsTheNearest) {
  PutWorld();
  const auto response = GetNode("states/IDX");
  EXPECT_THAT(response, StatusIs(absl::StatusCode::kNotFound,
                                 "no node states/IDX; did you mean states/IDN?"));
  EXPECT_EQ(DetailOf(response.status()).reason, "RESOURCE_NOT_FOUND");
  EXPECT_EQ(MetadataOf(response.status(), "resource"), "states/IDX");
  EXPECT_EQ(MetadataOf(response.status(), "suggestions"), "states/IDN");
}

TEST_P(GraphApiTest, AMalformedNameIsAFaultOfTheField) {
  for (const char* name : {"", "IDN", "states/", "States/IDN", "states/ID N", "states/IDN/x"}) {
    const auto response = GetNode(name);
    EXPECT_THAT(response, StatusIs(absl::StatusCode::kInvalidArgument)) << name;
    const graph::ErrorDetail detail = DetailOf(response.status());
    EXPECT_EQ(detail.reason, "INVALID_FIELD");
    ASSERT_THAT(detail.violations, SizeIs(1));
    EXPECT_EQ(detail.violations[0].field, "name");
  }
}

TEST_P(GraphApiTest, BatchReadsInTheOrderAskedFor) {
  PutWorld();
  v1::BatchGetNodesRequest request;
  for (const char* name : {"states/PHL", "states/XXX", "instruments/att"}) request.add_names(name);
  EXPECT_THAT(api().BatchGetNodes(Call(), request), StatusIs(absl::StatusCode::kNotFound));
  request.set_allow_missing(true);
  ASSERT_OK_AND_ASSIGN(const auto response, api().BatchGetNodes(Call(), request));
  EXPECT_THAT(NamesOf(response.nodes()), ElementsAre("states/PHL", "instruments/att"));
  EXPECT_THAT(response.missing_names(), ElementsAre("states/XXX"));
}

TEST_P(GraphApiTest, RefusesAnOversizedBatch) {
  v1::BatchGetNodesRequest request;
  for (int i = 0; i < 21; ++i) request.add_names("states/IDN");
  ExpectInvalid(api().BatchGetNodes(Call(), request).status(), "names",
                "21 names; at most 20 are taken at once");
}

TEST_P(GraphApiTest, ListsNodesInPages) {
  PutWorld();
  v1::ListNodesRequest request;
  request.set_page_size(2);
  EXPECT_THAT(ListAll(request),
              ElementsAre("sources/test", "states/IDN", "states/PHL", "states/FJI",
                          "instruments/att", "organizations/asean"));
  request.mutable_selector()->add_types("state");
  EXPECT_THAT(ListAll(request), ElementsAre("states/IDN", "states/PHL", "states/FJI"));
}

TEST_P(GraphApiTest, PagesStayTheSameWhileOthersWrite) {
  PutWorld();
  v1::ListNodesRequest request;
  request.set_page_size(1);
  request.mutable_selector()->add_types("state");
  char letter = 'A';
  const auto write = [&] {
    const std::string name = std::string("states/AA") + letter++;
    house_.Put({MakeNode(name), MakeNode("states/IDN", name)});
  };
  EXPECT_THAT(ListAll(request, write), ElementsAre("states/IDN", "states/PHL", "states/FJI"));
}

TEST_P(GraphApiTest, APageTokenBelongsToItsRequest) {
  PutWorld();
  v1::ListNodesRequest request;
  request.set_page_size(1);
  ASSERT_OK_AND_ASSIGN(const auto page, api().ListNodes(Call(), request));
  request.set_page_token(page.next_page_token());
  request.set_page_size(2);  // The size of a page may change.
  EXPECT_OK(api().ListNodes(Call(), request));
  request.mutable_selector()->add_types("state");
  EXPECT_EQ(DetailOf(api().ListNodes(Call(), request).status()).reason, "PAGE_TOKEN_MISMATCH");
  request.clear_selector();
  EXPECT_EQ(
      DetailOf(api().ListNodes(house_.CallAs(v1::TRAFFIC_LIGHT_CLEAR), request).status()).reason,
      "PAGE_TOKEN_MISMATCH");
  request.set_page_token("x" + page.next_page_token());
  EXPECT_EQ(DetailOf(api().ListNodes(Call(), request).status()).reason, "PAGE_TOKEN_MALFORMED");
}

TEST_P(GraphApiTest, AListWithANegativePageSizeIsRefused) {
  v1::ListNodesRequest request;
  request.set_page_size(-1);
  ExpectInvalid(api().ListNodes(Call(), request).status(), "page_size", "-1 is below 0");
}

TEST_P(GraphApiTest, ListsTheEdgesOfANodeAndOfTheGraph) {
  PutWorld();
  v1::ListEdgesRequest request;
  request.set_node("states/PHL");
  ASSERT_OK_AND_ASSIGN(const auto both, api().ListEdges(Call(), request));
  EXPECT_THAT(both.edges(), SizeIs(2));
  request.add_types("SIGNED");
  ASSERT_OK_AND_ASSIGN(const auto signatures, api().ListEdges(Call(), request));
  ASSERT_THAT(signatures.edges(), SizeIs(1));
  EXPECT_EQ(signatures.edges(0).to(), "instruments/att");

  v1::ListEdgesRequest all;
  all.set_page_size(1);
  std::vector<std::string> names;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, api().ListEdges(Call(), all));
    for (const graph::Edge& edge : page.edges()) names.push_back(edge.name());
    all.set_page_token(page.next_page_token());
  } while (!all.page_token().empty());
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::unique(names.begin(), names.end()), names.end());
  EXPECT_THAT(names, SizeIs(4));
}

TEST_P(GraphApiTest, ALoopIsListedOnce) {
  house_.Put({MakeNode("states/IDN")}, {MakeEdge("KNOWS", "states/IDN", "states/IDN")});
  v1::ListEdgesRequest request;
  request.set_node("states/IDN");
  ASSERT_OK_AND_ASSIGN(const auto response, api().ListEdges(Call(), request));
  EXPECT_THAT(response.edges(), SizeIs(1));
}

TEST_P(GraphApiTest, StatementsHoldOnTheirDates) {
  PutWorld();
  v1::ListEdgesRequest request;
  request.set_node("instruments/att");
  request.mutable_read()->mutable_as_of()->set_year(2014);
  ASSERT_OK_AND_ASSIGN(const auto then, api().ListEdges(Call(), request));
  EXPECT_THAT(then.edges(), SizeIs(2));
  request.mutable_read()->mutable_as_of()->set_year(2015);
  ASSERT_OK_AND_ASSIGN(const auto later, api().ListEdges(Call(), request));
  ASSERT_THAT(later.edges(), SizeIs(1));
  EXPECT_EQ(later.edges(0).from(), "states/PHL");
}

TEST_P(GraphApiTest, AnUnknownEdgeTypeSuggestsTheNearest) {
  PutWorld();
  v1::ListEdgesRequest request;
  request.add_types("SIGNE");
  const auto response = api().ListEdges(Call(), request);
  EXPECT_THAT(response, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("SIGNED")));
  ASSERT_THAT(DetailOf(response.status()).violations, SizeIs(1));
  EXPECT_EQ(DetailOf(response.status()).violations[0].field, "types[0]");
}

TEST_P(GraphApiTest, APredicateOnAnUnknownPropertyIsRefused) {
  PutWorld();
  v1::ListEdgesRequest request;
  request.add_types("SIGNED");
  v1::PropertyPredicate* predicate = request.add_predicates();
  predicate->set_property("acts");
  predicate->set_comparison(v1::COMPARISON_PRESENT);
  ExpectInvalid(api().ListEdges(Call(), request).status(), "predicates[0].property",
                "no property of these edges acts; did you mean act?");
}

TEST_P(GraphApiTest, MarkedNodesAndTheirEdgesDoNotExistForALowerCeiling) {
  house_.Put({MakeNode("states/IDN"), Marked(MakeNode("states/PHL"), v1::TRAFFIC_LIGHT_AMBER),
              MakeNode("instruments/att")},
             {MakeDatedEdge("SIGNED", "states/PHL", "instruments/att", "2013"),
              Marked(MakeDatedEdge("SIGNED", "states/IDN", "instruments/att", "2013"),
                     v1::TRAFFIC_LIGHT_GREEN)});
  const CallContext low = house_.CallAs(v1::TRAFFIC_LIGHT_CLEAR);
  v1::GetNodeRequest hidden;
  hidden.set_name("states/PHL");
  v1::GetNodeRequest missing;
  missing.set_name("states/PHX");
  const absl::Status of_hidden = api().GetNode(low, hidden).status();
  const absl::Status of_missing = api().GetNode(low, missing).status();
  EXPECT_EQ(of_hidden.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(of_missing.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(of_missing.message()), ::testing::Not(HasSubstr("states/PHL")));

  v1::ListEdgesRequest edges;
  edges.set_node("instruments/att");
  ASSERT_OK_AND_ASSIGN(const auto seen, api().ListEdges(low, edges));
  EXPECT_THAT(seen.edges(), IsEmpty());
  ASSERT_OK_AND_ASSIGN(const auto all, api().ListEdges(Call(), edges));
  EXPECT_THAT(all.edges(), SizeIs(2));
  edges.mutable_read()->set_ceiling(v1::TRAFFIC_LIGHT_GREEN);
  ASSERT_OK_AND_ASSIGN(const auto green, api().ListEdges(Call(), edges));
  ASSERT_THAT(green.edges(), SizeIs(1));
  EXPECT_EQ(green.edges(0).from(), "states/IDN");
}

TEST_P(GraphApiTest, CountsOnlyWhatTheCallerSees) {
  house_.Put({MakeNode("states/IDN"), Marked(MakeNode("states/PHL"), v1::TRAFFIC_LIGHT_RED)});
  const auto states = [&](const CallContext& call) {
    const auto response = api().GetStatistics(call, {});
    EXPECT_OK(response);
    for (const auto& count : response->node_counts()) {
      if (count.type() == "state") return count.count();
    }
    return int64_t{-1};
  };
  EXPECT_EQ(states(Call()), 2);
  EXPECT_EQ(states(house_.CallAs(v1::TRAFFIC_LIGHT_AMBER)), 1);
}

TEST_P(GraphApiTest, MatchesPatternsAsPathsAndAsASubgraph) {
  PutWorld();
  v1::MatchPathsRequest request;
  v1::Pattern* pattern = request.add_patterns();
  pattern->mutable_start()->add_names("states/PHL");
  v1::Hop* hop = pattern->add_hops();
  hop->add_edge_types("MEMBER_OF");
  hop = pattern->add_hops();
  hop->add_edge_types("MEMBER_OF");
  hop->set_direction(v1::DIRECTION_BACKWARD);
  ASSERT_OK_AND_ASSIGN(const auto paths, api().MatchPaths(Call(), request));
  ASSERT_THAT(paths.matches(), SizeIs(1));
  EXPECT_FALSE(paths.truncated());
  std::vector<std::string> names;
  for (const int index : paths.matches(0).path().node_indexes()) {
    names.push_back(paths.subgraph().nodes(index).name());
  }
  EXPECT_THAT(names, ElementsAre("states/PHL", "organizations/asean", "states/IDN"));

  request.set_result(v1::MATCH_RESULT_SUBGRAPH);
  ASSERT_OK_AND_ASSIGN(const auto subgraph, api().MatchPaths(Call(), request));
  EXPECT_THAT(NamesOf(subgraph.subgraph().nodes()),
              UnorderedElementsAre("states/PHL", "organizations/asean", "states/IDN"));
  ASSERT_THAT(subgraph.pattern_matches(), SizeIs(1));
  EXPECT_TRUE(std::is_sorted(subgraph.pattern_matches(0).node_indexes().begin(),
                             subgraph.pattern_matches(0).node_indexes().end()));
}

TEST_P(GraphApiTest, MatchPathsSaysWhenItWasCutShort) {
  PutWorld();
  v1::MatchPathsRequest request;
  request.add_patterns()->mutable_start()->add_types("state");
  request.set_max_paths(2);
  ASSERT_OK_AND_ASSIGN(const auto response, api().MatchPaths(Call(), request));
  EXPECT_THAT(response.matches(), SizeIs(2));
  EXPECT_TRUE(response.truncated());
  EXPECT_THAT(response.reached_bounds(), ElementsAre(v1::BOUND_RESULTS));
}

TEST_P(GraphApiTest, RefusesAPatternWithoutAPatternAndTooManyPatterns) {
  v1::MatchPathsRequest request;
  ExpectInvalid(api().MatchPaths(Call(), request).status(), "patterns",
                "at least one pattern is required");
  for (int i = 0; i < 17; ++i) request.add_patterns()->mutable_start()->add_types("state");
  ExpectInvalid(api().MatchPaths(Call(), request).status(), "patterns",
                "17 patterns; at most 16 are taken at once");
}

TEST_P(GraphApiTest, FindsPathsAndNoPathIsNoError) {
  PutWorld();
  v1::FindPathsRequest request;
  request.set_from("states/IDN");
  request.set_to("instruments/att");
  ASSERT_OK_AND_ASSIGN(const auto found, api().FindPaths(Call(), request));
  ASSERT_THAT(found.paths(), SizeIs(1));
  EXPECT_EQ(found.paths(0).cost(), 3);
  EXPECT_THAT(found.paths(0).edge_indexes(), SizeIs(3));
  EXPECT_THAT(found.subgraph().nodes(), SizeIs(4));

  request.add_avoid_node_types("organization");
  ASSERT_OK_AND_ASSIGN(const auto none, api().FindPaths(Call(), request));
  EXPECT_THAT(none.paths(), IsEmpty());
}

TEST_P(GraphApiTest, DepthOverTheLimitIsRefused) {
  PutWorld();
  v1::FindPathsRequest paths;
  paths.set_from("states/IDN");
  paths.set_to("states/PHL");
  paths.set_max_hops(9);
  ExpectInvalid(api().FindPaths(Call(), paths).status(), "max_hops", "9 is above the limit of 8");
  v1::GetNeighborhoodRequest around;
  around.set_node("states/IDN");
  around.set_max_depth(9);
  ExpectInvalid(api().GetNeighborhood(Call(), around).status(), "max_depth",
                "9 is above the limit of 8");
}

TEST_P(GraphApiTest, FindPathsRefusesCostsThatAreNone) {
  PutWorld();
  v1::FindPathsRequest request;
  request.set_from("states/IDN");
  request.set_to("states/PHL");
  v1::EdgeTypeCost* cost = request.add_costs();
  cost->set_edge_type("SIGNED");
  ExpectInvalid(api().FindPaths(Call(), request).status(), "costs[0].cost",
                "a cost must be a number above 0");
  cost->set_cost(1);
  request.set_confidence_penalty(-1);
  ExpectInvalid(api().FindPaths(Call(), request).status(), "confidence_penalty",
                "must be a number, 0 or more");
}

TEST_P(GraphApiTest, ExtractsANeighborhood) {
  PutWorld();
  v1::GetNeighborhoodRequest request;
  request.set_node("states/PHL");
  ASSERT_OK_AND_ASSIGN(const auto near, api().GetNeighborhood(Call(), request));
  EXPECT_THAT(NamesOf(near.subgraph().nodes()),
              UnorderedElementsAre("states/PHL", "instruments/att", "organizations/asean"));
  EXPECT_EQ(near.subgraph().nodes(0).name(), "states/PHL");
  EXPECT_THAT(near.depths(), ElementsAre(0, 1, 1));
  EXPECT_THAT(near.subgraph().edges(), SizeIs(2));
  request.set_max_nodes(2);
  ASSERT_OK_AND_ASSIGN(const auto cut, api().GetNeighborhood(Call(), request));
  EXPECT_TRUE(cut.truncated());
  EXPECT_THAT(cut.subgraph().nodes(), SizeIs(2));
}

TEST_P(GraphApiTest, TellsTheHistoryNewestFirst) {
  PutWorld();
  house_.Put({MakeNode("states/FJI", "Republic of Fiji")});
  house_.Put({MakeNode("states/FJI", "Fiji again")});
  v1::GetHistoryRequest request;
  request.set_name("states/FJI");
  request.set_page_size(2);
  ASSERT_OK_AND_ASSIGN(const auto first, api().GetHistory(Call(), request));
  ASSERT_THAT(first.changes(), SizeIs(2));
  EXPECT_EQ(first.changes(0).node().display_name(), "Fiji again");
  ASSERT_FALSE(first.next_page_token().empty());
  request.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const auto second, api().GetHistory(Call(), request));
  ASSERT_THAT(second.changes(), SizeIs(1));
  EXPECT_EQ(second.changes(0).kind(), v1::CHANGE_KIND_CREATED);
  EXPECT_TRUE(second.next_page_token().empty());
  request.clear_page_token();
  request.set_name("states/FJX");
  EXPECT_THAT(api().GetHistory(Call(), request), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(GraphApiTest, ReturnsTheOntology) {
  ASSERT_OK_AND_ASSIGN(const auto response, api().GetOntology(Call(), {}));
  EXPECT_EQ(response.ontology().SerializeAsString(),
            ::attlas::testing::TestOntologyProto().SerializeAsString());
}

TEST_P(GraphApiTest, RevisionsAreChecked) {
  const std::string revision = PutWorld();
  GraphHouse other(Access::kLocal);
  v1::ReadOptions read;
  read.set_at_revision("nonsense");
  EXPECT_EQ(DetailOf(GetNode("states/IDN", read).status()).reason, "REVISION_MALFORMED");
  read.set_at_revision(other.graph().RevisionToken(0));
  EXPECT_EQ(DetailOf(GetNode("states/IDN", read).status()).reason, "REVISION_FROM_OTHER_STORE");
  read.set_at_revision(house_.graph().RevisionToken(house_.graph().LatestRevision() + 1));
  const auto future = GetNode("states/IDN", read);
  EXPECT_THAT(future, StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_EQ(DetailOf(future.status()).reason, "REVISION_IN_FUTURE");
  EXPECT_EQ(MetadataOf(future.status(), "latest_revision"), revision);
}

TEST_P(GraphApiTest, ACommitIsAllOrNothing) {
  PutWorld();
  v1::CommitRequest request;
  *request.add_mutations()->mutable_create_node() = MakeNode("states/TLS");
  *request.add_mutations()->mutable_create_node() = MakeNode("states/IDN");
  const auto response = api().Commit(Call(), request);
  EXPECT_THAT(response, StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_EQ(MetadataOf(response.status(), "resource"), "states/IDN");
  EXPECT_THAT(GetNode("states/TLS"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(GraphApiTest, ACommitNamesWhatItChanged) {
  v1::CommitRequest request;
  *request.add_mutations()->mutable_put_node() = MakeNode("sources/test");
  *request.add_mutations()->mutable_put_node() = MakeNode("states/IDN");
  request.set_validate_only(true);
  EXPECT_OK(api().Commit(Call(), request));
  EXPECT_THAT(GetNode("states/IDN"), StatusIs(absl::StatusCode::kNotFound));
  request.set_validate_only(false);
  ASSERT_OK_AND_ASSIGN(const auto response, api().Commit(Call(), request));
  EXPECT_THAT(response.names(), ElementsAre("sources/test", "states/IDN"));
  EXPECT_THAT(response.etags(), SizeIs(2));
}

TEST_P(GraphApiTest, AStaleEtagAborts) {
  PutWorld();
  v1::Mutation mutation;
  *mutation.mutable_update_node() = MakeNode("states/IDN", "New");
  mutation.mutable_update_node()->set_etag("\"0\"");
  const auto response = Commit(mutation);
  EXPECT_THAT(response, StatusIs(absl::StatusCode::kAborted));
  EXPECT_EQ(DetailOf(response.status()).reason, "ETAG_MISMATCH");
  EXPECT_EQ(MetadataOf(response.status(), "resource"), "states/IDN");
}

TEST_P(GraphApiTest, RefusesAnEmptyAndAnOversizedCommit) {
  v1::CommitRequest request;
  ExpectInvalid(api().Commit(Call(), request).status(), "mutations",
                "at least one mutation is required");
  for (int i = 0; i < 51; ++i) {
    *request.add_mutations()->mutable_put_node() = MakeNode("states/IDN");
  }
  ExpectInvalid(api().Commit(Call(), request).status(), "mutations",
                "51 mutations; at most 50 are taken at once");
}

TEST_P(GraphApiTest, ACallOutOfTimeIsNotBegun) {
  PutWorld();
  CallContext late = Call();
  late.deadline = absl::Now() - absl::Seconds(1);
  v1::GetNodeRequest request;
  request.set_name("states/IDN");
  const auto response = api().GetNode(late, request);
  EXPECT_THAT(response, StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_EQ(DetailOf(response.status()).reason, "DEADLINE_EXCEEDED");
}

TEST_P(GraphApiTest, ACallWhoseCallerLeftIsNotBegun) {
  CallContext gone = Call();
  gone.cancelled = [] { return true; };
  EXPECT_THAT(api().GetOntology(gone, {}), StatusIs(absl::StatusCode::kCancelled));
}

INSTANTIATE_TEST_SUITE_P(Both, GraphApiTest, ::testing::Values(Access::kLocal, Access::kRemote),
                         [](const auto& param) {
                           return param.param == Access::kLocal ? "Local" : "Remote";
                         });

}  // namespace
}  // namespace attlas::services::testing
