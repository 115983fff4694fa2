#include "services/domain/reporting.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "graph/model/date_shift.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"

namespace attlas::domain {
namespace {

using graph::Date;
using graph::DayNumber;
using graph::Edge;
using graph::LastDay;
using instruments::v1::ReportStanding;

Date DayOfYear(int32_t year, int64_t month, int64_t day) {
  Date date;
  date.set_year(year);
  date.set_month(static_cast<int32_t>(month));
  date.set_day(static_cast<int32_t>(day));
  // 29 February of a year that has none.
  while (!graph::IsValidDate(date) && date.day() > 1) date.set_day(date.day() - 1);
  return date;
}

std::vector<DueReport> YearlyReports(const Duty& duty, const Date& since, DayNumber day) {
  const bool from_first_day =
      graph::FirstDay(since) == graph::FirstDay(DayOfYear(since.year(), 1, 1));
  const bool skips_part =
      duty.node != nullptr && BooleanProperty(*duty.node, "first_full_year") && !from_first_day;
  std::vector<DueReport> reports;
  int32_t year = since.year() + (skips_part ? 1 : 0);
  for (int i = 0; i < kMostReportYears && year < 9999; ++i, ++year) {
    const Date due = DayOfYear(year + 1, duty.Number("due_month"), duty.Number("due_day"));
    reports.push_back({.year = year, .due = due});
    if (graph::FirstDay(due) > day) break;
  }
  return reports;
}

// Of a report made once or from time to time the year of the report is that in which it was made;
// of one that covers a year it is that year.
std::optional<Date> SubmittedOn(const DueReport& due, const Edge& report) {
  if (const graph::Value* value = graph::FindProperty(report.properties(), "submitted_on");
      value != nullptr && value->has_date()) {
    return value->date();
  }
  const int64_t year = graph::IntegerProperty(report.properties(), "year");
  if (due.year != 0 || year == 0) return std::nullopt;
  Date date;
  date.set_year(static_cast<int32_t>(year));
  return date;
}

ReportStanding StandingOfSubmitted(const std::optional<Date>& due,
                                   const std::optional<Date>& submitted) {
  if (!due.has_value() || !submitted.has_value()) return instruments::v1::REPORT_STANDING_SUBMITTED;
  if (LastDay(*submitted) <= LastDay(*due)) return instruments::v1::REPORT_STANDING_IN_TIME;
  if (graph::FirstDay(*submitted) > LastDay(*due)) return instruments::v1::REPORT_STANDING_LATE;
  return instruments::v1::REPORT_STANDING_SUBMITTED;
}

// Whether the list of reports is complete up to the day on which this one was due.
bool ListIsComplete(const Duty& duty, DayNumber due) {
  if (!IsComplete(*duty.node)) return false;
  const std::optional<Date> known = DateProperty(*duty.node, "coverage_as_of");
  return !known.has_value() || LastDay(*known) >= due;
}

}  // namespace

std::string_view Duty::kind() const {
  return graph::TextProperty(node->properties(), "report_kind");
}
std::string_view Duty::content() const {
  return graph::TextProperty(node->properties(), "content");
}
int64_t Duty::Number(std::string_view property) const {
  return graph::IntegerProperty(node->properties(), property);
}

std::vector<Duty> DutiesOf(const SubgraphIndex& index, std::string_view instrument,
                           const Reading& reading) {
  std::vector<Duty> duties;
  for (const Edge* asked : index.Out(instrument, kAsksForReport)) {
    const graph::Node* node = index.FindNode(asked->to());
    if (node == nullptr || !reading.Counts(*asked)) continue;
    Duty duty{.node = node, .asked = asked};
    for (const Edge* stated : index.Out(node->name(), kStatedIn)) {
      if (reading.Counts(*stated)) duty.stated = stated;
    }
    duties.push_back(duty);
  }
  std::sort(duties.begin(), duties.end(),
            [](const Duty& a, const Duty& b) { return a.node->name() < b.node->name(); });
  return duties;
}

instruments::v1::ReportingDuty DutyFrom(const SubgraphIndex& index, const Duty& duty,
                                        const Scope& scope, EvidenceGatherer* evidence) {
  instruments::v1::ReportingDuty row;
  *row.mutable_duty() = Named(index, duty.node->name());
  *row.mutable_instrument() = Named(index, duty.asked->from());
  if (duty.stated != nullptr) *row.mutable_provision() = Named(index, duty.stated->to());
  row.set_report_kind(std::string(duty.kind()));
  row.set_content(std::string(duty.content()));
  row.set_strength(StrengthFrom(graph::TextProperty(duty.node->properties(), "strength")));
  row.set_rule(std::string(graph::TextProperty(duty.node->properties(), "statement")));
  *row.mutable_coverage() = CoverageOf(*duty.node, scope);
  *row.mutable_evidence() = evidence->Use({duty.asked, duty.stated});
  return row;
}

std::optional<Date> CarriedSince(const Standing& standing, const InstrumentTerms& terms) {
  const Edge* ground = standing.in_force != nullptr ? standing.in_force : standing.ground();
  if (ground == nullptr || !ground->has_valid_from()) return std::nullopt;
  // Where no rule says when a treaty is in force for a state: not before it is in force itself.
  if (terms.in_force_from > graph::FirstDay(ground->valid_from()) &&
      terms.in_force_from != graph::kEndOfTime) {
    return graph::DateOfDay(terms.in_force_from);
  }
  return ground->valid_from();
}

std::vector<DueReport> DueReports(const Duty& duty, const std::optional<Date>& since,
                                  DayNumber day) {
  const graph::DateShift shift{.months = duty.Number("months_after"),
                               .days = duty.Number("days_after")};
  if (duty.has_day_of_year()) {
    if (!since.has_value()) return {DueReport{}};
    return YearlyReports(duty, *since, day);
  }
  if (shift.months != 0 || shift.days != 0) {
    if (!since.has_value()) return {DueReport{}};
    return {DueReport{.year = 0, .due = graph::ShiftDate(*since, shift)}};
  }
  const bool once = duty.Number("every_months") == 0 && duty.kind() == "initial";
  return once ? std::vector<DueReport>{DueReport{}} : std::vector<DueReport>{};
}

ReportFacts JudgeReport(const Duty& duty, const DueReport& due, const Edge* report, DayNumber day) {
  ReportFacts facts;
  const bool not_due = due.due.has_value() && LastDay(*due.due) >= day;
  const std::string_view submitted =
      report == nullptr ? "" : graph::TextProperty(report->properties(), "submitted");
  if (submitted == "yes") {
    facts.submitted = SubmittedOn(due, *report);
    facts.standing = StandingOfSubmitted(due.due, facts.submitted);
    const std::string_view open = graph::TextProperty(report->properties(), "public");
    if (open == "yes") facts.publicity = instruments::v1::PUBLICITY_PUBLIC;
    if (open == "no") facts.publicity = instruments::v1::PUBLICITY_PRIVATE;
  } else if (not_due) {
    facts.standing = instruments::v1::REPORT_STANDING_NOT_DUE;
  } else if (submitted == "no" || (submitted.empty() && due.due.has_value() &&
                                   ListIsComplete(duty, LastDay(*due.due)))) {
    facts.standing = instruments::v1::REPORT_STANDING_MISSING;
  }
  return facts;
}

}  // namespace attlas::domain
