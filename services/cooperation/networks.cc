#include "services/cooperation/networks.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/cooperation/assistance.h"
#include "services/domain/happenings.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/domain/patterns.h"
#include "services/domain/wording.h"

namespace attlas::cooperation {
namespace {

using domain::Backward;
using domain::EvidenceGatherer;
using domain::Forward;
using domain::PatternFrom;
using domain::PatternFromType;
using domain::Reading;
using domain::SubgraphIndex;
using graph::Edge;

constexpr std::string_view kAdopted = "ADOPTED";

// From the organizations of a kind.
graph::v1::Pattern FromKind(std::string_view kind, std::vector<graph::v1::Hop> hops) {
  graph::v1::Pattern pattern = PatternFromType("organization", std::move(hops));
  graph::v1::PropertyPredicate* predicate = pattern.mutable_start()->add_predicates();
  predicate->set_property("kind");
  predicate->set_comparison(graph::v1::COMPARISON_EQUAL);
  predicate->mutable_value()->set_text(std::string(kind));
  return pattern;
}

template <typename List>
bool Holds(const List& list, std::string_view item) {
  return std::find(std::begin(list), std::end(list), item) != std::end(list);
}

bool IsNetwork(const SubgraphIndex& index, const NetworkFilter& filter, const graph::Node& node,
               const Reading& reading) {
  const std::string_view kind = graph::TextProperty(node.properties(), "kind");
  if (!filter.kinds.empty()) return Holds(filter.kinds, kind);
  if (Holds(kNetworkKinds, kind)) return true;
  if (kind == "fund") return false;
  const auto tasks = index.Out(node.name(), domain::kWorksOn);
  return std::any_of(tasks.begin(), tasks.end(), [&](const Edge* edge) {
    return reading.Counts(*edge) && Holds(kNetworkTasks, edge->to());
  });
}

void AddStandingTies(const SubgraphIndex& index, const NetworkFilter& filter,
                     const Reading& reading, NetworkFacts* network) {
  for (const Edge* edge : index.Out(network->name, domain::kWorksOn)) {
    if (!reading.Counts(*edge)) continue;
    if (!filter.theme.empty() && edge->to() != filter.theme) continue;
    network->ties.push_back({.tie = v1::THEME_TIE_STANDING_TASK,
                             .theme = edge->to(),
                             .through = {},
                             .evidence = {edge}});
  }
}

// By what it adopted and what it organized: only with a theme.
void AddOtherTies(const SubgraphIndex& index, const NetworkFilter& filter, const Reading& reading,
                  NetworkFacts* network) {
  if (filter.theme.empty()) return;
  for (const Edge* adopted : index.Out(network->name, kAdopted)) {
    if (!domain::HappenedBy(*adopted, reading)) continue;
    for (const domain::ProvisionLink& link : domain::LinksOf(index, adopted->to(), reading)) {
      if (link.theme() != filter.theme) continue;
      network->ties.push_back({.tie = v1::THEME_TIE_ADOPTED_INSTRUMENT,
                               .theme = link.theme(),
                               .through = adopted->to(),
                               .evidence = {adopted, link.has, link.serves}});
      break;  // One provision is enough: the strongest comes first.
    }
  }
  for (const Edge* organized : index.Out(network->name, domain::kOrganized)) {
    if (!domain::HappenedBy(*organized, reading)) continue;
    if (!domain::EventBeganBy(index, organized->to(), reading)) continue;
    for (const Edge* about : index.Out(organized->to(), domain::kAbout)) {
      if (about->to() != filter.theme || !reading.Admits(*about)) continue;
      network->ties.push_back({.tie = v1::THEME_TIE_ENGAGEMENT,
                               .theme = about->to(),
                               .through = organized->to(),
                               .evidence = {organized, about}});
    }
  }
}

v1::NetworkMember MemberFrom(const SubgraphIndex& index, std::string_view place,
                             const std::vector<const Edge*>& parts, EvidenceGatherer* evidence) {
  v1::NetworkMember member;
  *member.mutable_place() = domain::Named(index, place);
  for (const Edge* part : parts) {
    member.add_parts(std::string(PartOf(*part)));
    if (domain::IsMembership(*part)) member.set_member(true);
  }
  *member.mutable_evidence() = evidence->Use(parts);
  return member;
}

std::string Explain(const v1::Network& network) {
  std::vector<std::string> connected;
  for (const v1::NetworkMember& member : network.connected()) {
    connected.push_back(
        member.member() ? member.place().display_name()
                        : absl::StrCat(member.place().display_name(), " (", member.parts(0), ")"));
  }
  std::vector<std::string> themes;
  for (const v1::NetworkTheme& theme : network.themes()) {
    const std::string name = domain::LowerFirst(theme.theme().display_name());
    if (!Holds(themes, name)) themes.push_back(name);
  }
  std::string text = absl::StrCat(
      network.organization().display_name(), " connects ", domain::JoinList(connected),
      network.others() == 0 ? "" : " with ",
      network.others() == 0 ? std::string() : domain::Count(network.others(), "other"));
  if (!themes.empty()) absl::StrAppend(&text, " on ", domain::JoinList(themes));
  return text + ".";
}

}  // namespace

void AddNetworkPatterns(const NetworkFilter& filter, graph::v1::MatchPathsRequest* request) {
  *request->add_patterns() = PatternFromType("organization", {Forward(domain::kWorksOn)});
  if (filter.kinds.empty()) {
    for (std::string_view kind : kNetworkKinds) {
      *request->add_patterns() = FromKind(kind, {Backward(domain::kMemberOf)});
      *request->add_patterns() = FromKind(kind, {});
    }
    std::vector<std::string> tasks(std::begin(kNetworkTasks), std::end(kNetworkTasks));
    *request->add_patterns() =
        PatternFrom(tasks, {Backward(domain::kWorksOn), Backward(domain::kMemberOf)});
  }
  for (const std::string& kind : filter.kinds) {
    *request->add_patterns() = FromKind(kind, {Backward(domain::kMemberOf)});
  }
  if (!filter.kinds.empty()) *request->add_patterns() = PatternFromType("organization", {});
  if (filter.theme.empty()) return;
  *request->add_patterns() =
      PatternFrom(filter.theme,
                  {Backward(domain::kServes), Backward(domain::kHasProvision), Backward(kAdopted)});
  *request->add_patterns() =
      PatternFrom(filter.theme, {Backward(domain::kAbout), Backward(domain::kOrganized)});
}

std::vector<NetworkFacts> NetworksOf(const SubgraphIndex& index, const NetworkFilter& filter,
                                     const Reading& reading) {
  std::vector<NetworkFacts> networks;
  for (const graph::Node* node : index.NodesOfType("organization")) {
    if (!IsNetwork(index, filter, *node, reading)) continue;
    NetworkFacts network{.name = node->name(), .ties = {}, .members = {}};
    AddStandingTies(index, filter, reading, &network);
    AddOtherTies(index, filter, reading, &network);
    if (!filter.theme.empty() && network.ties.empty()) continue;
    for (const Edge* edge : index.In(node->name(), domain::kMemberOf)) {
      if (reading.Counts(*edge)) network.members[edge->from()].push_back(edge);
    }
    networks.push_back(std::move(network));
  }
  return networks;
}

v1::Network NetworkFrom(const SubgraphIndex& index, const NetworkFacts& network,
                        std::span<const std::string> places, EvidenceGatherer* evidence) {
  v1::Network result;
  *result.mutable_organization() = domain::Named(index, network.name);
  result.set_kind(std::string(OrganizationKind(index, network.name)));
  for (const std::string& place : places) {
    const auto member = network.members.find(place);
    if (member == network.members.end()) {
      *result.add_missing() = domain::Named(index, place);
    } else {
      *result.add_connected() = MemberFrom(index, place, member->second, evidence);
    }
  }
  result.set_others(static_cast<int32_t>(network.members.size()) - result.connected_size());
  if (places.size() == 1) {
    for (const auto& [place, parts] : network.members) {
      if (place == places[0]) continue;
      *result.add_partners() = MemberFrom(index, place, parts, evidence);
    }
  }
  for (const Tie& tie : network.ties) {
    v1::NetworkTheme* theme = result.add_themes();
    *theme->mutable_theme() = domain::Named(index, tie.theme);
    theme->set_tie(tie.tie);
    if (!tie.through.empty()) *theme->mutable_through() = domain::Named(index, tie.through);
    *theme->mutable_evidence() = evidence->Use(tie.evidence);
  }
  result.set_sentence(Explain(result));
  return result;
}

}  // namespace attlas::cooperation
