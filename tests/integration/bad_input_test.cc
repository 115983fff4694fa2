// Every kind of bad input that a caller can send, over a real channel: the code, the reason, the
// field and the words of the answer.
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "graph/model/name.h"
#include "tests/services/graph/graph_fixture.h"

namespace attlas::services::testing {
namespace {

// What an answer to bad input says. Empty fields of the expectation are empty in the answer.
struct Said {
  absl::StatusCode code;
  std::string reason;
  std::string field;        // Of the first violation.
  std::string description;  // Of the first violation; where there is none, the message.
};

class BadInputTest : public ::testing::Test {
 protected:
  BadInputTest() {
    house_.Put({MakeNode("states/IDN", "Indonesia"), MakeNode("instruments/att", "ATT"),
                MakeNode("organizations/asean", "ASEAN")},
               {MakeEdge("MEMBER_OF", "states/IDN", "organizations/asean")});
  }

  absl::Status GetNode(const std::string& name, const v1::ReadOptions& read = {}) {
    v1::GetNodeRequest request;
    request.set_name(name);
    *request.mutable_read() = read;
    return api().GetNode(house_.Call(), request).status();
  }
  absl::Status ReadAt(const std::string& revision) {
    v1::ReadOptions read;
    read.set_at_revision(revision);
    return GetNode("states/IDN", read);
  }
  absl::Status Create(const graph::Node& node) {
    v1::CommitRequest request;
    *request.add_mutations()->mutable_create_node() = node;
    return api().Commit(house_.Call(), request).status();
  }
  absl::Status Create(const graph::Edge& edge) {
    v1::CommitRequest request;
    *request.add_mutations()->mutable_create_edge() = edge;
    return api().Commit(house_.Call(), request).status();
  }
  graph::Edge Signature() { return MakeEdge("SIGNED", "states/IDN", "instruments/att"); }
  GraphApi& api() { return house_.api(); }

  static void Expect(const absl::Status& status, const Said& expected) {
    const graph::ErrorDetail detail = DetailOf(status);
    EXPECT_EQ(status.code(), expected.code) << status;
    EXPECT_EQ(detail.reason, expected.reason);
    if (expected.field.empty()) {
      EXPECT_TRUE(detail.violations.empty()) << detail.violations[0].field;
      EXPECT_EQ(status.message(), expected.description);
      return;
    }
    ASSERT_FALSE(detail.violations.empty()) << status;
    EXPECT_EQ(detail.violations[0].field, expected.field);
    EXPECT_EQ(detail.violations[0].description, expected.description);
  }
  static Said NotFound(const std::string& message) {
    return {absl::StatusCode::kNotFound, "RESOURCE_NOT_FOUND", "", message};
  }
  static Said Invalid(const std::string& field, const std::string& description,
                      const std::string& reason = "INVALID_FIELD") {
    return {absl::StatusCode::kInvalidArgument, reason, field, description};
  }

