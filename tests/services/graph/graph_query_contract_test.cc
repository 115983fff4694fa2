// The contract of GraphApi: questions about the shape of the graph, history, revisions and commits.
#include <algorithm>
#include <string>
#include <vector>

#include "tests/services/graph/graph_api_test.h"

namespace attlas::services::testing {
namespace {

using ::attlas::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

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
  ASSERT_THAT(paths->matches(), SizeIs(1));
  EXPECT_FALSE(paths->truncated());
  std::vector<std::string> names;
  for (const int index : paths->matches(0).path().node_indexes()) {
    names.push_back(paths->subgraph().nodes(index).name());
  }
  EXPECT_THAT(names, ElementsAre("states/PHL", "organizations/asean", "states/IDN"));

  request.set_result(v1::MATCH_RESULT_SUBGRAPH);
  ASSERT_OK_AND_ASSIGN(const auto subgraph, api().MatchPaths(Call(), request));
  EXPECT_THAT(NamesOf(subgraph->subgraph().nodes()),
              UnorderedElementsAre("states/PHL", "organizations/asean", "states/IDN"));
  ASSERT_THAT(subgraph->pattern_matches(), SizeIs(1));
  EXPECT_TRUE(std::is_sorted(subgraph->pattern_matches(0).node_indexes().begin(),
                             subgraph->pattern_matches(0).node_indexes().end()));
}

TEST_P(GraphApiTest, MatchPathsSaysWhenItWasCutShort) {
  PutWorld();
  v1::MatchPathsRequest request;
  request.add_patterns()->mutable_start()->add_types("state");
  request.set_max_paths(2);
  ASSERT_OK_AND_ASSIGN(const auto response, api().MatchPaths(Call(), request));
  EXPECT_THAT(response->matches(), SizeIs(2));
  EXPECT_TRUE(response->truncated());
  EXPECT_THAT(response->reached_bounds(), ElementsAre(v1::BOUND_RESULTS));
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
  ASSERT_THAT(found->paths(), SizeIs(1));
  EXPECT_EQ(found->paths(0).cost(), 3);
  EXPECT_THAT(found->paths(0).edge_indexes(), SizeIs(3));
  EXPECT_THAT(found->subgraph().nodes(), SizeIs(4));

  request.add_avoid_node_types("organization");
  ASSERT_OK_AND_ASSIGN(const auto none, api().FindPaths(Call(), request));
  EXPECT_THAT(none->paths(), IsEmpty());
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
  EXPECT_THAT(NamesOf(near->subgraph().nodes()),
              UnorderedElementsAre("states/PHL", "instruments/att", "organizations/asean"));
  EXPECT_EQ(near->subgraph().nodes(0).name(), "states/PHL");
  EXPECT_THAT(near->depths(), ElementsAre(0, 1, 1));
  EXPECT_THAT(near->subgraph().edges(), SizeIs(2));
  request.set_max_nodes(2);
  ASSERT_OK_AND_ASSIGN(const auto cut, api().GetNeighborhood(Call(), request));
  EXPECT_TRUE(cut->truncated());
  EXPECT_THAT(cut->subgraph().nodes(), SizeIs(2));
}

// A hub of twelve states with a text of 10 kB each, all of which know the next.
class LargeAnswerTest : public GraphApiTest {
 protected:
  static constexpr int kStates = 12;
  static constexpr int32_t kMaxBytes = 45'000;  // Four states.

