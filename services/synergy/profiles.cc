#include "services/synergy/profiles.h"

namespace attlas::synergy {

Profile::Profile(const domain::ActTable& acts, const domain::Standings& standings,
                 std::optional<uint32_t> actor, std::optional<uint32_t> apart)
    : acts_(acts),
      standings_(standings),
      actor_(actor),
      apart_(apart),
      instruments_(acts.index().end_count(), false) {
  if (!actor.has_value()) return;
  for (const uint32_t instrument : standings.TakenPartBy(*actor)) {
    if (instrument == apart) continue;
    instruments_[instrument] = true;
    ++size_;
  }
}

Similarity Profile::With(uint32_t other) const {
  int shared = 0;
  int theirs = 0;
  for (const uint32_t instrument : standings_.TakenPartBy(other)) {
    theirs += instrument != apart_ ? 1 : 0;
    shared += Has(instrument) ? 1 : 0;
  }
  return {.shared = shared, .either = size_ + theirs - shared};
}

std::vector<SharedInstrument> Profile::SharedWith(uint32_t other) const {
  std::vector<SharedInstrument> shared;
  for (const uint32_t instrument : standings_.TakenPartBy(other)) {
    if (!Has(instrument)) continue;
    const graph::Edge* const own = GroundOf(*actor_, instrument);
    shared.push_back({own->to(), own, GroundOf(other, instrument)});
  }
  return shared;
}

const graph::Edge* Profile::GroundOf(uint32_t actor, uint32_t instrument) const {
  return standings_.at(*acts_.Find(actor, instrument)).ground();
}

}  // namespace attlas::synergy
