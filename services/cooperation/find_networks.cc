// FindNetworks: which networks of police, customs and the like connect places on a theme.
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/cooperation/agency_parts.h"
#include "services/cooperation/cooperation_queries.h"
#include "services/cooperation/networks.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"

namespace attlas::cooperation {
namespace {

using domain::EvidenceGatherer;
using domain::NameArgument;
using domain::NameKind;
using domain::SubgraphIndex;

constexpr int kMostPlaces = 20;
constexpr int kMostKinds = 6;
constexpr std::string_view kOfficeKinds[] = {"police", "customs", "coast-guard"};
constexpr char kNoteOnMembership[] =
    "That a state belongs to a network does not say how much its services use it.";

absl::Status CheckSizes(const v1::FindNetworksRequest& request) {
  if (request.states().empty() || request.states_size() > kMostPlaces) {
    return graph::InvalidField(
        "states", absl::StrCat("give 1 to ", kMostPlaces, " states; got ", request.states_size()));
  }
  if (request.organization_kinds_size() > kMostKinds) {
    return graph::InvalidField("organization_kinds",
                               absl::StrCat("give at most ", kMostKinds, " kinds; got ",
                                            request.organization_kinds_size()));
  }
  return absl::OkStatus();
}

// The places in the order of the request, then the theme.
absl::StatusOr<std::vector<NameArgument>> NamesOf(const v1::FindNetworksRequest& request) {
  std::vector<NameArgument> names;
  for (int i = 0; i < request.states_size(); ++i) {
    ATTLAS_RETURN_IF_ERROR(
        AddName(NameKind::kState, absl::StrCat("states[", i, "]"), request.states(i), &names)
            .status());
  }
  if (!request.theme().empty()) {
    ATTLAS_RETURN_IF_ERROR(AddName(NameKind::kTheme, "theme", request.theme(), &names).status());
  }
  return names;
}

absl::Status CheckEachOnce(const std::vector<std::string>& places) {
  std::set<std::string_view> seen;
  for (size_t i = 0; i < places.size(); ++i) {
    if (!seen.insert(places[i]).second) {
      return graph::InvalidField(absl::StrCat("states[", i, "]"),
                                 absl::StrCat("names ", places[i], " a second time"));
    }
  }
  return absl::OkStatus();
}

void AddNetworks(const SubgraphIndex& index, const std::vector<NetworkFacts>& networks,
                 const std::vector<std::string>& places, EvidenceGatherer* evidence,
                 v1::FindNetworksResponse* response) {
  const size_t least = places.size() == 1 ? 1 : 2;
  for (const NetworkFacts& network : networks) {
    if (network.members.empty()) {
      *response->add_networks_without_members() = domain::Named(index, network.name);
      continue;
    }
    const auto connected =
        std::count_if(places.begin(), places.end(),
                      [&](const std::string& place) { return network.members.contains(place); });
    if (static_cast<size_t>(connected) < least) continue;
    *response->add_networks() = NetworkFrom(index, network, places, evidence);
  }
  std::stable_sort(
      response->mutable_networks()->begin(), response->mutable_networks()->end(),
      [](const auto& a, const auto& b) { return a.connected_size() > b.connected_size(); });
}

void AddUnconnected(const SubgraphIndex& index, const std::vector<NetworkFacts>& networks,
                    const std::vector<std::string>& places, v1::FindNetworksResponse* response) {
  for (size_t i = 0; i < places.size(); ++i) {
    for (size_t j = i + 1; j < places.size(); ++j) {
      const bool connected =
          std::any_of(networks.begin(), networks.end(), [&](const NetworkFacts& network) {
            return network.members.contains(places[i]) && network.members.contains(places[j]);
          });
      if (connected) continue;
      v1::UnconnectedPair* pair = response->add_unconnected();
      *pair->mutable_first() = domain::Named(index, places[i]);
      *pair->mutable_second() = domain::Named(index, places[j]);
    }
  }
}

void AddOffices(const SubgraphIndex& index, const std::vector<std::string>& places,
                const domain::Reading& reading, EvidenceGatherer* evidence,
                v1::FindNetworksResponse* response) {
  for (const std::string& place : places) {
    v1::NetworkOffices* offices = response->add_offices();
    *offices->mutable_place() = domain::Named(index, place);
    for (const AgencyFacts& agency : AgenciesOf(index, place, reading)) {
      const bool wanted = std::find(std::begin(kOfficeKinds), std::end(kOfficeKinds),
                                    agency.kind()) != std::end(kOfficeKinds);
      if (wanted) *offices->add_agencies() = AgencyPartFrom(index, agency, evidence);
    }
  }
}

std::string Explain(const v1::FindNetworksResponse& response) {
  std::vector<std::string> names;
  for (const v1::Network& network : response.networks()) {
    names.push_back(network.organization().display_name());
  }
  const std::string theme =
      response.has_theme()
          ? absl::StrCat(" on ", domain::LowerFirst(response.theme().display_name()))
          : std::string();
  std::string text;
  if (response.places_size() == 1) {
    const std::string& place = response.places(0).display_name();
    text = names.empty() ? absl::StrCat(place, " belongs to no network", theme, ".")
                         : absl::StrCat(place, " belongs to ",
                                        domain::Count(static_cast<int>(names.size()), "network"),
                                        theme, ": ", domain::JoinList(names), ".");
  } else {
    text = names.empty() ? absl::StrCat("No network", theme, " connects any of them.")
                         : absl::StrCat(domain::Count(static_cast<int>(names.size()), "network"),
                                        names.size() == 1 ? " connects" : " connect", " them",
                                        theme, ": ", domain::JoinList(names), ".");
  }
  if (!response.unconnected().empty()) {
    absl::StrAppend(&text, " ", domain::Count(response.unconnected_size(), "pair"),
                    response.unconnected_size() == 1 ? " is" : " are", " connected by none.");
  }
  return text;
}

}  // namespace

absl::StatusOr<v1::FindNetworksResponse> CooperationQueries::FindNetworks(
    const services::CallContext& context, const v1::FindNetworksRequest& request) const {
  ATTLAS_RETURN_IF_ERROR(CheckSizes(request));
  ATTLAS_ASSIGN_OR_RETURN(const domain::Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(std::vector<NameArgument> names, NamesOf(request));
  const auto place_count = static_cast<size_t>(request.states_size());
  NetworkFilter filter{
      .kinds = {request.organization_kinds().begin(), request.organization_kinds().end()},
      .theme = {}};
  std::vector<std::string> places;
  ATTLAS_ASSIGN_OR_RETURN(
      const auto index, subgraphs_.Ask(context, scope, &names, [&](auto* question) {
        places = domain::ChosenNames(std::span(names).first(place_count));
        if (names.size() > place_count) filter.theme = names.back().name();
        *question->add_patterns() = domain::PatternFrom(domain::ChosenNames(names), {});
        *question->add_patterns() = domain::PatternFrom(places, {ToAgencies()});
        *question->add_patterns() =
            domain::PatternFrom(places, {ToAgencies(), domain::Forward(domain::kHoldsRole)});
        AddNetworkPatterns(filter, question);
      }));
  ATTLAS_RETURN_IF_ERROR(CheckEachOnce(places));
  for (int i = 0; i < request.organization_kinds_size(); ++i) {
    ATTLAS_RETURN_IF_ERROR(
        terms_.Check(context, index->response().revision(), {"organization_kind"},
                     absl::StrCat("organization_kinds[", i, "]"), request.organization_kinds(i)));
  }
  const std::vector<NetworkFacts> networks = NetworksOf(*index, filter, scope.reading);
  EvidenceGatherer evidence(*index, scope);
  v1::FindNetworksResponse response;
  if (!filter.theme.empty()) *response.mutable_theme() = domain::Named(*index, filter.theme);
  for (const std::string& place : places) *response.add_places() = domain::Named(*index, place);
  AddNetworks(*index, networks, places, &evidence, &response);
  AddUnconnected(*index, networks, places, &response);
  AddOffices(*index, places, scope.reading, &evidence, &response);
  response.set_sentence(Explain(response));
  evidence.NoteAllLeftOut();
  evidence.NoteSentence(kNoteOnMembership);
  evidence.WriteTo(&response);
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::cooperation
