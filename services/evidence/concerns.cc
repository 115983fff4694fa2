#include "services/evidence/concerns.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"
#include "services/domain/happenings.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"
#include "services/domain/wording.h"

namespace attlas::evidence {
namespace {

using domain::Reading;
using domain::Scope;
using domain::SubgraphIndex;
using graph::Edge;
using graph::v1::Pattern;

// Concerns voiced more years ago than this are pointed out.
constexpr int32_t kOldYears = 5;

graph::DayNumber DayOf(const std::optional<graph::Date>& date) {
  return date.has_value() ? graph::FirstDay(*date) : graph::kBeginningOfTime;
}

std::vector<const Edge*> VoicesOf(const SubgraphIndex& index, std::string_view name,
                                  const Reading& reading) {
  std::vector<std::pair<graph::DayNumber, const Edge*>> dated;
  for (const Edge* voiced : index.In(name, domain::kVoiced)) {
    if (!domain::HappenedBy(*voiced, reading)) continue;
    const graph::DayNumber day = DayOf(domain::VoicedDate(index, *voiced));
    if (day <= reading.day) dated.emplace_back(day, voiced);
  }
  std::stable_sort(dated.begin(), dated.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<const Edge*> voices;
  voices.reserve(dated.size());
  for (const auto& [day, voiced] : dated) voices.push_back(voiced);
  return voices;
}

v1::Voice VoiceFrom(const SubgraphIndex& index, const Edge& voiced,
                    domain::EvidenceGatherer* evidence) {
  v1::Voice voice;
  *voice.mutable_holder() = domain::Named(index, voiced.from());
  if (const auto date = domain::VoicedDate(index, voiced)) *voice.mutable_voiced_date() = *date;
  std::vector<const graph::Citation*> citations;
  for (const graph::Citation& citation : voiced.citations()) citations.push_back(&citation);
  std::stable_sort(citations.begin(), citations.end(),
                   [](const auto* a, const auto* b) { return a->confidence() > b->confidence(); });
  for (const graph::Citation* citation : citations) voice.add_sources(citation->source());
  voice.set_confidence(graph::BestConfidence(voiced.citations()));
  voice.set_evidence(voiced.name());
  evidence->Use({&voiced});
  return voice;
}

std::optional<int32_t> AgeOf(const Challenge& challenge, const Scope& scope) {
  const bool voiced_by_then =
      challenge.latest.has_value() && graph::FirstDay(*challenge.latest) <= scope.reading.day;
  if (!voiced_by_then) return std::nullopt;
  return scope.as_of.year() - challenge.latest->year();
}

// `Pakistan, 2013: insists …`.
std::string Explain(const v1::Concern& concern) {
  std::vector<std::string> holders;
  for (const v1::Voice& voice : concern.voices()) {
    const std::string date = voice.has_voiced_date() ? graph::FormatDate(voice.voiced_date())
                                                     : std::string("no date known");
    holders.push_back(absl::StrCat(voice.holder().display_name(), " (", date, ")"));
  }
  if (holders.empty()) holders.emplace_back("Nobody that is known");
  return absl::StrCat(domain::JoinList(holders), ": ", domain::LowerFirst(concern.paraphrase()));
}

}  // namespace

Pattern AllConcerns() { return domain::PatternFromType("challenge", {}); }

std::vector<Pattern> ConcernPatterns(const Pattern& concerns) {
  static constexpr std::string_view kSaid[] = {domain::kVoiced, domain::kConcerns, kAnsweredBy,
                                               kAddresses};
  Pattern said = concerns;
  *said.add_hops() = domain::Either(kSaid);
  return {concerns, std::move(said)};
}

bool PublishedBy(const SubgraphIndex& index, std::string_view publication, const Reading& reading) {
  const graph::Node* node = index.FindNode(publication);
  if (node == nullptr) return true;
  return DayOf(domain::DateProperty(*node, "date")) <= reading.day;
}

Challenge ChallengeOf(const SubgraphIndex& index, const graph::Node& node, const Reading& reading) {
  Challenge challenge{.node = &node, .voices = VoicesOf(index, node.name(), reading)};
  if (!challenge.voices.empty()) {
    challenge.latest = domain::VoicedDate(index, *challenge.voices.front());
  }
  for (const Edge* concerns : index.Out(node.name(), domain::kConcerns)) {
    if (reading.Counts(*concerns)) challenge.themes.push_back(concerns);
  }
  for (const Edge* answered : index.Out(node.name(), kAnsweredBy)) {
    if (reading.Counts(*answered)) challenge.clauses.push_back(answered);
  }
  for (const Edge* addresses : index.In(node.name(), kAddresses)) {
    if (reading.Counts(*addresses) && PublishedBy(index, addresses->from(), reading)) {
      challenge.publications.push_back(addresses);
    }
  }
  return challenge;
}

std::vector<Challenge> ChallengesOf(const SubgraphIndex& index, const Reading& reading) {
  std::vector<Challenge> known;
  std::vector<std::pair<graph::DayNumber, size_t>> places;
  for (const graph::Node* node : index.NodesOfType("challenge")) {
    Challenge challenge = ChallengeOf(index, *node, reading);
    if (challenge.voices.empty()) continue;
    places.emplace_back(DayOf(challenge.latest), known.size());
    known.push_back(std::move(challenge));
  }
  std::stable_sort(places.begin(), places.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<Challenge> challenges;
  challenges.reserve(known.size());
  for (const auto& [day, place] : places) challenges.push_back(std::move(known[place]));
  return challenges;
}

v1::Concern ConcernFrom(const SubgraphIndex& index, const Challenge& challenge, const Scope& scope,
                        domain::EvidenceGatherer* evidence) {
  v1::Concern concern;
  const graph::Node& node = *challenge.node;
  concern.set_name(node.name());
  concern.set_display_name(node.display_name());
  concern.set_paraphrase(std::string(graph::TextProperty(node.properties(), "paraphrase")));
  concern.set_source_title(std::string(graph::TextProperty(node.properties(), "source_title")));
  for (const Edge* voiced : challenge.voices) {
    *concern.add_voices() = VoiceFrom(index, *voiced, evidence);
  }
  if (challenge.latest.has_value()) *concern.mutable_latest_voiced_date() = *challenge.latest;
  if (const auto age = AgeOf(challenge, scope)) concern.set_age_years(*age);
  for (const Edge* theme : challenge.themes) {
    *concern.add_themes() = domain::Named(index, theme->to());
  }
  concern.set_clauses(static_cast<int32_t>(challenge.clauses.size()));
  concern.set_publications(static_cast<int32_t>(challenge.publications.size()));
  concern.set_sentence(Explain(concern));
  *concern.mutable_evidence() = evidence->Use(challenge.voices);
  concern.mutable_evidence()->MergeFrom(evidence->Use(challenge.themes));
  return concern;
}

std::vector<v1::ConcernThemeCount> CountThemes(const SubgraphIndex& index,
                                               const std::vector<Challenge>& challenges) {
  struct Tally {
    int32_t concerns = 0;
    std::set<std::string_view> holders;
  };
  std::map<std::string_view, Tally> tallies;
  for (const Challenge& challenge : challenges) {
    for (const Edge* theme : challenge.themes) {
      Tally& tally = tallies[theme->to()];
      ++tally.concerns;
      for (const Edge* voiced : challenge.voices) tally.holders.insert(voiced->from());
    }
  }
  std::vector<v1::ConcernThemeCount> counts;
  for (const auto& [theme, tally] : tallies) {
    v1::ConcernThemeCount& count = counts.emplace_back();
    *count.mutable_theme() = domain::Named(index, theme);
    count.set_concerns(tally.concerns);
    count.set_holders(static_cast<int32_t>(tally.holders.size()));
  }
  std::stable_sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
    return std::tuple(-a.concerns(), -a.holders()) < std::tuple(-b.concerns(), -b.holders());
  });
  return counts;
}

void NoteAge(const std::vector<Challenge>& challenges, const Scope& scope,
             domain::EvidenceGatherer* evidence) {
  const auto old = std::count_if(challenges.begin(), challenges.end(), [&](const auto& challenge) {
    return AgeOf(challenge, scope).value_or(0) > kOldYears;
  });
  if (old == 0) return;
  evidence->NoteSentence(absl::StrCat("Positions age: ", old, " of ", challenges.size(),
                                      " concerns were last voiced more than ", kOldYears,
                                      " years before ", graph::FormatDate(scope.as_of), "."));
}

}  // namespace attlas::evidence
