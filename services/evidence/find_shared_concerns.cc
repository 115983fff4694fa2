// FindSharedConcerns: who voiced concerns of the same themes as a state.
#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "services/domain/happenings.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"
#include "services/evidence/concerns.h"
#include "services/evidence/evidence_queries.h"

namespace attlas::evidence {
namespace {

using domain::Backward;
using domain::EvidenceGatherer;
using domain::Forward;
using domain::NameArgument;
using domain::NameKind;
using domain::SubgraphIndex;
using graph::Edge;

// The request with its names resolved.
struct Asked {
  std::vector<NameArgument> names;  // The state, then the grouping, if any.
  bool in_grouping = false;

  const std::string& state() const { return names.front().name(); }
  const std::string& grouping() const { return names.back().name(); }
};

absl::StatusOr<Asked> NamesOf(const v1::FindSharedConcernsRequest& request) {
  Asked asked;
  ATTLAS_RETURN_IF_ERROR(
      AddName(NameKind::kState, "state", request.state(), &asked.names).status());
  if (request.grouping().empty()) return asked;
  ATTLAS_RETURN_IF_ERROR(
      AddName(NameKind::kGrouping, "grouping", request.grouping(), &asked.names).status());
  asked.in_grouping = true;
  return asked;
}

void AddPatterns(const Asked& asked, graph::v1::MatchPathsRequest* question) {
  const graph::v1::Pattern own = domain::PatternFrom(asked.state(), {Forward(domain::kVoiced)});
  const graph::v1::Pattern kin = domain::PatternFrom(
      asked.state(),
      {Forward(domain::kVoiced), Forward(domain::kConcerns), Backward(domain::kConcerns)});
  for (const graph::v1::Pattern& concerns : {own, kin}) {
    for (graph::v1::Pattern& pattern : ConcernPatterns(concerns)) {
      *question->add_patterns() = std::move(pattern);
    }
  }
  *question->add_patterns() = domain::PatternFrom(asked.state(), {});
  if (asked.in_grouping) {
    *question->add_patterns() =
        domain::PatternFrom(asked.grouping(), {Backward(domain::kMemberOfGrouping)});
  }
}

// What is shared on one theme.
struct Shared {
  std::vector<const Challenge*> own;
  std::vector<const Challenge*> others;
  std::set<std::string_view> states;
  std::set<std::string_view> bodies;
};

// One that shares themes.
struct Partner {
  std::set<std::string_view> themes;
  std::vector<const Challenge*> concerns;
  std::vector<const Edge*> evidence;
  std::optional<graph::Date> latest;
};

// Everything that the answer is made from; filled by Gather.
struct Material {
  const SubgraphIndex& index;
  const Asked& asked;
  std::set<std::string_view> members;  // Of the grouping.
  std::map<std::string_view, Shared> themes;
  std::map<std::string_view, Partner> partners;

  bool IsState(std::string_view name) const {
    const graph::Node* node = index.FindNode(name);
    return node != nullptr && node->type() != "grouping" && node->type() != "organization";
  }
};

void AddOnce(const Challenge* challenge, std::vector<const Challenge*>* list) {
  if (std::find(list->begin(), list->end(), challenge) == list->end()) list->push_back(challenge);
}

bool IsVoicedBy(const Challenge& challenge, std::string_view holder) {
  return std::any_of(challenge.voices.begin(), challenge.voices.end(),
                     [&](const Edge* voiced) { return voiced->from() == holder; });
}

// Counts in what others said on one theme.
void AddOthers(const Challenge& challenge, const Edge& theme, Material* material) {
  Shared& shared = material->themes[theme.to()];
  for (const Edge* voiced : challenge.voices) {
    const std::string_view holder = voiced->from();
    if (holder == material->asked.state()) continue;
    if (!material->IsState(holder)) {
      shared.bodies.insert(holder);
      AddOnce(&challenge, &shared.others);
      continue;
    }
    if (material->asked.in_grouping && !material->members.contains(holder)) continue;
    shared.states.insert(holder);
    AddOnce(&challenge, &shared.others);
    Partner& partner = material->partners[holder];
    partner.themes.insert(theme.to());
    AddOnce(&challenge, &partner.concerns);
    partner.evidence.insert(partner.evidence.end(), {voiced, &theme});
    const auto date = domain::VoicedDate(material->index, *voiced);
    const bool later =
        date.has_value() &&
        (!partner.latest.has_value() || graph::FirstDay(*date) > graph::FirstDay(*partner.latest));
    if (later) partner.latest = date;
  }
}

// O(voices x themes of a concern).
void Gather(const std::vector<Challenge>& challenges, Material* material) {
  for (const Challenge& challenge : challenges) {
    if (!IsVoicedBy(challenge, material->asked.state())) continue;
    for (const Edge* theme : challenge.themes) {
      material->themes[theme->to()].own.push_back(&challenge);
    }
  }
  for (const Challenge& challenge : challenges) {
    for (const Edge* theme : challenge.themes) {
      if (material->themes.contains(theme->to())) AddOthers(challenge, *theme, material);
    }
  }
}

void FillThemes(const Material& material, v1::FindSharedConcernsResponse* response) {
  std::vector<std::pair<std::string_view, const Shared*>> themes;
  for (const auto& [name, shared] : material.themes) themes.emplace_back(name, &shared);
  std::stable_sort(themes.begin(), themes.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.second->states.size(), a.second->bodies.size()) >
           std::tuple(b.second->states.size(), b.second->bodies.size());
  });
  for (const auto& [name, shared] : themes) {
    v1::SharedConcernTheme* theme = response->add_themes();
    *theme->mutable_theme() = domain::Named(material.index, name);
    for (const Challenge* own : shared->own) theme->add_own_concerns(own->node->name());
    for (const Challenge* other : shared->others) theme->add_other_concerns(other->node->name());
    std::vector<std::string> states;
    for (std::string_view state : shared->states) {
      *theme->add_states() = domain::Named(material.index, state);
      states.push_back(theme->states().rbegin()->display_name());
    }
    for (std::string_view body : shared->bodies) {
      *theme->add_bodies() = domain::Named(material.index, body);
    }
    theme->set_sentence(absl::StrCat(
        theme->theme().display_name(), ": ",
        states.empty() ? std::string("no other state voiced it")
                       : absl::StrCat(domain::JoinList(states), " voiced it too"),
        shared->bodies.empty()
            ? std::string()
            : absl::StrCat("; it is reported of ",
                           domain::Count(static_cast<int>(shared->bodies.size()), "region"),
                           " as a whole"),
        "."));
  }
}

