// GetReportingStatus: which reports states owe under an instrument, and what became of them.

#include <algorithm>
#include <deque>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/domain/answer_page.h"
#include "services/domain/evidence.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/reporting.h"
#include "services/domain/wording.h"
#include "services/instruments/instrument_queries.h"
#include "services/instruments/population.h"

namespace attlas::instruments {
namespace {

using domain::Backward;
using domain::DueReport;
using domain::Duty;
using domain::EvidenceGatherer;
using domain::Forward;
using domain::NameArgument;
using domain::NameKind;
using domain::PatternFrom;
using domain::Scope;
using domain::Standing;
using domain::SubgraphIndex;
using graph::Edge;

constexpr domain::PageSizes kPageSizes{.by_default = 100, .at_most = 1000};

// Whom the question is about: one state, a region set or all states.
struct Names {
  std::string instrument;
  std::string state;
  std::string grouping;
};

void AddPatterns(const Names& names, graph::v1::MatchPathsRequest* request) {
  *request->add_patterns() = PatternFrom(names.instrument, {Forward(domain::kAsksForReport)});
  *request->add_patterns() =
      PatternFrom(names.instrument, {Forward(domain::kAsksForReport), Forward(domain::kStatedIn)});
  if (!names.state.empty()) {
    *request->add_patterns() = PatternFrom(names.instrument, {});
    *request->add_patterns() = PatternFrom(names.state, {});
    *request->add_patterns() =
        PatternFrom(names.state, {domain::To(Forward(domain::kActTypes), names.instrument)});
    *request->add_patterns() =
        PatternFrom(names.state, {domain::To(Forward(domain::kReported), names.instrument)});
    return;
  }
  AddCountPatterns(names.instrument, names.grouping, request);
  if (names.grouping.empty()) {
    *request->add_patterns() = PatternFrom(names.instrument, {Backward(domain::kReported)});
  } else {
    *request->add_patterns() =
        PatternFrom(names.grouping, {Backward(domain::kMemberOfGrouping),
                                     domain::To(Forward(domain::kReported), names.instrument)});
  }
}

// One report, before it is put into the form of an answer.
struct Row {
  std::string_view state;
  const Duty* duty = nullptr;
  DueReport due;
  const Edge* report = nullptr;
  domain::ReportFacts facts;
  std::span<const Edge* const> binding;  // The statements by which the duty binds the state.

  // The place among the reports of the state.
  auto Order() const {
    const auto day = [](const std::optional<graph::Date>& date) {
      return date.has_value() ? graph::FirstDay(*date) : graph::kBeginningOfTime;
    };
    return std::tuple(day(due.due), day(facts.submitted), std::string_view(duty->node->name()),
                      due.year);
  }
  // The year by which the years of a request are meant; 0 where none is known.
  int32_t Year() const {
    if (due.due.has_value()) return due.due->year();
    return facts.submitted.has_value() ? facts.submitted->year() : due.year;
  }
};

class Reports {
 public:
  Reports(const SubgraphIndex& index, const Scope& scope, const graph::Node& instrument)
      : index_(index),
        scope_(scope),
        terms_(domain::TermsOf(instrument)),
        duties_(domain::DutiesOf(index, instrument.name(), scope.reading)) {}
  Reports(const Reports&) = delete;
  Reports& operator=(const Reports&) = delete;

  // Adds the reports of one state, each state once and in the order of names. Nothing where the
  // duties do not reach it.
  void AddState(std::string_view state, const domain::Acts& acts) {
    const Standing standing = domain::Weigh(acts, scope_.reading, v1::COUNT_BY_IN_FORCE, terms_);
    if (!standing.committed()) return;
    ++states_;
    const std::optional<graph::Date> since = domain::CarriedSince(standing, terms_);
    const std::span<const Edge* const> binding = bindings_.emplace_back(standing.Evidence());
    const size_t first = rows_.size();
    for (const Duty& duty : duties_) {
      std::vector<const Edge*> made = MadeUnder(state, duty);
      for (const DueReport& due : DueReports(duty, since, scope_.reading.day)) {
        Add(state, duty, due, TakeFor(duty, due, &made), binding);
      }
      // What was made without being reckoned as due, such as a report asked for from time to time.
      for (const Edge* report : made) {
        DueReport due;
        if (duty.has_day_of_year()) due.year = YearOf(*report);
        Add(state, duty, due, report, binding);
      }
    }
    PutInOrder(first);
  }

  const std::vector<Duty>& duties() const { return duties_; }
  int states() const { return states_; }
  // The reports, in the order of an answer.
  std::vector<Row> Take() { return std::move(rows_); }

 private:
  // Puts the rows from a position on in the order of an answer.
  void PutInOrder(size_t first) {
    // A row is large, so that their places are sorted.
    std::vector<std::pair<decltype(Row().Order()), size_t>> places;
    for (size_t i = first; i < rows_.size(); ++i) places.emplace_back(rows_[i].Order(), i);
    if (std::is_sorted(places.begin(), places.end())) return;
    std::sort(places.begin(), places.end());
    std::vector<Row> ordered;
    ordered.reserve(places.size());
    for (const auto& [order, place] : places) ordered.push_back(std::move(rows_[place]));
    std::move(ordered.begin(), ordered.end(), rows_.begin() + static_cast<std::ptrdiff_t>(first));
  }

