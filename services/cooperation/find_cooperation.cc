// FindCooperation: which agencies of a state already work together, and what joins them.

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "services/cooperation/agency_roles.h"
#include "services/cooperation/cooperation_queries.h"
#include "services/cooperation/cooperation_words.h"
#include "services/domain/evidence.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"

namespace attlas::cooperation {
namespace {

using domain::EvidenceGatherer;
using domain::NameArgument;
using domain::NameKind;
using domain::PatternFrom;
using domain::Scope;
using domain::SubgraphIndex;
using graph::Edge;

// A held role, and the statement that it is held under an instrument.
struct UnderInstrument {
  HeldRole held;
  const Edge* under = nullptr;
};

// Makes the parts of the answer one by one.
class CooperationMaker {
 public:
  CooperationMaker(const SubgraphIndex& index, const Scope& scope, std::string_view state,
                   std::string_view apart_from, v1::FindCooperationResponse* response)
      : index_(index),
        scope_(scope),
        agencies_(index, state, scope.reading),
        evidence_(index, scope),
        response_(response) {
    evidence_.NoteAllLeftOut();
    *response_->mutable_state() = domain::Named(index, state);
    for (const Edge* edge : index.OfType(kCoordinatesWith)) {
      if (scope.reading.Counts(*edge)) stated_.push_back(edge);
    }
    for (const Agency& agency : agencies_.all()) {
      for (const HeldRole& held : agency.roles) {
        for (const Edge* under : UnderInstruments(index, held.role(), scope.reading)) {
          if (under->to() == apart_from) continue;
          by_agency_[agency.name][under->to()].push_back({.held = held, .under = under});
          by_instrument_[under->to()].insert(agency.name);
        }
      }
    }
  }

  void AddAgencies() {
    for (const Agency& agency : agencies_.all()) {
      if (by_agency_.contains(agency.name)) FillAgency(agency, response_->add_agencies());
    }
    std::stable_sort(response_->mutable_agencies()->begin(), response_->mutable_agencies()->end(),
                     [](const v1::AgencyCooperation& a, const v1::AgencyCooperation& b) {
                       return a.instruments_size() > b.instruments_size();
                     });
    response_->set_agencies_under_several(static_cast<int>(std::count_if(
        response_->agencies().begin(), response_->agencies().end(),
        [](const v1::AgencyCooperation& row) { return row.instruments_size() > 1; })));
  }

  void AddInstruments() {
    for (const auto& [instrument, agencies] : by_instrument_) {
      v1::MeetingInstrument* row = response_->add_instruments();
      *row->mutable_instrument() = domain::Named(index_, instrument);
      row->set_agencies(static_cast<int>(agencies.size()));
      std::map<std::string_view, const Edge*> roles;
      for (std::string_view agency : agencies) {
        for (const UnderInstrument& role : by_agency_[agency][instrument]) {
          roles.emplace(role.held.role(), role.under);
        }
      }
      for (const auto& [role, under] : roles) FillRole(role, {under}, row->add_roles());
      row->set_sentence(ExplainMeeting(domain::WithArticle(index_, instrument), *row));
    }
    std::stable_sort(response_->mutable_instruments()->begin(),
                     response_->mutable_instruments()->end(),
                     [](const v1::MeetingInstrument& a, const v1::MeetingInstrument& b) {
                       return a.agencies() > b.agencies();
                     });
    response_->set_instruments_with_several(static_cast<int>(
        std::count_if(response_->instruments().begin(), response_->instruments().end(),
                      [](const v1::MeetingInstrument& row) { return row.agencies() > 1; })));
  }

  void AddBodies() {
    for (const Agency& agency : agencies_.all()) {
      if (IsBody(agency)) FillBody(agency, response_->add_bodies());
    }
    std::stable_sort(response_->mutable_bodies()->begin(), response_->mutable_bodies()->end(),
                     [](const v1::CoordinatingBody& a, const v1::CoordinatingBody& b) {
                       return a.joined_size() > b.joined_size();
                     });
  }

  void Finish() {
    if (stated_.empty()) {
      evidence_.NoteSentence(
          "No statement says directly that agencies of this state coordinate with each other; "
          "that two hold roles under one instrument is taken as the place where they meet.");
    }
    response_->set_sentence(ExplainCooperation(*response_));
    evidence_.WriteTo(response_);
  }

 private:
  using Partners = std::map<std::string_view, std::set<std::string_view>>;

  // The other agencies with roles under the same instruments, and these.
  Partners PartnersOf(std::string_view agency) {
    Partners partners;
    for (const auto& [instrument, roles] : by_agency_[agency]) {
      for (std::string_view other : by_instrument_[instrument]) {
        if (other != agency) partners[other].insert(instrument);
      }
    }
    return partners;
  }

  void FillAgency(const Agency& agency, v1::AgencyCooperation* row) {
    *row->mutable_agency() = domain::Named(index_, agency.name);
    row->set_kind(KindOf(index_, agency.name));
    std::vector<const Edge*> rests_on;
    for (const auto& [instrument, roles] : by_agency_[agency.name]) {
      v1::InstrumentRoles* under = row->add_instruments();
      *under->mutable_instrument() = domain::Named(index_, instrument);
      std::vector<const Edge*> path = {agency.agency_of};
      for (const UnderInstrument& role : roles) {
        AddRole(index_, role.held.role(), under->mutable_roles());
        path.insert(path.end(), {role.held.holds, role.under});
      }
      *under->mutable_evidence() = evidence_.Use(path);
      rests_on.insert(rests_on.end(), path.begin(), path.end());
    }
    for (const HeldRole& held : agency.roles) {
      if (UnderInstruments(index_, held.role(), scope_.reading).empty()) {
        AddRole(index_, held.role(), row->mutable_general_roles());
      }
    }
    for (const auto& [partner, instruments] : PartnersOf(agency.name)) {
      *row->add_partners() = domain::Named(index_, partner);
    }
    row->set_confidence(domain::LowestConfidence(rests_on));
    row->set_sentence(ExplainAgency(*row));
  }