  GraphHouse house_{Access::kRemote};
};

TEST_F(BadInputTest, UnknownState) {
  Expect(GetNode("states/IDX"), NotFound("no node states/IDX; did you mean states/IDN?"));
}

TEST_F(BadInputTest, UnknownInstrument) {
  v1::FindPathsRequest request;
  request.set_from("states/IDN");
  request.set_to("instruments/atx");
  Expect(api().FindPaths(house_.Call(), request).status(),
         NotFound("no node instruments/atx; did you mean instruments/att?"));
}

TEST_F(BadInputTest, UnknownRegion) {
  v1::ListEdgesRequest request;
  request.set_node("organizations/asian");
  Expect(api().ListEdges(house_.Call(), request).status(),
         NotFound("no node organizations/asian; did you mean organizations/asean?"));
}

TEST_F(BadInputTest, UnknownStateAsTheStartOfAPattern) {
  v1::MatchPathsRequest request;
  request.add_patterns()->mutable_start()->add_names("states/IDX");
  Expect(api().MatchPaths(house_.Call(), request).status(),
         NotFound("no node states/IDX; did you mean states/IDN?"));
}

TEST_F(BadInputTest, ADateThatDoesNotExist) {
  v1::ReadOptions read;
  read.mutable_as_of()->set_year(2013);
  read.mutable_as_of()->set_month(2);
  read.mutable_as_of()->set_day(30);
  Expect(GetNode("states/IDN", read),
         Invalid("read.as_of", "is not a date; give a year, month and day that exist"));
  graph::Edge edge = Signature();
  edge.mutable_valid_from()->set_year(2013);
  edge.mutable_valid_from()->set_month(13);
  Expect(Create(edge), Invalid("mutations[0].create_edge.valid_from",
                               "year 2013, month 13, day 0 is not a date of the years 1 to 9999",
                               "ONTOLOGY_VIOLATION"));
}

TEST_F(BadInputTest, ARevisionThatCannotBeRead) {
  Expect(ReadAt("yesterday"),
         Invalid("read.at_revision", "cannot be read; use one that an answer gave",
                 "REVISION_MALFORMED"));
}

TEST_F(BadInputTest, ARevisionOfAnotherStore) {
  GraphHouse other(Access::kLocal);
  const std::string token = other.graph().RevisionToken(0);
  Expect(ReadAt(token),
         Invalid("read.at_revision", "comes from another store", "REVISION_FROM_OTHER_STORE"));
}

TEST_F(BadInputTest, ARevisionInTheFuture) {
  Expect(ReadAt(house_.graph().RevisionToken(99)),
         {absl::StatusCode::kOutOfRange, "REVISION_IN_FUTURE", "",
          "this revision is later than the last"});
}

TEST_F(BadInputTest, AMalformedResourceName) {
  Expect(
      GetNode("Indonesia"),
      Invalid("name",
              "`Indonesia` is not a resource name; write <collection>/<id>, such as states/IDN"));
  Expect(GetNode(""), Invalid("name", "a name is required, such as states/IDN"));
  v1::BatchGetNodesRequest batch;
  batch.add_names("states/IDN");
  batch.add_names("states/../IDN");
  Expect(api().BatchGetNodes(house_.Call(), batch).status(),
         Invalid("names[1]",
                 "`states/../IDN` is not a resource name: an id is made of letters, digits and "
                 "hyphens, as in states/IDN"));
  graph::Node node = MakeNode("states/PHL");
  node.set_name("states/philippines");
  Expect(Create(node), Invalid("mutations[0].create_node.name",
                               "the id `philippines` of node type `state` must match [A-Z]{3}",
                               "ONTOLOGY_VIOLATION"));
}

TEST_F(BadInputTest, ATextThatIsNotUtf8) {
  const std::string words =
      "the request cannot be read: its bytes are no message of this method, or a text is not UTF-8";
  Expect(GetNode("states/\xff\xfe"),
         {absl::StatusCode::kInvalidArgument, "INVALID_FIELD", "", words});
  int batches = 0;
  const auto status = api()
                          .Import(house_.Call(),
                                  [&](v1::ImportRequest* request) {
                                    *request->add_nodes() =
                                        MakeNode(batches == 0 ? "states/FJI" : "states/TLS");
                                    if (batches == 1)
                                      request->mutable_nodes(0)->set_display_name("\xff\xfe");
                                    return ++batches < 3;
                                  })
                          .status();
  Expect(status, {absl::StatusCode::kInvalidArgument, "INVALID_FIELD", "", words});
  Expect(GetNode("states/FJI"), NotFound("no node states/FJI"));
}

TEST_F(BadInputTest, ANameOfAnEdgeThatIsNotTheDerivedOne) {
  graph::Edge edge = Signature();
  const std::string right = graph::DeriveEdgeName("SIGNED", edge.from(), edge.to(), "");
  const std::string words =
      "`edges/mine` is not the name of this statement; leave it empty or "
      "write `" +
      right + "`";
  edge.set_name("edges/mine");
  Expect(Create(edge), Invalid("mutations[0].create_edge.name", words, "ONTOLOGY_VIOLATION"));
  v1::CommitRequest request;
  *request.add_mutations()->mutable_put_edge() = edge;
  Expect(api().Commit(house_.Call(), request).status(),
         Invalid("mutations[0].put_edge.name", words, "ONTOLOGY_VIOLATION"));
  edge.set_name(right);
  EXPECT_OK(Create(edge));
  // The qualifier is part of the name, so it cannot change either.
  edge.set_qualifier("second");
  request.Clear();
  *request.add_mutations()->mutable_update_edge() = edge;
  Expect(api().Commit(house_.Call(), request).status(),
         Invalid("mutations[0].update_edge.name",
                 "`" + right + "` is not the name of this statement; leave it empty or write `" +
                     graph::DeriveEdgeName("SIGNED", edge.from(), edge.to(), "second") + "`",
                 "ONTOLOGY_VIOLATION"));
}

TEST_F(BadInputTest, AnOversizedBatch) {
  v1::CommitRequest request;
  for (int i = 0; i < 51; ++i) request.add_mutations()->set_delete_node("states/IDN");
  Expect(api().Commit(house_.Call(), request).status(),
         Invalid("mutations", "51 mutations; at most 50 are taken at once"));
}

TEST_F(BadInputTest, AnIntervalThatEndsBeforeItBegins) {
  Expect(Create(MakeDatedEdge("SIGNED", "states/IDN", "instruments/att", "2014", "2013-06")),
         Invalid("mutations[0].create_edge.valid_to",
                 "the end 2013-06 is not after the start 2014; a statement holds from its start "
                 "until the day before its end",
                 "ONTOLOGY_VIOLATION"));
  Expect(Create(MakeDatedEdge("SIGNED", "states/IDN", "instruments/att", "2014", "2014")),
         Invalid("mutations[0].create_edge.valid_to",
                 "the end 2014 is not after the start 2014; a statement holds from its start "
                 "until the day before its end",
                 "ONTOLOGY_VIOLATION"));
}

TEST_F(BadInputTest, DepthOverTheLimit) {
  v1::GetNeighborhoodRequest around;
  around.set_node("states/IDN");
  around.set_max_depth(9);
  Expect(api().GetNeighborhood(house_.Call(), around).status(),
         Invalid("max_depth", "9 is above the limit of 8"));
  v1::MatchPathsRequest match;
  v1::Pattern* pattern = match.add_patterns();
  pattern->mutable_start()->add_names("states/IDN");
  pattern->add_hops()->set_max_repeats(9);
  Expect(
      api().MatchPaths(house_.Call(), match).status(),
      Invalid("patterns[0].hops[0]", "the pattern may be at most 8 hops deep, repeats included"));
}

// Every state knows every other: the number of paths grows with the power of their length.
TEST_F(BadInputTest, QueriesBuiltToExplodeAreCutShortAndSayWhere) {
  constexpr int kStates = 40;
  graph::CommitInput input;
  for (const graph::Node& node : States(kStates)) {
    *input.mutations.emplace_back().mutable_put_node() = node;
  }
  for (int i = 0; i < kStates; ++i) {
    for (int j = 0; j < kStates; ++j) {
      if (i == j) continue;
      *input.mutations.emplace_back().mutable_put_edge() =
          MakeEdge("KNOWS", StateName(i), StateName(j));
    }
  }
  input.unlimited = true;
  ASSERT_OK(house_.graph().Commit(std::move(input)));

  v1::MatchPathsRequest deep;
  v1::Pattern* pattern = deep.add_patterns();
  pattern->mutable_start()->add_types("state");
  for (int hop = 0; hop < 8; ++hop) pattern->add_hops()->set_direction(v1::DIRECTION_EITHER);
  deep.set_max_paths(2'000);
  ASSERT_OK_AND_ASSIGN(const auto matched, api().MatchPaths(house_.Call(), deep));
  EXPECT_TRUE(matched->truncated());
  EXPECT_THAT(matched->reached_bounds(), ::testing::Not(::testing::IsEmpty()));
  EXPECT_LE(matched->matches_size(), 2'000);
  deep.set_max_paths(200'000'000);
  const absl::Status too_many = api().MatchPaths(house_.Call(), deep).status();
  EXPECT_EQ(DetailOf(too_many).violations.at(0).field, "max_paths") << too_many;

  v1::FindPathsRequest paths;
  paths.set_from(StateName(0));
  paths.set_to(StateName(1));
  paths.set_max_hops(8);
  paths.set_max_paths(100);
  ASSERT_OK_AND_ASSIGN(const auto best, api().FindPaths(house_.Call(), paths));
  EXPECT_LE(best->paths_size(), 100);
  EXPECT_EQ(best->paths(0).edge_indexes_size(), 1);

  v1::ListNodesRequest page;
  page.set_page_size(std::numeric_limits<int32_t>::max());
  ASSERT_OK_AND_ASSIGN(const auto nodes, api().ListNodes(house_.Call(), page));
  EXPECT_EQ(nodes->nodes_size(), SmallLimits().max_page_size);
  page.set_page_size(-1);
  EXPECT_EQ(DetailOf(api().ListNodes(house_.Call(), page).status()).violations.at(0).field,
            "page_size");
  // The daemon goes on.
  EXPECT_OK(GetNode("states/IDN"));
}

TEST_F(BadInputTest, ANameThatIsTooLongIsNotComparedWithOthers) {
  const absl::Status status = GetNode("states/" + std::string(100'000, 'A'));
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(DetailOf(status).violations.at(0).field, "name");
  EXPECT_LT(status.message().size(), 500);
}

TEST_F(BadInputTest, AMarkingThatTheCallerMayNotSet) {
  GraphHouse green(Access::kRemote, SmallLimits(),
                   graph::Clearance{v1::TRAFFIC_LIGHT_GREEN, {}, false});
  green.Put({});
  v1::CommitRequest request;
  *request.add_mutations()->mutable_create_node() =
      Marked(MakeNode("states/IDN"), v1::TRAFFIC_LIGHT_AMBER);
  const absl::Status status = green.api().Commit(green.Call(), request).status();
  Expect(status, {absl::StatusCode::kPermissionDenied, "MARKING_ABOVE_CLEARANCE", "",
                  "mutations[0].create_node.marking: you may set markings up to TLP:GREEN and "
                  "spaces that you are a member of"});
  EXPECT_EQ(MetadataOf(status, "field"), "mutations[0].create_node.marking");
}

TEST_F(BadInputTest, AnEdgeThatTheOntologyForbids) {
  Expect(Create(MakeEdge("SIGNED", "organizations/asean", "instruments/att")),
         Invalid("mutations[0].create_edge.from",
                 "`organizations/asean` is of node type organization, but SIGNED starts from state",
                 "ONTOLOGY_VIOLATION"));
  graph::Edge edge = Signature();
  edge.set_type("SIGNS");
  Expect(Create(edge),
         Invalid("mutations[0].create_edge.type",
                 "`SIGNS` is not an edge type of the ontology; did you mean `SIGNED`?",
                 "ONTOLOGY_VIOLATION"));
}

TEST_F(BadInputTest, AStatementWithoutACitation) {
  graph::Edge edge = Signature();
  edge.clear_citations();
  Expect(Create(edge),
         Invalid("mutations[0].create_edge.citations",
                 "there is no citation; name at least one source", "CITATION_REQUIRED"));
}

TEST_F(BadInputTest, AnEdgeToNowhere) {
  Expect(
      Create(MakeEdge("SIGNED", "states/IDN", "instruments/atx")),
      Invalid("mutations[0].create_edge.to", "there is no node instruments/atx; create it first"));
}

TEST_F(BadInputTest, ANodeThatStillHasEdges) {
  v1::CommitRequest request;
  request.add_mutations()->set_delete_node("states/IDN");
  const absl::Status status = api().Commit(house_.Call(), request).status();
  Expect(status, {absl::StatusCode::kFailedPrecondition, "NODE_HAS_EDGES", "",
                  "states/IDN cannot be deleted while edges touch it; delete them first"});
  EXPECT_EQ(MetadataOf(status, "resource"), "states/IDN");
}

TEST_F(BadInputTest, ARequestIdUsedTwice) {
  v1::CommitRequest request;
  request.set_request_id("2f1b3c7e-8a4d-4f6e-9b0a-1c2d3e4f5a6b");
  *request.add_mutations()->mutable_put_node() = MakeNode("states/FJI");
  ASSERT_OK(api().Commit(house_.Call(), request));
  ASSERT_OK(api().Commit(house_.Call(), request));
  request.set_reason("another body");
  Expect(api().Commit(house_.Call(), request).status(),
         Invalid("request_id", "was used before with another body", "REQUEST_ID_REUSED"));
  request.set_request_id("not a UUID");
  Expect(api().Commit(house_.Call(), request).status(),
         Invalid("request_id", "'not a UUID' is not a UUID"));
}

}  // namespace
}  // namespace attlas::services::testing
