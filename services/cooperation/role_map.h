// Who does what the themes of an instrument ask for, as one reading shows it.
//
// What: for each theme, the roles that serve it (by statements, never by a list in code), how each
// is tied to the instrument, and who holds it.
// Complexity: linear in the statements of the index. Thread-safety: plain values, which view the
// index that they were made from.
#ifndef ATTLAS_SERVICES_COOPERATION_ROLE_MAP_H_
#define ATTLAS_SERVICES_COOPERATION_ROLE_MAP_H_

#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "attlas/cooperation/v1/role_map.pb.h"
#include "services/cooperation/agency_roles.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::cooperation {

// A role, on one theme where it serves one.
struct MappedRole {
  std::string_view name;
  v1::RoleTie tie = v1::ROLE_TIE_UNSPECIFIED;
  const graph::Edge* serves = nullptr;    // Null for a role that serves no theme.
  std::vector<const graph::Edge*> under;  // The instruments.
  const std::vector<HeldRole>* holders;   // Of the StateAgencies.

  bool is_held() const { return !holders->empty(); }
};

struct MappedTheme {
  std::vector<domain::ProvisionLink> links;  // Strongest first.
  std::vector<MappedRole> roles;             // Held first, then by tie, then by name.

  v1::FunctionStanding standing() const;
};

using ThemeMap = std::map<std::string_view, MappedTheme>;

// The themes of the instrument. `kept` are those to keep to; empty for all. `agencies` outlives
// the result.
ThemeMap MapThemes(const domain::SubgraphIndex& index, std::string_view instrument,
                   const std::set<std::string_view>& kept, const StateAgencies& agencies,
                   const domain::Reading& reading);

// Roles under the instrument that serve none of its themes and that an agency holds, by name.
std::vector<MappedRole> RolesWithoutTheme(const domain::SubgraphIndex& index,
                                          std::string_view instrument,
                                          const StateAgencies& agencies,
                                          const domain::Reading& reading);

v1::RoleMapTotals TotalsOf(const ThemeMap& themes, const StateAgencies& agencies);

}  // namespace attlas::cooperation

#endif  // ATTLAS_SERVICES_COOPERATION_ROLE_MAP_H_