  static int32_t YearOf(const Edge& report) {
    return static_cast<int32_t>(graph::IntegerProperty(report.properties(), "year"));
  }

  // The statements about reports of the state under a duty, up to the day.
  std::vector<const Edge*> MadeUnder(std::string_view state, const Duty& duty) const {
    std::vector<const Edge*> made;
    for (const Edge* report : index_.Out(state, domain::kReported)) {
      if (report->to() == duty.asked->from() && scope_.reading.Admits(*report) &&
          domain::StartDay(*report) <= scope_.reading.day &&
          graph::TextProperty(report->properties(), "report_kind") == duty.kind()) {
        made.push_back(report);
      }
    }
    return made;
  }

  // Takes the report that answers a due one out of `made`; null where there is none.
  static const Edge* TakeFor(const Duty& duty, const DueReport& due,
                             std::vector<const Edge*>* made) {
    const auto found = std::find_if(made->begin(), made->end(), [&](const Edge* report) {
      return !duty.has_day_of_year() || YearOf(*report) == due.year;
    });
    if (found == made->end()) return nullptr;
    const Edge* report = *found;
    made->erase(found);
    return report;
  }

  void Add(std::string_view state, const Duty& duty, const DueReport& due, const Edge* report,
           std::span<const Edge* const> binding) {
    rows_.push_back({.state = state,
                     .duty = &duty,
                     .due = due,
                     .report = report,
                     .facts = domain::JudgeReport(duty, due, report, scope_.reading.day),
                     .binding = binding});
  }

