// What joins the agencies of a state with each other.
//
// What: two agencies are linked where a statement says so (ADVISES, COORDINATES_WITH) and where
// they have something in common: a role, an event, an instrument, a theme. Only what lies within
// one state is linked: a role is a word that many states use.
// Complexity: the number of pairs of agencies, which kMostAgencies bounds.
// Thread-safety: immutable after construction. It views the index that it was made from.
//
// Example:
//   const AgencyGraph graph(*index, agencies, scope.reading);
//   for (const auto& [other, links] : graph.LinksOf("agencies/phl-stmo")) …
#ifndef ATTLAS_SERVICES_COOPERATION_AGENCY_GRAPH_H_
#define ATTLAS_SERVICES_COOPERATION_AGENCY_GRAPH_H_

#include <map>
#include <string_view>
#include <vector>

#include "attlas/cooperation/v1/decision_path.pb.h"
#include "services/cooperation/agency_roles.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::cooperation {

// More agencies of one state than this are not linked; those that come first by name are.
inline constexpr size_t kMostAgencies = 256;

// One thing that joins two agencies.
struct AgencyLink {
  v1::StepGround ground = v1::STEP_GROUND_UNSPECIFIED;
  std::string_view via;                   // What both have in common; empty where a statement
                                          // links them directly.
  std::string_view from_role;             // The role by which the first has it, if any,
  std::string_view to_role;               // and the second.
  std::vector<const graph::Edge*> edges;  // The statements.
};

// How long a step on this ground is: stronger grounds are shorter.
int LengthOf(v1::StepGround ground);

class AgencyGraph {
 public:
  // By the other agency; strongest first.
  using Links = std::map<std::string_view, std::vector<AgencyLink>>;

  AgencyGraph(const domain::SubgraphIndex& index, const StateAgencies& agencies,
              const domain::Reading& reading);

  // From an agency. What a statement says in one direction leads that way alone.
  const Links& LinksOf(std::string_view agency) const;
  // The length of the best link from one to the other; 0 where there is none.
  int Length(std::string_view from, std::string_view to) const;
  // Whether there were more agencies than are linked.
  bool truncated() const { return truncated_; }

 private:
  // An agency, the role by which it has something, and the statements that say so.
  struct Having {
    std::string_view agency;
    std::string_view role;
    std::vector<const graph::Edge*> edges;
  };
  // By what is had.
  using HavingByNode = std::map<std::string_view, std::vector<Having>>;

  void AddStated(const domain::SubgraphIndex& index, const domain::Reading& reading);
  void AddCommon(v1::StepGround ground, const HavingByNode& common);

  std::map<std::string_view, Links> links_;
  bool truncated_ = false;
};

}  // namespace attlas::cooperation

#endif  // ATTLAS_SERVICES_COOPERATION_AGENCY_GRAPH_H_
