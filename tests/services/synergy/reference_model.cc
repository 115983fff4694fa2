#include "tests/services/synergy/reference_model.h"

#include <algorithm>

namespace attlas::testing {
namespace {

using namespace instruments::v1;  // NOLINT: the statuses and strengths, many of them.
using namespace synergy::v1;      // NOLINT: the classes.

constexpr int kRecalled = 2;

bool Began(const ReferenceAct& act, const ReferenceReading& reading) {
  return act.confidence >= reading.confidence && FirstDayOf(act.from, kAlways) <= reading.day;
}
bool Ended(const ReferenceAct& act, const ReferenceReading& reading) {
  return FirstDayOf(act.to, kNever) <= reading.day;
}

// The act of a kind that holds; null for none.
const ReferenceAct* Holding(const ReferenceActs& acts, ActKind kind,
                            const ReferenceReading& reading) {
  for (const ReferenceAct& act : acts) {
    if (act.kind == kind && Began(act, reading) && !Ended(act, reading)) return &act;
  }
  return nullptr;
}

CommitmentClass ClassOf(const std::string& reach, GoodsRelation goods, Strength strength) {
  if (reach == "one-state") return COMMITMENT_CLASS_ONE_STATE_REACH;
  if (goods == GOODS_RELATION_GENERAL) return COMMITMENT_CLASS_GENERAL;
  if (goods == GOODS_RELATION_OTHER) return COMMITMENT_CLASS_OTHER_GOODS;
  if (strength == STRENGTH_BINDING) return COMMITMENT_CLASS_BINDING_SAME_GOODS;
  return strength == STRENGTH_POLITICAL ? COMMITMENT_CLASS_POLITICAL_SAME_GOODS
                                        : COMMITMENT_CLASS_VOLUNTARY_SAME_GOODS;
}

// Ends consent and endorsement and, with a real one of something in force, the signature; of a
// state that has not joined the signature alone. What was only supposed vanishes.
void Leave(bool joined, bool in_force, const ReferenceReading& reading, ReferenceActs* acts) {
  bool real = false;
  const auto end = [&](bool signatures) {
    for (ReferenceAct& one : *acts) {
      const bool own = signatures
                           ? one.kind == ActKind::kSigned
                           : one.kind == ActKind::kConsented || one.kind == ActKind::kEndorsed;
      if (!own || !Began(one, reading) || Ended(one, reading)) continue;
      one.to = DateOf(reading.day);
      real |= !one.supposed;
    }
  };
  if (joined) end(false);
  if (!joined || (real && in_force)) end(true);
  std::erase_if(*acts, [](const ReferenceAct& one) { return one.supposed && !one.to.empty(); });
}

}  // namespace

bool ReferenceStanding::participates() const {
  return status != PARTICIPATION_STATUS_WITHDRAWN && status != PARTICIPATION_STATUS_OUTSIDE &&
         status != PARTICIPATION_STATUS_UNKNOWN;
}
bool ReferenceStanding::committed() const {
  return participates() && status != PARTICIPATION_STATUS_SIGNATORY;
}

ReferencePortfolio ReferenceModel::PortfolioOf(const std::string& state) const {
  const auto found = acts_.find(state);
  return found == acts_.end() ? ReferencePortfolio() : found->second;
}

ReferenceStanding ReferenceModel::StandingOf(const std::string& state,
                                             const std::string& instrument,
                                             const ReferenceReading& reading) const {
  return Weigh(PortfolioOf(state)[instrument], instrument, reading);
}

Day ReferenceModel::AdoptedFrom(const std::string& instrument) const {
  return FirstDayOf(Cell(instruments_.at(instrument), "adopted"), kAlways);
}

Day ReferenceModel::InForceFrom(const std::string& instrument) const {
  const Row& row = instruments_.at(instrument);
  const std::string kind = Cell(row, "kind");
  return FirstDayOf(Cell(row, "entry_into_force"),
                    kind == "treaty" || kind == "protocol" ? kNever : kAlways);
}

bool ReferenceModel::IsInForce(const ReferenceAct& consent, const std::string& instrument,
                               const ReferenceReading& reading) const {
  if (InForceFrom(instrument) > reading.day) return false;
  if (!consent.has_rule || kRecalled < reading.confidence) return true;
  return FirstDayOf(consent.in_force_from, kAlways) <= reading.day;
}

ReferenceStanding ReferenceModel::Weigh(const ReferenceActs& acts, const std::string& instrument,
                                        const ReferenceReading& reading) const {
  ReferenceStanding standing;
  standing.status = Cell(instruments_.at(instrument), "coverage") == "complete"
                        ? PARTICIPATION_STATUS_OUTSIDE
                        : PARTICIPATION_STATUS_UNKNOWN;
  if (AdoptedFrom(instrument) > reading.day) return standing;
  for (const ReferenceAct& act : acts) {
    if (act.kind == ActKind::kSigned && Began(act, reading)) standing.signed_date = act.from;
  }
  const auto rest_on = [&](const ReferenceAct& act, ParticipationStatus status) {
    standing.status = status;
    standing.end_date = act.to;
    standing.act = act.act;
    standing.through = act.through;
    const bool dated = act.kind == ActKind::kConsented || act.kind == ActKind::kEndorsed;
    if (dated) standing.deposit_date = act.from;
    standing.in_force = act.kind != ActKind::kSigned;
  };
  const auto holding = [&](ActKind kind) { return Holding(acts, kind, reading); };
  if (const ReferenceAct* consent = holding(ActKind::kConsented)) {
    rest_on(*consent, PARTICIPATION_STATUS_PARTY);
    standing.in_force = IsInForce(*consent, instrument, reading);
    if (reading.confidence <= kRecalled) standing.in_force_date = consent->in_force_from;
    if (reading.count_by_in_force && !standing.in_force) {
      standing.status = PARTICIPATION_STATUS_CONSENTED;
    }
  } else if (const ReferenceAct* endorsed = holding(ActKind::kEndorsed)) {
    rest_on(*endorsed, PARTICIPATION_STATUS_ENDORSER);
  } else if (const ReferenceAct* signature = holding(ActKind::kSigned)) {
    rest_on(*signature, PARTICIPATION_STATUS_SIGNATORY);
  } else if (const ReferenceAct* through = holding(ActKind::kThrough)) {
    rest_on(*through, PARTICIPATION_STATUS_COMMITTED_THROUGH);
  } else if (const ReferenceAct* addressed = holding(ActKind::kAddressed)) {
    rest_on(*addressed, PARTICIPATION_STATUS_ADDRESSED);
  } else {
    // The consent comes after the signature in the table.
    for (const ReferenceAct& act : acts) {
      if (Began(act, reading)) rest_on(act, PARTICIPATION_STATUS_WITHDRAWN);
    }
    standing.in_force = false;
  }
  return standing;
}

bool ReferenceModel::TakesConsent(const std::string& instrument) const {
  bool endorsed = false;
  for (const auto& [state, portfolio] : acts_) {
    const auto acts = portfolio.find(instrument);
    if (acts == portfolio.end()) continue;
    for (const ReferenceAct& act : acts->second) {
      if (act.kind == ActKind::kConsented) return true;
      endorsed |= act.kind == ActKind::kEndorsed;
    }
  }
  const Row& row = instruments_.at(instrument);
  const std::string kind = Cell(row, "kind");
  const bool regional_treaty =
      kind == "regional-instrument" && !Cell(row, "entry_into_force").empty();
  return !endorsed && (kind == "treaty" || kind == "protocol" || kind == "export-control-regime" ||
                       regional_treaty);
}

bool ReferenceModel::Suppose(SupposedAct act, const std::string& instrument,
                             const ReferenceReading& reading, ReferencePortfolio* portfolio) const {
  if (AdoptedFrom(instrument) > reading.day) return false;
  ReferenceActs& acts = (*portfolio)[instrument];
  const bool joined = Holding(acts, ActKind::kConsented, reading) != nullptr ||
                      Holding(acts, ActKind::kEndorsed, reading) != nullptr;
  const bool has_signed = Holding(acts, ActKind::kSigned, reading) != nullptr;
  if (act == SUPPOSED_ACT_LEAVE) {
    Leave(joined, InForceFrom(instrument) <= reading.day, reading, &acts);
    return joined || has_signed;
  }
  if (joined || (act == SUPPOSED_ACT_SIGN && has_signed)) return true;
  const ActKind joins = TakesConsent(instrument) ? ActKind::kConsented : ActKind::kEndorsed;
  ReferenceAct& supposed = acts.emplace_back();
  supposed.kind = act == SUPPOSED_ACT_JOIN ? joins : ActKind::kSigned;
  supposed.supposed = true;
  return true;
}

std::map<std::string, Strength> ReferenceModel::ThemesOf(const std::string& instrument,
                                                         const ReferenceReading& reading) const {
  std::map<std::string, Strength> themes;
  for (const Provision& provision : provisions_) {
    if (provision.instrument != instrument || provision.confidence < reading.confidence ||
        std::max(provision.from, AdoptedFrom(instrument)) > reading.day) {
      continue;
    }
    Strength& strength = themes[provision.theme];
    strength = std::max(strength, provision.strength);
  }
  return themes;
}

bool ReferenceModel::Within(std::string term, const std::string& ancestor) const {
  while (term != ancestor) {
    const auto found = broader_.find(term);
    if (found == broader_.end()) return false;
    term = found->second;
  }
  return true;
}

GoodsRelation ReferenceModel::GoodsOf(const std::string& own, const std::string& target) const {
  GoodsRelation relation = GOODS_RELATION_OTHER;
  for (const std::string& good : Items(instruments_.at(own), "goods_scope")) {
    if (good == "not-goods-based") return GOODS_RELATION_GENERAL;
    for (const std::string& other : Items(instruments_.at(target), "goods_scope")) {
      if (Within(good, other) || Within(other, good)) relation = GOODS_RELATION_SAME;
    }
  }
  return relation;
}

ReferenceThemes ReferenceModel::Commitments(const ReferencePortfolio& portfolio,
                                            const std::string& target,
                                            const ReferenceReading& reading) const {
  ReferenceThemes themes;
  for (const auto& [theme, strength] : ThemesOf(target, reading)) themes[theme] = {};
  for (const Provision& provision : provisions_) {
    const std::string& instrument = provision.instrument;
    const auto acts = portfolio.find(instrument);
    const auto theme = themes.find(provision.theme);
    if (acts == portfolio.end() || theme == themes.end() ||
        provision.confidence < reading.confidence ||
        std::max(provision.from, AdoptedFrom(instrument)) > reading.day) {
      continue;
    }
    const ReferenceStanding standing = Weigh(acts->second, instrument, reading);
    if (!standing.participates()) continue;
    const bool only_signed = standing.status == PARTICIPATION_STATUS_SIGNATORY;
    const Strength strength = only_signed ? STRENGTH_VOLUNTARY : provision.strength;
    theme->second.push_back({.instrument = instrument,
                             .provision = provision.name,
                             .strength = strength,
                             .commitment_class = ClassOf(Cell(instruments_.at(instrument), "reach"),
                                                         GoodsOf(instrument, target), strength),
                             .in_force = standing.in_force});
  }
  return themes;
}

JoiningEffect ReferenceModel::EffectOf(const std::vector<ReferenceCommitment>& commitments,
                                       Strength target_strength,
                                       const ReferenceStanding& towards_target) const {
  if (towards_target.committed()) return JOINING_EFFECT_ALREADY_COMMITTED;
  if (commitments.empty()) return JOINING_EFFECT_NEW;
  if (BestOf(commitments) > COMMITMENT_CLASS_VOLUNTARY_SAME_GOODS) {
    return JOINING_EFFECT_REACHES_FURTHER;
  }
  Strength own = STRENGTH_UNSPECIFIED;
  for (const ReferenceCommitment& commitment : commitments) {
    if (commitment.commitment_class == BestOf(commitments)) {
      own = std::max(own, commitment.strength);
    }
  }
  if (own >= target_strength) return JOINING_EFFECT_ALREADY_COMMITTED;
  return target_strength == STRENGTH_BINDING ? JOINING_EFFECT_BECOMES_BINDING
                                             : JOINING_EFFECT_BECOMES_POLITICAL;
}

CommitmentClass BestOf(const std::vector<ReferenceCommitment>& commitments) {
  CommitmentClass best = COMMITMENT_CLASS_NEW;
  for (const ReferenceCommitment& commitment : commitments) {
    best = std::min(best, commitment.commitment_class);
  }
  return best;
}

std::vector<int> TotalsOf(const ReferenceThemes& themes) {
  std::vector<int> totals(COMMITMENT_CLASS_NEW);
  for (const auto& [theme, commitments] : themes) {
    ++totals.at(static_cast<size_t>(BestOf(commitments)) - 1);
  }
  return totals;
}

}  // namespace attlas::testing
