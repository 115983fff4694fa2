// FindSynergies: what a state has already on each theme of a target.

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/domain/evidence.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"
#include "services/synergy/agencies.h"
#include "services/synergy/commitments.h"
#include "services/synergy/explain.h"
#include "services/synergy/synergy_queries.h"

namespace attlas::synergy {
namespace {

using domain::Backward;
using domain::EvidenceGatherer;
using domain::Forward;
using domain::NameArgument;
using domain::NameKind;
using domain::PatternFrom;
using domain::ProvisionLink;
using domain::Reading;
using domain::Scope;
using domain::Standing;
using domain::SubgraphIndex;
using domain::To;
using google::protobuf::RepeatedPtrField;
using graph::Edge;

// The most themes, and the most instruments, to keep to.
constexpr int kMostFilters = 200;

// The names of a request: the state, the target, then themes and instruments to keep to.
struct Names {
  std::vector<NameArgument> arguments;
  size_t theme_count = 0;

  const std::string& state() const { return arguments[0].name(); }
  const std::string& target() const { return arguments[1].name(); }
  bool KeepsTheme(std::string_view theme) const {
    return theme_count == 0 || Holds(2, 2 + theme_count, theme);
  }
  bool KeepsInstrument(std::string_view instrument) const {
    return 2 + theme_count == arguments.size() ||
           Holds(2 + theme_count, arguments.size(), instrument);
  }

 private:
  bool Holds(size_t begin, size_t end, std::string_view name) const {
    for (size_t i = begin; i < end; ++i) {
      if (arguments[i].name() == name) return true;
    }
    return false;
  }
};

absl::StatusOr<Names> ResolveNames(const v1::FindSynergiesRequest& request) {
  for (const auto& [field, count] : {std::pair("themes", request.themes_size()),
                                     std::pair("instruments", request.instruments_size())}) {
    if (count > kMostFilters) {
      return graph::InvalidField(field,
                                 absl::StrCat("has ", count, " names; at most ", kMostFilters));
    }
  }
  Names names;
  ATTLAS_RETURN_IF_ERROR(
      domain::AddName(NameKind::kState, "state", request.state(), &names.arguments).status());
  ATTLAS_RETURN_IF_ERROR(
      domain::AddName(NameKind::kInstrument, "target", request.target(), &names.arguments)
          .status());
  for (int i = 0; i < request.themes_size(); ++i) {
    ATTLAS_RETURN_IF_ERROR(domain::AddName(NameKind::kTheme, absl::StrCat("themes[", i, "]"),
                                           request.themes(i), &names.arguments)
                               .status());
  }
  names.theme_count = names.arguments.size() - 2;
  for (int i = 0; i < request.instruments_size(); ++i) {
    ATTLAS_RETURN_IF_ERROR(domain::AddName(NameKind::kInstrument,
                                           absl::StrCat("instruments[", i, "]"),
                                           request.instruments(i), &names.arguments)
                               .status());
  }
  for (int i = 0; i < request.classes_size(); ++i) {
    if (request.classes(i) != v1::COMMITMENT_CLASS_UNSPECIFIED &&
        v1::CommitmentClass_IsValid(request.classes(i))) {
      continue;
    }
    return graph::InvalidField(absl::StrCat("classes[", i, "]"),
                               "is not a class that this version knows");
  }
  if (request.max_commitments_per_theme() < 0) {
    return graph::InvalidField("max_commitments_per_theme", "must not be below 0");
  }
  return names;
}

// One call: the target's provisions; what the state has on their themes; who works there.
void AddPatterns(const Names& names, graph::v1::MatchPathsRequest* request) {
  const std::vector<std::string> given = domain::ChosenNames(names.arguments);
  const std::string& state = names.state();
  const std::string& target = names.target();
  *request->add_patterns() = PatternFrom(given, {});
  *request->add_patterns() =
      PatternFrom(target, {Forward(domain::kHasProvision), Forward(domain::kServes)});
  *request->add_patterns() = PatternFrom(
      state, {Forward(domain::kActTypes), Forward(domain::kHasProvision), Forward(domain::kServes),
              Backward(domain::kServes), To(Backward(domain::kHasProvision), target)});
  *request->add_patterns() =
      PatternFrom(state, {Backward(domain::kAgencyOf), Forward(domain::kHoldsRole),
                          Forward(domain::kRoleServes), Backward(domain::kServes),
                          To(Backward(domain::kHasProvision), target)});
  *request->add_patterns() = PatternFrom(
      state,
      {Backward(domain::kAgencyOf), Forward(domain::kHoldsRole), Forward(domain::kRoleUnder)});
  *request->add_patterns() = PatternFrom(state, {To(Forward(domain::kActTypes), target)});
}

// The state's commitments as one confidence shows them.
struct Picture {
  std::vector<ProvisionLink> target_links;
  OwnInstruments own;
  ThemeTable table;
  AgenciesByTheme agencies;

