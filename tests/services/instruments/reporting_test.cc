#include <map>
#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/instruments/instrument_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::instruments {
namespace {

using testing::AsOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

v1::GetReportingStatusRequest Request(std::string_view instrument, std::string_view date) {
  v1::GetReportingStatusRequest request;
  *request.mutable_read() = AsOf(date);
  request.set_instrument(std::string(instrument));
  request.set_page_size(1000);
  return request;
}

absl::StatusOr<v1::GetReportingStatusResponse> Ask(const v1::GetReportingStatusRequest& request) {
  static InstrumentQueries queries(&testing::CuratedGraph());
  return queries.GetReportingStatus(testing::OperatorCall(), request);
}

const v1::Report* Find(const v1::GetReportingStatusResponse& response, std::string_view state,
                       std::string_view duty, int year = 0) {
  for (const v1::Report& report : response.reports()) {
    if (report.state().name() == state && report.duty() == duty && report.year() == year) {
      return &report;
    }
  }
  return nullptr;
}

std::string DateOf(const graph::v1::Date& date) { return graph::FormatDate(date); }

// By hand: entry into force for the state (deposit and 90 days) and a year; what the table of
// reports says of them.
TEST(ReportingStatusTest, OfTheAttInitialReports) {
  struct Row {
    const char* due;
    const char* submitted;
    v1::ReportStanding standing;
    v1::Publicity publicity;
  };
  const std::map<std::string, Row> expected = {
      {"states/PHL",
       {"2023-06-22", "2023", v1::REPORT_STANDING_SUBMITTED, v1::PUBLICITY_UNSPECIFIED}},
      {"states/JPN", {"2015-12-24", "2015", v1::REPORT_STANDING_SUBMITTED, v1::PUBLICITY_PUBLIC}},
      {"states/KOR", {"2018-02-26", "2018", v1::REPORT_STANDING_SUBMITTED, v1::PUBLICITY_PUBLIC}},
      {"states/CHN",
       {"2021-10-04", "2021", v1::REPORT_STANDING_SUBMITTED, v1::PUBLICITY_UNSPECIFIED}},
      {"states/PLW", {"2020-07-07", "", v1::REPORT_STANDING_UNKNOWN, v1::PUBLICITY_UNSPECIFIED}},
      {"states/VUT", {"2026-12-04", "", v1::REPORT_STANDING_NOT_DUE, v1::PUBLICITY_UNSPECIFIED}}};
  for (const auto& [state, row] : expected) {
    v1::GetReportingStatusRequest request = Request("att", "2026-02-03");
    request.set_state(state);
    ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
    const v1::Report* report = Find(response, state, "reporting-duties/att-initial");
    ASSERT_NE(report, nullptr) << state;
    EXPECT_EQ(DateOf(report->due_date()), row.due) << state;
    EXPECT_EQ(DateOf(report->submitted_date()), row.submitted) << state;
    EXPECT_EQ(report->standing(), row.standing) << state;
    EXPECT_EQ(report->publicity(), row.publicity) << state;
    EXPECT_GT(report->evidence_size(), 1) << state;
  }
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request("att", "2026-02-03")));
  EXPECT_EQ(response.counts().missing(), 0);
  // Those that the table marks `unverified` are left out, and counted as such.
  EXPECT_EQ(response.basis().left_out_unverified_statements(), 4);
}

TEST(ReportingStatusTest, BindsAllPartiesAndNobodyElse) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request("att", "2026-02-03")));
  EXPECT_EQ(response.states(), 117);
  std::set<std::string> initial;
  v1::GetReportingStatusRequest request = Request("att", "2026-02-03");
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, Ask(request));
    for (const v1::Report& report : page.reports()) {
      if (report.duty() == "reporting-duties/att-initial") initial.insert(report.state().name());
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(initial.size(), 117u);
  EXPECT_FALSE(initial.contains("states/IDN"));
  const v1::ReportCounts& counts = response.counts();
  EXPECT_EQ(counts.in_time() + counts.late() + counts.submitted() + counts.missing() +
                counts.unknown() + counts.not_due(),
            counts.size());
  EXPECT_EQ(counts.size(), response.total_size());
}

TEST(ReportingStatusTest, AsksForAnnualReportsFromTheFirstFullYear) {
  v1::GetReportingStatusRequest request = Request("att", "2026-02-03");
  request.set_state("PHL");  // In force on 22 June 2022.
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  EXPECT_EQ(response.states(), 1);
  EXPECT_EQ(Find(response, "states/PHL", "reporting-duties/att-annual", 2022), nullptr);
  const v1::Report* first = Find(response, "states/PHL", "reporting-duties/att-annual", 2023);
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(DateOf(first->due_date()), "2024-05-31");
  EXPECT_EQ(first->standing(), v1::REPORT_STANDING_UNKNOWN);
  const v1::Report* next = Find(response, "states/PHL", "reporting-duties/att-annual", 2025);
  ASSERT_NE(next, nullptr);
  EXPECT_EQ(next->standing(), v1::REPORT_STANDING_NOT_DUE);
  EXPECT_EQ(response.total_size(), 4);
}

