#include "services/cooperation/agency_parts.h"

#include <algorithm>
#include <string>

#include "services/domain/happenings.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"

namespace attlas::cooperation {
namespace {

using domain::Reading;
using domain::SubgraphIndex;
using graph::Edge;

AgencyFacts FactsOf(const SubgraphIndex& index, const graph::Node& node, const Edge& agency_of,
                    const Reading& reading) {
  AgencyFacts agency{.node = &node,
                     .agency_of = &agency_of,
                     .left_out = !reading.Admits(agency_of),
                     .roles = {},
                     .engagements = {}};
  for (const Edge* edge : index.Out(node.name(), domain::kHoldsRole)) {
    if (reading.Counts(*edge)) agency.roles.push_back(edge);
  }
  for (std::string_view type : {domain::kAttended, domain::kOrganized}) {
    for (const Edge* edge : index.Out(node.name(), type)) {
      if (!domain::HappenedBy(*edge, reading)) continue;
      if (!domain::EventBeganBy(index, edge->to(), reading)) continue;
      agency.engagements.push_back(edge);
    }
  }
  return agency;
}

// The nodes at the far ends, each once.
void AddEnds(const SubgraphIndex& index, const std::vector<const Edge*>& edges,
             google::protobuf::RepeatedPtrField<instruments::v1::NamedNode>* ends) {
  for (const Edge* edge : edges) {
    const bool listed = std::any_of(ends->begin(), ends->end(),
                                    [&](const auto& end) { return end.name() == edge->to(); });
    if (!listed) *ends->Add() = domain::Named(index, edge->to());
  }
}

}  // namespace

std::string_view AgencyFacts::kind() const {
  return graph::TextProperty(node->properties(), "kind");
}

graph::v1::Hop ToAgencies() { return domain::Backward(domain::kAgencyOf); }

graph::v1::Hop ToAgencies(std::string_view kind) {
  graph::v1::Hop hop = ToAgencies();
  hop.mutable_to()->add_types("agency");
  graph::v1::PropertyPredicate* predicate = hop.mutable_to()->add_predicates();
  predicate->set_property("kind");
  predicate->set_comparison(graph::v1::COMPARISON_EQUAL);
  predicate->mutable_value()->set_text(std::string(kind));
  return hop;
}

std::vector<AgencyFacts> AgenciesOf(const SubgraphIndex& index, std::string_view place,
                                    const Reading& reading) {
  std::vector<AgencyFacts> agencies;
  for (const Edge* edge : index.In(place, domain::kAgencyOf)) {
    const graph::Node* node = index.FindNode(edge->from());
    if (node != nullptr && reading.Holds(*edge)) {
      agencies.push_back(FactsOf(index, *node, *edge, reading));
    }
  }
  std::stable_partition(agencies.begin(), agencies.end(),
                        [](const AgencyFacts& agency) { return !agency.left_out; });
  return agencies;
}

v1::AgencyPart AgencyPartFrom(const SubgraphIndex& index, const AgencyFacts& agency,
                              domain::EvidenceGatherer* evidence) {
  v1::AgencyPart part;
  *part.mutable_agency() = domain::Named(index, agency.node->name());
  part.set_kind(std::string(agency.kind()));
  part.set_presence(agency.is_linked() ? v1::AGENCY_PRESENCE_LINKED : v1::AGENCY_PRESENCE_ABSENT);
  AddEnds(index, agency.roles, part.mutable_roles());
  AddEnds(index, agency.engagements, part.mutable_engagements());
  part.set_confidence(graph::BestConfidence(agency.agency_of->citations()));
  part.set_left_out(agency.left_out);
  std::vector<const Edge*> rests_on;
  if (!agency.left_out) rests_on.push_back(agency.agency_of);
  rests_on.insert(rests_on.end(), agency.roles.begin(), agency.roles.end());
  rests_on.insert(rests_on.end(), agency.engagements.begin(), agency.engagements.end());
  *part.mutable_evidence() = evidence->Use(rests_on);
  return part;
}

}  // namespace attlas::cooperation
