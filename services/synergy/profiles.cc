#include "services/synergy/profiles.h"

namespace attlas::synergy {

using TakenPart = domain::Standings::TakenPart;

Profile::Profile(const domain::SubgraphIndex& index, const domain::Standings& standings,
                 std::optional<uint32_t> actor, std::optional<uint32_t> apart)
    : standings_(standings), apart_(apart.value_or(kNone)), places_(index.end_count(), 0) {
  if (!actor.has_value()) return;
  for (const TakenPart& part : standings.TakenPartBy(*actor)) {
    if (part.instrument == apart_) continue;
    places_[part.instrument] = part.pair + 1;
    ++size_;
  }
}

Similarity Profile::With(uint32_t other) const {
  int shared = 0;
  int theirs = 0;
  for (const TakenPart& part : standings_.TakenPartBy(other)) {
    theirs += part.instrument != apart_ ? 1 : 0;
    shared += Has(part.instrument) ? 1 : 0;
  }
  return {.shared = shared, .either = size_ + theirs - shared};
}

std::vector<SharedInstrument> Profile::SharedWith(uint32_t other) const {
  std::vector<SharedInstrument> shared;
  for (const TakenPart& part : standings_.TakenPartBy(other)) {
    if (!Has(part.instrument)) continue;
    shared.push_back({part.instrument, standings_.at(places_[part.instrument] - 1).ground(),
                      standings_.at(part.pair).ground()});
  }
  return shared;
}

}  // namespace attlas::synergy
