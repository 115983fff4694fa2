#include "services/transfers/contexts.h"

#include <algorithm>

#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"

namespace attlas::transfers {
namespace {

using graph::Edge;
using graph::Node;

std::string_view KindOf(const Material& material, std::string_view context) {
  const Node* node = material.index.FindNode(context);
  return node == nullptr ? std::string_view() : graph::TextProperty(node->properties(), "kind");
}

// Whether a statement held on a day of the period of the edition.
bool HeldInPeriod(const Edge& edge, const Node& edition) {
  const auto from = domain::DateProperty(edition, "period_from");
  const auto to = domain::DateProperty(edition, "period_to");
  return (!to.has_value() || domain::StartDay(edge) < graph::FirstDay(*to)) &&
         (!from.has_value() || domain::EndDay(edge) > graph::FirstDay(*from));
}

}  // namespace

void FillContexts(const Material& material, const Node& edition, std::string_view place,
                  PlaceContexts* contexts) {
  const domain::Reading& reading = material.scope.reading;
  for (const Edge* edge : material.index.In(place, domain::kAffects)) {
    const bool on_date = reading.Holds(*edge);
    const bool in_period = HeldInPeriod(*edge, edition);
    if (domain::StartDay(*edge) > reading.day || !(on_date || in_period)) continue;
    material.evidence->NoteUnsure(*edge);
    if (!reading.Admits(*edge)) continue;
    v1::PlaceContext* context = contexts->Add();
    *context->mutable_context() = domain::Named(material.index, edge->from());
    context->set_kind(std::string(KindOf(material, edge->from())));
    if (const Node* node = material.index.FindNode(edge->from())) {
      context->set_period(std::string(graph::TextProperty(node->properties(), "period")));
    }
    context->set_on_date(on_date);
    context->set_in_period(in_period);
    for (const std::string& name : material.evidence->Use({edge})) context->set_evidence(name);
  }
  std::stable_sort(contexts->begin(), contexts->end(),
                   [](const v1::PlaceContext& a, const v1::PlaceContext& b) {
                     return a.on_date() && !b.on_date();
                   });
}

bool IsTouched(const Material& material, std::string_view place,
               const std::set<std::string, std::less<>>& kinds) {
  const auto affects = material.index.In(place, domain::kAffects);
  return std::any_of(affects.begin(), affects.end(), [&](const Edge* edge) {
    return material.scope.reading.Counts(*edge) && kinds.contains(KindOf(material, edge->from()));
  });
}

const std::set<std::string, std::less<>>& ConflictAndMeasures() {
  static const auto* const kinds =
      new std::set<std::string, std::less<>>{"armed-conflict", "arms-embargo", "sanctions-regime"};
  return *kinds;
}

std::set<std::string, std::less<>> HeldKinds(const domain::SubgraphIndex& index) {
  std::set<std::string, std::less<>> kinds;
  for (const Node* node : index.NodesOfType("security_context")) {
    kinds.emplace(graph::TextProperty(node->properties(), "kind"));
  }
  return kinds;
}

void NoteOnContexts(const Material& material) {
  if (material.index.OfType(domain::kAffects).empty()) return;
  material.evidence->NoteSentence(
      "A context names all that it touches, as a party, a neighbour or a monitor of measures: "
      "being "
      "named is no finding about a state. The list of contexts is not complete.");
}

}  // namespace attlas::transfers
