// RankCandidates: the states that an instrument does not commit yet, nearest to joining first.

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "services/domain/answer_page.h"
#include "services/domain/evidence.h"
#include "services/domain/happenings.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"
#include "services/instruments/instrument_queries.h"
#include "services/instruments/population.h"
#include "services/synergy/commitments.h"

namespace attlas::instruments {
namespace {

using domain::Backward;
using domain::EvidenceGatherer;
using domain::Forward;
using domain::NameArgument;
using domain::NameKind;
using domain::PatternFrom;
using domain::Scope;
using domain::Standing;
using domain::SubgraphIndex;
using graph::Edge;

constexpr domain::PageSizes kPageSizes{.by_default = 50, .at_most = 500};
constexpr std::string_view kAnsweredBy = "ANSWERED_BY";
constexpr std::string_view kAddresses = "ADDRESSES";

// One call: who stands how, what each carries on the target's themes, events about the target, and
// concerns with their answers.
void AddPatterns(const std::string& target, const std::string& grouping,
                 graph::v1::MatchPathsRequest* request) {
  AddCountPatterns(target, grouping, request);
  *request->add_patterns() =
      PatternFrom(target, {Forward(domain::kHasProvision), Forward(domain::kServes)});
  const auto add = [&](std::vector<graph::v1::Hop> hops) {
    if (grouping.empty()) {
      *request->add_patterns() = domain::PatternFromType("state", std::move(hops));
      return;
    }
    hops.insert(hops.begin(), Backward(domain::kMemberOfGrouping));
    *request->add_patterns() = PatternFrom(grouping, std::move(hops));
  };
  add({Forward(domain::kActTypes), Forward(domain::kHasProvision), Forward(domain::kServes),
       Backward(domain::kServes), domain::To(Backward(domain::kHasProvision), target)});
  add({Forward(domain::kAttended), domain::To(Forward(domain::kAbout), target)});
  add({Forward(domain::kVoiced)});
  add({Forward(domain::kVoiced), Forward(kAnsweredBy)});
  add({Forward(domain::kVoiced), Backward(kAddresses)});
}

// Everything that the answer is made from.
struct Material {
  const SubgraphIndex& index;
  const Scope& scope;
  const domain::GoodsTaxonomy& taxonomy;
  const graph::Node& target;
  std::string target_phrase;              // `the ATT`.
  std::set<std::string_view> themes;      // Of the target.
  std::vector<std::string> target_goods;  // Its goods.
};

struct Event {
  const Edge* attended = nullptr;
  const Edge* about = nullptr;
};

// A state and its factors.
struct Factors {
  std::string_view state;
  Standing standing;
  v1::CarriedThemes themes;
  std::vector<Event> events;
  std::vector<const Edge*> concerns;  // Latest first.
  int unanswered = 0;

  // Less is nearer.
  auto Rank() const {
    const bool signatory = standing.status == v1::PARTICIPATION_STATUS_SIGNATORY;
    const int same_goods =
        themes.binding_same_goods() + themes.political_same_goods() + themes.voluntary_same_goods();
    return std::tuple(!signatory, -same_goods, -themes.binding_same_goods(),
                      -themes.political_same_goods(), -static_cast<int>(events.size()), unanswered,
                      state);
  }
};

// On how many themes of the target states have commitments, by the best class of each. What an
// instrument brings is looked at once for all states.
class ThemeCounter {
 public:
  explicit ThemeCounter(const Material& material) : material_(material) {
    for (std::string_view theme : material.themes)
      places_.emplace(graph::ToAbsl(theme), places_.size());
  }

