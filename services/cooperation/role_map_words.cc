#include "services/cooperation/role_map_words.h"

#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "graph/base/strings.h"
#include "services/domain/wording.h"

namespace attlas::cooperation {
namespace {

using graph::ToAbsl;

// `Bureau of Customs as export enforcement (PoA)`, for each holder.
std::vector<std::string> HoldersInWords(const v1::RoleEntry& role) {
  std::vector<std::string> instruments;
  for (const auto& instrument : role.instruments()) {
    instruments.push_back(instrument.display_name());
  }
  const std::string under =
      instruments.empty() ? "" : absl::StrCat(" (", domain::JoinList(instruments), ")");
  std::vector<std::string> words;
  for (const v1::RoleHolder& holder : role.holders()) {
    words.push_back(absl::StrCat(holder.agency().display_name(), " as ",
                                 domain::LowerFirst(role.role().display_name()), under));
  }
  return words;
}

}  // namespace

std::string ExplainTheme(const v1::ThemeRoles& theme) {
  std::vector<std::string> holders;
  std::vector<std::string> roles;
  for (const v1::RoleEntry& role : theme.roles()) {
    for (std::string& words : HoldersInWords(role)) holders.push_back(std::move(words));
    roles.push_back(domain::LowerFirst(role.role().display_name()));
  }
  const std::string& name = theme.theme().display_name();
  switch (theme.standing()) {
    case v1::FUNCTION_STANDING_HELD:
      return absl::StrCat(name, ": ", absl::StrJoin(holders, "; "), ".");
    case v1::FUNCTION_STANDING_HELD_UNDER_OTHER:
      return absl::StrCat(name, ": under other instruments alone, ", absl::StrJoin(holders, "; "),
                          ".");
    case v1::FUNCTION_STANDING_HELD_BY_NOBODY:
      return absl::StrCat(name, ": no agency is known to hold a role for it, such as ",
                          roles.front(), ".");
    default:
      return absl::StrCat(name, ": no role is known that serves it.");
  }
}

std::string ExplainRoleMap(std::string_view instrument, const v1::GetRoleMapResponse& response) {
  const v1::RoleMapTotals& totals = response.totals();
  const std::string& state = response.state().display_name();
  if (response.themes().empty()) {
    return absl::StrCat(state, ": no theme of ", ToAbsl(instrument), " is known to ask for roles.");
  }
  return absl::StrCat(state, ": of ", domain::Count(response.themes_size(), "theme"), " of ",
                      ToAbsl(instrument), ", agencies hold a role on ", totals.held(), ", and on ",
                      totals.held_under_other(), " under other instruments alone; on ",
                      totals.held_by_nobody(), " nobody is known to hold one, and for ",
                      totals.no_role_known(), " no role is known.");
}

}  // namespace attlas::cooperation
