// RankCandidates: the states that an instrument does not commit yet, nearest to joining first.

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/arena.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "services/domain/answer_page.h"
#include "services/domain/encoded_answer.h"
#include "services/domain/evidence.h"
#include "services/domain/happenings.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"
#include "services/instruments/candidate_table.h"
#include "services/instruments/instrument_queries.h"
#include "services/instruments/population.h"
#include "services/synergy/commitments.h"

namespace attlas::instruments {
namespace {

using domain::EvidenceGatherer;
using domain::NameArgument;
using domain::NameKind;
using domain::Scope;
using domain::Standing;
using domain::SubgraphIndex;
using graph::Edge;

constexpr domain::PageSizes kPageSizes{.by_default = 50, .at_most = 500};
// Everything that the answer is made from.
struct Material {
  const CandidateTable& table;
  const SubgraphIndex& index;
  const domain::Standings& standings;
  const Scope& scope;
  const domain::GoodsTaxonomy& taxonomy;
  const graph::Node& target;
  std::string target_phrase;              // `the ATT`.
  std::set<std::string_view> themes;      // Of the target.
  std::vector<std::string> target_goods;  // Its goods.
};

// Those who are counted, with how each stands towards the target.
using StandingOf = std::pair<std::string_view, const Standing*>;

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
// instrument brings is looked at once for all states, as sets of themes.
class ThemeCounter {
 public:
  explicit ThemeCounter(const Material& material) : material_(material) {
    for (std::string_view theme : material.themes)
      places_.emplace(graph::ToAbsl(theme), places_.size());
    words_ = (places_.size() + kWordBits - 1) / kWordBits;
    brought_.resize(material.index.end_count());
  }

  v1::CarriedThemes Of(std::string_view state) {
    best_.assign(kClasses * words_, 0);
    if (const std::optional<uint32_t> actor = material_.index.NumberOf(state)) AddAll(*actor);
    return CountsOf(best_);
  }

 private:
  using CommitmentClass = synergy::v1::CommitmentClass;
  // The themes of one class as a set of bits, for each class.
  using ThemeSets = std::vector<uint64_t>;
  static constexpr size_t kWordBits = 64;
  static constexpr size_t kClasses = synergy::v1::CommitmentClass_ARRAYSIZE;

  // What an instrument brings on the themes of the target: to those that it commits, and to those
  // that signed it. Null for an instrument that was not looked at.
  struct Brought {
    bool anything = false;
    ThemeSets committed;
    ThemeSets signed_only;
  };

  void AddAll(uint32_t actor) {
    const domain::ActTable& acts = material_.table.acts();
    const auto [first, last] = acts.Of(actor);
    for (size_t pair = first; pair < last; ++pair) {
      const v1::ParticipationStatus status = material_.standings.StatusOf(pair);
      if (!domain::Participates(status)) continue;
      const Brought& brought = Look(acts.pairs()[pair]);
      if (!brought.anything) continue;
      const ThemeSets& sets =
          status == v1::PARTICIPATION_STATUS_SIGNATORY ? brought.signed_only : brought.committed;
      for (size_t word = 0; word < sets.size(); ++word) best_[word] |= sets[word];
    }
  }

  const Brought& Look(const domain::ActTable::Pair& pair) {
    std::unique_ptr<Brought>& known = brought_[pair.instrument];
    if (known != nullptr) return *known;
    known = std::make_unique<Brought>();
    const std::string& instrument = pair.acts.front()->to();
    const graph::Node* node = material_.index.FindNode(instrument);
    if (node == nullptr || instrument == material_.target.name()) return *known;
    const auto goods =
        material_.taxonomy
            .Match(domain::TextsProperty(*node, "goods_scope"), material_.target_goods)
            .relation;
    const v1::Reach reach = domain::ReachOf(*node);
    known->committed.assign(kClasses * words_, 0);
    known->signed_only.assign(kClasses * words_, 0);
    for (const auto& link : material_.table.LinksOf(instrument, material_.scope.reading)) {
      const auto place = places_.find(graph::ToAbsl(link.theme()));
      if (place == places_.end()) continue;
      known->anything = true;
      const auto add = [&](v1::ParticipationStatus status, ThemeSets* sets) {
        const auto of_class = static_cast<size_t>(
            synergy::Classify(synergy::StrengthForState(link.strength(), status), goods, reach));
        (*sets)[of_class * words_ + place->second / kWordBits] |= uint64_t{1}
                                                                  << place->second % kWordBits;
      };
      add(v1::PARTICIPATION_STATUS_PARTY, &known->committed);
      add(v1::PARTICIPATION_STATUS_SIGNATORY, &known->signed_only);
    }
    return *known;
  }

