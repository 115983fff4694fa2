#include "services/cooperation/agency_roles.h"

#include <algorithm>
#include <utility>

#include "services/domain/instrument_facts.h"

namespace attlas::cooperation {

using domain::Forward;
using domain::Reading;
using domain::SubgraphIndex;
using graph::Edge;
using graph::v1::Hop;

namespace {

// The pattern that goes on from the agencies.
void AddPattern(const std::string& start, std::vector<Hop> hops, std::vector<Hop> further,
                graph::v1::MatchPathsRequest* request) {
  for (Hop& hop : further) hops.push_back(std::move(hop));
  *request->add_patterns() = domain::PatternFrom(start, std::move(hops));
}

}  // namespace

void AddAgencyPatterns(const std::string& start, const std::vector<Hop>& to_agencies,
                       graph::v1::MatchPathsRequest* request) {
  AddPattern(start, to_agencies, {}, request);
  AddPattern(start, to_agencies, {Forward(domain::kHoldsRole)}, request);
  AddPattern(start, to_agencies, {Forward(domain::kHoldsRole), Forward(domain::kRoleUnder)},
             request);
}

void AddThemePattern(const std::string& start, const std::vector<Hop>& to_agencies,
                     graph::v1::MatchPathsRequest* request) {
  AddPattern(start, to_agencies, {Forward(domain::kHoldsRole), Forward(domain::kRoleServes)},
             request);
}

void AddEngagementPattern(const std::string& start, const std::vector<Hop>& to_agencies,
                          graph::v1::MatchPathsRequest* request) {
  AddPattern(start, to_agencies, {Forward(kTakingPart)}, request);
}

void AddStatedPattern(const std::string& start, const std::vector<Hop>& to_agencies,
                      graph::v1::MatchPathsRequest* request) {
  constexpr std::string_view kStated[] = {kAdvises, kCoordinatesWith};
  AddPattern(start, to_agencies, {Forward(kStated)}, request);
}

StateAgencies::StateAgencies(const SubgraphIndex& index, std::string_view state,
                             const Reading& reading, std::span<const domain::NameArgument> named) {
  for (const Edge* agency_of : index.In(state, domain::kAgencyOf)) {
    const bool is_named = std::any_of(named.begin(), named.end(), [&](const auto& name) {
      return name.name() == agency_of->from();
    });
    if (!is_named && !reading.Counts(*agency_of)) continue;
    Agency& agency = agencies_.emplace_back();
    agency.name = agency_of->from();
    agency.agency_of = agency_of;
    for (const Edge* holds : index.Out(agency.name, domain::kHoldsRole)) {
      if (!reading.Counts(*holds)) continue;
      agency.roles.push_back({.agency_of = agency_of, .holds = holds});
      holders_[holds->to()].push_back(agency.roles.back());
    }
  }
}

const std::vector<HeldRole>& StateAgencies::HoldersOf(std::string_view role) const {
  static const auto* const kNone = new std::vector<HeldRole>();
  const auto found = holders_.find(role);
  return found == holders_.end() ? *kNone : found->second;
}

std::vector<const Edge*> UnderInstruments(const SubgraphIndex& index, std::string_view role,
                                          const Reading& reading) {
  std::vector<const Edge*> under;
  for (const Edge* edge : index.Out(role, domain::kRoleUnder)) {
    if (reading.Counts(*edge)) under.push_back(edge);
  }
  return under;
}

std::string_view PartOf(const SubgraphIndex& index, std::string_view role) {
  const graph::Node* node = index.FindNode(role);
  return node == nullptr ? std::string_view() : graph::TextProperty(node->properties(), "part");
}

void AddRole(const SubgraphIndex& index, std::string_view role,
             google::protobuf::RepeatedPtrField<instruments::v1::NamedNode>* roles) {
  if (!roles->empty() && roles->rbegin()->name() == role) return;
  *roles->Add() = domain::Named(index, role);
}

std::string KindOf(const SubgraphIndex& index, std::string_view agency) {
  const graph::Node* node = index.FindNode(agency);
  return node == nullptr ? "" : std::string(graph::TextProperty(node->properties(), "kind"));
}

v1::RoleHolder HolderFrom(const SubgraphIndex& index, const HeldRole& held,
                          domain::EvidenceGatherer* evidence) {
  v1::RoleHolder holder;
  *holder.mutable_agency() = domain::Named(index, held.agency());
  holder.set_kind(KindOf(index, held.agency()));
  holder.set_subject(std::string(graph::TextProperty(held.holds->properties(), "subject")));
  if (held.holds->has_valid_from()) *holder.mutable_since() = held.holds->valid_from();
  if (held.holds->has_valid_to()) *holder.mutable_until() = held.holds->valid_to();
  const std::vector<const Edge*> path = {held.agency_of, held.holds};
  holder.set_confidence(domain::LowestConfidence(path));
  *holder.mutable_evidence() = evidence->Use(path);
  return holder;
}

}  // namespace attlas::cooperation
