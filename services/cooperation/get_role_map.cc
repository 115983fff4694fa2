// GetRoleMap: who does what the themes of an instrument ask for.

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/cooperation/agency_roles.h"
#include "services/cooperation/cooperation_queries.h"
#include "services/cooperation/role_map.h"
#include "services/cooperation/role_map_words.h"
#include "services/domain/act_table.h"
#include "services/domain/evidence.h"
#include "services/domain/happenings.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/participation.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"

namespace attlas::cooperation {
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

constexpr int kMaxThemes = 64;

// The state, the instrument, then the themes to keep to.
absl::StatusOr<std::vector<NameArgument>> ResolveNames(const v1::GetRoleMapRequest& request) {
  if (request.themes_size() > kMaxThemes) {
    return graph::InvalidField(
        "themes", absl::StrCat("names ", request.themes_size(), " themes; at most ", kMaxThemes,
                               " can be kept to, leave it empty for all"));
  }
  std::vector<NameArgument> names;
  ATTLAS_RETURN_IF_ERROR(
      domain::AddName(NameKind::kState, "state", request.state(), &names).status());
  ATTLAS_RETURN_IF_ERROR(
      domain::AddName(NameKind::kInstrument, "instrument", request.instrument(), &names).status());
  for (int i = 0; i < request.themes_size(); ++i) {
    ATTLAS_RETURN_IF_ERROR(domain::AddName(NameKind::kTheme, absl::StrCat("themes[", i, "]"),
                                           request.themes(i), &names)
                               .status());
  }
  return names;
}

// One call: the instrument's themes and their roles; the state's agencies and what they do.
void AddPatterns(const std::vector<NameArgument>& names, graph::v1::MatchPathsRequest* request) {
  const std::string& state = names[0].name();
  const std::string& instrument = names[1].name();
  *request->add_patterns() = PatternFrom(domain::ChosenNames(names), {});
  *request->add_patterns() =
      PatternFrom(instrument, {Forward(domain::kHasProvision), Forward(domain::kServes)});
  *request->add_patterns() = PatternFrom(
      instrument,
      {Forward(domain::kHasProvision), Forward(domain::kServes), Backward(domain::kRoleServes)});
  *request->add_patterns() =
      PatternFrom(instrument, {Forward(domain::kHasProvision), Forward(domain::kServes),
                               Backward(domain::kRoleServes), Forward(domain::kRoleUnder)});
  const std::vector<graph::v1::Hop> agencies = {Backward(domain::kAgencyOf)};
  AddAgencyPatterns(state, agencies, request);
  AddEngagementPattern(state, agencies, request);
  *request->add_patterns() =
      PatternFrom(state, {domain::To(Forward(domain::kActTypes), instrument)});
}

// Makes the parts of the answer one by one.
class RoleMapMaker {
 public:
  RoleMapMaker(const SubgraphIndex& index, const Scope& scope,
               const std::vector<NameArgument>& names, v1::GetRoleMapResponse* response)
      : index_(index),
        scope_(scope),
        state_(names[0].name()),
        instrument_(names[1].name()),
        agencies_(index, state_, scope.reading),
        evidence_(index, scope),
        response_(response) {
    for (size_t i = 2; i < names.size(); ++i) kept_.insert(names[i].name());
    themes_ = MapThemes(index, instrument_, kept_, agencies_, scope.reading);
    evidence_.NoteAllLeftOut();
  }

  void AddStatus(const graph::Node& instrument) {
    *response_->mutable_state() = domain::Named(index_, state_);
    *response_->mutable_instrument() = domain::InstrumentFrom(instrument, scope_);
    const domain::Standing standing =
        Weigh(domain::ActsBetween(index_, state_, instrument_), scope_.reading,
              instruments::v1::COUNT_BY_DEPOSIT, domain::TermsOf(instrument));
    instruments::v1::StateStatus* status = response_->mutable_status();
    *status->mutable_state() = response_->state();
    domain::FillStateStatus(standing, status);
    *status->mutable_evidence() = evidence_.Use(standing.Evidence());
  }

  void AddTotals() {
    *response_->mutable_totals() = TotalsOf(themes_, agencies_);
    const domain::Reading every = scope_.reading.From(graph::v1::CONFIDENCE_UNSPECIFIED);
    const StateAgencies agencies(index_, state_, every);
    *response_->mutable_totals_with_left_out() =
        TotalsOf(MapThemes(index_, instrument_, kept_, agencies, every), agencies);
  }

  void AddThemes() {
    std::vector<std::tuple<int, std::string_view, const MappedTheme*>> order;
    for (const auto& [theme, mapped] : themes_) {
      order.emplace_back(PlaceOf(mapped.standing()), theme, &mapped);
    }
    std::sort(order.begin(), order.end());
    for (const auto& [place, theme, mapped] : order) {
      v1::ThemeRoles* row = response_->add_themes();
      *row->mutable_theme() = domain::Named(index_, theme);
      row->set_standing(mapped->standing());
      row->set_strength(mapped->links.front().strength());
      for (const domain::ProvisionLink& link : mapped->links) {
        *row->add_provisions() = domain::ProvisionThemeFrom(index_, link, &evidence_);
      }
      for (const MappedRole& role : mapped->roles) FillRole(role, row->add_roles());
      row->set_sentence(ExplainTheme(*row));
    }
  }

