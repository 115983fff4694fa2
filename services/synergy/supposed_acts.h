// A state's acts with some that are only supposed.
//
// Thread-safety: single-thread; movable, since the supposed statements keep their place. It views
// the index and the acts it was made from.
#ifndef ATTLAS_SERVICES_SYNERGY_SUPPOSED_ACTS_H_
#define ATTLAS_SERVICES_SYNERGY_SUPPOSED_ACTS_H_

#include <deque>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "attlas/synergy/v1/simulation.pb.h"
#include "services/domain/act_table.h"
#include "services/domain/participation.h"
#include "services/domain/scope.h"
#include "services/synergy/commitments.h"

namespace attlas::synergy {

class SupposedActs {
 public:
  SupposedActs(const domain::SubgraphIndex& index, const domain::Scope& scope,
               std::string_view state, domain::NamedActs acts)
      : index_(&index), scope_(&scope), state_(state), acts_(std::move(acts)) {}

  // Supposes an act on the day of the question. Joining or signing what the state has joined
  // already changes nothing. INVALID_ARGUMENT, naming `field`, for leaving what it takes no part in
  // by an act of its own, and for an act towards what was adopted later.
  absl::Status Apply(v1::SupposedAct act, std::string_view instrument, std::string_view field);

  const domain::NamedActs& acts() const { return acts_; }
  domain::Acts ActsTowards(std::string_view instrument) const;

 private:
  // Those towards the instrument, to be changed and put in place by SetActs.
  std::vector<const graph::Edge*> CopyActsTowards(std::string_view instrument) const;
  void SetActs(std::string_view instrument, std::vector<const graph::Edge*> acts);
  domain::Standing StandingTowards(std::string_view instrument) const;
  void Suppose(std::string_view type, std::string_view instrument);
  // Ends every act of these types that holds: a supposed one vanishes, a real one ends on the day.
  // Whether there was a real one.
  bool End(std::span<const std::string_view> types, std::string_view instrument);
  domain::InstrumentTerms TermsOf(std::string_view instrument) const;
  // How one joins this instrument: as those do who have; where nobody has, by its kind.
  std::string_view JoiningType(std::string_view instrument) const;

  const domain::SubgraphIndex* index_;
  const domain::Scope* scope_;
  std::string_view state_;
  domain::NamedActs acts_;
  std::deque<std::vector<const graph::Edge*>> changed_;  // What `acts_` views where it was changed.
  std::vector<std::unique_ptr<graph::Edge>> supposed_;
};

}  // namespace attlas::synergy

#endif  // ATTLAS_SERVICES_SYNERGY_SUPPOSED_ACTS_H_