  void FillRole(std::string_view role, const std::vector<const Edge*>& under,
                v1::RoleEntry* entry) {
    *entry->mutable_role() = domain::Named(index_, role);
    for (const Edge* edge : under) *entry->add_instruments() = domain::Named(index_, edge->to());
    entry->set_tie(under.empty() ? v1::ROLE_TIE_GENERAL : v1::ROLE_TIE_OWN);
    for (const HeldRole& held : agencies_.HoldersOf(role)) {
      *entry->add_holders() = HolderFrom(index_, held, &evidence_);
    }
    *entry->mutable_evidence() = evidence_.Use(under);
  }

  bool IsBody(const Agency& agency) const {
    if (KindOf(index_, agency.name) == kCoordinationBody) return true;
    const auto coordinates = [&](const HeldRole& held) {
      return PartOf(index_, held.role()) == kCoordinates;
    };
    return std::any_of(agency.roles.begin(), agency.roles.end(), coordinates) ||
           std::any_of(stated_.begin(), stated_.end(),
                       [&](const Edge* edge) { return edge->to() == agency.name; });
  }

  void FillBody(const Agency& agency, v1::CoordinatingBody* row) {
    *row->mutable_agency() = domain::Named(index_, agency.name);
    row->set_kind(KindOf(index_, agency.name));
    std::set<std::string_view> coordinated;
    for (const HeldRole& held : agency.roles) {
      if (PartOf(index_, held.role()) != kCoordinates) continue;
      const std::vector<const Edge*> under = UnderInstruments(index_, held.role(), scope_.reading);
      for (const Edge* edge : under) coordinated.insert(edge->to());
      FillRole(held.role(), under, row->add_roles());
    }
    FillJoined(agency, coordinated, row);
    *row->mutable_evidence() = evidence_.Use({agency.agency_of});
    row->set_sentence(ExplainBody(*row));
  }

  void FillJoined(const Agency& body, const std::set<std::string_view>& coordinated,
                  v1::CoordinatingBody* row) {
    std::map<std::string_view, std::pair<std::vector<const Edge*>, std::set<std::string_view>>>
        joined;  // The statements and the instruments, by agency.
    for (const Edge* edge : stated_) {
      if (edge->to() == body.name) joined[edge->from()].first.push_back(edge);
      if (edge->from() == body.name) joined[edge->to()].first.push_back(edge);
    }
    for (const auto& [partner, instruments] : PartnersOf(body.name)) {
      for (std::string_view instrument : instruments) {
        if (coordinated.contains(instrument)) joined[partner].second.insert(instrument);
      }
    }
    for (const auto& [name, grounds] : joined) {
      v1::JoinedAgency* agency = row->add_joined();
      *agency->mutable_agency() = domain::Named(index_, name);
      agency->set_kind(KindOf(index_, name));
      std::vector<const Edge*> path = grounds.first;
      agency->set_ground(path.empty() ? v1::JOINING_GROUND_SAME_INSTRUMENT
                                      : v1::JOINING_GROUND_STATED);
      for (std::string_view instrument : grounds.second) {
        *agency->add_instruments() = domain::Named(index_, instrument);
        for (const UnderInstrument& role : by_agency_[name][instrument]) {
          path.insert(path.end(), {role.held.holds, role.under});
        }
      }
      *agency->mutable_evidence() = evidence_.Use(path);
    }
  }

  const SubgraphIndex& index_;
  const Scope& scope_;
  const StateAgencies agencies_;
  // What each agency holds under which instrument, and who holds anything under it.
  std::map<std::string_view, std::map<std::string_view, std::vector<UnderInstrument>>> by_agency_;
  std::map<std::string_view, std::set<std::string_view>> by_instrument_;
  std::vector<const Edge*> stated_;  // That agencies coordinate.
  EvidenceGatherer evidence_;
  v1::FindCooperationResponse* const response_;
};

}  // namespace

absl::StatusOr<v1::FindCooperationResponse> CooperationQueries::FindCooperation(
    const services::CallContext& context, const v1::FindCooperationRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const Scope scope, domain::MakeScope(request.read()));
  std::vector<NameArgument> names;
  ATTLAS_RETURN_IF_ERROR(
      domain::AddName(NameKind::kState, "state", request.state(), &names).status());
  if (!request.apart_from().empty()) {
    ATTLAS_RETURN_IF_ERROR(
        domain::AddName(NameKind::kInstrument, "apart_from", request.apart_from(), &names)
            .status());
  }
  ATTLAS_ASSIGN_OR_RETURN(
      const auto index, subgraphs_.Ask(context, scope, &names, [&](auto* question) {
        *question->add_patterns() = PatternFrom(domain::ChosenNames(names), {});
        const std::vector<graph::v1::Hop> agencies = {domain::Backward(domain::kAgencyOf)};
        AddAgencyPatterns(names[0].name(), agencies, question);
        AddStatedPattern(names[0].name(), agencies, question);
      }));
  v1::FindCooperationResponse response;
  CooperationMaker maker(*index, scope, names[0].name(),
                         names.size() > 1 ? std::string_view(names[1].name()) : std::string_view(),
                         &response);
  maker.AddAgencies();
  maker.AddInstruments();
  maker.AddBodies();
  maker.Finish();
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::cooperation
