#include "services/cooperation/role_map.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "services/domain/patterns.h"

namespace attlas::cooperation {
namespace {

using domain::ProvisionLink;
using domain::Reading;
using domain::SubgraphIndex;
using graph::Edge;

MappedRole MapRole(const SubgraphIndex& index, std::string_view role, std::string_view instrument,
                   const StateAgencies& agencies, const Reading& reading) {
  MappedRole mapped{.name = role,
                    .under = UnderInstruments(index, role, reading),
                    .holders = &agencies.HoldersOf(role)};
  const bool own = std::any_of(mapped.under.begin(), mapped.under.end(),
                               [&](const Edge* edge) { return edge->to() == instrument; });
  if (own) {
    mapped.tie = v1::ROLE_TIE_OWN;
  } else {
    mapped.tie = mapped.under.empty() ? v1::ROLE_TIE_GENERAL : v1::ROLE_TIE_OTHER;
  }
  return mapped;
}

bool ComesFirst(const MappedRole& a, const MappedRole& b) {
  return std::tuple(!a.is_held(), a.tie, a.name) < std::tuple(!b.is_held(), b.tie, b.name);
}

}  // namespace

v1::FunctionStanding MappedTheme::standing() const {
  if (roles.empty()) return v1::FUNCTION_STANDING_NO_ROLE_KNOWN;
  bool under_other = false;
  for (const MappedRole& role : roles) {
    if (!role.is_held()) continue;
    if (role.tie != v1::ROLE_TIE_OTHER) return v1::FUNCTION_STANDING_HELD;
    under_other = true;
  }
  return under_other ? v1::FUNCTION_STANDING_HELD_UNDER_OTHER
                     : v1::FUNCTION_STANDING_HELD_BY_NOBODY;
}

ThemeMap MapThemes(const SubgraphIndex& index, std::string_view instrument,
                   const std::set<std::string_view>& kept, const StateAgencies& agencies,
                   const Reading& reading) {
  ThemeMap themes;
  for (const ProvisionLink& link : domain::LinksOf(index, instrument, reading)) {
    if (kept.empty() || kept.contains(link.theme())) themes[link.theme()].links.push_back(link);
  }
  for (auto& [theme, mapped] : themes) {
    for (const Edge* serves : index.In(theme, domain::kRoleServes)) {
      if (!reading.Counts(*serves)) continue;
      MappedRole role = MapRole(index, serves->from(), instrument, agencies, reading);
      role.serves = serves;
      mapped.roles.push_back(std::move(role));
    }
    std::sort(mapped.roles.begin(), mapped.roles.end(), ComesFirst);
  }
  return themes;
}

std::vector<MappedRole> RolesWithoutTheme(const SubgraphIndex& index, std::string_view instrument,
                                          const StateAgencies& agencies, const Reading& reading) {
  std::set<std::string_view> themes;
  for (const ProvisionLink& link : domain::LinksOf(index, instrument, reading)) {
    themes.insert(link.theme());
  }
  std::vector<MappedRole> roles;
  for (const Edge* under : index.In(instrument, domain::kRoleUnder)) {
    if (!reading.Counts(*under) || agencies.HoldersOf(under->from()).empty()) continue;
    const auto served = index.Out(under->from(), domain::kRoleServes);
    const bool serves = std::any_of(served.begin(), served.end(), [&](const Edge* edge) {
      return reading.Counts(*edge) && themes.contains(edge->to());
    });
    if (!serves) roles.push_back(MapRole(index, under->from(), instrument, agencies, reading));
  }
  return roles;
}

v1::RoleMapTotals TotalsOf(const ThemeMap& themes, const StateAgencies& agencies) {
  v1::RoleMapTotals totals;
  std::set<std::string_view> holding;
  for (const auto& [theme, mapped] : themes) {
    switch (mapped.standing()) {
      case v1::FUNCTION_STANDING_HELD:
        totals.set_held(totals.held() + 1);
        break;
      case v1::FUNCTION_STANDING_HELD_UNDER_OTHER:
        totals.set_held_under_other(totals.held_under_other() + 1);
        break;
      case v1::FUNCTION_STANDING_HELD_BY_NOBODY:
        totals.set_held_by_nobody(totals.held_by_nobody() + 1);
        break;
      default:
        totals.set_no_role_known(totals.no_role_known() + 1);
    }
    for (const MappedRole& role : mapped.roles) {
      for (const HeldRole& held : *role.holders) holding.insert(held.agency());
    }
  }
  totals.set_agencies(static_cast<int>(agencies.all().size()));
  totals.set_agencies_with_roles(static_cast<int>(holding.size()));
  return totals;
}

}  // namespace attlas::cooperation
