// EvidenceService.Search over the curated dataset; what is expected was read in its tables.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/evidence/search_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::evidence {
namespace {

using testing::BlamedFields;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::ReasonOf;
using testing::StatusIs;

SearchQueries& Queries() {
  static const services::PageTokenCodec codec(services::PageTokenKey::Random());
  // Ends before the graph does, which a thread of its own looks at.
  static SearchQueries queries(&testing::CuratedGraph(), &codec);
  return queries;
}

v1::SearchRequest Request(const std::string& query) {
  v1::SearchRequest request;
  *request.mutable_read() = testing::AsOf("2026-11-23");
  request.set_query(query);
  return request;
}

absl::StatusOr<v1::SearchResponse> Search(const v1::SearchRequest& request) {
  return Queries().Search(testing::OperatorCall(), request);
}

std::vector<std::string> Names(const v1::SearchResponse& response) {
  std::vector<std::string> names;
  for (const v1::SearchHit& hit : response.hits()) names.push_back(hit.name());
  return names;
}

TEST(SearchTest, AnswersWithWhatAReaderNeeds) {
  ASSERT_OK_AND_ASSIGN(const auto response, Search(Request("Qingdao")));
  ASSERT_EQ(response.total(), 1);
  const v1::SearchHit& hit = response.hits(0);
  // data/nodes/event.csv: 1540-poc-2015, a workshop in Qingdao in September 2015.
  EXPECT_EQ(hit.name(), "events/1540-poc-2015");
  EXPECT_EQ(hit.type(), "event");
  EXPECT_EQ(hit.display_name(), "First Asia-Pacific 1540 points of contact training");
  EXPECT_EQ(hit.year(), 2015);
  EXPECT_EQ(hit.excerpt_field(), "city");
  ASSERT_EQ(hit.excerpt_size(), 1);
  EXPECT_TRUE(hit.excerpt(0).matched());
  EXPECT_EQ(hit.marking().traffic_light(), graph::v1::TRAFFIC_LIGHT_CLEAR);
  EXPECT_GT(hit.score(), 0);
  EXPECT_FALSE(hit.has_statement());
  EXPECT_FALSE(response.revision().empty());
  EXPECT_EQ(response.sentence(), "1 result.");
  EXPECT_EQ(response.basis().as_of().year(), 2026);
  ASSERT_EQ(response.facets().years_size(), 1);
  EXPECT_EQ(response.facets().years(0).year(), 2015);
}

TEST(SearchTest, AStatementComesWithItsEndsAndCitations) {
  v1::SearchRequest request = Request("never transfer anti-personnel mines");
  request.add_types("SERVES");
  ASSERT_OK_AND_ASSIGN(const auto response, Search(request));
  ASSERT_GT(response.total(), 0);
  const v1::SearchHit& hit = response.hits(0);
  EXPECT_EQ(hit.from().name(), "provisions/apmbc-art-1-1-b");
  EXPECT_EQ(hit.to().name(), "themes/transfer-prohibitions");
  EXPECT_FALSE(hit.to().display_name().empty());
  EXPECT_EQ(hit.statement().name(), hit.name());
  ASSERT_EQ(hit.statement().citations_size(), 1);
  EXPECT_EQ(hit.statement().citations(0).source(), "sources/apminebanconvention-org");
}

TEST(SearchTest, PagesHoldEveryHitOnce) {
  v1::SearchRequest request = Request("licensing");
  request.set_page_size(100);
  ASSERT_OK_AND_ASSIGN(const auto all, Search(request));
  ASSERT_GT(all.total(), 10);
  ASSERT_LE(all.total(), 100);
  request.set_page_size(4);
  std::vector<std::string> paged;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, Search(request));
    EXPECT_EQ(page.total(), all.total());
    for (const std::string& name : Names(page)) paged.push_back(name);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(paged, Names(all));
  EXPECT_EQ(std::set<std::string>(paged.begin(), paged.end()).size(), paged.size());
}

TEST(SearchTest, ATokenOfAnotherQueryIsRefused) {
  v1::SearchRequest request = Request("licensing");
  request.set_page_size(1);
  ASSERT_OK_AND_ASSIGN(const auto page, Search(request));
  request.set_query("brokering");
  request.set_page_token(page.next_page_token());
  EXPECT_EQ(ReasonOf(Search(request).status()), "PAGE_TOKEN_MISMATCH");
}

TEST(SearchTest, FiltersByTypeThemeAndYear) {
  v1::SearchRequest request = Request("training");
  request.add_types("event");
  request.set_from_year(2015);
  request.set_to_year(2015);
  ASSERT_OK_AND_ASSIGN(const auto events, Search(request));
  ASSERT_GT(events.total(), 0);
  for (const v1::SearchHit& hit : events.hits()) {
    EXPECT_EQ(hit.type(), "event");
    EXPECT_EQ(hit.year(), 2015);
  }
  // data/edges/about.csv: 1540-india-2025 is about border control.
  request = Request("1540 India");
  request.add_themes("border-control");
  ASSERT_OK_AND_ASSIGN(const auto about, Search(request));
  EXPECT_THAT(Names(about), ::testing::Contains("events/1540-india-2025"));
  request.set_themes(0, "concern-themes/legislation");
  ASSERT_OK_AND_ASSIGN(const auto other, Search(request));
  EXPECT_THAT(Names(other), ::testing::Not(::testing::Contains("events/1540-india-2025")));
}