  v1::CarriedThemes Of(std::string_view state) {
    std::vector<CommitmentClass> best(places_.size(), synergy::v1::COMMITMENT_CLASS_NEW);
    for (const auto& [instrument, acts] : domain::ActsByInstrument(material_.index, state)) {
      const Brought& brought = Look(instrument);
      if (brought.links.empty()) continue;
      const Standing standing =
          domain::Weigh(acts, material_.scope.reading, v1::COUNT_BY_DEPOSIT, brought.terms);
      if (!standing.participates()) continue;
      for (const Link& link : brought.links) {
        best[link.place] =
            std::min(best[link.place],
                     synergy::Classify(synergy::StrengthForState(link.strength, standing.status),
                                       brought.goods, brought.reach));
      }
    }
    return CountsOf(best);
  }

 private:
  using CommitmentClass = synergy::v1::CommitmentClass;
  struct Link {
    size_t place;  // Of the theme.
    v1::Strength strength;
  };
  // What an instrument brings on the themes of the target.
  struct Brought {
    std::vector<Link> links;
    domain::InstrumentTerms terms;
    synergy::v1::GoodsRelation goods = synergy::v1::GOODS_RELATION_OTHER;
    v1::Reach reach = v1::REACH_ALL_TRANSFERS;
  };

  const Brought& Look(std::string_view instrument) {
    const auto [found, is_new] = brought_.try_emplace(graph::ToAbsl(instrument));
    Brought& brought = found->second;
    const graph::Node* node = is_new ? material_.index.FindNode(instrument) : nullptr;
    if (node == nullptr || instrument == material_.target.name()) return brought;
    brought.terms = domain::TermsOf(*node);
    brought.goods = material_.taxonomy
                        .Match(domain::TextsProperty(*node, "goods_scope"), material_.target_goods)
                        .relation;
    brought.reach = domain::ReachOf(*node);
    for (const auto& link : domain::LinksOf(material_.index, instrument, material_.scope.reading)) {
      const auto place = places_.find(graph::ToAbsl(link.theme()));
      if (place != places_.end()) brought.links.push_back({place->second, link.strength()});
    }
    return brought;
  }

  static v1::CarriedThemes CountsOf(const std::vector<CommitmentClass>& best) {
    const auto count = [&](CommitmentClass commitment_class) {
      return static_cast<int32_t>(std::count(best.begin(), best.end(), commitment_class));
    };
    v1::CarriedThemes themes;
    themes.set_total(static_cast<int32_t>(best.size()));
    themes.set_binding_same_goods(count(synergy::v1::COMMITMENT_CLASS_BINDING_SAME_GOODS));
    themes.set_political_same_goods(count(synergy::v1::COMMITMENT_CLASS_POLITICAL_SAME_GOODS));
    themes.set_voluntary_same_goods(count(synergy::v1::COMMITMENT_CLASS_VOLUNTARY_SAME_GOODS));
    themes.set_one_state_reach(count(synergy::v1::COMMITMENT_CLASS_ONE_STATE_REACH));
    themes.set_general(count(synergy::v1::COMMITMENT_CLASS_GENERAL));
    themes.set_other_goods(count(synergy::v1::COMMITMENT_CLASS_OTHER_GOODS));
    themes.set_new_themes(count(synergy::v1::COMMITMENT_CLASS_NEW));
    return themes;
  }