  const SubgraphIndex& index_;
  const Scope& scope_;
  const domain::InstrumentTerms terms_;
  const std::vector<Duty> duties_;
  int states_ = 0;
  std::deque<std::vector<const Edge*>> bindings_;  // What the rows view.
  std::vector<Row> rows_;
};

void Count(const domain::ReportFacts& facts, v1::ReportCounts* counts) {
  counts->set_size(counts->size() + 1);
  if (facts.publicity == v1::PUBLICITY_PUBLIC) counts->set_public_(counts->public_() + 1);
  switch (facts.standing) {
    case v1::REPORT_STANDING_IN_TIME:
      return counts->set_in_time(counts->in_time() + 1);
    case v1::REPORT_STANDING_LATE:
      return counts->set_late(counts->late() + 1);
    case v1::REPORT_STANDING_SUBMITTED:
      return counts->set_submitted(counts->submitted() + 1);
    case v1::REPORT_STANDING_MISSING:
      return counts->set_missing(counts->missing() + 1);
    case v1::REPORT_STANDING_NOT_DUE:
      return counts->set_not_due(counts->not_due() + 1);
    default:
      return counts->set_unknown(counts->unknown() + 1);
  }
}

// Keeps the years and the standings asked for; counts before the standings are taken out.
std::vector<Row> Keep(std::vector<Row> rows, const v1::GetReportingStatusRequest& request,
                      v1::ReportCounts* counts) {
  std::vector<Row> kept;
  for (Row& row : rows) {
    const int32_t year = row.Year();
    if (request.from_year() != 0 && year < request.from_year()) continue;
    if (request.to_year() != 0 && year > request.to_year()) continue;
    Count(row.facts, counts);
    const auto& standings = request.standings();
    if (standings.empty() ||
        std::find(standings.begin(), standings.end(), row.facts.standing) != standings.end()) {
      kept.push_back(std::move(row));
    }
  }
  return kept;
}

void Fill(const SubgraphIndex& index, const Row& row, EvidenceGatherer* evidence,
          v1::Report* report) {
  *report->mutable_state() = domain::Named(index, row.state);
  report->set_duty(row.duty->node->name());
  report->set_year(row.due.year);
  if (row.due.due.has_value()) *report->mutable_due_date() = *row.due.due;
  if (row.facts.submitted.has_value()) *report->mutable_submitted_date() = *row.facts.submitted;
  report->set_standing(row.facts.standing);
  report->set_publicity(row.facts.publicity);
  evidence->Use(row.binding, report->mutable_evidence());
  evidence->Use(std::span(&row.report, 1), report->mutable_evidence());
}

std::string Explain(const std::string& instrument, const v1::GetReportingStatusResponse& response) {
  if (response.duties_size() == 0) {
    return absl::StrCat("No duty to report under ", instrument, " is held.");
  }
  const v1::ReportCounts& counts = response.counts();
  const int known = counts.in_time() + counts.late() + counts.submitted();
  return absl::StrCat("Of ", domain::Count(counts.size(), "report"), " under ", instrument, " by ",
                      domain::Count(response.states(), "state"), ", ", known,
                      " are known to be submitted (", counts.in_time(), " in time, ", counts.late(),
                      " late, ", counts.public_(), " public), ", counts.missing(),
                      " are missing, of ", counts.unknown(), " nothing is known and ",
                      counts.not_due(), " are not due yet.");
}

absl::Status CheckRequest(const v1::GetReportingStatusRequest& request) {
  if (!request.state().empty() && !request.grouping().empty()) {
    return graph::InvalidField("grouping", "give a state or a grouping, not both");
  }
  for (int i = 0; i < request.standings_size(); ++i) {
    if (request.standings(i) == v1::REPORT_STANDING_UNSPECIFIED ||
        !v1::ReportStanding_IsValid(request.standings(i))) {
      return graph::InvalidField(absl::StrCat("standings[", i, "]"),
                                 "no such standing; leave the list empty for all");
    }
  }
  for (const auto& [field, year] :
       {std::pair("from_year", request.from_year()), std::pair("to_year", request.to_year())}) {
    if (year < 0 || year > 9999) {
      return graph::InvalidField(field, absl::StrCat(year, " is no year; use 1 to 9999, or 0"));
    }
  }
  if (request.to_year() != 0 && request.to_year() < request.from_year()) {
    return graph::InvalidField("to_year", "lies before from_year");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<NameArgument>> ReadNames(const v1::GetReportingStatusRequest& request) {
  std::vector<NameArgument> names;
  ATTLAS_RETURN_IF_ERROR(
      AddName(NameKind::kInstrument, "instrument", request.instrument(), &names).status());
  if (!request.state().empty()) {
    ATTLAS_RETURN_IF_ERROR(AddName(NameKind::kState, "state", request.state(), &names).status());
  }
  if (!request.grouping().empty()) {
    ATTLAS_RETURN_IF_ERROR(
        AddName(NameKind::kGrouping, "grouping", request.grouping(), &names).status());
  }
  return names;
}

void NoteThinLists(const std::vector<Duty>& duties, const Scope& scope,
                   EvidenceGatherer* evidence) {
  for (const Duty& duty : duties) {
    if (domain::IsComplete(*duty.node)) continue;
    const std::string note = domain::CoverageOf(*duty.node, scope).note();
    evidence->NoteSentence(absl::StrCat(duty.node->display_name(), ": ",
                                        note.empty() ? "no list of reports is held." : note));
  }
}

}  // namespace

absl::StatusOr<v1::GetReportingStatusResponse> InstrumentQueries::GetReportingStatus(
    const services::CallContext& context, const v1::GetReportingStatusRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(Scope scope, domain::MakeScope(request.read()));
  ATTLAS_RETURN_IF_ERROR(CheckRequest(request));
  ATTLAS_ASSIGN_OR_RETURN(std::vector<NameArgument> arguments, ReadNames(request));
  ATTLAS_ASSIGN_OR_RETURN(
      const domain::AnswerPage page,
      domain::StartAnswerPage(page_tokens_, context, request, kPageSizes, &scope));
  const auto names = [&] {
    return Names{.instrument = arguments[0].name(),
                 .state = request.state().empty() ? "" : arguments[1].name(),
                 .grouping = request.grouping().empty() ? "" : arguments[1].name()};
  };
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          subgraphs_.Ask(context, scope, &arguments,
                                         [&](auto* question) { AddPatterns(names(), question); }));
  const auto [instrument_name, state, grouping] = names();
  const graph::Node* instrument = index->FindNode(instrument_name);
  if (instrument == nullptr) return domain::UnknownName(graph_, context, scope, arguments[0]);
  Reports reports(*index, scope, *instrument);
  const std::vector<std::string_view> population =
      state.empty() ? PopulationOf(*index, grouping, scope.reading)
                    : std::vector<std::string_view>{state};
  for (const auto& [one, acts] : ActsOf(*index, population, instrument_name)) {
    reports.AddState(one, acts);
  }

  EvidenceGatherer evidence(*index, scope);
  evidence.NoteAllLeftOut();
  v1::GetReportingStatusResponse response;
  *response.mutable_instrument() = domain::Named(*index, instrument_name);
  if (!state.empty()) *response.mutable_state() = domain::Named(*index, state);
  domain::NameGrouping(*index, grouping, &response);
  for (const Duty& duty : reports.duties()) {
    *response.add_duties() = domain::DutyFrom(*index, duty, scope, &evidence);
  }
  response.set_states(reports.states());
  const std::vector<Row> rows = Keep(reports.Take(), request, response.mutable_counts());
  for (size_t i = page.offset; i < page.EndOf(rows.size()); ++i) {
    Fill(*index, rows[i], &evidence, response.add_reports());
  }
  response.set_total_size(static_cast<int32_t>(rows.size()));
  response.set_sentence(Explain(domain::WithArticle(*index, instrument_name), response));
  NoteThinLists(reports.duties(), scope, &evidence);
  domain::NoteCoverage(std::span(&instrument, 1), scope, &evidence);
  evidence.WriteTo(&response);
  response.set_next_page_token(
      domain::NextAnswerPage(page_tokens_, page, scope, response.revision(), rows.size()));
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::instruments
