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
  concerns->voiced.clear();
  concerns->challenges.reserve(dated.size());
  for (const auto& [day, voiced] : dated) {
    concerns->voiced.push_back(voiced);
    concerns->challenges.push_back(*index.NumberOf(voiced->to()));
  }
  concerns->latest = domain::VoicedDate(index, *concerns->voiced.front());
}

// What instruments bring on the themes of a target, as sets of themes.
class Bringing {
 public:
  // The themes of one class as a set of bits, for each class.
  using ThemeSets = std::vector<uint64_t>;
  static constexpr size_t kClasses = ThemeCounts::kClasses;

  Bringing(const SubgraphIndex& index, const CountedLinks& links,
           const domain::GoodsTaxonomy& taxonomy, uint32_t target)
      : links_(links),
        taxonomy_(taxonomy),
        target_(target),
        places_(index.end_count(), kNoPlace),
        brought_(index.end_count()) {
    for (const CountedLinks::Link& link : links.Of(target).links) {
      uint32_t& place = places_[link.theme];
      if (place == kNoPlace) place = total_++;
    }
    words_ = (total_ + kWordBits - 1) / kWordBits;
  }

  // How many themes the target has, and how many words a set of them.
  uint32_t total() const { return total_; }
  size_t words() const { return words_; }
  // What the instrument brings to those that it commits, or to those that only signed it; empty
  // where it brings nothing.
  const ThemeSets& Of(uint32_t instrument, bool only_signed) {
    Brought& known = brought_[instrument];
    if (!known.looked_at) Look(instrument, &known);
    return only_signed ? known.signed_only : known.committed;
  }

 private:
  static constexpr size_t kWordBits = 64;
  static constexpr uint32_t kNoPlace = UINT32_MAX;

  struct Brought {
    bool looked_at = false;
    ThemeSets committed;
    ThemeSets signed_only;
  };

  void Look(uint32_t instrument, Brought* brought) {
    brought->looked_at = true;
    if (instrument == target_) return;
    const CountedLinks::OfInstrument& facts = links_.Of(instrument);
    synergy::v1::GoodsRelation goods = synergy::v1::GOODS_RELATION_UNSPECIFIED;
    for (const CountedLinks::Link& link : facts.links) {
      const uint32_t place = places_[link.theme];
      if (place == kNoPlace) continue;
      if (brought->committed.empty()) {
        goods = taxonomy_.Match(facts.goods, links_.Of(target_).goods).relation;
        brought->committed.assign(kClasses * words_, 0);
        brought->signed_only.assign(kClasses * words_, 0);
      }
      const auto add = [&](v1::ParticipationStatus status, ThemeSets* sets) {
        const auto of_class = static_cast<size_t>(synergy::Classify(
            synergy::StrengthForState(link.strength, status), goods, facts.reach));
        (*sets)[of_class * words_ + place / kWordBits] |= uint64_t{1} << place % kWordBits;
      };
      add(v1::PARTICIPATION_STATUS_PARTY, &brought->committed);
      add(v1::PARTICIPATION_STATUS_SIGNATORY, &brought->signed_only);
    }
  }

  const CountedLinks& links_;
  const domain::GoodsTaxonomy& taxonomy_;
  const uint32_t target_;
  std::vector<uint32_t> places_;  // Of the target's themes among them, by number.
  uint32_t total_ = 0;
  size_t words_ = 0;
  std::vector<Brought> brought_;  // By number of the instrument.
};

// Each theme counts in the best class that it is in.
ThemeCounts::OfState CountsOf(const Bringing::ThemeSets& sets, size_t words,
                              const ThemeCounts::OfState& nobody) {
  ThemeCounts::OfState counts = nobody;
  for (size_t word = 0; word < words; ++word) {
    uint64_t better = 0;
    for (size_t of_class = 0; of_class < ThemeCounts::kClasses; ++of_class) {
      const uint64_t themes = sets[of_class * words + word];
      counts.by_class[of_class] += std::popcount(themes & ~better);
      better |= themes;
    }
    counts.none -= std::popcount(better);
  }
  return counts;
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

int32_t ThemeCounts::OfState::SameGoods() const {
  return Of(synergy::v1::COMMITMENT_CLASS_BINDING_SAME_GOODS) +
         Of(synergy::v1::COMMITMENT_CLASS_POLITICAL_SAME_GOODS) +
         Of(synergy::v1::COMMITMENT_CLASS_VOLUNTARY_SAME_GOODS);
}

ThemeCounts::ThemeCounts(const domain::ActTable& acts, const domain::Standings& standings,
                         const CountedLinks& links, const domain::GoodsTaxonomy& taxonomy,
                         std::optional<uint32_t> target) {
  if (!target.has_value()) return;
  Bringing bringing(acts.index(), links, taxonomy, *target);
  nobody_.total = nobody_.none = static_cast<int32_t>(bringing.total());
  const std::span<const domain::ActTable::Pair> pairs = acts.pairs();
  Bringing::ThemeSets best;  // Of the actor at hand.
  for (size_t begin = 0, end = 0; begin < pairs.size(); begin = end) {
    const uint32_t actor = pairs[begin].actor;
    best.assign(kClasses * bringing.words(), 0);
    for (; end < pairs.size() && pairs[end].actor == actor; ++end) {
      const v1::ParticipationStatus status = standings.StatusOf(end);
      if (!domain::Participates(status)) continue;
      const Bringing::ThemeSets& sets =
          bringing.Of(pairs[end].instrument, status == v1::PARTICIPATION_STATUS_SIGNATORY);
      for (size_t word = 0; word < sets.size(); ++word) best[word] |= sets[word];
    }
    const OfState counts = CountsOf(best, bringing.words(), nobody_);
    if (counts.none < counts.total) states_.emplace(actor, counts);
  }
}

const ThemeCounts::OfState& ThemeCounts::Of(uint32_t state) const {
  const auto found = states_.find(state);
  return found == states_.end() ? nobody_ : found->second;
}

}  // namespace attlas::instruments
