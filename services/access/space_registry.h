// The marking of what keeps confidential spaces: who their members are, who posted what.
//
// What: nodes of type `space` and statements about what was posted are marked with a space of their
// own that nobody is a member of; EngagementService alone puts it into the clearance of its calls,
// once it has checked the caller's rights. An operator, who is a member of every space, sees what
// is so marked and may not write it either. Threads: functions only.
#ifndef ATTLAS_SERVICES_ACCESS_SPACE_REGISTRY_H_
#define ATTLAS_SERVICES_ACCESS_SPACE_REGISTRY_H_

#include <algorithm>
#include <string_view>

#include "attlas/graph/v1/mutation.pb.h"
#include "graph/model/marking.h"

namespace attlas::services {

inline constexpr char kSpaceRegistry[] = "spaces/registry";

// Whether a writer of this clearance is EngagementService.
inline bool KeepsSpaces(const graph::Clearance& clearance) {
  return std::find(clearance.spaces.begin(), clearance.spaces.end(), kSpaceRegistry) !=
         clearance.spaces.end();
}

// Whether it is the name of a space or of a note. Whoever writes such a name is told the same
// whether or not there is one, so that nobody learns by writing which spaces there are and what is
// said.
inline bool IsNameOfSpaces(std::string_view name) {
  return name.starts_with("spaces/") || name.starts_with("notes/");
}

// Whether a change is one that EngagementService alone may make.
inline bool TouchesRegistry(const graph::v1::Mutation& mutation) {
  using Action = graph::v1::Mutation::ActionCase;
  const auto registered = [](const auto& statement) {
    return statement.marking().space() == kSpaceRegistry || IsNameOfSpaces(statement.name());
  };
  switch (mutation.action_case()) {
    case Action::kCreateNode:
      return registered(mutation.create_node());
    case Action::kUpdateNode:
      return registered(mutation.update_node());
    case Action::kPutNode:
      return registered(mutation.put_node());
    case Action::kCreateEdge:
      return registered(mutation.create_edge());
    case Action::kUpdateEdge:
      return registered(mutation.update_edge());
    case Action::kPutEdge:
      return registered(mutation.put_edge());
    case Action::kDeleteNode:
      return IsNameOfSpaces(mutation.delete_node());
    case Action::kDeleteEdge:
    case Action::ACTION_NOT_SET:
      return false;
  }
  return false;
}

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ACCESS_SPACE_REGISTRY_H_