TEST(ReportingStatusTest, ListsReportsThatHaveNoFixedDate) {
  v1::GetReportingStatusRequest request = Request("unpoa", "2026-02-03");
  request.set_state("PHL");
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  EXPECT_EQ(response.total_size(), 7);  // 2003, 2005, 2006, 2008, 2010, 2012 and 2016.
  for (const v1::Report& report : response.reports()) {
    EXPECT_FALSE(report.has_due_date());
    EXPECT_EQ(report.standing(), v1::REPORT_STANDING_SUBMITTED);
  }
  request.set_from_year(2008);
  request.set_to_year(2010);
  ASSERT_OK_AND_ASSIGN(const auto some, Ask(request));
  EXPECT_EQ(some.total_size(), 2);
  *request.mutable_read() = AsOf("2007-01-01");
  request.clear_from_year();
  request.clear_to_year();
  ASSERT_OK_AND_ASSIGN(const auto before, Ask(request));
  EXPECT_EQ(before.total_size(), 3);
}

TEST(ReportingStatusTest, KeepsToStandings) {
  v1::GetReportingStatusRequest request = Request("att", "2026-02-03");
  request.set_grouping("asean");
  request.add_standings(v1::REPORT_STANDING_SUBMITTED);
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  EXPECT_EQ(response.total_size(), 1);
  EXPECT_EQ(response.counts().size(), 4);
  EXPECT_FALSE(response.grouping_definition().empty());
}

TEST(ReportingStatusTest, SaysWhatIsWrongWithTheRequest) {
  v1::GetReportingStatusRequest both = Request("att", "2026-02-03");
  both.set_state("PHL");
  both.set_grouping("asean");
  EXPECT_EQ(Ask(both).status().code(), absl::StatusCode::kInvalidArgument);
  v1::GetReportingStatusRequest years = Request("att", "2026-02-03");
  years.set_from_year(2020);
  years.set_to_year(2019);
  EXPECT_THAT(std::string(Ask(years).status().message()), HasSubstr("to_year"));
  EXPECT_EQ(Ask(Request("atx", "2026-02-03")).status().code(), absl::StatusCode::kNotFound);
}

absl::StatusOr<v1::FindSharedReportingResponse> Shared(std::string_view state,
                                                       std::string_view target) {
  v1::FindSharedReportingRequest request;
  *request.mutable_read() = AsOf("2026-02-03");
  request.set_state(std::string(state));
  request.set_target(std::string(target));
  return InstrumentQueries(&testing::CuratedGraph())
      .FindSharedReporting(testing::OperatorCall(), request);
}

// What each duty is, by subject: `+` for one that the target would add.
std::map<std::string, std::set<std::string>> BySubject(
    const v1::FindSharedReportingResponse& response) {
  std::map<std::string, std::set<std::string>> subjects;
  for (const v1::SharedReturn& shared : response.shared()) {
    for (const v1::StateReportingDuty& row : shared.duties()) {
      subjects[shared.content()].insert((row.carried() ? "" : "+") + row.duty().duty().name());
    }
  }
  return subjects;
}

TEST(SharedReportingTest, SetsTheTargetBesideWhatIsCarried) {
  ASSERT_OK_AND_ASSIGN(const auto response, Shared("IDN", "att"));
  const auto subjects = BySubject(response);
  EXPECT_THAT(
      subjects.at("arms-transfers"),
      UnorderedElementsAre("reporting-duties/unroca-annual", "reporting-duties/unroca-small-arms",
                           "+reporting-duties/att-annual"));
  EXPECT_THAT(
      subjects.at("national-measures"),
      UnorderedElementsAre("reporting-duties/unpoa-national", "reporting-duties/iti-national",
                           "reporting-duties/unscr-1540-initial", "+reporting-duties/att-initial"));
  for (const v1::SharedReturn& shared : response.shared()) {
    if (shared.content() != "arms-transfers") continue;
    ASSERT_EQ(shared.same_day_sentences_size(), 1);
    EXPECT_THAT(shared.same_day_sentences(0), HasSubstr("31 May"));
    EXPECT_THAT(shared.common_goods(), Contains("small-arms"));
  }
}

TEST(SharedReportingTest, OfAPartyCarriesTheTargetItself) {
  ASSERT_OK_AND_ASSIGN(const auto response, Shared("JPN", "att"));
  const auto subjects = BySubject(response);
  EXPECT_THAT(subjects.at("arms-transfers"), Contains("reporting-duties/att-annual"));
  EXPECT_THAT(subjects.at("arms-transfers"), Contains("reporting-duties/wassenaar-deliveries"));
  // The Mine Ban and the Cluster Munitions Conventions, both by 30 April.
  EXPECT_EQ(subjects.at("mines-and-munitions").size(), 5u);
}

// The Cook Islands are no member of the United Nations: what addresses members does not reach them.
TEST(SharedReportingTest, IsNotThatOfOthers) {
  ASSERT_OK_AND_ASSIGN(const auto response, Shared("COK", ""));
  for (const auto& [content, duties] : BySubject(response)) {
    EXPECT_THAT(duties, ::testing::Not(Contains("reporting-duties/unroca-annual"))) << content;
  }
  EXPECT_FALSE(response.has_target());
}

}  // namespace
}  // namespace attlas::instruments
