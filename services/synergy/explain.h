// The plain sentences of SynergyService.
//
// Thread-safety: functions only.
#ifndef ATTLAS_SERVICES_SYNERGY_EXPLAIN_H_
#define ATTLAS_SERVICES_SYNERGY_EXPLAIN_H_

#include <string>
#include <string_view>

#include "services/common/wire_writer.h"
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

// What the sentences about the commitments under one instrument have in common.
struct InstrumentPhrases {
  std::string standing;    // StandingPhrase.
  std::string difference;  // What sets the target apart: `asks the same function for other goods`.
};
InstrumentPhrases PhrasesOf(const domain::SubgraphIndex& index,
                            const domain::GoodsTaxonomy& taxonomy, const OwnInstrument& instrument);

// Writes `Indonesia is addressed by the UN PoA (political), whose provision Sec. II para. 11 deals
// with export licensing; ATT Art. 5(2) asks the same function for the same goods (small arms and
// light weapons).` The links are those of a law; `target_link` may be null.
void AppendCommitmentSentence(const LinkNames& names, const InstrumentPhrases& phrases,
                              const OwnCommitment& commitment,
                              const domain::ProvisionLink* target_link,
                              services::WireWriter* writer);

// What a theme would mean for the state.
std::string ExplainTheme(const domain::SubgraphIndex& index, const LinkNames& names,
                         std::string_view theme, const std::vector<OwnCommitment>& commitments,
                         v1::JoiningEffect effect);

// `On the 32 obligation themes of the ATT, the nearest commitments of Indonesia are: …`
std::string ExplainTotals(const LinkNames& names, int themes,
                          const google::protobuf::RepeatedPtrField<v1::ClassTotal>& totals);

}  // namespace attlas::synergy

#endif  // ATTLAS_SERVICES_SYNERGY_EXPLAIN_H_
