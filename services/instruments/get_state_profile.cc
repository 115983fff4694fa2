// GetStateProfile: everything that ties a state to instruments, bodies, concerns and events.

#include <algorithm>
#include <tuple>
#include <utility>

#include "graph/base/status_macros.h"
#include "services/domain/act_table.h"
#include "services/domain/evidence.h"
#include "services/domain/happenings.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/instruments/instrument_queries.h"
#include "services/instruments/population.h"

namespace attlas::instruments {
namespace {

using domain::Backward;
using domain::EvidenceGatherer;
using domain::Forward;
using domain::NameArgument;
using domain::NameKind;
using domain::PatternFrom;
using domain::Scope;
using domain::SubgraphIndex;
using graph::Edge;

void AddPatterns(const std::string& state, graph::v1::MatchPathsRequest* request) {
  *request->add_patterns() = PatternFrom(state, {});
  *request->add_patterns() = domain::PatternFromType("instrument", {});
  *request->add_patterns() = PatternFrom(state, {Forward(domain::kActTypes)});
  *request->add_patterns() = PatternFrom(state, {Forward(domain::kMemberOf)});
  *request->add_patterns() = PatternFrom(state, {Forward(domain::kMemberOfGrouping)});
  *request->add_patterns() = PatternFrom(state, {Backward(domain::kAgencyOf)});
  *request->add_patterns() =
      PatternFrom(state, {Backward(domain::kAgencyOf), Forward(domain::kHoldsRole)});
  *request->add_patterns() = PatternFrom(state, {Forward(domain::kVoiced)});
  *request->add_patterns() =
      PatternFrom(state, {Forward(domain::kVoiced), Forward(domain::kConcerns)});
  *request->add_patterns() = PatternFrom(state, {Forward(domain::kAttended)});
  *request->add_patterns() =
      PatternFrom(state, {Forward(domain::kAttended), Backward(domain::kOrganized)});
}

// Makes the parts of the answer one by one.
class ProfileMaker {
 public:
  ProfileMaker(const SubgraphIndex& index, const Scope& scope, std::string_view state,
               v1::GetStateProfileResponse* response)
      : index_(index), scope_(scope), state_(state), evidence_(index, scope), response_(response) {
    evidence_.NoteAllLeftOut();
  }

  void AddInstruments(v1::CountBy count_by, bool participating_only) {
    std::vector<const graph::Node*> shown;
    for (const graph::Node* node : index_.NodesOfType("instrument")) {
      const domain::Standing standing =
          domain::Weigh(domain::ActsBetween(index_, state_, node->name()), scope_.reading, count_by,
                        domain::TermsOf(*node));
      if (participating_only && !standing.participates()) continue;
      shown.push_back(node);
      v1::InstrumentStatus* row = response_->add_instruments();
      *row->mutable_instrument() = domain::Named(index_, node->name());
      row->set_kind(std::string(graph::TextProperty(node->properties(), "kind")));
      *row->mutable_coverage() = domain::CoverageOf(*node, scope_);
      *row->mutable_status()->mutable_state() = domain::Named(index_, state_);
      domain::FillStateStatus(standing, row->mutable_status());
      *row->mutable_status()->mutable_evidence() = evidence_.Use(standing.Evidence());
    }
    domain::NoteCoverage(shown, scope_, &evidence_);
  }

  void AddMemberships() {
    for (const Edge* edge : index_.Out(state_, domain::kMemberOf)) {
      if (scope_.reading.Counts(*edge)) FillMembership(*edge, response_->add_organizations());
    }
    for (const Edge* edge : index_.Out(state_, domain::kMemberOfGrouping)) {
      // A region set is a definition: it is taken whole, whatever the confidence.
      if (scope_.reading.Holds(*edge)) FillMembership(*edge, response_->add_groupings());
    }
  }

  void AddAgencies() {
    for (const Edge* agency_of : index_.In(state_, domain::kAgencyOf)) {
      if (!scope_.reading.Counts(*agency_of)) continue;
      v1::AgencyProfile* agency = response_->add_agencies();
      *agency->mutable_agency() = domain::Named(index_, agency_of->from());
      if (const graph::Node* node = index_.FindNode(agency_of->from())) {
        agency->set_kind(std::string(graph::TextProperty(node->properties(), "kind")));
      }
      std::vector<const Edge*> path = {agency_of};
      for (const Edge* holds : index_.Out(agency_of->from(), domain::kHoldsRole)) {
        if (!scope_.reading.Counts(*holds)) continue;
        *agency->add_roles() = domain::Named(index_, holds->to());
        path.push_back(holds);
      }
      *agency->mutable_evidence() = evidence_.Use(path);
    }
  }