  // Each theme counts in the best class that it is in.
  v1::CarriedThemes CountsOf(const ThemeSets& sets) const {
    std::array<int32_t, kClasses> counts{};
    int32_t rest = static_cast<int32_t>(places_.size());
    for (size_t word = 0; word < words_; ++word) {
      uint64_t better = 0;
      for (size_t of_class = 0; of_class < kClasses; ++of_class) {
        const uint64_t themes = sets[of_class * words_ + word];
        counts[of_class] += std::popcount(themes & ~better);
        better |= themes;
      }
      rest -= std::popcount(better);
    }
    v1::CarriedThemes themes;
    themes.set_total(static_cast<int32_t>(places_.size()));
    themes.set_binding_same_goods(counts[synergy::v1::COMMITMENT_CLASS_BINDING_SAME_GOODS]);
    themes.set_political_same_goods(counts[synergy::v1::COMMITMENT_CLASS_POLITICAL_SAME_GOODS]);
    themes.set_voluntary_same_goods(counts[synergy::v1::COMMITMENT_CLASS_VOLUNTARY_SAME_GOODS]);
    themes.set_one_state_reach(counts[synergy::v1::COMMITMENT_CLASS_ONE_STATE_REACH]);
    themes.set_general(counts[synergy::v1::COMMITMENT_CLASS_GENERAL]);
    themes.set_other_goods(counts[synergy::v1::COMMITMENT_CLASS_OTHER_GOODS]);
    themes.set_new_themes(rest);
    return themes;
  }

