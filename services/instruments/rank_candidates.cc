// RankCandidates: the states that an instrument does not commit yet, nearest to joining first.

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/status_macros.h"
#include "services/domain/answer_page.h"
#include "services/domain/encoded_answer.h"
#include "services/domain/evidence.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"
#include "services/instruments/candidate_factors.h"
#include "services/instruments/candidate_table.h"
#include "services/instruments/instrument_queries.h"
#include "services/instruments/population.h"

namespace attlas::instruments {
namespace {

using domain::EvidenceGatherer;
using domain::NameArgument;
using domain::NameKind;
using domain::Scope;
using domain::Standing;
using domain::SubgraphIndex;
using domain::WriteEvidence;
using graph::Edge;
using services::WireWriter;

constexpr domain::PageSizes kPageSizes{.by_default = 50, .at_most = 500};
// Of an answer about a page of the usual size.
constexpr size_t kUsualBytes = size_t{64} * 1024;

using State = CandidateTable::State;

// One of those who are counted, and how it stands towards the target.
struct Counted {
  State state;
  const Standing* standing = nullptr;
};

// Those who are counted, by name.
std::vector<State> StatesCounted(const CandidateTable& table, std::string_view grouping,
                                 const domain::Reading& reading) {
  if (grouping.empty()) return {table.states().begin(), table.states().end()};
  std::vector<State> population;
  for (std::string_view state : PopulationOf(table.index(), grouping, reading)) {
    population.push_back({.name = state, .number = table.index().NumberOf(state)});
  }
  return population;
}

// How each of those who are counted stands towards the target: as `none` does without an act.
std::vector<Counted> StandingsOf(const CandidateTable& table, const domain::Standings& standings,
                                 std::string_view grouping, std::string_view target,
                                 const Standing& none) {
  std::vector<Counted> counted;
  for (const State& state : StatesCounted(table, grouping, standings.reading())) {
    counted.push_back({.state = state, .standing = &none});
  }
  const std::optional<uint32_t> instrument = table.index().NumberOf(target);
  if (!instrument.has_value()) return counted;
  // Both are in the order of names.
  auto who = counted.begin();
  for (const uint32_t pair : table.acts().Towards(*instrument)) {
    const uint32_t actor = table.acts().pairs()[pair].actor;
    while (who != counted.end() && (!who->state.number.has_value() || *who->state.number < actor)) {
      ++who;
    }
    if (who == counted.end()) break;
    if (*who->state.number == actor) who->standing = &standings.at(pair);
  }
  return counted;
}

// A state and its factors.
struct Factors {
  const Counted* who = nullptr;
  const ThemeCounts::OfState* themes = nullptr;
  std::span<const EventsAbout::Attended> events;
  const VoicedConcerns::OfState* concerns = nullptr;
  // Less is nearer. States come by name, and stay so where all else is the same.
  std::array<int, 7> rank{};
};

// Those of the population that the target does not commit, nearest first.
std::vector<Factors> Candidates(const std::vector<Counted>& population,
                                const CandidateTable::OnDay& on_day,
                                const CandidateTable::OnDay::Towards& towards,
                                bool signatories_only) {
  static const auto* const kNoConcerns = new VoicedConcerns::OfState();
  std::vector<Factors> candidates;
  candidates.reserve(population.size());
  for (const Counted& who : population) {
    const bool signatory = who.standing->status == v1::PARTICIPATION_STATUS_SIGNATORY;
    if (who.standing->committed() || (signatories_only && !signatory)) continue;
    Factors factors{.who = &who, .themes = &towards.themes.OfNobody(), .concerns = kNoConcerns};
    if (const std::optional<uint32_t> number = who.state.number) {
      factors.themes = &towards.themes.Of(*number);
      factors.events = towards.events.Of(*number);
      factors.concerns = &on_day.concerns().Of(*number);
    }
    const ThemeCounts::OfState& themes = *factors.themes;
    factors.rank = {signatory ? 0 : 1,
                    -themes.SameGoods(),
                    -themes.Of(synergy::v1::COMMITMENT_CLASS_BINDING_SAME_GOODS),
                    -themes.Of(synergy::v1::COMMITMENT_CLASS_POLITICAL_SAME_GOODS),
                    -static_cast<int>(factors.events.size()),
                    factors.concerns->unanswered,
                    static_cast<int>(candidates.size())};
    candidates.push_back(factors);
  }
  std::sort(candidates.begin(), candidates.end(),
            [](const Factors& a, const Factors& b) { return a.rank < b.rank; });
  return candidates;
}

v1::CarriedThemes CarriedFrom(const ThemeCounts::OfState& counts) {
  v1::CarriedThemes themes;
  themes.set_total(counts.total);
  themes.set_binding_same_goods(counts.Of(synergy::v1::COMMITMENT_CLASS_BINDING_SAME_GOODS));
  themes.set_political_same_goods(counts.Of(synergy::v1::COMMITMENT_CLASS_POLITICAL_SAME_GOODS));
  themes.set_voluntary_same_goods(counts.Of(synergy::v1::COMMITMENT_CLASS_VOLUNTARY_SAME_GOODS));
  themes.set_one_state_reach(counts.Of(synergy::v1::COMMITMENT_CLASS_ONE_STATE_REACH));
  themes.set_general(counts.Of(synergy::v1::COMMITMENT_CLASS_GENERAL));
  themes.set_other_goods(counts.Of(synergy::v1::COMMITMENT_CLASS_OTHER_GOODS));
  themes.set_new_themes(counts.none);
  return themes;
}

// Writes the candidates, which are nearly all of the answer, as bytes.
class CandidateWriter {
 public:
  // Writes with `writer`, and notes in `evidence` the statements that are used.
  CandidateWriter(const CandidateTable& table, std::string target_phrase,
                  EvidenceGatherer* evidence, WireWriter* writer)
      : index_(table.index()),
        names_(table.names()),
        target_phrase_(std::move(target_phrase)),
        evidence_(evidence),
        writer_(*writer) {}