  void AddConcerns() {
    std::vector<Dated> voiced;
    for (const Edge* edge : index_.Out(state_, domain::kVoiced)) {
      // A concern that was given up stays in the picture, with its date.
      if (Happened(*edge)) voiced.push_back({domain::VoicedDate(index_, *edge), edge});
    }
    for (const auto& [date, edge] : LatestFirst(std::move(voiced))) {
      v1::VoicedConcern* concern = response_->add_concerns();
      *concern->mutable_challenge() = domain::Named(index_, edge->to());
      if (const graph::Node* node = index_.FindNode(edge->to())) {
        concern->set_paraphrase(std::string(graph::TextProperty(node->properties(), "paraphrase")));
      }
      if (date.has_value()) *concern->mutable_voiced_date() = *date;
      std::vector<const Edge*> path = {edge};
      for (const Edge* concerns : index_.Out(edge->to(), domain::kConcerns)) {
        if (!scope_.reading.Admits(*concerns)) continue;
        *concern->add_concern_themes() = domain::Named(index_, concerns->to());
        path.push_back(concerns);
      }
      *concern->mutable_evidence() = evidence_.Use(path);
    }
  }

  void AddEvents() {
    std::vector<Dated> attended;
    for (const Edge* edge : index_.Out(state_, domain::kAttended)) {
      if (Happened(*edge) && domain::EventBeganBy(index_, edge->to(), scope_.reading)) {
        attended.push_back({domain::EventDate(index_, edge->to()), edge});
      }
    }
    for (const auto& [date, edge] : LatestFirst(std::move(attended))) {
      v1::AttendedEvent* event = response_->add_events();
      *event->mutable_event() = domain::Named(index_, edge->to());
      if (date.has_value()) *event->mutable_start_date() = *date;
      std::vector<const Edge*> path = {edge};
      for (const Edge* organized : index_.In(edge->to(), domain::kOrganized)) {
        if (!scope_.reading.Admits(*organized)) continue;
        *event->add_organizers() = domain::Named(index_, organized->from());
        path.push_back(organized);
      }
      *event->mutable_evidence() = evidence_.Use(path);
    }
  }

  void Finish() { evidence_.WriteTo(response_); }

 private:
  using Dated = std::pair<std::optional<graph::Date>, const Edge*>;

  bool Happened(const Edge& edge) const {
    return scope_.reading.Admits(edge) && domain::StartDay(edge) <= scope_.reading.day;
  }

  // Those without a date come last.
  static std::vector<Dated> LatestFirst(std::vector<Dated> dated) {
    std::stable_sort(dated.begin(), dated.end(), [](const Dated& a, const Dated& b) {
      if (!a.first.has_value() || !b.first.has_value()) return a.first.has_value();
      return graph::CompareDates(*a.first, *b.first) > 0;
    });
    return dated;
  }

  void FillMembership(const Edge& edge, v1::Membership* membership) {
    *membership->mutable_body() = domain::Named(index_, edge.to());
    membership->set_role(std::string(graph::TextProperty(edge.properties(), "role")));
    if (edge.has_valid_from()) *membership->mutable_since() = edge.valid_from();
    *membership->mutable_evidence() = evidence_.Use({&edge});
  }

  const SubgraphIndex& index_;
  const Scope& scope_;
  const std::string_view state_;
  EvidenceGatherer evidence_;
  v1::GetStateProfileResponse* const response_;
};

}  // namespace

absl::StatusOr<v1::GetStateProfileResponse> InstrumentQueries::GetStateProfile(
    const services::CallContext& context, const v1::GetStateProfileRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(const v1::CountBy count_by, CheckedCountBy(request.count_by()));
  std::vector<NameArgument> names;
  ATTLAS_RETURN_IF_ERROR(AddName(NameKind::kState, "state", request.state(), &names).status());
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          subgraphs_.Ask(context, scope, &names, [&](auto* question) {
                            AddPatterns(names[0].name(), question);
                          }));
  const graph::Node* state = index->FindNode(names[0].name());
  if (state == nullptr) return domain::UnknownName(graph_, context, scope, names[0]);
  v1::GetStateProfileResponse response;
  *response.mutable_state() = domain::Named(*index, state->name());
  response.set_un_member(domain::BooleanProperty(*state, "un_member"));
  ProfileMaker maker(*index, scope, state->name(), &response);
  maker.AddInstruments(count_by, request.participating_only());
  maker.AddMemberships();
  maker.AddAgencies();
  maker.AddConcerns();
  maker.AddEvents();
  maker.Finish();
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::instruments