TEST(SearchTest, AnUnknownThemeIsRefusedWithTheNearest) {
  v1::SearchRequest request = Request("arms");
  request.add_themes("brokering");
  request.add_themes("brokerin");
  const absl::Status status = Search(request).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument,
                               HasSubstr("there is no theme `brokerin`; nearest: "
                                         "`themes/brokering` (Brokering control)")));
  EXPECT_THAT(BlamedFields(status), ElementsAre("themes[1]"));
  // Of another collection than the one named: both are told where both are near.
  request.clear_themes();
  request.add_themes("concern-themes/brokering");
  EXPECT_THAT(Search(request).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("`themes/brokering`")));
}

TEST(SearchTest, AThemeIsNamedAsPeopleCallIt) {
  v1::SearchRequest request = Request("1540 India");
  request.add_themes("border and customs control");
  ASSERT_OK_AND_ASSIGN(const auto about, Search(request));
  EXPECT_THAT(Names(about), ::testing::Contains("events/1540-india-2025"));
}

TEST(SearchTest, CountsStatementsThatAreNotSureEnough) {
  v1::SearchRequest request = Request("never transfer anti-personnel mines");
  request.mutable_read()->set_min_confidence(graph::v1::CONFIDENCE_SEEN);
  ASSERT_OK_AND_ASSIGN(const auto seen, Search(request));
  request.mutable_read()->set_min_confidence(graph::v1::CONFIDENCE_UNVERIFIED);
  ASSERT_OK_AND_ASSIGN(const auto all, Search(request));
  EXPECT_GT(seen.basis().left_out_statements(), 0);
  EXPECT_EQ(seen.total() + seen.basis().left_out_statements(), all.total());
  EXPECT_EQ(all.basis().left_out_statements(), 0);
}

TEST(SearchTest, SaysWhatItSearchedInstead) {
  ASSERT_OK_AND_ASSIGN(const auto response, Search(Request("Phillipines")));
  EXPECT_EQ(response.corrected_query(), "philippines");
  EXPECT_THAT(response.sentence(), HasSubstr("this is what `philippines` finds"));
  EXPECT_EQ(response.hits(0).name(), "states/PHL");
  ASSERT_OK_AND_ASSIGN(const auto some, Search(Request("Kiribati marmalade")));
  EXPECT_TRUE(some.any_word());
  EXPECT_EQ(some.hits(0).name(), "states/KIR");
  ASSERT_OK_AND_ASSIGN(const auto none, Search(Request("xyzzyxyzzy")));
  EXPECT_EQ(none.total(), 0);
  EXPECT_EQ(none.sentence(), "Nothing was found.");
  EXPECT_THAT(Names(none), IsEmpty());
}

TEST(SearchTest, FindsNamesWhileTheyAreTyped) {
  v1::SearchRequest request = Request("indones");
  request.set_as_typed(true);
  ASSERT_OK_AND_ASSIGN(const auto response, Search(request));
  ASSERT_GT(response.total(), 0);
  EXPECT_EQ(response.hits(0).name(), "states/IDN");
}

TEST(SearchTest, RefusesWhatItCannotSearch) {
  const auto blamed = [](const v1::SearchRequest& request) {
    return BlamedFields(Search(request).status());
  };
  EXPECT_THAT(blamed(Request("")), ElementsAre("query"));
  EXPECT_THAT(blamed(Request("\"open")), ElementsAre("query"));
  EXPECT_THAT(blamed(Request("a* b")), ElementsAre("query"));
  EXPECT_THAT(blamed(Request(std::string(501, 'x'))), ElementsAre("query"));
  v1::SearchRequest request = Request("arms");
  request.add_types("state");
  request.add_types("stat");
  EXPECT_THAT(Search(request), StatusIs(absl::StatusCode::kInvalidArgument,
                                        HasSubstr("no type `stat` that is searched; did you "
                                                  "mean state")));
  EXPECT_THAT(blamed(request), ElementsAre("types[1]"));
  request = Request("arms");
  request.add_themes("states/IDN");
  EXPECT_THAT(blamed(request), ElementsAre("themes[0]"));
  request = Request("arms");
  request.set_from_year(-1);
  EXPECT_THAT(blamed(request), ElementsAre("from_year"));
  request.set_from_year(2020);
  request.set_to_year(2019);
  EXPECT_THAT(blamed(request), ElementsAre("to_year"));
  request = Request("arms");
  request.set_page_size(-1);
  EXPECT_THAT(blamed(request), ElementsAre("page_size"));
  request = Request("arms");
  for (int i = 0; i < 65; ++i) request.add_types("state");
  EXPECT_THAT(blamed(request), ElementsAre("types"));
  request = Request("arms");
  request.mutable_read()->set_at_revision("nonsense");
  EXPECT_EQ(ReasonOf(Search(request).status()), "REVISION_MALFORMED");
}

}  // namespace
}  // namespace attlas::evidence
