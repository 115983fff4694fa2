// The rules of participation and synergy, reckoned a second time, slowly.
//
// What: answers from the tables of data/ what InstrumentService and SynergyService answer from the
// graph. It walks over whole tables and shares no code with services/ or graph/, so that a fault
// has to be made twice to go unseen. Only the enums of the answers are the same. Threads: const
// methods are thread-safe.
//
// Example:
//   const ReferenceModel model;
//   const ReferenceStanding standing = model.StandingOf(
//       "states/IDN", "instruments/att", {.day = FirstDayOf("2026-02-03", 0)});
#ifndef ATTLAS_TESTS_SERVICES_SYNERGY_REFERENCE_MODEL_H_
#define ATTLAS_TESTS_SERVICES_SYNERGY_REFERENCE_MODEL_H_

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "attlas/instruments/v1/instrument.pb.h"
#include "attlas/instruments/v1/status.pb.h"
#include "attlas/synergy/v1/commitment.pb.h"
#include "attlas/synergy/v1/simulation.pb.h"
#include "tests/services/synergy/reference_tables.h"

namespace attlas::testing {

// On which day, from which confidence, and whether a deposit that is not in force yet counts.
struct ReferenceReading {
  Day day = 0;
  int confidence = 2;
  bool count_by_in_force = false;
};

enum class ActKind { kSigned, kConsented, kEndorsed, kThrough, kAddressed };

struct ReferenceAct {
  ActKind kind = ActKind::kSigned;
  std::string from;
  std::string to;
  int confidence = 4;
  std::string act;      // How the state consented.
  std::string through;  // Of kThrough: the organization.
  // Of kConsented: whether a rule says when it is in force for the state, and when.
  bool has_rule = false;
  std::string in_force_from;
  bool supposed = false;
};
using ReferenceActs = std::vector<ReferenceAct>;
// The acts of one state by instrument.
using ReferencePortfolio = std::map<std::string, ReferenceActs>;

struct ReferenceStanding {
  instruments::v1::ParticipationStatus status = instruments::v1::PARTICIPATION_STATUS_UNKNOWN;
  std::string signed_date;
  std::string deposit_date;
  std::string act;
  std::string in_force_date;
  std::string end_date;
  std::string through;
  bool in_force = false;

  // Whether the state has commitments under it; whether by more than a signature.
  bool participates() const;
  bool committed() const;
};

// One commitment of a state on a theme.
struct ReferenceCommitment {
  std::string instrument;
  std::string provision;
  instruments::v1::Strength strength = instruments::v1::STRENGTH_UNSPECIFIED;
  synergy::v1::CommitmentClass commitment_class = synergy::v1::COMMITMENT_CLASS_NEW;
  bool in_force = false;
};
// By theme; a theme of the target without any has an empty list.
using ReferenceThemes = std::map<std::string, std::vector<ReferenceCommitment>>;

class ReferenceModel {
 public:
  ReferenceModel();

  // Names, in their order.
  const std::vector<std::string>& states() const { return states_; }
  std::vector<std::string> Instruments() const;
  std::vector<std::string> InstrumentsWithProvisions() const;
  // The states and economies of a grouping, and the groupings of one of them.
  std::set<std::string> MembersOf(const std::string& grouping) const;
  std::set<std::string> GroupingsOf(const std::string& state) const;

  ReferencePortfolio PortfolioOf(const std::string& state) const;
  // The portfolio after a supposed act; false where the act is refused.
  bool Suppose(synergy::v1::SupposedAct act, const std::string& instrument,
               const ReferenceReading& reading, ReferencePortfolio* portfolio) const;

  ReferenceStanding Weigh(const ReferenceActs& acts, const std::string& instrument,
                          const ReferenceReading& reading) const;
  ReferenceStanding StandingOf(const std::string& state, const std::string& instrument,
                               const ReferenceReading& reading) const;

  // What each theme of an instrument is asked most strongly.
  std::map<std::string, instruments::v1::Strength> ThemesOf(const std::string& instrument,
                                                            const ReferenceReading& reading) const;
  synergy::v1::GoodsRelation GoodsOf(const std::string& own, const std::string& target) const;

  // The commitments of a portfolio on the themes of a target.
  ReferenceThemes Commitments(const ReferencePortfolio& portfolio, const std::string& target,
                              const ReferenceReading& reading) const;
  // What joining the target would change on a theme, given the commitments of Commitments.
  synergy::v1::JoiningEffect EffectOf(const std::vector<ReferenceCommitment>& commitments,
                                      instruments::v1::Strength target_strength,
                                      const ReferenceStanding& towards_target) const;

 private:
  // A provision on a theme.
  struct Provision {
    std::string instrument;
    std::string name;
    std::string theme;
    Day from = kAlways;
    int confidence = 4;  // The lower of those of both statements.
    instruments::v1::Strength strength = instruments::v1::STRENGTH_UNSPECIFIED;
  };

  void ReadActs();
  void ReadRules();
  void ReadProvisions();
  // Whether one joins it by consent.
  bool TakesConsent(const std::string& instrument) const;
  Day AdoptedFrom(const std::string& instrument) const;
  // The day from which it is in force for anybody.
  Day InForceFrom(const std::string& instrument) const;
  bool IsInForce(const ReferenceAct& consent, const std::string& instrument,
                 const ReferenceReading& reading) const;
  bool Within(std::string term, const std::string& ancestor) const;

  std::map<std::string, Row> instruments_;
  std::vector<std::string> states_;
  std::map<std::string, ReferencePortfolio> acts_;  // By state.
  std::vector<Row> memberships_;
  std::vector<Row> groupings_;
  std::vector<Provision> provisions_;
  std::map<std::string, std::string> broader_;
};

synergy::v1::CommitmentClass BestOf(const std::vector<ReferenceCommitment>& commitments);
// The number of themes by class, best first.
std::vector<int> TotalsOf(const ReferenceThemes& themes);

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_SERVICES_SYNERGY_REFERENCE_MODEL_H_
