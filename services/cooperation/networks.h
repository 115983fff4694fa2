// Networks of police, customs and the like: whom they connect, and what ties them to a theme.
//
// Complexity: linear in the members of the networks and the provisions on the theme.
// Thread-safety: functions and plain values, which view the index they were made from.
#ifndef ATTLAS_SERVICES_COOPERATION_NETWORKS_H_
#define ATTLAS_SERVICES_COOPERATION_NETWORKS_H_

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attlas/cooperation/v1/network.pb.h"
#include "services/domain/evidence.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::cooperation {

// Which organizations are networks, and for which theme.
struct NetworkFilter {
  std::vector<std::string> kinds;  // None for those by default.
  std::string theme;               // Empty for any.
};

// The kinds that count by default, and the standing tasks that make others count.
inline constexpr std::string_view kNetworkKinds[] = {"law-enforcement-network", "regional-police"};
inline constexpr std::string_view kNetworkTasks[] = {
    "themes/law-enforcement-cooperation", "themes/border-control", "themes/maritime-security"};

// One tie of a network to a theme.
struct Tie {
  v1::ThemeTie tie = v1::THEME_TIE_UNSPECIFIED;
  std::string_view theme;
  std::string_view through;  // Empty for a standing task.
  std::vector<const graph::Edge*> evidence;
};

struct NetworkFacts {
  std::string_view name;
  std::vector<Tie> ties;
  // By place: the statements MEMBER_OF that count.
  std::map<std::string_view, std::vector<const graph::Edge*>> members;
};

// The patterns that read the networks, their members and their ties.
void AddNetworkPatterns(const NetworkFilter& filter, graph::v1::MatchPathsRequest* request);

// The networks that the filter admits, by name; with a theme, those with a tie to it.
std::vector<NetworkFacts> NetworksOf(const domain::SubgraphIndex& index,
                                     const NetworkFilter& filter, const domain::Reading& reading);

// A network in the form of an answer about `places`.
v1::Network NetworkFrom(const domain::SubgraphIndex& index, const NetworkFacts& network,
                        std::span<const std::string> places, domain::EvidenceGatherer* evidence);

}  // namespace attlas::cooperation

#endif  // ATTLAS_SERVICES_COOPERATION_NETWORKS_H_
