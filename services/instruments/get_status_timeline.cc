// GetStatusTimeline: the counts on every date on which they changed.

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "graph/base/status_macros.h"
#include "services/domain/act_table.h"
#include "services/domain/evidence.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/instruments/count_question.h"
#include "services/instruments/instrument_queries.h"

namespace attlas::instruments {
namespace {

using domain::EvidenceGatherer;
using domain::Scope;
using domain::SubgraphIndex;
using graph::Date;
using graph::DayNumber;
using graph::Edge;

// A day on which something begins or ends, and whose acts are touched.
struct Turn {
  Date date;                 // As precisely as any statement of the day knows it.
  std::set<size_t> touched;  // Positions in the population.
};

int Precision(const Date& date) { return (date.month() != 0 ? 1 : 0) + (date.day() != 0 ? 1 : 0); }

// The days on which any standing may change: those of the acts, and those on which the instrument
// itself was adopted and entered into force.
std::map<DayNumber, Turn> TurnsOf(const domain::NamedActs& acts, const graph::Node& instrument,
                                  const Scope& scope) {
  std::map<DayNumber, Turn> turns;
  const auto note = [&](const Date& date, size_t position) {
    if (graph::FirstDay(date) > scope.reading.day) return;
    Turn& turn = turns[graph::FirstDay(date)];
    if (turn.date.year() == 0 || Precision(date) > Precision(turn.date)) turn.date = date;
    turn.touched.insert(position);
  };
  const std::optional<Date> adopted = domain::DateProperty(instrument, "adopted");
  const std::optional<Date> in_force = domain::DateProperty(instrument, "entry_into_force");
  for (size_t i = 0; i < acts.size(); ++i) {
    if (acts[i].second.empty()) continue;
    if (adopted.has_value()) note(*adopted, i);
    if (in_force.has_value()) note(*in_force, i);
    for (const Edge* edge : acts[i].second) {
      if (!scope.reading.Admits(*edge)) continue;
      if (edge->has_valid_from()) note(edge->valid_from(), i);
      if (edge->has_valid_to()) note(edge->valid_to(), i);
    }
  }
  return turns;
}

// Walks through the days, weighing anew only those whose acts are touched.
class Walk {
 public:
  Walk(const SubgraphIndex& index, const Scope& scope, const domain::NamedActs& acts,
       v1::CountBy count_by, const domain::InstrumentTerms& terms)
      : index_(index), scope_(scope), acts_(acts), count_by_(count_by), terms_(terms) {
    for (size_t i = 0; i < acts.size(); ++i) {
      standings_.push_back(WeighOn(i, graph::kBeginningOfTime));
      domain::CountStanding(standings_.back(), &counts_);
    }
  }

  // The change on one day; no state's status need change, where only the signatures do.
  v1::StatusChange Take(DayNumber day, const Turn& turn, EvidenceGatherer* evidence) {
    v1::StatusChange change;
    *change.mutable_date() = turn.date;
    for (size_t i : turn.touched) {
      domain::Standing next = WeighOn(i, day);
      if (next.status != standings_[i].status) {
        v1::StatusChange::StateChange* row = change.add_changes();
        *row->mutable_state() = domain::Named(index_, acts_[i].first);
        row->set_before(standings_[i].status);
        row->set_after(next.status);
        *row->mutable_evidence() = evidence->Use(next.Evidence());
      }
      domain::CountStanding(standings_[i], &counts_, -1);
      domain::CountStanding(next, &counts_);
      standings_[i] = next;
    }
    *change.mutable_counts() = counts_;
    return change;
  }

  // Of all standings as they are now.
  const v1::StatusCounts& Counts() const { return counts_; }

 private:
  domain::Standing WeighOn(size_t position, DayNumber day) const {
    return domain::Weigh(acts_[position].second, scope_.reading.On(day), count_by_, terms_);
  }

  const SubgraphIndex& index_;
  const Scope& scope_;
  const domain::NamedActs& acts_;
  const v1::CountBy count_by_;
  const domain::InstrumentTerms terms_;
  std::vector<domain::Standing> standings_;
  v1::StatusCounts counts_;  // Of these.
};

bool SameCounts(const v1::StatusCounts& a, const v1::StatusCounts& b) {
  return graph::SerializeDeterministic(a) == graph::SerializeDeterministic(b);
}

void FillChanges(Walk* walk, const std::map<DayNumber, Turn>& turns,
                 const v1::GetStatusTimelineRequest& request, EvidenceGatherer* evidence,
                 v1::GetStatusTimelineResponse* response) {
  const DayNumber first =
      request.has_start_date() ? graph::FirstDay(request.start_date()) : graph::kBeginningOfTime;
  v1::StatusCounts counts = walk->Counts();
  *response->mutable_counts_before() = counts;
  for (const auto& [day, turn] : turns) {
    v1::StatusChange change = walk->Take(day, turn, evidence);
    const bool changed = change.changes_size() > 0 || !SameCounts(counts, change.counts());
    counts = change.counts();
    if (day < first) {
      *response->mutable_counts_before() = counts;
    } else if (changed) {
      *response->add_changes() = std::move(change);
    }
  }
}

}  // namespace

absl::StatusOr<v1::GetStatusTimelineResponse> InstrumentQueries::GetStatusTimeline(
    const services::CallContext& context, const v1::GetStatusTimelineRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(const v1::CountBy count_by, CheckedCountBy(request.count_by()));
  if (request.has_start_date()) {
    ATTLAS_RETURN_IF_ERROR(domain::CheckDate(request.start_date(), "start_date"));
  }
  ATTLAS_ASSIGN_OR_RETURN(
      const Counted counted,
      AskToCount(graph_, &subgraphs_, context, scope, request.instrument(), request.grouping()));
  const auto& [index, instrument, grouping, acts] = counted;

  EvidenceGatherer evidence(*index, scope);
  evidence.NoteAllLeftOut();
  v1::GetStatusTimelineResponse response;
  *response.mutable_instrument() = domain::Named(*index, instrument->name());
  domain::NameGrouping(*index, grouping, &response);
  response.set_count_by(count_by);
  *response.mutable_coverage() = domain::CoverageOf(*instrument, scope);
  domain::NoteCoverage(std::span(&instrument, 1), scope, &evidence);
  Walk walk(*index, scope, acts, count_by, domain::TermsOf(*instrument));
  FillChanges(&walk, TurnsOf(acts, *instrument, scope), request, &evidence, &response);
  evidence.WriteTo(&response);
  response.mutable_basis()->set_undated_statements(walk.Counts().undated());
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::instruments
