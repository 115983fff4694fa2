#include "services/domain/reporting.h"

#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace attlas::domain {
namespace {

using graph::Date;
using graph::Edge;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Date D(const std::string& text) { return graph::ParseDate(text).value(); }
graph::DayNumber Day(const std::string& text) { return graph::FirstDay(D(text)); }

// A duty whose node has these properties.
class TestDuty {
 public:
  explicit TestDuty(const std::string& properties) {
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(properties, &node_));
    graph::Canonicalize(&node_);
    duty_.node = &node_;
  }
  operator const Duty&() const { return duty_; }  // NOLINT(google-explicit-constructor)

 private:
  graph::Node node_;
  Duty duty_;
};

std::string Text(const std::string& name, const std::string& value) {
  return "properties { name: '" + name + "' value { text: '" + value + "' } } ";
}
std::string Number(const std::string& name, int value) {
  return "properties { name: '" + name + "' value { integer: " + std::to_string(value) + " } } ";
}

const std::string kAnnual = Text("report_kind", "annual") + Number("every_months", 12) +
                            Number("due_month", 5) + Number("due_day", 31);
const std::string kFirstFullYear =
    kAnnual + "properties { name: 'first_full_year' value { boolean: true } } ";
const std::string kInitial = Text("report_kind", "initial") + Number("months_after", 12);

// As `2023 by 2024-05-31`.
std::vector<std::string> Due(const TestDuty& duty, const std::string& since,
                             const std::string& day) {
  std::vector<std::string> lines;
  const auto begun = since.empty() ? std::nullopt : std::optional<Date>(D(since));
  for (const DueReport& due : DueReports(duty, begun, Day(day))) {
    lines.push_back((due.year == 0 ? "" : std::to_string(due.year) + " ") + "by " +
                    (due.due.has_value() ? graph::FormatDate(*due.due) : "no date"));
  }
  return lines;
}

TEST(DueReportsTest, OfOnceAreThatOne) {
  EXPECT_THAT(Due(TestDuty(kInitial), "2022-06-22", "2026-02-03"), ElementsAre("by 2023-06-22"));
  EXPECT_THAT(Due(TestDuty(kInitial), "2022", "2026-02-03"), ElementsAre("by 2023"));
  EXPECT_THAT(Due(TestDuty(kInitial), "", "2026-02-03"), ElementsAre("by no date"));
  const TestDuty days(Text("report_kind", "initial") + Number("days_after", 180));
  EXPECT_THAT(Due(days, "2010-08-01", "2026-02-03"), ElementsAre("by 2011-01-28"));
}

TEST(DueReportsTest, OfEachYearGoUpToTheNext) {
  EXPECT_THAT(Due(TestDuty(kAnnual), "2022-06-22", "2025-05-31"),
              ElementsAre("2022 by 2023-05-31", "2023 by 2024-05-31", "2024 by 2025-05-31",
                          "2025 by 2026-05-31"));
  EXPECT_THAT(Due(TestDuty(kAnnual), "2022-06-22", "2025-05-30"),
              ElementsAre("2022 by 2023-05-31", "2023 by 2024-05-31", "2024 by 2025-05-31"));
}

// The guidance for the ATT: the first report covers the first full calendar year.
TEST(DueReportsTest, MayPassOverAYearInPart) {
  EXPECT_THAT(Due(TestDuty(kFirstFullYear), "2022-06-22", "2025-01-01"),
              ElementsAre("2023 by 2024-05-31", "2024 by 2025-05-31"));
  EXPECT_THAT(Due(TestDuty(kFirstFullYear), "2023-01-01", "2024-01-01"),
              ElementsAre("2023 by 2024-05-31"));
}

TEST(DueReportsTest, OfNoFixedDateAreNotReckoned) {
  EXPECT_THAT(Due(TestDuty(Text("report_kind", "national") + Number("every_months", 24)),
                  "2005-12-08", "2026-02-03"),
              IsEmpty());
  EXPECT_THAT(Due(TestDuty(Text("report_kind", "initial")), "2004-04-28", "2026-02-03"),
              ElementsAre("by no date"));
}