  const Material& material_;
  absl::flat_hash_map<absl::string_view, size_t> places_;  // Of the themes.
  absl::flat_hash_map<absl::string_view, Brought> brought_;
};

void AddEvents(const Material& material, Factors* factors) {
  const domain::Reading& reading = material.scope.reading;
  for (const Edge* attended : material.index.Out(factors->state, domain::kAttended)) {
    if (!domain::HappenedBy(*attended, reading)) continue;
    if (!domain::EventBeganBy(material.index, attended->to(), reading)) continue;
    for (const Edge* about : material.index.Out(attended->to(), domain::kAbout)) {
      if (about->to() == material.target.name() && reading.Admits(*about)) {
        factors->events.push_back({attended, about});
      }
    }
  }
}

void AddConcerns(const Material& material, Factors* factors) {
  const SubgraphIndex& index = material.index;
  const domain::Reading& reading = material.scope.reading;
  const auto admitted = [&](std::span<const Edge* const> edges) {
    return std::any_of(edges.begin(), edges.end(),
                       [&](const Edge* edge) { return reading.Admits(*edge); });
  };
  for (const Edge* voiced : index.Out(factors->state, domain::kVoiced)) {
    if (!domain::HappenedBy(*voiced, reading)) continue;
    factors->concerns.push_back(voiced);
    const bool answered = admitted(index.Out(voiced->to(), kAnsweredBy)) ||
                          admitted(index.In(voiced->to(), kAddresses));
    if (!answered) ++factors->unanswered;
  }
  const auto day = [&](const Edge* voiced) {
    const std::optional<graph::Date> date = domain::VoicedDate(index, *voiced);
    return date.has_value() ? graph::FirstDay(*date) : graph::kBeginningOfTime;
  };
  std::stable_sort(factors->concerns.begin(), factors->concerns.end(),
                   [&](const Edge* a, const Edge* b) { return day(a) > day(b); });
}

std::vector<Factors> Candidates(const Material& material, const ActsOfPopulation& population,
                                bool signatories_only) {
  std::vector<Factors> candidates;
  const domain::InstrumentTerms terms = domain::TermsOf(material.target);
  ThemeCounter counter(material);
  for (const auto& [state, acts] : population) {
    Factors factors{
        .state = state,
        .standing = domain::Weigh(acts, material.scope.reading, v1::COUNT_BY_DEPOSIT, terms)};
    const bool signatory = factors.standing.status == v1::PARTICIPATION_STATUS_SIGNATORY;
    if (factors.standing.committed() || (signatories_only && !signatory)) continue;
    factors.themes = counter.Of(state);
    AddEvents(material, &factors);
    AddConcerns(material, &factors);
    candidates.push_back(std::move(factors));
  }
  std::sort(candidates.begin(), candidates.end(),
            [](const Factors& a, const Factors& b) { return a.Rank() < b.Rank(); });
  return candidates;
}

std::string Explain(const Material& material, const Factors& factors) {
  const v1::CarriedThemes& themes = factors.themes;
  const int same_goods =
      themes.binding_same_goods() + themes.political_same_goods() + themes.voluntary_same_goods();
  return absl::StrCat(
      std::string(material.index.DisplayName(factors.state)), " ",
      std::string(domain::StatusPhrase(factors.standing.status)), " ", material.target_phrase,
      "; it has a commitment for the same goods on ", same_goods, " of ",
      domain::Count(themes.total(), "theme"), " and none at all on ", themes.new_themes(),
      "; it attended ", domain::Count(static_cast<int>(factors.events.size()), "event"),
      " about it and voiced ", domain::Count(static_cast<int>(factors.concerns.size()), "concern"),
      ", of which ", factors.unanswered, " without an answer.");
}

void Fill(const Material& material, const Factors& factors, EvidenceGatherer* evidence,
          v1::Candidate* row) {
  const SubgraphIndex& index = material.index;
  *row->mutable_status()->mutable_state() = domain::Named(index, factors.state);
  domain::FillStateStatus(factors.standing, row->mutable_status());
  std::vector<const Edge*> rests_on = factors.standing.Evidence();
  *row->mutable_status()->mutable_evidence() = evidence->Use(rests_on);
  *row->mutable_themes() = factors.themes;
  std::optional<graph::Date> latest;
  for (const Event& event : factors.events) {
    rests_on.insert(rests_on.end(), {event.attended, event.about});
    const std::optional<graph::Date> date = domain::EventDate(index, event.attended->to());
    if (!date.has_value()) continue;
    if (!latest.has_value() || graph::FirstDay(*latest) < graph::FirstDay(*date)) latest = date;
  }
  row->set_events(static_cast<int32_t>(factors.events.size()));
  if (latest.has_value()) *row->mutable_latest_event_date() = *latest;
  row->set_concerns(static_cast<int32_t>(factors.concerns.size()));
  row->set_unanswered_concerns(factors.unanswered);
  for (const Edge* voiced : factors.concerns) {
    rests_on.push_back(voiced);
    *row->add_voiced_challenges() = domain::Named(index, voiced->to());
  }
  if (!factors.concerns.empty()) {
    const auto date = domain::VoicedDate(index, *factors.concerns.front());
    if (date.has_value()) *row->mutable_latest_concern_date() = *date;
  }
  row->set_sentence(Explain(material, factors));
  *row->mutable_evidence() = evidence->Use(rests_on);
}

}  // namespace

absl::StatusOr<v1::RankCandidatesResponse> InstrumentQueries::RankCandidates(
    const services::CallContext& context, const v1::RankCandidatesRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(Scope scope, domain::MakeScope(request.read()));
  std::vector<NameArgument> names;
  ATTLAS_RETURN_IF_ERROR(
      AddName(NameKind::kInstrument, "instrument", request.instrument(), &names).status());
  if (!request.grouping().empty()) {
    ATTLAS_RETURN_IF_ERROR(
        AddName(NameKind::kGrouping, "grouping", request.grouping(), &names).status());
  }
  ATTLAS_ASSIGN_OR_RETURN(
      const domain::AnswerPage page,
      domain::StartAnswerPage(page_tokens_, context, request, kPageSizes, &scope));
  const auto grouping = [&] { return names.size() > 1 ? names[1].name() : std::string(); };
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          domain::Ask(graph_, context, scope, &names, [&](auto* question) {
                            AddPatterns(names[0].name(), grouping(), question);
                          }));
  ATTLAS_ASSIGN_OR_RETURN(const auto taxonomy, goods_.At(context, index->response().revision()));
  const graph::Node* target = index->FindNode(names[0].name());
  if (target == nullptr) return domain::UnknownName(graph_, context, scope, names[0]);
  Material material{.index = *index,
                    .scope = scope,
                    .taxonomy = *taxonomy,
                    .target = *target,
                    .target_phrase = domain::WithArticle(*index, target->name()),
                    .themes = {},
                    .target_goods = domain::TextsProperty(*target, "goods_scope")};
  for (const auto& link : domain::LinksOf(*index, target->name(), scope.reading)) {
    material.themes.insert(link.theme());
  }
  const ActsOfPopulation population =
      ActsOf(*index, PopulationOf(*index, grouping(), scope.reading), target->name());