  void Write(const Factors& factors) {
    const size_t begin = writer_.Begin(v1::RankCandidatesResponse::kCandidatesFieldNumber);
    WriteStatus(*factors.who);
    writer_.Message(v1::Candidate::kThemesFieldNumber, CarriedFrom(*factors.themes));
    WriteEvents(factors.events);
    WriteConcerns(*factors.concerns);
    WriteSentence(factors);
    WriteEvidence(v1::Candidate::kEvidenceFieldNumber, factors.who->standing->Evidence(), evidence_,
                  &writer_);
    for (const EventsAbout::Attended& event : factors.events) {
      const Edge* const statements[] = {event.attended, event.about};
      WriteEvidence(v1::Candidate::kEvidenceFieldNumber, statements, evidence_, &writer_);
    }
    WriteEvidence(v1::Candidate::kEvidenceFieldNumber, factors.concerns->voiced, evidence_,
                  &writer_);
    writer_.End(begin);
  }

 private:
  void WriteStatus(const Counted& who) {
    const size_t begin = writer_.Begin(v1::Candidate::kStatusFieldNumber);
    if (who.state.number.has_value()) {
      writer_.Item(v1::StateStatus::kStateFieldNumber, names_.Named(*who.state.number));
    } else {
      writer_.Message(v1::StateStatus::kStateFieldNumber, domain::Named(index_, who.state.name));
    }
    v1::StateStatus status;
    domain::FillStateStatus(*who.standing, &status);
    writer_.Fields(status);
    WriteEvidence(v1::StateStatus::kEvidenceFieldNumber, who.standing->Evidence(), evidence_,
                  &writer_);
    writer_.End(begin);
  }

  void WriteEvents(std::span<const EventsAbout::Attended> events) {
    writer_.Number(v1::Candidate::kEventsFieldNumber, events.size());
    const graph::Date* latest = nullptr;
    for (const EventsAbout::Attended& event : events) {
      if (!event.date->has_value()) continue;
      if (latest == nullptr || graph::FirstDay(*latest) < graph::FirstDay(**event.date)) {
        latest = &**event.date;
      }
    }
    if (latest != nullptr) writer_.Message(v1::Candidate::kLatestEventDateFieldNumber, *latest);
  }

  void WriteConcerns(const VoicedConcerns::OfState& concerns) {
    writer_.Number(v1::Candidate::kConcernsFieldNumber, concerns.voiced.size());
    writer_.Number(v1::Candidate::kUnansweredConcernsFieldNumber,
                   static_cast<uint64_t>(concerns.unanswered));
    if (concerns.latest.has_value()) {
      writer_.Message(v1::Candidate::kLatestConcernDateFieldNumber, *concerns.latest);
    }
    for (const uint32_t challenge : concerns.challenges) {
      writer_.Item(v1::Candidate::kVoicedChallengesFieldNumber, names_.Named(challenge));
    }
  }

  void WriteSentence(const Factors& factors) {
    const ThemeCounts::OfState& themes = *factors.themes;
    const size_t begin = writer_.Begin(v1::Candidate::kSentenceFieldNumber);
    writer_.Append({index_.DisplayName(factors.who->state.name), " ",
                    domain::StatusPhrase(factors.who->standing->status), " ", target_phrase_,
                    "; it has a commitment for the same goods on "});
    writer_.AppendDecimal(static_cast<uint64_t>(themes.SameGoods()));
    writer_.Append(" of ");
    domain::AppendCount(static_cast<size_t>(themes.total), "theme", &writer_);
    writer_.Append(" and none at all on ");
    writer_.AppendDecimal(static_cast<uint64_t>(themes.none));
    writer_.Append("; it attended ");
    domain::AppendCount(factors.events.size(), "event", &writer_);
    writer_.Append(" about it and voiced ");
    domain::AppendCount(factors.concerns->voiced.size(), "concern", &writer_);
    writer_.Append(", of which ");
    writer_.AppendDecimal(static_cast<uint64_t>(factors.concerns->unanswered));
    writer_.Append(" without an answer.");
    writer_.End(begin);
  }