TEST(DueReportsTest, AreBounded) {
  EXPECT_EQ(Due(TestDuty(kAnnual), "0001-01-01", "9999-12-31").size(),
            static_cast<size_t>(kMostReportYears));
}

Edge Report(const std::string& properties) {
  Edge report;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(properties, &report));
  graph::Canonicalize(&report);
  return report;
}

instruments::v1::ReportStanding StandingOf(const TestDuty& duty, const std::string& due,
                                           const Edge* report, const std::string& day) {
  return JudgeReport(duty, {.year = 0, .due = D(due)}, report, Day(day)).standing;
}

TEST(JudgeReportTest, TellsLateFromInTimeAsFarAsDatesGo) {
  const TestDuty duty(kInitial + Text("coverage", "complete"));
  const auto on = [](const std::string& date) {
    return Report(Text("submitted", "yes") +
                  "properties { name: 'submitted_on' value { date { year: " + date + " } } }");
  };
  const Edge early = on("2023 month: 6 day: 22");
  const Edge late = on("2023 month: 6 day: 23");
  const Edge in_year = Report(Text("submitted", "yes") + Number("year", 2023));
  const Edge year_after = Report(Text("submitted", "yes") + Number("year", 2024));
  EXPECT_EQ(StandingOf(duty, "2023-06-22", &early, "2026"),
            instruments::v1::REPORT_STANDING_IN_TIME);
  EXPECT_EQ(StandingOf(duty, "2023-06-22", &late, "2026"), instruments::v1::REPORT_STANDING_LATE);
  EXPECT_EQ(StandingOf(duty, "2023-06-22", &in_year, "2026"),
            instruments::v1::REPORT_STANDING_SUBMITTED);
  EXPECT_EQ(StandingOf(duty, "2023-12-31", &in_year, "2026"),
            instruments::v1::REPORT_STANDING_IN_TIME);
  EXPECT_EQ(StandingOf(duty, "2023-06-22", &year_after, "2026"),
            instruments::v1::REPORT_STANDING_LATE);
}

TEST(JudgeReportTest, KeepsUnknownApartFromMissing) {
  const TestDuty complete(kInitial + Text("coverage", "complete"));
  const TestDuty partial(kInitial + Text("coverage", "partial"));
  const TestDuty until_2020(kInitial + Text("coverage", "complete") +
                            "properties { name: 'coverage_as_of' value { date { year: 2020 } } }");
  EXPECT_EQ(StandingOf(complete, "2023-06-22", nullptr, "2026"),
            instruments::v1::REPORT_STANDING_MISSING);
  EXPECT_EQ(StandingOf(partial, "2023-06-22", nullptr, "2026"),
            instruments::v1::REPORT_STANDING_UNKNOWN);
  EXPECT_EQ(StandingOf(until_2020, "2023-06-22", nullptr, "2026"),
            instruments::v1::REPORT_STANDING_UNKNOWN);
  EXPECT_EQ(StandingOf(until_2020, "2020-06-22", nullptr, "2026"),
            instruments::v1::REPORT_STANDING_MISSING);
  const Edge no = Report(Text("submitted", "no"));
  const Edge unknown = Report(Text("submitted", "unknown"));
  EXPECT_EQ(StandingOf(partial, "2023-06-22", &no, "2026"),
            instruments::v1::REPORT_STANDING_MISSING);
  EXPECT_EQ(StandingOf(complete, "2023-06-22", &unknown, "2026"),
            instruments::v1::REPORT_STANDING_UNKNOWN);
  EXPECT_EQ(StandingOf(complete, "2026-05-31", nullptr, "2026-05-31"),
            instruments::v1::REPORT_STANDING_NOT_DUE);
  EXPECT_EQ(StandingOf(complete, "2026-05-31", nullptr, "2026-06-01"),
            instruments::v1::REPORT_STANDING_MISSING);
}

}  // namespace
}  // namespace attlas::domain
