// When reports are due, and what became of them.
//
// What: the rules of due dates, which nodes of duties state, applied to one state. A duty begins
// with the entry into force of a treaty for the state, or with the statement that endorses or
// addresses. Thread-safety: functions and plain values, which view the index they were made from.
#ifndef ATTLAS_SERVICES_DOMAIN_REPORTING_H_
#define ATTLAS_SERVICES_DOMAIN_REPORTING_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "attlas/instruments/v1/report.pb.h"
#include "services/domain/evidence.h"
#include "services/domain/participation.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::domain {

// A duty to report, and the statements that say whose it is and where it stands.
struct Duty {
  const graph::Node* node = nullptr;
  const graph::Edge* asked = nullptr;   // The instrument asks for it.
  const graph::Edge* stated = nullptr;  // It stands in a provision; null where none is held.

  std::string_view kind() const;
  std::string_view content() const;
  int64_t Number(std::string_view property) const;
  // Whether it is due on the same day of each year.
  bool has_day_of_year() const { return Number("due_month") != 0; }
};

// The duties of an instrument that are sure enough, by name. O(duties).
std::vector<Duty> DutiesOf(const SubgraphIndex& index, std::string_view instrument,
                           const Reading& reading);

// The duty in the form of an answer.
instruments::v1::ReportingDuty DutyFrom(const SubgraphIndex& index, const Duty& duty,
                                        const Scope& scope, EvidenceGatherer* evidence);

// Since when a state that an instrument commits carries its duties: of a party since the entry into
// force for it, which may be still to come. Nothing where that is not known. REQUIRES
// `standing.committed()`.
std::optional<graph::Date> CarriedSince(const Standing& standing, const InstrumentTerms& terms);

// One report that is due: the year that it covers (0 for none), and by when.
struct DueReport {
  int32_t year = 0;
  std::optional<graph::Date> due;
};

// The most years for which reports of one duty are reckoned.
inline constexpr int kMostReportYears = 150;

// The reports of a duty that began on a date, up to the first that is due after `day`. A duty
// without a fixed date gives at most the one report that is due once. O(years).
std::vector<DueReport> DueReports(const Duty& duty, const std::optional<graph::Date>& since,
                                  graph::DayNumber day);

// What is known of one report. `report` is the statement about it, or null.
struct ReportFacts {
  instruments::v1::ReportStanding standing = instruments::v1::REPORT_STANDING_UNKNOWN;
  instruments::v1::Publicity publicity = instruments::v1::PUBLICITY_UNSPECIFIED;
  std::optional<graph::Date> submitted;
};
ReportFacts JudgeReport(const Duty& duty, const DueReport& due, const graph::Edge* report,
                        graph::DayNumber day);

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_REPORTING_H_
