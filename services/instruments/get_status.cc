// GetStatus: who stands how towards an instrument.

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/domain/act_table.h"
#include "services/domain/evidence.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/domain/patterns.h"
#include "services/instruments/count_question.h"
#include "services/instruments/instrument_queries.h"

namespace attlas::instruments {
namespace {

using domain::EvidenceGatherer;
using domain::Scope;
using domain::SubgraphIndex;

// Fills the states, by status, then by name.
void FillStates(const SubgraphIndex& index, const Scope& scope, const domain::NamedActs& acts,
                const domain::InstrumentTerms& terms, const v1::GetStatusRequest& request,
                EvidenceGatherer* evidence, v1::GetStatusResponse* response) {
  std::vector<std::tuple<v1::ParticipationStatus, std::string_view, domain::Standing>> rows;
  for (const auto& [state, acts_of_state] : acts) {
    domain::Standing standing =
        domain::Weigh(acts_of_state, scope.reading, response->count_by(), terms);
    const auto& kept = request.statuses();
    if (!kept.empty() && std::find(kept.begin(), kept.end(), standing.status) == kept.end()) {
      continue;
    }
    rows.emplace_back(standing.status, state, standing);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
  });
  for (const auto& [status, state, standing] : rows) {
    v1::StateStatus* row = response->add_states();
    *row->mutable_state() = domain::Named(index, state);
    domain::FillStateStatus(standing, row);
    *row->mutable_evidence() = evidence->Use(standing.Evidence());
  }
}

// Tells the reader how states were counted by in-force where no rule of entry into force is held,
// or none that is sure enough.
void NoteMissingRule(const graph::Node& instrument, const SubgraphIndex& index, const Scope& scope,
                     v1::CountBy count_by, EvidenceGatherer* evidence) {
  const auto in_force = index.OfType(domain::kInForceFor);
  const bool admitted = std::any_of(in_force.begin(), in_force.end(), [&](const graph::Edge* edge) {
    return scope.reading.Admits(*edge);
  });
  if (count_by != v1::COUNT_BY_IN_FORCE || index.OfType(domain::kConsentedTo).empty() || admitted) {
    return;
  }
  evidence->NoteSentence(absl::StrCat(
      in_force.empty() ? "No rule is held" : "No rule is held of the confidence asked for",
      " by which the ", instrument.display_name(),
      domain::TermsOf(instrument).in_force_from == graph::kEndOfTime
          ? " enters into force for a state, and it is not in force itself: no state is counted."
          : " enters into force for a state: states are counted from the deposit or, if later, "
            "from its own entry into force."));
}

absl::Status CheckStatuses(const v1::GetStatusRequest& request) {
  for (int i = 0; i < request.statuses_size(); ++i) {
    if (request.statuses(i) == v1::PARTICIPATION_STATUS_UNSPECIFIED ||
        !v1::ParticipationStatus_IsValid(request.statuses(i))) {
      return graph::InvalidField("statuses[" + std::to_string(i) + "]",
                                 "no such status; leave the list empty for all");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::GetStatusResponse> InstrumentQueries::GetStatus(
    const services::CallContext& context, const v1::GetStatusRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(const v1::CountBy count_by, CheckedCountBy(request.count_by()));
  ATTLAS_RETURN_IF_ERROR(CheckStatuses(request));
  ATTLAS_ASSIGN_OR_RETURN(
      const Counted counted,
      AskToCount(graph_, &subgraphs_, context, scope, request.instrument(), request.grouping()));
  const auto& [index, instrument, grouping, acts] = counted;
  const domain::InstrumentTerms terms = domain::TermsOf(*instrument);

  EvidenceGatherer evidence(*index, scope);
  evidence.NoteAllLeftOut();
  v1::GetStatusResponse response;
  *response.mutable_instrument() = domain::Named(*index, instrument->name());
  domain::NameGrouping(*index, grouping, &response);
  response.set_count_by(count_by);
  *response.mutable_counts() = CountOver(acts, scope.reading, count_by, terms);
  *response.mutable_counts_with_left_out() =
      CountOver(acts, scope.reading.From(graph::v1::CONFIDENCE_UNSPECIFIED), count_by, terms);
  *response.mutable_coverage() = domain::CoverageOf(*instrument, scope);
  domain::NoteCoverage(std::span(&instrument, 1), scope, &evidence);
  NoteMissingRule(*instrument, *index, scope, count_by, &evidence);
  if (!request.counts_only()) {
    FillStates(*index, scope, acts, terms, request, &evidence, &response);
  }
  evidence.WriteTo(&response);
  // The basis counts what the counts rest on, whether or not states are listed.
  response.mutable_basis()->set_undated_statements(response.counts().undated());
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::instruments