  const Material& material_;
  absl::flat_hash_map<absl::string_view, size_t> places_;  // Of the themes.
  size_t words_ = 0;                                       // Of a set of themes.
  std::vector<std::unique_ptr<Brought>> brought_;          // By number of the instrument.
  ThemeSets best_;                                         // Of the state at hand.
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

std::vector<Factors> Candidates(const Material& material, const std::vector<StandingOf>& population,
                                bool signatories_only) {
  std::vector<Factors> candidates;
  ThemeCounter counter(material);
  for (const auto& [state, standing] : population) {
    const bool signatory = standing->status == v1::PARTICIPATION_STATUS_SIGNATORY;
    if (standing->committed() || (signatories_only && !signatory)) continue;
    Factors factors{.state = state, .standing = *standing};
    factors.themes = counter.Of(state);
    AddEvents(material, &factors);
    AddConcerns(material, &factors);
    candidates.push_back(std::move(factors));
  }
  std::sort(candidates.begin(), candidates.end(),
            [](const Factors& a, const Factors& b) { return a.Rank() < b.Rank(); });
  return candidates;
}

// How each of those who are counted stands towards the target: as `none` does without an act.
std::vector<StandingOf> StandingsOf(const CandidateTable& table, const domain::Standings& standings,
                                    std::string_view grouping, std::string_view target,
                                    const Standing& none) {
  std::vector<StandingOf> population;
  const std::optional<uint32_t> instrument = table.index().NumberOf(target);
  for (std::string_view state : PopulationOf(table.index(), grouping, standings.reading())) {
    std::optional<size_t> pair;
    const std::optional<uint32_t> actor = table.index().NumberOf(state);
    if (actor.has_value() && instrument.has_value()) pair = table.acts().Find(*actor, *instrument);
    population.emplace_back(state, pair.has_value() ? &standings.at(*pair) : &none);
  }
  return population;
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

absl::StatusOr<std::shared_ptr<const CandidateTable>> InstrumentQueries::ReadCandidates(
    const services::CallContext& context, const Scope& scope,
    std::vector<NameArgument>* names) const {
  const auto make = [&](std::shared_ptr<const SubgraphIndex> index) -> domain::KeptReads::Made {
    const auto sources = domain::SourcesOfIndex(*index, graph_, context, scope);
    // The question itself tells what is the matter.
    if (!sources.ok()) return nullptr;
    return std::make_shared<const CandidateTable>(std::move(index), *sources);
  };
  ATTLAS_ASSIGN_OR_RETURN(const domain::KeptReads::Made kept,
                          candidates_.At(context, scope, AddAllCandidatePatterns, make));
  if (auto table = std::static_pointer_cast<const CandidateTable>(kept);
      table != nullptr && domain::AreFirstNamed(table->index(), *names)) {
    return table;
  }
  ATTLAS_ASSIGN_OR_RETURN(
      auto index, domain::Ask(graph_, context, scope, names, [&](auto* question) {
        AddCandidatePatterns((*names)[0].name(), names->size() > 1 ? (*names)[1].name() : "",
                             question);
      }));
  return std::make_shared<const CandidateTable>(std::move(index));
}

absl::StatusOr<RankedCandidates> InstrumentQueries::RankCandidates(
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
  ATTLAS_ASSIGN_OR_RETURN(const std::shared_ptr<const CandidateTable> table,
                          ReadCandidates(context, scope, &names));
  const SubgraphIndex& index = table->index();
  const std::string grouping = names.size() > 1 ? names[1].name() : "";
  ATTLAS_ASSIGN_OR_RETURN(const auto taxonomy, goods_.At(context, index.response().revision()));
  const graph::Node* target = index.FindNode(names[0].name());
  if (target == nullptr) return domain::UnknownName(graph_, context, scope, names[0]);
  const std::shared_ptr<const domain::Standings> standings = table->acts().On(scope.reading);
  Material material{.table = *table,
                    .index = index,
                    .standings = *standings,
                    .scope = scope,
                    .taxonomy = *taxonomy,
                    .target = *target,
                    .target_phrase = domain::WithArticle(index, target->name()),
                    .themes = {},
                    .target_goods = domain::TextsProperty(*target, "goods_scope")};
  for (const auto& link : table->LinksOf(target->name(), scope.reading)) {
    material.themes.insert(link.theme());
  }
  const Standing none =
      domain::Weigh({}, scope.reading, v1::COUNT_BY_DEPOSIT, domain::TermsOf(*target));
  const std::vector<StandingOf> population =
      StandingsOf(*table, *standings, grouping, target->name(), none);

  EvidenceGatherer evidence(index, scope);
  NoteLeftOut(*table, *standings, target->name(), grouping, &evidence);
  // Made and taken apart in one piece of memory.
  google::protobuf::Arena arena;
  auto& response = *google::protobuf::Arena::CreateMessage<v1::RankCandidatesResponse>(&arena);
  *response.mutable_instrument() = domain::Named(index, target->name());
  if (!grouping.empty()) {
    *response.mutable_grouping() = domain::Named(index, grouping);
    response.set_grouping_definition(domain::DefinitionOf(index, grouping));
  }
  for (const auto& [state, standing] : population) {
    domain::CountStanding(*standing, response.mutable_counts());
  }
  response.mutable_counts();
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
  domain::FillFrame(index, evidence, &response);
  response.set_next_page_token(
      domain::NextAnswerPage(page_tokens_, page, scope, response.revision(), candidates.size()));
  return domain::EncodeAnswer(evidence, table->statements(), graph_, context, scope, request,
                              &response);
}

}  // namespace attlas::instruments
