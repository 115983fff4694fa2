// The agencies of a state and the roles that they hold.
//
// Complexity: linear in the statements about the state's agencies.
// Thread-safety: immutable after construction. It views the index that it was made from.
//
// Example:
//   AddAgencyPatterns(state, {Backward(kAgencyOf)}, request);  // While asking.
//   const StateAgencies agencies(*index, state, scope.reading);
//   for (const Agency& agency : agencies.all()) …
#ifndef ATTLAS_SERVICES_COOPERATION_AGENCY_ROLES_H_
#define ATTLAS_SERVICES_COOPERATION_AGENCY_ROLES_H_

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attlas/cooperation/v1/role_map.pb.h"
#include "attlas/instruments/v1/answer.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/domain/evidence.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::cooperation {

// A statement that an agency holds a role, and the one that it is an agency of the state.
struct HeldRole {
  const graph::Edge* agency_of = nullptr;
  const graph::Edge* holds = nullptr;

  std::string_view agency() const { return holds->from(); }
  std::string_view role() const { return holds->to(); }
};

struct Agency {
  std::string_view name;
  const graph::Edge* agency_of = nullptr;
  std::vector<HeldRole> roles;  // By role.
};

// Edge types that say that an agency works with another.
inline constexpr std::string_view kCoordinatesWith = "COORDINATES_WITH";
inline constexpr std::string_view kAdvises = "ADVISES";
// By which an agency took part in an event or activity.
inline constexpr std::string_view kTakingPart[] = {domain::kAttended, domain::kOrganized};

// Terms of the taxonomy `role_part`, and the agency kind whose agencies coordinate.
inline constexpr std::string_view kDecides = "decides";
inline constexpr std::string_view kAdvisesOn = "advises";
inline constexpr std::string_view kRepresents = "represents";
inline constexpr std::string_view kCoordinates = "coordinates";
inline constexpr std::string_view kCoordinationBody = "coordination-body";

// The agencies that `to_agencies` reaches from `start`, their roles, and the instruments under
// which these are held.
void AddAgencyPatterns(const std::string& start, const std::vector<graph::v1::Hop>& to_agencies,
                       graph::v1::MatchPathsRequest* request);
// The themes that their roles serve, what they took part in, and what statements say directly about
// two of them.
void AddThemePattern(const std::string& start, const std::vector<graph::v1::Hop>& to_agencies,
                     graph::v1::MatchPathsRequest* request);
void AddEngagementPattern(const std::string& start, const std::vector<graph::v1::Hop>& to_agencies,
                          graph::v1::MatchPathsRequest* request);
void AddStatedPattern(const std::string& start, const std::vector<graph::v1::Hop>& to_agencies,
                      graph::v1::MatchPathsRequest* request);

class StateAgencies {
 public:
  // Those of which every statement counts; and those that the question names, however sure it is
  // that they are of the state.
  StateAgencies(const domain::SubgraphIndex& index, std::string_view state,
                const domain::Reading& reading, std::span<const domain::NameArgument> named = {});

  // By name.
  const std::vector<Agency>& all() const { return agencies_; }
  // Who holds a role, by agency.
  const std::vector<HeldRole>& HoldersOf(std::string_view role) const;

 private:
  std::vector<Agency> agencies_;
  std::map<std::string_view, std::vector<HeldRole>> holders_;
};

// The statements that count by which a role is held under instruments.
std::vector<const graph::Edge*> UnderInstruments(const domain::SubgraphIndex& index,
                                                 std::string_view role,
                                                 const domain::Reading& reading);

// The part that a role gives in decisions: a term of the taxonomy `role_part`; empty for none.
std::string_view PartOf(const domain::SubgraphIndex& index, std::string_view role);

// Appends a role, unless it comes last already: an agency may hold one for several subjects, which
// then follow each other.
void AddRole(const domain::SubgraphIndex& index, std::string_view role,
             google::protobuf::RepeatedPtrField<instruments::v1::NamedNode>* roles);

// The kind of an agency, such as `customs`; empty where its node is not in the index.
std::string KindOf(const domain::SubgraphIndex& index, std::string_view agency);

// A holder in the form of an answer.
v1::RoleHolder HolderFrom(const domain::SubgraphIndex& index, const HeldRole& held,
                          domain::EvidenceGatherer* evidence);

}  // namespace attlas::cooperation

#endif  // ATTLAS_SERVICES_COOPERATION_AGENCY_ROLES_H_
