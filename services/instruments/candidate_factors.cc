#include "services/instruments/candidate_factors.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "services/domain/happenings.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"
#include "services/synergy/commitments.h"

namespace attlas::instruments {
namespace {

using domain::Reading;
using domain::SubgraphIndex;
using graph::Edge;

// Whether any of the statements is sure enough.
bool AnyAdmitted(std::span<const Edge* const> edges, const Reading& reading) {
  return std::any_of(edges.begin(), edges.end(),
                     [&](const Edge* edge) { return reading.Admits(*edge); });
}

// Latest first; those without a date last.
void SortByDay(const SubgraphIndex& index, VoicedConcerns::OfState* concerns) {
  std::vector<std::pair<graph::DayNumber, const Edge*>> dated;
  dated.reserve(concerns->voiced.size());
  for (const Edge* voiced : concerns->voiced) {
    const std::optional<graph::Date> date = domain::VoicedDate(index, *voiced);
    dated.emplace_back(date.has_value() ? graph::FirstDay(*date) : graph::kBeginningOfTime, voiced);
  }
  std::stable_sort(dated.begin(), dated.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::transform(dated.begin(), dated.end(), concerns->voiced.begin(),
                 [](const auto& entry) { return entry.second; });
  concerns->latest = domain::VoicedDate(index, *concerns->voiced.front());
}

}  // namespace

CountedLinks::CountedLinks(const SubgraphIndex& index, const Reading& reading) {
  for (const graph::Node* node : index.NodesOfType("instrument")) {
    const std::optional<uint32_t> number = index.NumberOf(node->name());
    if (!number.has_value()) continue;
    OfInstrument& instrument = instruments_[*number];
    instrument.goods = domain::TextsProperty(*node, "goods_scope");
    instrument.reach = domain::ReachOf(*node);
    for (const domain::ProvisionLink& link : domain::LinksOf(index, node->name(), reading)) {
      instrument.links.push_back(
          {.theme = *index.NumberOf(link.theme()), .strength = link.strength()});
    }
  }
}

const CountedLinks::OfInstrument& CountedLinks::Of(uint32_t node) const {
  static const auto* const kNone = new OfInstrument();
  const auto found = instruments_.find(node);
  return found == instruments_.end() ? *kNone : found->second;
}

VoicedConcerns::VoicedConcerns(const SubgraphIndex& index, const Reading& reading) {
  for (const Edge* voiced : index.OfType(domain::kVoiced)) {
    if (!domain::HappenedBy(*voiced, reading)) continue;
    OfState& concerns = states_[*index.NumberOf(voiced->from())];
    concerns.voiced.push_back(voiced);
    const bool answered = AnyAdmitted(index.Out(voiced->to(), kAnsweredBy), reading) ||
                          AnyAdmitted(index.In(voiced->to(), kAddresses), reading);
    if (!answered) ++concerns.unanswered;
  }
  for (auto& [state, concerns] : states_) SortByDay(index, &concerns);
}

const VoicedConcerns::OfState& VoicedConcerns::Of(uint32_t state) const {
  static const auto* const kNone = new OfState();
  const auto found = states_.find(state);
  return found == states_.end() ? *kNone : found->second;
}

EventsAbout::EventsAbout(const SubgraphIndex& index, const Reading& reading,
                         std::string_view instrument) {
  const std::span<const Edge* const> abouts = index.In(instrument, domain::kAbout);
  for (size_t begin = 0, end = 0; begin < abouts.size(); begin = end) {
    const std::string& event = abouts[begin]->from();
    while (end < abouts.size() && abouts[end]->from() == event) ++end;
    if (!domain::EventBeganBy(index, event, reading)) continue;
    const std::optional<graph::Date>& date = dates_.emplace_back(domain::EventDate(index, event));
    for (const Edge* attended : index.In(event, domain::kAttended)) {
      if (!domain::HappenedBy(*attended, reading)) continue;
      for (const Edge* about : abouts.subspan(begin, end - begin)) {
        if (!reading.Admits(*about)) continue;
        states_[*index.NumberOf(attended->from())].push_back(
            {.attended = attended, .about = about, .date = &date});
      }
    }
  }
}

std::span<const EventsAbout::Attended> EventsAbout::Of(uint32_t state) const {
  const auto found = states_.find(state);
  if (found == states_.end()) return {};
  return found->second;
}

int32_t ThemeCounter::Counts::SameGoods() const {
  return Of(synergy::v1::COMMITMENT_CLASS_BINDING_SAME_GOODS) +
         Of(synergy::v1::COMMITMENT_CLASS_POLITICAL_SAME_GOODS) +
         Of(synergy::v1::COMMITMENT_CLASS_VOLUNTARY_SAME_GOODS);
}

ThemeCounter::ThemeCounter(const domain::ActTable& acts, const domain::Standings& standings,
                           const CountedLinks& links, const domain::GoodsTaxonomy& taxonomy,
                           std::optional<uint32_t> target)
    : acts_(acts),
      standings_(standings),
      links_(links),
      taxonomy_(taxonomy),
      target_(target),
      places_(acts.index().end_count(), kNoPlace),
      brought_(acts.index().end_count()) {
  if (!target.has_value()) return;
  for (const CountedLinks::Link& link : links.Of(*target).links) {
    uint32_t& place = places_[link.theme];
    if (place == kNoPlace) place = static_cast<uint32_t>(total_++);
  }
  words_ = (static_cast<size_t>(total_) + kWordBits - 1) / kWordBits;
}

ThemeCounter::Counts ThemeCounter::Of(uint32_t state) {
  best_.assign(kClasses * words_, 0);
  const auto [first, last] = acts_.Of(state);
  for (size_t pair = first; pair < last; ++pair) {
    const v1::ParticipationStatus status = standings_.StatusOf(pair);
    if (!domain::Participates(status)) continue;
    const Brought& brought = Look(acts_.pairs()[pair].instrument);
    const ThemeSets& sets =
        status == v1::PARTICIPATION_STATUS_SIGNATORY ? brought.signed_only : brought.committed;
    for (size_t word = 0; word < sets.size(); ++word) best_[word] |= sets[word];
  }
  return CountsOf(best_);
}

const ThemeCounter::Brought& ThemeCounter::Look(uint32_t instrument) {
  Brought& known = brought_[instrument];
  if (known.looked_at) return known;
  known.looked_at = true;
  if (instrument == target_) return known;
  const CountedLinks::OfInstrument& facts = links_.Of(instrument);
  synergy::v1::GoodsRelation goods = synergy::v1::GOODS_RELATION_UNSPECIFIED;
  for (const CountedLinks::Link& link : facts.links) {
    const uint32_t place = places_[link.theme];
    if (place == kNoPlace) continue;
    if (known.committed.empty()) {
      goods = taxonomy_.Match(facts.goods, links_.Of(*target_).goods).relation;
      known.committed.assign(kClasses * words_, 0);
      known.signed_only.assign(kClasses * words_, 0);
    }
    const auto add = [&](v1::ParticipationStatus status, ThemeSets* sets) {
      const auto of_class = static_cast<size_t>(
          synergy::Classify(synergy::StrengthForState(link.strength, status), goods, facts.reach));
      (*sets)[of_class * words_ + place / kWordBits] |= uint64_t{1} << place % kWordBits;
    };
    add(v1::PARTICIPATION_STATUS_PARTY, &known.committed);
    add(v1::PARTICIPATION_STATUS_SIGNATORY, &known.signed_only);
  }
  return known;
}

// Each theme counts in the best class that it is in.
ThemeCounter::Counts ThemeCounter::CountsOf(const ThemeSets& sets) const {
  Counts counts = OfNobody();
  for (size_t word = 0; word < words_; ++word) {
    uint64_t better = 0;
    for (size_t of_class = 0; of_class < kClasses; ++of_class) {
      const uint64_t themes = sets[of_class * words_ + word];
      counts.by_class[of_class] += std::popcount(themes & ~better);
      better |= themes;
    }
    counts.none -= std::popcount(better);
  }
  return counts;
}

}  // namespace attlas::instruments