  LargeAnswerTest() {
    std::vector<graph::Node> nodes = States(kStates);
    std::vector<graph::Edge> edges;
    for (int i = 0; i < kStates; ++i) {
      nodes[static_cast<size_t>(i)].add_aliases(std::string(10'000, 'x'));
      edges.push_back(MakeEdge("KNOWS", StateName(i), StateName((i + 1) % kStates)));
      if (i > 1) edges.push_back(MakeEdge("KNOWS", StateName(0), StateName(i)));
    }
    house_.Put(nodes, edges);
  }

  // The answer fits, says what cut it, and is whole in itself.
  template <typename Response>
  static void ExpectCut(const Response& response) {
    EXPECT_LE(response.ByteSizeLong(), static_cast<size_t>(kMaxBytes) + 200);
    EXPECT_TRUE(response.truncated());
    EXPECT_THAT(response.reached_bounds(), ::testing::Contains(v1::BOUND_BYTES));
    const std::vector<std::string> names = NamesOf(response.subgraph().nodes());
    EXPECT_THAT(names, SizeIs(4));
    for (const graph::Edge& edge : response.subgraph().edges()) {
      EXPECT_THAT(names, ::testing::Contains(edge.from()));
      EXPECT_THAT(names, ::testing::Contains(edge.to()));
    }
  }
};

TEST_P(LargeAnswerTest, BatchGetNodesNamesWhatItCutOff) {
  v1::BatchGetNodesRequest request;
  for (int i = 0; i < kStates; ++i) request.add_names(StateName(i));
  request.set_max_bytes(kMaxBytes);
  std::vector<std::string> names;
  int calls = 0;
  while (!request.names().empty()) {
    ASSERT_OK_AND_ASSIGN(const auto response, api().BatchGetNodes(Call(), request));
    ++calls;
    for (const std::string& name : NamesOf(response->nodes())) names.push_back(name);
    EXPECT_EQ(response->truncated(), !response->unread_names().empty());
    *request.mutable_names() = response->unread_names();
  }
  EXPECT_EQ(calls, 3);
  std::vector<std::string> expected;
  for (int i = 0; i < kStates; ++i) expected.push_back(StateName(i));
  EXPECT_EQ(names, expected);

  // One node is returned however large it is, so that the calls come to an end.
  request.add_names(StateName(0));
  request.add_names(StateName(1));
  request.set_max_bytes(1);
  ASSERT_OK_AND_ASSIGN(const auto one, api().BatchGetNodes(Call(), request));
  EXPECT_THAT(NamesOf(one->nodes()), ElementsAre(StateName(0)));
  EXPECT_THAT(one->unread_names(), ElementsAre(StateName(1)));
  EXPECT_THAT(one->reached_bounds(), ElementsAre(v1::BOUND_BYTES));
}

TEST_P(LargeAnswerTest, GetNeighborhoodIsCutToItsBytes) {
  v1::GetNeighborhoodRequest request;
  request.set_node(StateName(0));
  request.set_max_bytes(kMaxBytes);
  ASSERT_OK_AND_ASSIGN(const auto near, api().GetNeighborhood(Call(), request));
  ExpectCut(*near);
  EXPECT_THAT(near->depths(), ElementsAre(0, 1, 1, 1));
  EXPECT_EQ(near->subgraph().nodes(0).name(), StateName(0));
  EXPECT_GE(near->subgraph().edges_size(), 3);
}

TEST_P(LargeAnswerTest, MatchPathsIsCutToItsBytes) {
  v1::MatchPathsRequest request;
  v1::Pattern* pattern = request.add_patterns();
  pattern->mutable_start()->add_names(StateName(0));
  pattern->add_hops()->add_edge_types("KNOWS");
  request.set_max_bytes(kMaxBytes);
  ASSERT_OK_AND_ASSIGN(const auto paths, api().MatchPaths(Call(), request));
  ExpectCut(*paths);
  ASSERT_THAT(paths->matches(), SizeIs(3));
  for (const auto& match : paths->matches()) {
    const v1::Edge& edge = paths->subgraph().edges(match.path().edge_indexes(0));
    EXPECT_EQ(edge.from(), paths->subgraph().nodes(match.path().node_indexes(0)).name());
    EXPECT_EQ(edge.to(), paths->subgraph().nodes(match.path().node_indexes(1)).name());
  }
  request.set_result(v1::MATCH_RESULT_SUBGRAPH);
  ASSERT_OK_AND_ASSIGN(const auto subgraph, api().MatchPaths(Call(), request));
  ExpectCut(*subgraph);
  EXPECT_THAT(subgraph->pattern_matches(0).node_indexes(), ElementsAre(0, 1, 2, 3));
  EXPECT_EQ(subgraph->pattern_matches(0).edge_indexes_size(), subgraph->subgraph().edges_size());
}

TEST_P(LargeAnswerTest, FindPathsIsCutToItsBytes) {
  v1::FindPathsRequest request;
  request.set_from(StateName(0));
  request.set_to(StateName(6));
  request.set_max_paths(10);
  request.set_max_bytes(kMaxBytes);
  ASSERT_OK_AND_ASSIGN(const auto found, api().FindPaths(Call(), request));
  EXPECT_TRUE(found->truncated());
  EXPECT_THAT(found->reached_bounds(), ::testing::Contains(v1::BOUND_BYTES));
  EXPECT_LE(found->ByteSizeLong(), static_cast<size_t>(kMaxBytes) + 200);
  ASSERT_FALSE(found->paths().empty());
  EXPECT_EQ(found->paths(0).cost(), 1);
  request.set_max_bytes(1'000'000);
  ASSERT_OK_AND_ASSIGN(const auto whole, api().FindPaths(Call(), request));
  EXPECT_THAT(whole->reached_bounds(), ::testing::Not(::testing::Contains(v1::BOUND_BYTES)));
  EXPECT_GT(whole->paths_size(), found->paths_size());
}

TEST_P(LargeAnswerTest, ABoundOnBytesHasABoundItself) {
  v1::GetNeighborhoodRequest request;
  request.set_node(StateName(0));
  request.set_max_bytes(-1);
  ExpectInvalid(api().GetNeighborhood(Call(), request).status(), "max_bytes", "-1 is below 0");
  request.set_max_bytes((256 << 20) + 1);
  ExpectInvalid(api().GetNeighborhood(Call(), request).status(), "max_bytes",
                "268435457 is above the limit of 268435456");
}

INSTANTIATE_TEST_SUITE_P(Both, LargeAnswerTest, ::testing::Values(Access::kLocal, Access::kRemote),
                         AccessName);

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

// The one field that an error blames.
std::string BlamedField(const absl::Status& status) {
  const graph::ErrorDetail detail = DetailOf(status);
  return detail.violations.size() == 1 ? detail.violations[0].field : "";
}

TEST_P(GraphApiTest, RevisionsAreChecked) {
  const std::string revision = PutWorld();
  GraphHouse other(Access::kLocal);
  v1::ReadOptions read;
  read.set_at_revision("nonsense");
  EXPECT_EQ(DetailOf(GetNode("states/IDN", read).status()).reason, "REVISION_MALFORMED");
  EXPECT_EQ(BlamedField(GetNode("states/IDN", read).status()), "read.at_revision");
  read.set_at_least_revision("nonsense");
  EXPECT_EQ(DetailOf(GetNode("states/IDN", read).status()).reason, "REVISION_MALFORMED");
  EXPECT_EQ(BlamedField(GetNode("states/IDN", read).status()), "read.at_least_revision");
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
                         AccessName);

}  // namespace
}  // namespace attlas::services::testing