  int commitment_count() const {
    size_t count = 0;
    for (const auto& [theme, commitments] : table) count += commitments.size();
    return static_cast<int>(count);
  }
  int agency_count() const {
    size_t count = 0;
    for (const auto& [theme, roles] : agencies) count += table.contains(theme) ? roles.size() : 0;
    return static_cast<int>(count);
  }
};

// Everything that the answer is made from.
struct Material {
  const SubgraphIndex& index;
  const Names& names;
  const Scope& scope;
  const domain::GoodsTaxonomy& taxonomy;
  const graph::Node& target;
  ActsOfState acts;  // Towards all instruments but the target.
  LinkNames link_names;
};

Picture Draw(const Material& material, const Reading& reading) {
  Picture picture;
  picture.target_links = domain::LinksOf(material.index, material.names.target(), reading);
  for (const ProvisionLink& link : picture.target_links) {
    if (material.names.KeepsTheme(link.theme())) picture.table[link.theme()];
  }
  const std::vector<std::string> goods = domain::TextsProperty(material.target, "goods_scope");
  picture.own =
      OwnInstrumentsFrom(material.index, material.acts, reading, material.taxonomy, goods);
  AddCommitments(material.index, picture.own, reading, &picture.table);
  picture.agencies = AgencyRoles(material.index, material.names.state(), reading);
  return picture;
}

v1::JoiningEffect EffectOf(const std::vector<OwnCommitment>& commitments,
                           instruments::v1::Strength target_strength, bool committed) {
  if (committed) return v1::JOINING_EFFECT_ALREADY_COMMITTED;
  switch (BestClass(commitments)) {
    case v1::COMMITMENT_CLASS_NEW:
      return v1::JOINING_EFFECT_NEW;
    case v1::COMMITMENT_CLASS_ONE_STATE_REACH:
    case v1::COMMITMENT_CLASS_GENERAL:
    case v1::COMMITMENT_CLASS_OTHER_GOODS:
      return v1::JOINING_EFFECT_REACHES_FURTHER;
    default:
      break;
  }
  if (target_strength <= commitments.front().strength) {
    return v1::JOINING_EFFECT_ALREADY_COMMITTED;
  }
  return target_strength == instruments::v1::STRENGTH_BINDING
             ? v1::JOINING_EFFECT_BECOMES_BINDING
             : v1::JOINING_EFFECT_BECOMES_POLITICAL;
}

void FillCommitment(const Material& material, const OwnCommitment& own,
                    const ProvisionLink* target_link, EvidenceGatherer* evidence,
                    v1::Commitment* commitment) {
  const Standing& standing = own.instrument->standing;
  domain::FillNamed(material.index, own.instrument->name, commitment->mutable_instrument());
  commitment->set_status(standing.status);
  commitment->set_in_force(standing.is_in_force);
  if (!standing.is_in_force && standing.in_force != nullptr &&
      standing.in_force->has_valid_from()) {
    *commitment->mutable_in_force_date() = standing.in_force->valid_from();
  }
  if (standing.status == instruments::v1::PARTICIPATION_STATUS_COMMITTED_THROUGH) {
    commitment->set_through(
        std::string(graph::TextProperty(standing.collective->properties(), "through")));
  }
  domain::FillNamed(material.index, own.link.provision(), commitment->mutable_provision());
  commitment->set_paraphrase(
      std::string(graph::TextProperty(own.link.serves->properties(), "paraphrase")));
  domain::FillNamed(material.index, own.link.theme(), commitment->mutable_theme());
  commitment->set_goods(own.instrument->goods.relation);
  for (const std::string& good : own.instrument->goods.shared) commitment->add_shared_goods(good);
  commitment->set_text_strength(own.link.strength());
  commitment->set_strength(own.strength);
  commitment->set_reach(own.instrument->reach);
  commitment->set_commitment_class(own.commitment_class);
  commitment->set_sentence(
      ExplainCommitment(material.index, material.taxonomy, material.link_names, own, target_link));
  std::vector<const Edge*> path = {standing.ground()};
  if (standing.consent != nullptr) path.push_back(standing.in_force);
  path.insert(path.end(), {own.link.has, own.link.serves});
  if (target_link != nullptr) path.insert(path.end(), {target_link->serves, target_link->has});
  commitment->set_confidence(domain::LowestConfidence(path));
  evidence->Use(path, commitment->mutable_evidence());
}

void FillTheme(const Material& material, const Picture& picture, std::string_view theme,
               bool committed, int max_commitments, EvidenceGatherer* evidence,
               v1::ThemeSynergy* synergy) {
  const std::vector<OwnCommitment>& commitments = picture.table.at(theme);
  domain::FillNamed(material.index, theme, synergy->mutable_theme());
  synergy->set_best_class(BestClass(commitments));
  const ProvisionLink* strongest = nullptr;  // The links come strongest first.
  for (const ProvisionLink& link : picture.target_links) {
    if (link.theme() != theme) continue;
    if (strongest == nullptr) strongest = &link;
    FillProvisionTheme(material.index, link, evidence, synergy->add_target_provisions());
  }
  for (const OwnCommitment& own : commitments) {
    if (max_commitments > 0 && synergy->commitments_size() == max_commitments) break;
    FillCommitment(material, own, strongest, evidence, synergy->add_commitments());
  }
  if (const auto roles = picture.agencies.find(theme); roles != picture.agencies.end()) {
    for (const AgencyRole& role : roles->second) {
      FillAgency(material.index, material.scope.reading, role, evidence, synergy->add_agencies());
    }
  }
  synergy->set_joining_effect(EffectOf(commitments, strongest->strength(), committed));
  synergy->set_sentence(ExplainTheme(material.index, material.link_names, theme, commitments,
                                     synergy->joining_effect()));
}

void FillLeftOut(const Material& material, const Picture& now, int left_out,
                 v1::LeftOutEffect* effect) {
  // Where nothing is left out, the picture is the same.
  std::optional<Picture> drawn;
  if (left_out > 0) {
    drawn = Draw(material, material.scope.reading.From(graph::v1::CONFIDENCE_UNSPECIFIED));
  }
  const Picture& then = drawn.has_value() ? *drawn : now;
  effect->set_statements(left_out);
  *effect->mutable_totals() = Totals(then.table);
  *effect->mutable_changes() = ClassChanges(material.index, now.table, then.table);
  effect->set_more_commitments(then.commitment_count() - now.commitment_count());
  effect->set_more_agencies(then.agency_count() - now.agency_count());
  if (left_out == 0) {
    effect->set_sentence("No statement was left out for low confidence.");
    return;
  }
  effect->set_sentence(absl::StrCat(
      domain::Count(left_out, "statement"), left_out == 1 ? " was" : " were",
      " left out for low confidence; with ", left_out == 1 ? "it" : "all of them", " the class of ",
      domain::Count(effect->changes_size(), "theme"), " would change, with ",
      domain::Count(effect->more_commitments(), "more commitment"), " and ",
      domain::Count(effect->more_agencies(), "more agency role"), "."));
}

void FillThemes(const Material& material, const Picture& picture, bool committed,
                const v1::FindSynergiesRequest& request, EvidenceGatherer* evidence,
                RepeatedPtrField<v1::ThemeSynergy>* themes) {
  std::vector<std::pair<v1::CommitmentClass, std::string_view>> order;
  for (const auto& [theme, commitments] : picture.table) {
    const auto& kept = request.classes();
    if (kept.empty() || std::find(kept.begin(), kept.end(), BestClass(commitments)) != kept.end()) {
      order.emplace_back(BestClass(commitments), theme);
    }
  }
  std::sort(order.begin(), order.end());
  for (const auto& [commitment_class, theme] : order) {
    FillTheme(material, picture, theme, committed, request.max_commitments_per_theme(), evidence,
              themes->Add());
  }
}

void FillAnswer(const Material& material, const Standing& target_standing,
                const v1::FindSynergiesRequest& request, v1::FindSynergiesResponse* response) {
  const Scope& scope = material.scope;
  EvidenceGatherer evidence(material.index, scope);
  evidence.NoteAllLeftOut();
  domain::FillNamed(material.index, material.names.state(), response->mutable_state());
  *response->mutable_target() = domain::InstrumentFrom(material.target, scope);
  instruments::v1::StateStatus* status = response->mutable_target_status();
  *status->mutable_state() = response->state();
  domain::FillStateStatus(target_standing, status);
  evidence.Use(target_standing.Evidence(), status->mutable_evidence());

  const Picture picture = Draw(material, scope.reading);
  *response->mutable_totals() = Totals(picture.table);
  FillThemes(material, picture, target_standing.committed(), request, &evidence,
             response->mutable_themes());
  *response->mutable_instruments() = RankInstruments(material.index, picture.own, picture.table);
  FillLeftOut(material, picture, evidence.left_out(), response->mutable_left_out());
  response->set_sentence(ExplainTotals(material.link_names, static_cast<int>(picture.table.size()),
                                       response->totals()));
  if (picture.table.empty()) {
    domain::NoteNoProvisions(material.index, material.target, scope, &evidence);
  }
  std::vector<const graph::Node*> sources = {&material.target};
  for (const v1::RankedInstrument& row : response->instruments()) {
    sources.push_back(material.index.FindNode(row.instrument().name()));
  }
  domain::NoteCoverage(sources, scope, &evidence);
  evidence.WriteTo(response);
}

}  // namespace

absl::StatusOr<services::SharedResponse<v1::FindSynergiesResponse>> SynergyQueries::FindSynergies(
    const services::CallContext& context, const v1::FindSynergiesRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(Names names, ResolveNames(request));
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          domain::Ask(graph_, context, scope, &names.arguments,
                                      [&](auto* question) { AddPatterns(names, question); }));
  ATTLAS_ASSIGN_OR_RETURN(const auto taxonomy, goods_.At(context, index->response().revision()));
  const graph::Node* target = index->FindNode(names.target());
  if (target == nullptr) return domain::UnknownName(graph_, context, scope, names.arguments[1]);
  Material material{.index = *index,
                    .names = names,
                    .scope = scope,
                    .taxonomy = *taxonomy,
                    .target = *target,
                    .acts = domain::ActsByInstrument(*index, names.state()),
                    .link_names = {.state = index->DisplayName(names.state()),
                                   .target = index->DisplayName(names.target())}};
  std::erase_if(material.acts, [&](const auto& acts) {
    return acts.first == names.target() || !names.KeepsInstrument(acts.first);
  });
  const Standing standing =
      Weigh(domain::ActsBetween(*index, names.state(), names.target()), scope.reading,
            instruments::v1::COUNT_BY_DEPOSIT, domain::TermsOf(*target));
  services::SharedResponse<v1::FindSynergiesResponse> response;
  FillAnswer(material, standing, request, response.mutable_message());
  ATTLAS_RETURN_IF_ERROR(
      domain::AddSources(graph_, context, scope, request, response.mutable_message()));
  return response;
}

}  // namespace attlas::synergy
