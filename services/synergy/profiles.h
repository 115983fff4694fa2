// What a state takes part in, and how alike others are to it by that.
//
// Being addressed without an act of its own is not part of a profile: all members of the United
// Nations are, so that it would make everybody alike.
// Thread-safety: plain values, which view the standings they were made from.
#ifndef ATTLAS_SERVICES_SYNERGY_PROFILES_H_
#define ATTLAS_SERVICES_SYNERGY_PROFILES_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "services/domain/act_table.h"

namespace attlas::synergy {

// How much two profiles have in common.
struct Similarity {
  int shared = 0;  // How many instruments are in both.
  int either = 0;  // How many are in one or both.

  // Shared divided by either (Jaccard); 0 of none.
  double value() const { return either == 0 ? 0 : static_cast<double>(shared) / either; }
};

// An instrument in two profiles, by its number, and what both stand by.
struct SharedInstrument {
  uint32_t instrument = 0;
  const graph::Edge* own = nullptr;
  const graph::Edge* other = nullptr;
};

// The profile of one state, beside which others are held.
class Profile {
 public:
  // Without the instrument `apart`; that of nobody without an actor. Both by their numbers.
  Profile(const domain::SubgraphIndex& index, const domain::Standings& standings,
          std::optional<uint32_t> actor, std::optional<uint32_t> apart);

  // O(instruments of the other).
  Similarity With(uint32_t other) const;
  // The instruments in both, by name.
  std::vector<SharedInstrument> SharedWith(uint32_t other) const;

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  // By number of the instrument: where in the standings it is, and one more; 0 for none.
  bool Has(uint32_t instrument) const { return places_[instrument] != 0; }

  const domain::Standings& standings_;
  const uint32_t apart_;          // kNone for no instrument.
  std::vector<uint32_t> places_;  // Without the one apart.
  int size_ = 0;
};

}  // namespace attlas::synergy

#endif  // ATTLAS_SERVICES_SYNERGY_PROFILES_H_
