// What a state takes part in, and how alike two states are by it.
//
// Being addressed without an act of its own is not part of a profile: all members of the United
// Nations are, so that it would make everybody alike.
// Thread-safety: functions and plain values, which view the index they were made from.
#ifndef ATTLAS_SERVICES_SYNERGY_PROFILES_H_
#define ATTLAS_SERVICES_SYNERGY_PROFILES_H_

#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/domain/participation.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::synergy {

// The instruments by name, each with the statement by which the state takes part.
using Profile = std::vector<std::pair<std::string_view, const graph::Edge*>>;

// The profiles of states without the instrument `apart`; the terms of each instrument are read once
// for all of them. Single-thread; it views what it was made from.
class Profiles {
 public:
  Profiles(const domain::SubgraphIndex& index, std::string_view apart,
           const domain::Reading& reading)
      : index_(index), apart_(apart), reading_(reading) {}

  // O(acts of the state).
  Profile Of(std::string_view state);

 private:
  const domain::InstrumentTerms& TermsOf(std::string_view instrument);

  const domain::SubgraphIndex& index_;
  const std::string_view apart_;
  const domain::Reading& reading_;
  absl::flat_hash_map<absl::string_view, domain::InstrumentTerms> terms_;
};

// An instrument in two profiles.
struct SharedInstrument {
  std::string_view instrument;
  const graph::Edge* own = nullptr;
  const graph::Edge* other = nullptr;
};

struct Similarity {
  std::vector<SharedInstrument> shared;
  int either = 0;  // How many instruments are in one profile or both.

  // Shared divided by either (Jaccard); 0 of none.
  double value() const { return either == 0 ? 0 : static_cast<double>(shared.size()) / either; }
};

// O(instruments of both).
Similarity Compare(const Profile& own, const Profile& other);

}  // namespace attlas::synergy

#endif  // ATTLAS_SERVICES_SYNERGY_PROFILES_H_
