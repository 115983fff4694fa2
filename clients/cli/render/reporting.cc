// Reports that states owe, and duties to report that go together.
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using instruments::v1::FindSharedReportingResponse;
using instruments::v1::GetReportingStatusResponse;
using instruments::v1::Report;
using instruments::v1::ReportingDuty;
using instruments::v1::ReportStanding;
using instruments::v1::SharedReturn;
using instruments::v1::StateReportingDuty;

Tone ToneOfReport(ReportStanding standing) {
  switch (standing) {
    case instruments::v1::REPORT_STANDING_IN_TIME:
    case instruments::v1::REPORT_STANDING_SUBMITTED:
      return Tone::kGood;
    case instruments::v1::REPORT_STANDING_LATE:
      return Tone::kFair;
    case instruments::v1::REPORT_STANDING_MISSING:
      return Tone::kPoor;
    default:
      return Tone::kDim;
  }
}

Table DutiesTable(const GetReportingStatusResponse& response) {
  Table table{.title = "Duties",
              .columns = {{.header = "Report", .key = "report"},
                          {.header = "Strength", .key = "strength"},
                          {.header = "When due", .key = "rule"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const ReportingDuty& duty : response.duties()) {
    table.rows.push_back({Called(duty.duty()), Word(duty.strength()), duty.rule()});
  }
  return table;
}

Table ReportsTable(const GetReportingStatusResponse& response, Footnotes* footnotes) {
  Table table{.title = "Reports",
              .columns = {{.header = "State", .key = "state", .shown = Shown::kCsvOnly},
                          {.header = "Code", .key = "code", .whole = true},
                          {.header = "State", .key = "display_name"},
                          {.header = "Report", .key = "report"},
                          {.header = "Duty", .key = "duty", .shown = Shown::kCsvOnly},
                          {.header = "Year", .key = "year", .whole = true},
                          {.header = "Due", .key = "due_date", .whole = true},
                          {.header = "Standing", .key = "standing"},
                          {.header = "Submitted", .key = "submitted_date", .whole = true},
                          {.header = "Open to", .key = "publicity"},
                          {.header = "Sources", .key = "sources", .shown = Shown::kTableOnly},
                          {.header = "Sources", .key = "sources", .shown = Shown::kCsvOnly}},
              .rows = {}};
  std::map<std::string, std::string> called;
  for (const ReportingDuty& duty : response.duties()) {
    called[duty.duty().name()] = Called(duty.duty());
  }
  for (const Report& report : response.reports()) {
    table.rows.push_back(
        {report.state().name(), IdOf(report.state().name()), Called(report.state()),
         called[report.duty()], report.duty(),
         report.year() == 0 ? std::string() : Number(report.year()), DateText(report.due_date()),
         Cell(Word(report.standing()), ToneOfReport(report.standing())),
         DateText(report.submitted_date()),
         report.publicity() == instruments::v1::PUBLICITY_PUBLIC    ? "all"
         : report.publicity() == instruments::v1::PUBLICITY_PRIVATE ? "parties"
                                                                    : "",
         footnotes->Mark(report.evidence()), footnotes->SourceNames(report.evidence())});
  }
  return table;
}

std::vector<Column> SharedColumns() {
  return {{.header = "Subject", .key = "content", .shown = Shown::kCsvOnly},
          {.header = "Duty", .key = "duty", .shown = Shown::kCsvOnly},
          {.header = "Report", .key = "report"},
          {.header = "Instrument", .key = "instrument", .shown = Shown::kCsvOnly},
          {.header = "Strength", .key = "strength"},
          {.header = "Carried", .key = "carried"},
          {.header = "Next due", .key = "next_due_date", .whole = true},
          {.header = "When due", .key = "rule"},
          {.header = "Themes", .key = "themes", .shown = Shown::kCsvOnly},
          {.header = "Sources", .key = "sources", .shown = Shown::kTableOnly},
          {.header = "Sources", .key = "sources", .shown = Shown::kCsvOnly}};
}

std::vector<Cell> SharedRow(const StateReportingDuty& row, Footnotes* footnotes) {
  const ReportingDuty& duty = row.duty();
  return {duty.content(),
          duty.duty().name(),
          Called(duty.duty()),
          duty.instrument().name(),
          Word(duty.strength()),
          Cell(YesNo(row.carried()), row.carried() ? Tone::kGood : Tone::kFair),
          DateText(row.next_due_date()),
          duty.rule(),
          NameList(row.themes()),
          footnotes->Mark(duty.evidence()),
          footnotes->SourceNames(duty.evidence())};
}

}  // namespace

Document RenderReportingStatus(const GetReportingStatusResponse& response) {
  Document document;
  document.Say(response.sentence(), Tone::kStrong);
  SayBasis(response, &document);
  document.Say(response.grouping_definition());
  document.Add(DutiesTable(response));
  Footnotes footnotes(response.statements(), response.sources());
  document.Add(ReportsTable(response, &footnotes));
  if (response.reports_size() < response.total_size()) {
    document.Say(absl::StrCat(response.reports_size(), " of ", response.total_size(),
                              " are shown; --limit shows more."));
  }
  SayNotes(response.basis(), &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  document.Add(footnotes.ToTable());
  return document;
}

Document RenderSharedReporting(const FindSharedReportingResponse& response) {
  Document document;
  document.Say(response.sentence(), Tone::kStrong);
  SayBasis(response, &document);
  Footnotes footnotes(response.statements(), response.sources());
  // One table in CSV, one a subject for people.
  Table every{.title = "", .columns = SharedColumns(), .rows = {}, .shown = Shown::kCsvOnly};
  for (const SharedReturn& shared : response.shared()) {
    document.Say(shared.sentence());
    for (const std::string& sentence : shared.same_day_sentences()) document.Say(sentence);
    Table table{.title = absl::StrReplaceAll(shared.content(), {{"-", " "}}),
                .columns = SharedColumns(),
                .rows = {},
                .shown = Shown::kTableOnly};
    for (const StateReportingDuty& row : shared.duties()) {
      table.rows.push_back(SharedRow(row, &footnotes));
      every.rows.push_back(table.rows.back());
    }
    document.Add(std::move(table));
  }
  Table alone{.title = "Alone with their subject",
              .columns = SharedColumns(),
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const StateReportingDuty& row : response.alone()) {
    alone.rows.push_back(SharedRow(row, &footnotes));
    every.rows.push_back(alone.rows.back());
  }
  document.Add(std::move(alone));
  document.Add(std::move(every));
  SayNotes(response.basis(), &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  document.Add(footnotes.ToTable());
  return document;
}

}  // namespace attlas::cli