void FillPartners(const Material& material, EvidenceGatherer* evidence,
                  v1::FindSharedConcernsResponse* response) {
  const auto day = [](const Partner& partner) {
    return partner.latest.has_value() ? graph::FirstDay(*partner.latest) : graph::kBeginningOfTime;
  };
  std::vector<std::pair<std::string_view, const Partner*>> partners;
  for (const auto& [name, partner] : material.partners) partners.emplace_back(name, &partner);
  std::stable_sort(partners.begin(), partners.end(), [&](const auto& a, const auto& b) {
    return std::tuple(a.second->themes.size(), day(*a.second)) >
           std::tuple(b.second->themes.size(), day(*b.second));
  });
  for (const auto& [name, partner] : partners) {
    v1::ConcernPartner* row = response->add_partners();
    *row->mutable_state() = domain::Named(material.index, name);
    std::vector<std::string> themes;
    for (std::string_view theme : partner->themes) {
      *row->add_themes() = domain::Named(material.index, theme);
      themes.push_back(domain::LowerFirst(row->themes().rbegin()->display_name()));
    }
    for (const Challenge* concern : partner->concerns) row->add_concerns(concern->node->name());
    if (partner->latest.has_value()) *row->mutable_latest_voiced_date() = *partner->latest;
    row->set_sentence(
        absl::StrCat(row->state().display_name(),
                     " voiced concerns of the same themes: ", domain::JoinList(themes),
                     partner->latest.has_value()
                         ? absl::StrCat("; the last in ", graph::FormatDate(*partner->latest))
                         : std::string(),
                     "."));
    *row->mutable_evidence() = evidence->Use(partner->evidence);
  }
}

// Every concern of the answer, once; returns them for the note on age.
std::vector<Challenge> FillConcerns(const std::vector<Challenge>& challenges,
                                    const Material& material, const domain::Scope& scope,
                                    EvidenceGatherer* evidence,
                                    v1::FindSharedConcernsResponse* response) {
  std::set<const Challenge*> named;
  for (const auto& [name, shared] : material.themes) {
    named.insert(shared.own.begin(), shared.own.end());
    named.insert(shared.others.begin(), shared.others.end());
  }
  std::vector<Challenge> shown;
  for (const bool own : {true, false}) {
    for (const Challenge& challenge : challenges) {
      if (IsVoicedBy(challenge, material.asked.state()) != own) continue;
      // Of its own, one without a theme is shown as well.
      if (!own && !named.contains(&challenge)) continue;
      *response->add_concerns() = ConcernFrom(material.index, challenge, scope, evidence);
      shown.push_back(challenge);
    }
  }
  return shown;
}

std::string SentenceOf(const v1::FindSharedConcernsResponse& response) {
  const std::string& state = response.state().display_name();
  if (response.themes().empty()) {
    return absl::StrCat("No concern of ", state, " is held here.");
  }
  std::string sentence = absl::StrCat(state, " voiced concerns of ",
                                      domain::Count(response.themes_size(), "theme"), "; ");
  if (response.partners().empty()) return absl::StrCat(sentence, "no other state voiced one.");
  std::vector<std::string> first;
  const int most = response.partners(0).themes_size();
  for (const v1::ConcernPartner& partner : response.partners()) {
    if (partner.themes_size() == most) first.push_back(partner.state().display_name());
  }
  return absl::StrCat(sentence, domain::Count(response.partners_size(), "other state"),
                      " share one or more of them, most of all ", domain::JoinList(first), " (",
                      domain::Count(most, "theme"), ").");
}

}  // namespace

absl::StatusOr<v1::FindSharedConcernsResponse> EvidenceQueries::FindSharedConcerns(
    const services::CallContext& context, const v1::FindSharedConcernsRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const domain::Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(Asked asked, NamesOf(request));
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          subgraphs_.Ask(context, scope, &asked.names,
                                         [&](auto* question) { AddPatterns(asked, question); }));
  EvidenceGatherer evidence(*index, scope);
  Material material{.index = *index, .asked = asked};
  if (asked.in_grouping) {
    for (const Edge* edge : domain::MembersOf(*index, asked.grouping(), scope.reading)) {
      material.members.insert(edge->from());
    }
  }
  const std::vector<Challenge> challenges = ChallengesOf(*index, scope.reading);
  Gather(challenges, &material);
  v1::FindSharedConcernsResponse response;
  *response.mutable_state() = domain::Named(*index, asked.state());
  if (asked.in_grouping) domain::NameGrouping(*index, asked.grouping(), &response);
  FillThemes(material, &response);
  FillPartners(material, &evidence, &response);
  NoteAge(FillConcerns(challenges, material, scope, &evidence, &response), scope, &evidence);
  response.set_sentence(SentenceOf(response));
  evidence.NoteAllLeftOut();
  evidence.WriteTo(&response);
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::evidence
