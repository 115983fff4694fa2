// Short spellings of the patterns that domain questions are made of.
//
// Thread-safety: functions only.
//
// Example:
//   *request.add_patterns() = PatternFrom(state, {Forward(kActTypes), Forward({"HAS_PROVISION"})});
#ifndef ATTLAS_SERVICES_DOMAIN_PATTERNS_H_
#define ATTLAS_SERVICES_DOMAIN_PATTERNS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attlas/graph/v1/subgraph.pb.h"

namespace attlas::domain {

// The edge types of the data model that the questions read.
inline constexpr std::string_view kSigned = "SIGNED";
inline constexpr std::string_view kConsentedTo = "CONSENTED_TO";
inline constexpr std::string_view kInForceFor = "IN_FORCE_FOR";
inline constexpr std::string_view kEndorsed = "ENDORSED";
inline constexpr std::string_view kAddressedBy = "ADDRESSED_BY";
inline constexpr std::string_view kCommittedThrough = "COMMITTED_THROUGH";
inline constexpr std::string_view kHasProvision = "HAS_PROVISION";
inline constexpr std::string_view kServes = "SERVES";
inline constexpr std::string_view kAgencyOf = "AGENCY_OF";
inline constexpr std::string_view kHoldsRole = "HOLDS_ROLE";
inline constexpr std::string_view kRoleUnder = "ROLE_UNDER";
inline constexpr std::string_view kRoleServes = "ROLE_SERVES";
inline constexpr std::string_view kMemberOf = "MEMBER_OF";
inline constexpr std::string_view kMemberOfGrouping = "MEMBER_OF_GROUPING";
inline constexpr std::string_view kVoiced = "VOICED";
inline constexpr std::string_view kConcerns = "CONCERNS";
inline constexpr std::string_view kOrganized = "ORGANIZED";
inline constexpr std::string_view kAttended = "ATTENDED";
inline constexpr std::string_view kAsksForReport = "ASKS_FOR_REPORT";
inline constexpr std::string_view kStatedIn = "STATED_IN";
inline constexpr std::string_view kReported = "REPORTED";
inline constexpr std::string_view kWorksOn = "WORKS_ON";
inline constexpr std::string_view kAssistsUnder = "ASSISTS_UNDER";
inline constexpr std::string_view kAbout = "ABOUT";
inline constexpr std::string_view kFigureAbout = "FIGURE_ABOUT";
inline constexpr std::string_view kCountedOver = "COUNTED_OVER";
inline constexpr std::string_view kRankedIn = "RANKED_IN";
inline constexpr std::string_view kSupplies = "SUPPLIES";
inline constexpr std::string_view kAffects = "AFFECTS";

// Everything by which a state takes part in an instrument, or is reached by it.
inline constexpr std::string_view kActTypes[] = {kSigned,   kConsentedTo, kInForceFor,
                                                 kEndorsed, kAddressedBy, kCommittedThrough};
// The same without being merely addressed.
inline constexpr std::string_view kOwnActTypes[] = {kSigned, kConsentedTo, kInForceFor, kEndorsed,
                                                    kCommittedThrough};
// Those of them that say what a state takes part in, when counted by deposit.
inline constexpr std::string_view kProfileTypes[] = {kSigned, kConsentedTo, kEndorsed,
                                                     kCommittedThrough};
// Acts that make a party, an endorser or a member committed by its organization.
inline constexpr std::string_view kJoiningTypes[] = {kConsentedTo, kInForceFor, kEndorsed,
                                                     kCommittedThrough};

// A hop along these edge types, in their direction or against it.
graph::v1::Hop Forward(std::span<const std::string_view> edge_types);
graph::v1::Hop Backward(std::span<const std::string_view> edge_types);
// Either way; along any edge where no type is given.
graph::v1::Hop Either(std::span<const std::string_view> edge_types);
graph::v1::Hop Forward(std::string_view edge_type);
graph::v1::Hop Backward(std::string_view edge_type);
// The hop, ending only at this node, or at those that are selected.
graph::v1::Hop To(graph::v1::Hop hop, std::string_view node);
graph::v1::Hop To(graph::v1::Hop hop, const graph::v1::NodeSelector& nodes);

// One node, or all nodes of some types.
graph::v1::NodeSelector NodeNamed(std::string_view node);
graph::v1::NodeSelector NodesOfTypes(std::span<const std::string_view> types);

// A pattern that starts at named nodes, at all nodes of a type, or at those that are selected.
graph::v1::Pattern PatternFrom(std::string_view node, std::vector<graph::v1::Hop> hops);
graph::v1::Pattern PatternFrom(const std::vector<std::string>& nodes,
                               std::vector<graph::v1::Hop> hops);
graph::v1::Pattern PatternFromType(std::string_view type, std::vector<graph::v1::Hop> hops);
graph::v1::Pattern PatternFrom(const graph::v1::NodeSelector& nodes,
                               std::vector<graph::v1::Hop> hops);

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_PATTERNS_H_
