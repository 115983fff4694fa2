// The plain sentences of SynergyService.
//
// Thread-safety: functions only.
#ifndef ATTLAS_SERVICES_SYNERGY_EXPLAIN_H_
#define ATTLAS_SERVICES_SYNERGY_EXPLAIN_H_

#include <string>
#include <string_view>

#include "services/domain/subgraph_index.h"
#include "services/synergy/commitments.h"

namespace attlas::synergy {

// Who is linked to what, as people read it.
struct LinkNames {
  std::string_view state;   // Indonesia
  std::string_view target;  // ATT
};

// How a state stands towards an instrument, in words: `is a party to the UNTOC`.
std::string StandingPhrase(const domain::SubgraphIndex& index, std::string_view instrument,
                           const domain::Standing& standing);

// The sentence about a commitment: `Indonesia is addressed by the UN PoA (political), whose
// provision Sec. II para. 11 deals with export licensing; ATT Art. 5(2) asks the same function for
// the same goods (small arms and light weapons).` It is put together from parts, each of which
// stands in many of them: what follows here, and the words of the link (law.h). Without a link of
// the target it ends with the words of the own one, and a full stop.

// Up to the provision, for the commitments under one instrument whose texts are equally strong.
// `standing` is a StandingPhrase.
std::string SentenceBeginning(const LinkNames& names, std::string_view standing,
                              const OwnCommitment& commitment);
// The target's provision, which all commitments on its theme share: `; ATT Art. 5(2) `. The link is
// one of a law.
std::string TargetWords(const LinkNames& names, const domain::ProvisionLink& target_link);
// What sets the target apart from an instrument, and the full stop.
std::string SentenceEnd(const domain::GoodsTaxonomy& taxonomy, const OwnInstrument& instrument);

// What a theme would mean for the state.
std::string ExplainTheme(const domain::SubgraphIndex& index, const LinkNames& names,
                         std::string_view theme, const std::vector<OwnCommitment>& commitments,
                         v1::JoiningEffect effect);

// `On the 32 obligation themes of the ATT, the nearest commitments of Indonesia are: …`
std::string ExplainTotals(const LinkNames& names, int themes,
                          const google::protobuf::RepeatedPtrField<v1::ClassTotal>& totals);

}  // namespace attlas::synergy

#endif  // ATTLAS_SERVICES_SYNERGY_EXPLAIN_H_
