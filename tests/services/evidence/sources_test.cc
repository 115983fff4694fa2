// Sources and what rests on them, over the curated dataset; the counts were made with grep.
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/evidence/evidence_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::evidence {
namespace {

using testing::BlamedFields;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::ReasonOf;
using testing::StatusIs;

EvidenceQueries Queries() {
  static const services::PageTokenCodec codec(services::PageTokenKey::Random());
  return {&testing::CuratedGraph(), &codec};
}

absl::StatusOr<v1::GetSourceResponse> Get(const std::string& source) {
  v1::GetSourceRequest request;
  request.set_source(source);
  return Queries().GetSource(testing::OperatorCall(), request);
}

v1::ListStatementsOfRequest Request(const std::string& source) {
  v1::ListStatementsOfRequest request;
  request.set_source(source);
  return request;
}

absl::StatusOr<v1::ListStatementsOfResponse> List(const v1::ListStatementsOfRequest& request) {
  return Queries().ListStatementsOf(testing::OperatorCall(), request);
}

// All pages, each record by its name.
std::vector<std::string> ListAll(v1::ListStatementsOfRequest request) {
  std::vector<std::string> names;
  while (true) {
    const auto page = List(request);
    EXPECT_OK(page.status());
    if (!page.ok()) return names;
    for (const v1::CitingRecord& record : page->records()) {
      names.push_back(record.has_statement() ? record.statement().name() : record.node().name());
    }
    if (page->next_page_token().empty()) return names;
    request.set_page_token(page->next_page_token());
  }
}

TEST(SourcesTest, TellsWhatASourceIsAndHowMuchRestsOnIt) {
  ASSERT_OK_AND_ASSIGN(const auto response, Get("apminebanconvention-org"));
  EXPECT_EQ(response.source().name(), "sources/apminebanconvention-org");
  EXPECT_EQ(response.source().title(), "apminebanconvention.org");
  EXPECT_EQ(response.source().url(), "https://www.apminebanconvention.org");
  EXPECT_EQ(response.statement_total(), 2 + 6 + 10 + 2);
  ASSERT_EQ(response.statements_size(), 4);
  EXPECT_EQ(response.statements(0).type(), "ASKS_FOR_REPORT");
  EXPECT_EQ(response.statements(0).count(), 2);
  EXPECT_EQ(response.statements(1).type(), "HAS_PROVISION");
  EXPECT_EQ(response.statements(1).count(), 6);
  EXPECT_EQ(response.statements(2).type(), "SERVES");
  EXPECT_EQ(response.statements(2).count(), 10);
  EXPECT_EQ(response.statements(3).type(), "STATED_IN");
  EXPECT_EQ(response.statements(3).unverified(), 0);
  EXPECT_EQ(response.node_total(), 6 + 2);
  ASSERT_EQ(response.nodes_size(), 2);
  EXPECT_EQ(response.nodes(0).type(), "provision");
  EXPECT_EQ(response.nodes(0).count(), 6);
  EXPECT_FALSE(response.truncated());
  EXPECT_FALSE(response.revision().empty());
}

TEST(SourcesTest, CountsWhatIsUnverified) {
  // data/edges/agency-of.csv: every row that cites it is `unverified`.
  ASSERT_OK_AND_ASSIGN(const auto response, Get("sources/background-knowledge"));
  bool found = false;
  for (const v1::CitingCount& count : response.statements()) {
    if (count.type() != "AGENCY_OF") continue;
    found = true;
    EXPECT_GT(count.count(), 0);
    EXPECT_EQ(count.unverified(), count.count());
  }
  EXPECT_TRUE(found);
}

TEST(SourcesTest, ARuleIsASourceOfWhatIsDerived) {
  // Every member of the United Nations is addressed: 193 states.
  ASSERT_OK_AND_ASSIGN(const auto response, Get("rules/addressed-iti"));
  EXPECT_EQ(response.source().note(), "The ITI addresses every member of the United Nations.");
  ASSERT_EQ(response.statements_size(), 1);
  EXPECT_EQ(response.statements(0).type(), "ADDRESSED_BY");
  EXPECT_EQ(response.statements(0).count(), 193);
}

TEST(SourcesTest, ListsStatementsThenNodesEachOnce) {
  v1::ListStatementsOfRequest request = Request("apminebanconvention-org");
  const std::vector<std::string> all = ListAll(request);
  EXPECT_EQ(all.size(), 28u);
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), 28u);
  for (size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i].starts_with("edges/"), i < 20) << i;
  // Pages that end within the statements, with them, and within the nodes.
  for (const int size : {1, 3, 5, 20, 21, 27, 28}) {
    request.set_page_size(size);
    EXPECT_EQ(ListAll(request), all) << size;
  }
}

