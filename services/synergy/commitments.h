// Which commitments a state has on the themes of a target, and how near each comes to it.
//
// What: the class arithmetic of FindSynergies and SimulateParticipation. Function, goods, strength
// and reach stay four facts; the class orders commitments and hides none of them.
// Complexity: O(own provisions * log themes).
// Thread-safety: functions and plain values; they view the index and the acts they were made from.
#ifndef ATTLAS_SERVICES_SYNERGY_COMMITMENTS_H_
#define ATTLAS_SERVICES_SYNERGY_COMMITMENTS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "attlas/instruments/v1/instrument.pb.h"
#include "attlas/synergy/v1/commitment.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/domain/act_table.h"
#include "services/domain/goods.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/law.h"
#include "services/domain/participation.h"

namespace attlas::synergy {

// Strength for the state: a signature is never more than voluntary; all else keeps that of the
// text, also a consent that is not in force yet.
instruments::v1::Strength StrengthForState(instruments::v1::Strength text,
                                           instruments::v1::ParticipationStatus status);

// The class of a commitment from its four facts (function being given).
v1::CommitmentClass Classify(instruments::v1::Strength strength, v1::GoodsRelation goods,
                             instruments::v1::Reach reach);

// An instrument that carries commitments of the state, as seen from the target.
struct OwnInstrument {
  std::string_view name;
  domain::Standing standing;
  domain::GoodsMatch goods;
  instruments::v1::Reach reach = instruments::v1::REACH_ALL_TRANSFERS;
};
using OwnInstruments = std::map<std::string_view, OwnInstrument>;

// The acts of one state by instrument.

// The instruments of which the acts carry commitments. `target_goods` are those of the target.
OwnInstruments OwnInstrumentsFrom(const domain::SubgraphIndex& index, const domain::NamedActs& acts,
                                  const domain::Reading& reading,
                                  const domain::GoodsTaxonomy& taxonomy,
                                  std::span<const std::string> target_goods);
// The same from what a law knows of instruments; those that ask nothing are left out.
OwnInstruments OwnInstrumentsFrom(const domain::Law& law, const domain::NamedActs& acts,
                                  const domain::Reading& reading,
                                  const domain::GoodsTaxonomy& taxonomy,
                                  std::span<const std::string> target_goods);

// One own commitment on one theme.
struct OwnCommitment {
  const OwnInstrument* instrument = nullptr;
  domain::ProvisionLink link;
  instruments::v1::Strength strength = instruments::v1::STRENGTH_UNSPECIFIED;
  v1::CommitmentClass commitment_class = v1::COMMITMENT_CLASS_NEW;
};

// The own commitments on each theme, best first; a theme without any has an empty list.
using ThemeTable = std::map<std::string_view, std::vector<OwnCommitment>>;

// Fills in the commitments of `own` on the themes that are keys of `table`.
void AddCommitments(const domain::SubgraphIndex& index, const OwnInstruments& own,
                    const domain::Reading& reading, ThemeTable* table);
void AddCommitments(const domain::Law& law, const OwnInstruments& own,
                    const domain::Reading& reading, ThemeTable* table);

// NEW for an empty list.
v1::CommitmentClass BestClass(const std::vector<OwnCommitment>& commitments);

// The number of themes by class: every class, best first.
google::protobuf::RepeatedPtrField<v1::ClassTotal> Totals(const ThemeTable& table);

// The themes whose best class differs, by name.
google::protobuf::RepeatedPtrField<v1::ClassChange> ClassChanges(const domain::SubgraphIndex& index,
                                                                 const ThemeTable& before,
                                                                 const ThemeTable& after);

// The instruments that have commitments in the table: those that give most best classes first.
google::protobuf::RepeatedPtrField<v1::RankedInstrument> RankInstruments(
    const domain::SubgraphIndex& index, const OwnInstruments& own_instruments,
    const ThemeTable& table);

// The number of themes of one class.
int TotalOf(const google::protobuf::RepeatedPtrField<v1::ClassTotal>& totals,
            v1::CommitmentClass commitment_class);

}  // namespace attlas::synergy

#endif  // ATTLAS_SERVICES_SYNERGY_COMMITMENTS_H_