  void AddUnheldRoles() {
    std::map<std::pair<v1::RoleTie, std::string_view>, std::vector<std::string_view>> unheld;
    for (const auto& [theme, mapped] : themes_) {
      for (const MappedRole& role : mapped.roles) {
        if (role.is_held() || role.tie == v1::ROLE_TIE_OTHER) continue;
        unheld[{role.tie, role.name}].push_back(theme);
      }
    }
    for (const auto& [role, served] : unheld) {
      v1::UnheldRole* row = response_->add_unheld_roles();
      row->set_tie(role.first);
      *row->mutable_role() = domain::Named(index_, role.second);
      for (std::string_view theme : served) {
        *row->add_themes() = domain::Named(index_, theme);
        const bool held = themes_.at(theme).standing() == v1::FUNCTION_STANDING_HELD;
        row->set_function_held_otherwise(row->function_held_otherwise() || held);
      }
    }
  }

  void AddFurtherRoles() {
    for (const MappedRole& role :
         RolesWithoutTheme(index_, instrument_, agencies_, scope_.reading)) {
      FillRole(role, response_->add_further_roles());
    }
  }

  void AddAgencies() {
    std::set<std::string_view> serving;
    for (const auto& [theme, mapped] : themes_) {
      for (const MappedRole& role : mapped.roles) serving.insert(role.name);
    }
    for (const Agency& agency : agencies_.all()) FillAgency(agency, serving);
    std::stable_sort(response_->mutable_agencies()->begin(), response_->mutable_agencies()->end(),
                     [](const v1::AgencyRoles& a, const v1::AgencyRoles& b) {
                       return std::pair(a.roles_size(), a.other_roles_size()) >
                              std::pair(b.roles_size(), b.other_roles_size());
                     });
  }

  void Finish() {
    const std::string instrument = domain::WithArticle(index_, instrument_);
    std::vector<std::string> not_served;
    for (std::string_view theme : kept_) {
      if (!themes_.contains(theme)) not_served.emplace_back(index_.DisplayName(theme));
    }
    if (!not_served.empty()) {
      evidence_.NoteSentence(absl::StrCat("No provision of ", instrument, " is known that serves: ",
                                          domain::JoinList(not_served), "."));
    }
    evidence_.NoteSentence(
        "Which roles serve a theme is our own coding, and that no agency is known to hold a role "
        "does not say that none does.");
    response_->set_sentence(ExplainRoleMap(instrument, *response_));
    evidence_.WriteTo(response_);
  }

 private:
  // What is missing comes first.
  static int PlaceOf(v1::FunctionStanding standing) {
    switch (standing) {
      case v1::FUNCTION_STANDING_HELD_BY_NOBODY:
        return 0;
      case v1::FUNCTION_STANDING_HELD_UNDER_OTHER:
        return 1;
      case v1::FUNCTION_STANDING_HELD:
        return 2;
      default:
        return 3;
    }
  }

  void FillRole(const MappedRole& role, v1::RoleEntry* entry) {
    *entry->mutable_role() = domain::Named(index_, role.name);
    entry->set_tie(role.tie);
    std::vector<const Edge*> path = {role.serves};
    for (const Edge* under : role.under) {
      *entry->add_instruments() = domain::Named(index_, under->to());
      path.push_back(under);
    }
    for (const HeldRole& held : *role.holders) {
      *entry->add_holders() = HolderFrom(index_, held, &evidence_);
    }
    *entry->mutable_evidence() = evidence_.Use(path);
  }

  void FillAgency(const Agency& agency, const std::set<std::string_view>& serving) {
    v1::AgencyRoles* row = response_->add_agencies();
    *row->mutable_agency() = domain::Named(index_, agency.name);
    row->set_kind(KindOf(index_, agency.name));
    std::vector<const Edge*> path = {agency.agency_of};
    for (const HeldRole& held : agency.roles) {
      AddRole(index_, held.role(),
              serving.contains(held.role()) ? row->mutable_roles() : row->mutable_other_roles());
      path.push_back(held.holds);
    }
    std::set<std::string_view> engagements;
    for (std::string_view type : kTakingPart) {
      for (const Edge* part : index_.Out(agency.name, type)) {
        if (!domain::HappenedBy(*part, scope_.reading) ||
            !domain::EventBeganBy(index_, part->to(), scope_.reading)) {
          continue;
        }
        engagements.insert(part->to());
        path.push_back(part);
      }
    }
    row->set_engagements(static_cast<int>(engagements.size()));
    row->set_confidence(domain::LowestConfidence(path));
    *row->mutable_evidence() = evidence_.Use(path);
  }

  const SubgraphIndex& index_;
  const Scope& scope_;
  const std::string_view state_;
  const std::string_view instrument_;
  const StateAgencies agencies_;
  std::set<std::string_view> kept_;
  ThemeMap themes_;
  EvidenceGatherer evidence_;
  v1::GetRoleMapResponse* const response_;
};

}  // namespace

absl::StatusOr<v1::GetRoleMapResponse> CooperationQueries::GetRoleMap(
    const services::CallContext& context, const v1::GetRoleMapRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(std::vector<NameArgument> names, ResolveNames(request));
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          subgraphs_.Ask(context, scope, &names,
                                         [&](auto* question) { AddPatterns(names, question); }));
  const graph::Node* instrument = index->FindNode(names[1].name());
  if (instrument == nullptr) return domain::UnknownName(graph_, context, scope, names[1]);
  v1::GetRoleMapResponse response;
  RoleMapMaker maker(*index, scope, names, &response);
  maker.AddStatus(*instrument);
  maker.AddTotals();
  maker.AddThemes();
  maker.AddUnheldRoles();
  maker.AddFurtherRoles();
  maker.AddAgencies();
  maker.Finish();
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::cooperation