TEST(SourcesTest, ShowsWhereInTheSourceEachStands) {
  v1::ListStatementsOfRequest request = Request("apminebanconvention-org");
  request.add_types("ASKS_FOR_REPORT");
  ASSERT_OK_AND_ASSIGN(const auto response, List(request));
  ASSERT_EQ(response.records_size(), 2);
  for (const v1::CitingRecord& record : response.records()) {
    EXPECT_EQ(record.statement().from(), "instruments/apmbc");
    ASSERT_EQ(record.citations_size(), 1);
    EXPECT_EQ(record.citations(0).locator(), "Art. 7");
    EXPECT_EQ(record.citations(0).confidence(), graph::v1::CONFIDENCE_RECALLED);
  }
  EXPECT_TRUE(response.next_page_token().empty());
}

TEST(SourcesTest, ReadsStatementsOfADateWhereOneIsNamed) {
  // data/edges/signed.csv: the first signatures of 1985-02-04 are the earliest.
  v1::ListStatementsOfRequest request = Request("untc-status-cat");
  request.add_types("SIGNED");
  EXPECT_EQ(ListAll(request).size(), 83u);
  *request.mutable_read() = testing::AsOf("1985-02-03");
  EXPECT_EQ(ListAll(request).size(), 0u);
  *request.mutable_read() = testing::AsOf("1985-02-04");
  EXPECT_GT(ListAll(request).size(), 0u);
}

TEST(SourcesTest, RefusesWhatIsNoSource) {
  EXPECT_THAT(BlamedFields(Get("").status()), ElementsAre("source"));
  EXPECT_THAT(BlamedFields(Get("states/IDN").status()), ElementsAre("source"));
  EXPECT_THAT(BlamedFields(List(Request("a b")).status()), ElementsAre("source"));
  EXPECT_THAT(Get("country-codez"), StatusIs(absl::StatusCode::kNotFound,
                                             HasSubstr("did you mean sources/country-codes")));
  EXPECT_THAT(List(Request("nothing-of-the-sort-at-all")), StatusIs(absl::StatusCode::kNotFound));
  v1::ListStatementsOfRequest request = Request("country-codes");
  request.set_page_size(-1);
  EXPECT_THAT(BlamedFields(List(request).status()), ElementsAre("page_size"));
  request = Request("country-codes");
  request.add_types("NO_SUCH_TYPE");
  EXPECT_THAT(BlamedFields(List(request).status()), ElementsAre("types[0]"));
  for (const char* token : {"nonsense", "s.", "x.abc", "n.abc", "b.abc", "s.abc"}) {
    request = Request("country-codes");
    request.set_page_token(token);
    EXPECT_EQ(ReasonOf(List(request).status()), "PAGE_TOKEN_MALFORMED") << token;
  }
}

TEST(SourcesTest, ATokenOfAnotherSourceIsRefused) {
  v1::ListStatementsOfRequest request = Request("untc-status-cat");
  request.set_page_size(1);
  ASSERT_OK_AND_ASSIGN(const auto page, List(request));
  request.set_source("unoda-treaties-timeline");
  request.set_page_token(page.next_page_token());
  EXPECT_EQ(ReasonOf(List(request).status()), "PAGE_TOKEN_MISMATCH");
}

}  // namespace
}  // namespace attlas::evidence
