// What the node of an instrument and its provisions say, in the messages of answers.
//
// Thread-safety: functions only.
#ifndef ATTLAS_SERVICES_DOMAIN_INSTRUMENT_FACTS_H_
#define ATTLAS_SERVICES_DOMAIN_INSTRUMENT_FACTS_H_

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attlas/instruments/v1/answer.pb.h"
#include "attlas/instruments/v1/instrument.pb.h"
#include "attlas/instruments/v1/status.pb.h"
#include "services/domain/evidence.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::domain {

// The terms or texts of a repeated property; none where it is absent.
std::vector<std::string> TextsProperty(const graph::Node& node, std::string_view name);
// The date of a property, or none.
std::optional<graph::Date> DateProperty(const graph::Node& node, std::string_view name);
bool BooleanProperty(const graph::Node& node, std::string_view name);

// The name of an instrument in a sentence: `the ATT`, `UNSCR 1540`.
std::string WithArticle(const SubgraphIndex& index, std::string_view instrument);

// The name of a node beside the one that people read.
instruments::v1::NamedNode Named(const SubgraphIndex& index, std::string_view name);
void FillNamed(const SubgraphIndex& index, std::string_view name,
               instruments::v1::NamedNode* named);

// What is known of the participants of an instrument, for an answer about `as_of`.
instruments::v1::Coverage CoverageOf(const graph::Node& instrument, const Scope& scope);
// The day from which the instrument exists: that of its adoption, or always where that is not
// known.
graph::DayNumber AdoptedFrom(const graph::Node& instrument);
// Whether absence of a statement means that a state does not take part.
bool IsComplete(const graph::Node& instrument);
// Tells the reader which lists of participants are not complete, and up to when they speak where
// the answer is later.
void NoteCoverage(std::span<const graph::Node* const> instruments, const Scope& scope,
                  EvidenceGatherer* evidence);

// The whole of an instrument's node.
instruments::v1::Instrument InstrumentFrom(const graph::Node& node, const Scope& scope);
instruments::v1::Reach ReachOf(const graph::Node& instrument);
// The rules by which instruments address all members of a body, as one pattern, and the instruments
// of those that the index holds.
graph::v1::Pattern AddressingRules();
std::set<std::string_view> AddressingInstruments(const SubgraphIndex& index);
// The bodies whose members they address.
std::set<std::string_view> AddressedBodies(const SubgraphIndex& index);

struct LinkFacts;

// Where in its instrument a provision stands, such as `Art. 5(2)`; its name where that is not
// known. Views the index, or `provision`.
std::string_view ProvisionReference(const SubgraphIndex& index, std::string_view provision);

// What one provision says on one theme, and the two statements that say so.
struct ProvisionLink {
  const graph::Edge* has = nullptr;     // Instrument has provision.
  const graph::Edge* serves = nullptr;  // Provision serves theme.
  // Of the text of the provision, as `serves` has it.
  instruments::v1::Strength text_strength = instruments::v1::STRENGTH_UNSPECIFIED;
  // What a Law (law.h) has ready of it; null for a link that was not taken from one.
  const LinkFacts* facts = nullptr;

  std::string_view instrument() const { return has->from(); }
  std::string_view provision() const { return serves->from(); }
  std::string_view theme() const { return serves->to(); }
  instruments::v1::Strength strength() const { return text_strength; }
};

// The strength that a term of the taxonomy `strength` names.
instruments::v1::Strength StrengthFrom(std::string_view strength);

// The link of two statements, and which of two links is stronger.
ProvisionLink LinkFrom(const graph::Edge* has, const graph::Edge* serves);
inline bool IsStronger(const ProvisionLink& a, const ProvisionLink& b) {
  return a.strength() > b.strength();
}

// The links of an instrument that count, strongest first, then by provision; none before its
// adoption. O(links).
std::vector<ProvisionLink> LinksOf(const SubgraphIndex& index, std::string_view instrument,
                                   const Reading& reading);

// Tells the reader why there are no links: the instrument was adopted later, or nothing is known.
void NoteNoProvisions(const SubgraphIndex& index, const graph::Node& instrument, const Scope& scope,
                      EvidenceGatherer* evidence);

// A link in the form of an answer.
instruments::v1::ProvisionTheme ProvisionThemeFrom(const SubgraphIndex& index,
                                                   const ProvisionLink& link,
                                                   EvidenceGatherer* evidence);
void FillProvisionTheme(const SubgraphIndex& index, const ProvisionLink& link,
                        EvidenceGatherer* evidence, instruments::v1::ProvisionTheme* theme);

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_INSTRUMENT_FACTS_H_
