// What an answer about synergies leaves out for low confidence.
//
// Thread-safety: functions only.
#ifndef ATTLAS_SERVICES_SYNERGY_LEFT_OUT_H_
#define ATTLAS_SERVICES_SYNERGY_LEFT_OUT_H_

#include <string_view>

#include "services/domain/act_table.h"
#include "services/domain/evidence.h"
#include "services/domain/law.h"
#include "services/synergy/commitments.h"

namespace attlas::synergy {

// What a question about a state and a target is asked of.
struct AskedOf {
  const domain::SubgraphIndex& index;  // Of the state.
  const domain::Law& law;
  std::string_view state;
  std::string_view target;
  const domain::NamedActs& acts;  // Of the state, towards all instruments.
  const domain::Reading& reading;
};

// Notes what holds and is not sure enough of all that bears on the question: the statements of the
// target's links, of links of the state's instruments on the same themes, of the acts towards
// these, and of roles that serve the themes or stand under an instrument. O(links and roles of the
// state).
void NoteLeftOut(const AskedOf& asked, domain::EvidenceGatherer* evidence);

}  // namespace attlas::synergy

#endif  // ATTLAS_SERVICES_SYNERGY_LEFT_OUT_H_
