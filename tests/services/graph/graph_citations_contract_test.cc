// The contract of GraphApi: listings of what cites a source.
#include <string>
#include <vector>

#include "graph/model/name.h"
#include "tests/services/graph/graph_api_test.h"

namespace attlas::services::testing {
namespace {

using ::attlas::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

template <typename Record>
Record Citing(Record record, std::initializer_list<const char*> sources) {
  record.clear_citations();
  for (const char* source : sources) {
    graph::Citation* const citation = record.add_citations();
    citation->set_source(source);
    citation->set_confidence(v1::CONFIDENCE_SEEN);
  }
  return record;
}

class GraphCitationsTest : public GraphApiTest {
 protected:
  // Two books; the first is cited by two states and three signatures, one of them twice.
  void PutLibrary() {
    revision_ = house_.Put(
        {MakeNode("sources/book"), MakeNode("sources/page"),
         Citing(MakeNode("states/IDN"), {"sources/book"}),
         Citing(MakeNode("states/PHL"), {"sources/page", "sources/book"}), MakeNode("states/MYS"),
         MakeNode("instruments/att")},
        {Citing(MakeDatedEdge("SIGNED", "states/IDN", "instruments/att", "2013"),
                {"sources/book", "sources/book"}),
         Citing(MakeDatedEdge("SIGNED", "states/MYS", "instruments/att", "2014"), {"sources/page"}),
         Citing(MakeDatedEdge("SIGNED", "states/PHL", "instruments/att", "2015"),
                {"sources/page", "sources/book"}),
         Citing(MakeEdge("KNOWS", "states/PHL", "states/IDN"), {"sources/book"})});
  }

  // All edges that cite the source, by their ends, page by page.
  std::vector<std::string> Edges(v1::ListEdgesRequest request, const std::string& source) {
    request.set_cited_source(source);
    std::vector<std::string> ends;
    while (true) {
      const auto page = api().ListEdges(Call(), request);
      EXPECT_OK(page);
      if (!page.ok()) return ends;
      for (const graph::Edge& edge : (*page)->edges()) {
        ends.push_back(edge.from() + " " + edge.type() + " " + edge.to());
      }
      if ((*page)->next_page_token().empty()) return ends;
      request.set_page_token((*page)->next_page_token());
    }
  }
  std::vector<std::string> Nodes(const std::string& source, int page_size = 0) {
    v1::ListNodesRequest request;
    request.set_cited_source(source);
    request.set_page_size(page_size);
    return ListAll(request);
  }

  std::string revision_;
};

TEST_P(GraphCitationsTest, ListsEachNodeAndEdgeThatCitesASourceOnce) {
  PutLibrary();
  EXPECT_THAT(Nodes("sources/book"), ElementsAre("states/IDN", "states/PHL"));
  EXPECT_THAT(Edges({}, "sources/book"),
              ElementsAre("states/IDN SIGNED instruments/att", "states/PHL SIGNED instruments/att",
                          "states/PHL KNOWS states/IDN"));
  EXPECT_THAT(Edges({}, "sources/page"), ElementsAre("states/MYS SIGNED instruments/att",
                                                     "states/PHL SIGNED instruments/att"));
  EXPECT_THAT(Edges({}, "states/IDN"), IsEmpty());
}

TEST_P(GraphCitationsTest, PagesAndFilters) {
  PutLibrary();
  v1::ListEdgesRequest one;
  one.set_page_size(1);
  EXPECT_EQ(Edges(one, "sources/book").size(), 3u);
  EXPECT_THAT(Nodes("sources/book", 1), ElementsAre("states/IDN", "states/PHL"));
  v1::ListEdgesRequest signatures;
  signatures.add_types("SIGNED");
  signatures.set_page_size(1);
  EXPECT_THAT(Edges(signatures, "sources/book"), ElementsAre("states/IDN SIGNED instruments/att",
                                                             "states/PHL SIGNED instruments/att"));
  v1::ListEdgesRequest then;
  then.mutable_read()->mutable_as_of()->set_year(2014);
  EXPECT_THAT(Edges(then, "sources/book"),
              ElementsAre("states/IDN SIGNED instruments/att", "states/PHL KNOWS states/IDN"));
  v1::ListNodesRequest instruments;
  instruments.set_cited_source("sources/book");
  instruments.mutable_selector()->add_types("instrument");
  EXPECT_THAT(ListAll(instruments), IsEmpty());
}

TEST_P(GraphCitationsTest, FollowsRevisions) {
  PutLibrary();
  house_.Put(
      {Citing(MakeNode("states/IDN"), {"sources/page"})},
      {Citing(MakeDatedEdge("SIGNED", "states/MYS", "instruments/att", "2014"), {"sources/book"})});
  v1::Mutation gone;
  gone.set_delete_edge(graph::DeriveEdgeName("KNOWS", "states/PHL", "states/IDN", ""));
  ASSERT_OK(Commit(gone));
  EXPECT_THAT(Nodes("sources/book"), ElementsAre("states/PHL"));
  EXPECT_THAT(Edges({}, "sources/book"),
              ElementsAre("states/IDN SIGNED instruments/att", "states/MYS SIGNED instruments/att",
                          "states/PHL SIGNED instruments/att"));
  v1::ListEdgesRequest before;
  before.mutable_read()->set_at_revision(revision_);
  EXPECT_THAT(Edges(before, "sources/book"),
              ElementsAre("states/IDN SIGNED instruments/att", "states/PHL SIGNED instruments/att",
                          "states/PHL KNOWS states/IDN"));
}

TEST_P(GraphCitationsTest, ShowsNoMoreThanTheCallerMaySee) {
  PutLibrary();
  house_.Put({Citing(Marked(MakeNode("states/MYS"), v1::TRAFFIC_LIGHT_RED), {"sources/book"}),
              Marked(MakeNode("sources/secret"), v1::TRAFFIC_LIGHT_RED)},
             {Citing(Marked(MakeEdge("KNOWS", "states/IDN", "states/PHL"), v1::TRAFFIC_LIGHT_RED),
                     {"sources/book"})});
  v1::ListEdgesRequest narrow;
  narrow.mutable_read()->set_ceiling(v1::TRAFFIC_LIGHT_CLEAR);
  // One edge is marked; another ends at a node that is.
  EXPECT_EQ(Edges({}, "sources/book").size(), 4u);
  EXPECT_EQ(Edges(narrow, "sources/book").size(), 3u);
  EXPECT_THAT(Edges(narrow, "sources/page"), ElementsAre("states/PHL SIGNED instruments/att"));
  narrow.set_cited_source("sources/secret");
  EXPECT_THAT(api().ListEdges(Call(), narrow), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(GraphCitationsTest, RefusesWhatItCannotList) {
  PutLibrary();
  v1::ListEdgesRequest request;
  request.set_cited_source("sources/book");
  request.set_node("states/IDN");
  ExpectInvalid(api().ListEdges(Call(), request).status(), "cited_source",
                "not together with `node`; leave one of them empty");
  request.clear_node();
  request.set_cited_source("book");
  ExpectInvalid(api().ListEdges(Call(), request).status(), "cited_source",
                "`book` is not a resource name; write <collection>/<id>, such as states/IDN");
  request.set_cited_source("sources/boook");
  EXPECT_THAT(api().ListEdges(Call(), request),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("did you mean sources/book?")));
}

INSTANTIATE_TEST_SUITE_P(Ways, GraphCitationsTest,
                         ::testing::Values(Access::kLocal, Access::kRemote), AccessName);

}  // namespace
}  // namespace attlas::services::testing
