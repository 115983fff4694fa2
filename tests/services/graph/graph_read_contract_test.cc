// The contract of GraphApi: nodes, edges, lists and what a caller may see.
#include <algorithm>
#include <string>
#include <vector>

#include "tests/services/graph/graph_api_test.h"

namespace attlas::services::testing {
namespace {

using ::attlas::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

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
  EXPECT_THAT(NamesOf(response->nodes()), ElementsAre("states/PHL", "instruments/att"));
  EXPECT_THAT(response->missing_names(), ElementsAre("states/XXX"));
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
  request.set_page_token(page->next_page_token());
  request.set_page_size(2);  // The size of a page may change.
  EXPECT_OK(api().ListNodes(Call(), request));
  request.mutable_selector()->add_types("state");
  EXPECT_EQ(DetailOf(api().ListNodes(Call(), request).status()).reason, "PAGE_TOKEN_MISMATCH");
  request.clear_selector();
  EXPECT_EQ(
      DetailOf(api().ListNodes(house_.CallAs(v1::TRAFFIC_LIGHT_CLEAR), request).status()).reason,
      "PAGE_TOKEN_MISMATCH");
  request.set_page_token("x" + page->next_page_token());
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
  EXPECT_THAT(both->edges(), SizeIs(2));
  request.add_types("SIGNED");
  ASSERT_OK_AND_ASSIGN(const auto signatures, api().ListEdges(Call(), request));
  ASSERT_THAT(signatures->edges(), SizeIs(1));
  EXPECT_EQ(signatures->edges(0).to(), "instruments/att");

  v1::ListEdgesRequest all;
  all.set_page_size(1);
  std::vector<std::string> names;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, api().ListEdges(Call(), all));
    for (const graph::Edge& edge : page->edges()) names.push_back(edge.name());
    all.set_page_token(page->next_page_token());
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
  EXPECT_THAT(response->edges(), SizeIs(1));
}

TEST_P(GraphApiTest, StatementsHoldOnTheirDates) {
  PutWorld();
  v1::ListEdgesRequest request;
  request.set_node("instruments/att");
  request.mutable_read()->mutable_as_of()->set_year(2014);
  ASSERT_OK_AND_ASSIGN(const auto then, api().ListEdges(Call(), request));
  EXPECT_THAT(then->edges(), SizeIs(2));
  request.mutable_read()->mutable_as_of()->set_year(2015);
  ASSERT_OK_AND_ASSIGN(const auto later, api().ListEdges(Call(), request));
  ASSERT_THAT(later->edges(), SizeIs(1));
  EXPECT_EQ(later->edges(0).from(), "states/PHL");
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
  EXPECT_THAT(seen->edges(), IsEmpty());
  ASSERT_OK_AND_ASSIGN(const auto all, api().ListEdges(Call(), edges));
  EXPECT_THAT(all->edges(), SizeIs(2));
  edges.mutable_read()->set_ceiling(v1::TRAFFIC_LIGHT_GREEN);
  ASSERT_OK_AND_ASSIGN(const auto green, api().ListEdges(Call(), edges));
  ASSERT_THAT(green->edges(), SizeIs(1));
  EXPECT_EQ(green->edges(0).from(), "states/IDN");
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

// Instantiated once for all files of the contract, in graph_query_contract_test.cc.

}  // namespace
}  // namespace attlas::services::testing