  const SubgraphIndex& index_;
  const domain::WrittenNames& names_;
  const std::string target_phrase_;  // `the ATT`.
  EvidenceGatherer* const evidence_;
  WireWriter& writer_;
};

// The fields before the candidates.
v1::RankCandidatesResponse MakeHead(const SubgraphIndex& index, const graph::Node& target,
                                    const std::string& grouping,
                                    const std::vector<Counted>& population) {
  v1::RankCandidatesResponse head;
  head.set_revision(index.response().revision());
  *head.mutable_instrument() = domain::Named(index, target.name());
  domain::NameGrouping(index, grouping, &head);
  head.mutable_counts();
  for (const Counted& who : population) {
    domain::CountStanding(*who.standing, head.mutable_counts());
  }
  return head;
}

absl::StatusOr<std::vector<NameArgument>> ResolveNames(const v1::RankCandidatesRequest& request) {
  std::vector<NameArgument> names;
  ATTLAS_RETURN_IF_ERROR(
      AddName(NameKind::kInstrument, "instrument", request.instrument(), &names).status());
  if (!request.grouping().empty()) {
    ATTLAS_RETURN_IF_ERROR(
        AddName(NameKind::kGrouping, "grouping", request.grouping(), &names).status());
  }
  return names;
}

}  // namespace

absl::StatusOr<RankedCandidates> InstrumentQueries::RankCandidates(
    const services::CallContext& context, const v1::RankCandidatesRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(std::vector<NameArgument> names, ResolveNames(request));
  ATTLAS_ASSIGN_OR_RETURN(
      const domain::AnswerPage page,
      domain::StartAnswerPage(page_tokens_, context, request, kPageSizes, &scope));
  const domain::TableRead read{.graph = graph_, .context = context, .scope = scope};
  const auto grouping_of = [&] { return names.size() > 1 ? names[1].name() : std::string(); };
  const auto add_patterns = [&](graph::v1::MatchPathsRequest* question) {
    AddCandidatePatterns(names[0].name(), grouping_of(), question);
  };
  ATTLAS_ASSIGN_OR_RETURN(
      const std::shared_ptr<const CandidateTable> table,
      domain::ReadTable<CandidateTable>(
          read, &candidates_, {.all = AddAllCandidatePatterns, .alone = add_patterns}, &names));
  const SubgraphIndex& index = table->index();
  const std::string grouping = grouping_of();
  const std::string& revision = index.response().revision();
  ATTLAS_ASSIGN_OR_RETURN(const auto taxonomy, goods_.At(context, revision));
  const graph::Node* target = index.FindNode(names[0].name());
  if (target == nullptr) return domain::UnknownName(graph_, context, scope, names[0]);
  const std::shared_ptr<const CandidateTable::OnDay> on_day = table->On(scope.reading);
  const Standing none =
      domain::Weigh({}, scope.reading, v1::COUNT_BY_DEPOSIT, domain::TermsOf(*target));
  const std::vector<Counted> population =
      StandingsOf(*table, on_day->standings(), grouping, target->name(), none);
  const auto towards = on_day->To(target->name(), *taxonomy);
  const std::vector<Factors> candidates =
      Candidates(population, *on_day, *towards, request.signatories_only());

  EvidenceGatherer evidence(index, scope, table->statements());
  NoteLeftOut(*table, on_day->standings(), target->name(), grouping, &evidence);
  WireWriter writer(kUsualBytes);
  writer.Fields(MakeHead(index, *target, grouping, population));
  CandidateWriter rows(*table, domain::WithArticle(index, target->name()), &evidence, &writer);
  for (size_t i = page.offset; i < page.EndOf(candidates.size()); ++i) rows.Write(candidates[i]);

  v1::RankCandidatesResponse rest;
  rest.set_total_size(static_cast<int32_t>(candidates.size()));
  rest.set_next_page_token(
      domain::NextAnswerPage(page_tokens_, page, scope, revision, candidates.size()));
  *rest.mutable_coverage() = domain::CoverageOf(*target, scope);
  domain::NoteCoverage(std::span(&target, 1), scope, &evidence);
  evidence.NoteSentence(
      "Events and concerns are those of this collection: it shows where it looked as well as what "
      "happened.");
  evidence.FillBasis(rest.mutable_basis());
  return domain::EncodeAnswer(evidence, *table, read, request, std::move(writer), &rest);
}

}  // namespace attlas::instruments
