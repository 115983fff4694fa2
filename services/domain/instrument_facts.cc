#include "services/domain/instrument_facts.h"

#include <algorithm>
#include <map>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/domain/patterns.h"
#include "services/domain/wording.h"

namespace attlas::domain {
namespace {

using graph::Date;
using graph::Edge;
using graph::Node;
using instruments::v1::Coverage;
using instruments::v1::Instrument;
using instruments::v1::NamedNode;
using instruments::v1::Strength;

instruments::v1::CoverageLevel LevelOf(const Node& instrument) {
  const std::string_view level = graph::TextProperty(instrument.properties(), "coverage");
  if (level == "complete") return instruments::v1::COVERAGE_LEVEL_COMPLETE;
  if (level == "partial") return instruments::v1::COVERAGE_LEVEL_PARTIAL;
  return instruments::v1::COVERAGE_LEVEL_NONE;
}

// The values of one property of the rules by which instruments address all members of a body.
std::set<std::string_view> OfAddressingRules(const SubgraphIndex& index,
                                             std::string_view property) {
  std::set<std::string_view> values;
  for (const Node* rule : index.NodesOfType("rule")) {
    if (graph::TextProperty(rule->properties(), "derives") == kAddressedBy) {
      values.insert(graph::TextProperty(rule->properties(), property));
    }
  }
  return values;
}

}  // namespace

std::vector<std::string> TextsProperty(const Node& node, std::string_view name) {
  const graph::Value* value = graph::FindProperty(node.properties(), name);
  if (value == nullptr) return {};
  if (value->kind_case() == graph::Value::kText) return {value->text()};
  return {value->texts().values().begin(), value->texts().values().end()};
}

std::optional<Date> DateProperty(const Node& node, std::string_view name) {
  const graph::Value* value = graph::FindProperty(node.properties(), name);
  if (value == nullptr || !value->has_date()) return std::nullopt;
  return value->date();
}

bool BooleanProperty(const Node& node, std::string_view name) {
  const graph::Value* value = graph::FindProperty(node.properties(), name);
  return value != nullptr && value->boolean();
}

std::string WithArticle(const SubgraphIndex& index, std::string_view instrument) {
  const Node* node = index.FindNode(instrument);
  const bool numbered =
      node != nullptr && graph::TextProperty(node->properties(), "kind") == "unsc-resolution";
  return absl::StrCat(numbered ? "" : "the ", std::string(index.DisplayName(instrument)));
}

NamedNode Named(const SubgraphIndex& index, std::string_view name) {
  NamedNode named;
  FillNamed(index, name, &named);
  return named;
}

void FillNamed(const SubgraphIndex& index, std::string_view name, NamedNode* named) {
  const std::string_view display_name = index.DisplayName(name);
  named->set_name(name.data(), name.size());
  named->set_display_name(display_name.data(), display_name.size());
}

bool IsComplete(const Node& instrument) {
  return LevelOf(instrument) == instruments::v1::COVERAGE_LEVEL_COMPLETE;
}

graph::DayNumber AdoptedFrom(const Node& instrument) {
  const std::optional<Date> adopted = DateProperty(instrument, "adopted");
  return adopted.has_value() ? graph::FirstDay(*adopted) : graph::kBeginningOfTime;
}

Coverage CoverageOf(const Node& instrument, const Scope& scope) {
  Coverage coverage;
  coverage.set_level(LevelOf(instrument));
  coverage.set_note(std::string(graph::TextProperty(instrument.properties(), "coverage_note")));
  if (const std::optional<Date> known = DateProperty(instrument, "coverage_as_of")) {
    *coverage.mutable_as_of() = *known;
    coverage.set_answer_is_later(scope.reading.day > graph::FirstDay(*known));
  }
  return coverage;
}

void NoteCoverage(std::span<const Node* const> instruments, const Scope& scope,
                  EvidenceGatherer* evidence) {
  std::map<std::string, std::vector<std::string>> known_up_to;
  std::vector<std::string> partial;
  std::vector<std::string> unlisted;
  for (const Node* instrument : instruments) {
    const Coverage coverage = CoverageOf(*instrument, scope);
    if (coverage.answer_is_later()) {
      known_up_to[graph::FormatDate(coverage.as_of())].push_back(instrument->display_name());
    }
    if (coverage.level() == instruments::v1::COVERAGE_LEVEL_PARTIAL) {
      partial.push_back(instrument->display_name());
    } else if (coverage.level() != instruments::v1::COVERAGE_LEVEL_COMPLETE) {
      unlisted.push_back(instrument->display_name());
    }
  }
  std::vector<std::string> limits;
  limits.reserve(known_up_to.size() + 1);
  for (const auto& [date, names] : known_up_to) {
    limits.push_back(absl::StrCat("up to ", date, " for ", JoinList(names)));
  }
  if (!limits.empty()) {
    evidence->NoteSentence(absl::StrCat("This answer is about ", graph::FormatDate(scope.as_of),
                                        "; who takes part is known only ",
                                        absl::StrJoin(limits, "; "), "."));
  }
  if (!partial.empty()) {
    evidence->NoteSentence(absl::StrCat(
        "The list of those who take part is not complete, so that a state that is not on it may "
        "take part and counts are lower limits, for: ",
        JoinList(partial), "."));
  }
  if (!unlisted.empty()) {
    evidence->NoteSentence(
        absl::StrCat("There is no list of those who take part for: ", JoinList(unlisted), "."));
  }
}

instruments::v1::Reach ReachOf(const Node& instrument) {
  return graph::TextProperty(instrument.properties(), "reach") == "one-state"
             ? instruments::v1::REACH_ONE_STATE
             : instruments::v1::REACH_ALL_TRANSFERS;
}

graph::v1::Pattern AddressingRules() {
  graph::v1::Pattern pattern = PatternFromType("rule", {});
  graph::v1::PropertyPredicate* predicate = pattern.mutable_start()->add_predicates();
  predicate->set_property("derives");
  predicate->set_comparison(graph::v1::COMPARISON_EQUAL);
  predicate->mutable_value()->set_text(std::string(kAddressedBy));
  return pattern;
}

std::set<std::string_view> AddressingInstruments(const SubgraphIndex& index) {
  return OfAddressingRules(index, "instrument");
}

std::set<std::string_view> AddressedBodies(const SubgraphIndex& index) {
  return OfAddressingRules(index, "organization");
}

Instrument InstrumentFrom(const Node& node, const Scope& scope) {
  Instrument instrument;
  instrument.set_name(node.name());
  instrument.set_display_name(node.display_name());
  instrument.set_title(std::string(graph::TextProperty(node.properties(), "full_title")));
  instrument.set_kind(std::string(graph::TextProperty(node.properties(), "kind")));
  if (const auto adopted = DateProperty(node, "adopted")) *instrument.mutable_adopted() = *adopted;
  if (const auto in_force = DateProperty(node, "entry_into_force")) {
    *instrument.mutable_entry_into_force() = *in_force;
  }
  for (std::string& good : TextsProperty(node, "goods_scope")) {
    instrument.add_goods_scope(std::move(good));
  }
  for (std::string& subject : TextsProperty(node, "subjects")) {
    instrument.add_subjects(std::move(subject));
  }
  instrument.set_reach(ReachOf(node));
  *instrument.mutable_coverage() = CoverageOf(node, scope);
  return instrument;
}

Strength StrengthFrom(std::string_view strength) {
  if (strength == "binding") return instruments::v1::STRENGTH_BINDING;
  if (strength == "political") return instruments::v1::STRENGTH_POLITICAL;
  return instruments::v1::STRENGTH_VOLUNTARY;
}

std::string_view ProvisionReference(const SubgraphIndex& index, std::string_view provision) {
  const Node* node = index.FindNode(provision);
  if (node == nullptr) return provision;
  const std::string_view reference = graph::TextProperty(node->properties(), "ref");
  return reference.empty() ? index.DisplayName(provision) : reference;
}

ProvisionLink LinkFrom(const Edge* has, const Edge* serves) {
  const std::string_view strength = graph::TextProperty(serves->properties(), "strength");
  return {.has = has, .serves = serves, .text_strength = StrengthFrom(strength)};
}

std::vector<ProvisionLink> LinksOf(const SubgraphIndex& index, std::string_view instrument,
                                   const Reading& reading) {
  std::vector<ProvisionLink> links;
  const Node* node = index.FindNode(instrument);
  if (node != nullptr && AdoptedFrom(*node) > reading.day) return links;
  for (const Edge* has : index.Out(instrument, kHasProvision)) {
    if (!reading.Counts(*has)) continue;
    for (const Edge* serves : index.Out(has->to(), kServes)) {
      if (!reading.Counts(*serves)) continue;
      links.push_back(LinkFrom(has, serves));
    }
  }
  std::stable_sort(links.begin(), links.end(), IsStronger);
  return links;
}

void NoteNoProvisions(const SubgraphIndex& index, const Node& instrument, const Scope& scope,
                      EvidenceGatherer* evidence) {
  const std::string phrase = WithArticle(index, instrument.name());
  if (AdoptedFrom(instrument) <= scope.reading.day) {
    evidence->NoteSentence(absl::StrCat("Nothing is known of the provisions of ", phrase, "."));
    return;
  }
  evidence->NoteSentence(absl::StrCat("This answer is about ", graph::FormatDate(scope.as_of),
                                      ", before ", phrase, " was adopted on ",
                                      graph::FormatDate(*DateProperty(instrument, "adopted")),
                                      ": it had no provisions yet."));
}

instruments::v1::ProvisionTheme ProvisionThemeFrom(const SubgraphIndex& index,
                                                   const ProvisionLink& link,
                                                   EvidenceGatherer* evidence) {
  instruments::v1::ProvisionTheme result;
  FillProvisionTheme(index, link, evidence, &result);
  return result;
}

void FillProvisionTheme(const SubgraphIndex& index, const ProvisionLink& link,
                        EvidenceGatherer* evidence, instruments::v1::ProvisionTheme* theme) {
  FillNamed(index, link.provision(), theme->mutable_provision());
  FillNamed(index, link.theme(), theme->mutable_theme());
  theme->set_strength(link.strength());
  theme->set_paraphrase(std::string(graph::TextProperty(link.serves->properties(), "paraphrase")));
  const Edge* const edges[] = {link.has, link.serves};
  evidence->Use(edges, theme->mutable_evidence());
}

}  // namespace attlas::domain