  EvidenceGatherer evidence(*index, scope);
  evidence.NoteAllLeftOut();
  v1::RankCandidatesResponse response;
  *response.mutable_instrument() = domain::Named(*index, target->name());
  if (!grouping().empty()) {
    *response.mutable_grouping() = domain::Named(*index, grouping());
    response.set_grouping_definition(domain::DefinitionOf(*index, grouping()));
  }
  *response.mutable_counts() =
      CountOver(population, scope.reading, v1::COUNT_BY_DEPOSIT, domain::TermsOf(*target));
  const std::vector<Factors> candidates =
      Candidates(material, population, request.signatories_only());
  response.set_total_size(static_cast<int32_t>(candidates.size()));
  for (size_t i = page.offset; i < page.EndOf(candidates.size()); ++i) {
    Fill(material, candidates[i], &evidence, response.add_candidates());
  }
  *response.mutable_coverage() = domain::CoverageOf(*target, scope);
  domain::NoteCoverage(std::span(&target, 1), scope, &evidence);
  evidence.NoteSentence(
      "Events and concerns are those of this collection: it shows where it looked as well as what "
      "happened.");
  evidence.WriteTo(&response);
  response.set_next_page_token(
      domain::NextAnswerPage(page_tokens_, page, scope, response.revision(), candidates.size()));
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::instruments
