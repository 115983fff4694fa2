// Who holds the roles that an instrument needs in a state.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using cooperation::v1::AgencyRoles;
using cooperation::v1::FunctionStanding;
using cooperation::v1::GetRoleMapResponse;
using cooperation::v1::RoleEntry;
using cooperation::v1::RoleHolder;
using cooperation::v1::ThemeRoles;
using cooperation::v1::UnheldRole;

Tone ToneOfStanding(FunctionStanding standing) {
  switch (standing) {
    case cooperation::v1::FUNCTION_STANDING_HELD:
      return Tone::kGood;
    case cooperation::v1::FUNCTION_STANDING_HELD_UNDER_OTHER:
      return Tone::kFair;
    case cooperation::v1::FUNCTION_STANDING_HELD_BY_NOBODY:
      return Tone::kPoor;
    default:
      return Tone::kDim;
  }
}

std::string HolderText(const RoleHolder& holder) {
  std::string text = Called(holder.agency());
  if (!holder.subject().empty()) absl::StrAppend(&text, " (", holder.subject(), ")");
  if (holder.has_since()) absl::StrAppend(&text, ", since ", DateText(holder.since()));
  if (holder.has_until()) absl::StrAppend(&text, ", until ", DateText(holder.until()));
  return text;
}

// A role with the instruments under which it is held.
std::string RoleText(const RoleEntry& entry) {
  if (entry.instruments().empty()) return Called(entry.role());
  return absl::StrCat(Called(entry.role()), " (", CalledList(entry.instruments()), ")");
}

// Those who hold a role on a theme, one a row; a theme without any has a row of its own.
Table ThemesTable(const GetRoleMapResponse& response, Footnotes* footnotes) {
  Table table{.title = "Themes",
              .columns = {{.header = "Theme", .key = "theme"},
                          {.header = "Asked for", .key = "strength"},
                          {.header = "Standing", .key = "standing"},
                          {.header = "Agency", .key = "agency"},
                          {.header = "Role", .key = "role"},
                          {.header = "Sources", .key = "sources"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const ThemeRoles& theme : response.themes()) {
    const std::vector<Cell> head = {Called(theme.theme()), Word(theme.strength()),
                                    Cell(Word(theme.standing()), ToneOfStanding(theme.standing()))};
    const auto add = [&](std::string agency, std::string role, std::string sources) {
      std::vector<Cell> row = head;
      for (std::string* text : {&agency, &role, &sources}) row.emplace_back(std::move(*text));
      table.rows.push_back(std::move(row));
    };
    const size_t before = table.rows.size();
    for (const RoleEntry& entry : theme.roles()) {
      for (const RoleHolder& holder : entry.holders()) {
        add(HolderText(holder), RoleText(entry), footnotes->Mark(holder.evidence()));
      }
    }
    if (table.rows.size() == before) add("", "", "");
  }
  return table;
}

// One row a role and holder, for CSV; a role that nobody holds and a theme without a role have a
// row of their own.
Table RowsTable(const GetRoleMapResponse& response, const Footnotes& footnotes) {
  Table table{.title = "", .columns = {}, .rows = {}, .shown = Shown::kCsvOnly};
  for (const char* key :
       {"theme", "theme_name", "strength", "standing", "role", "role_name", "tie", "instruments",
        "agency", "agency_name", "kind", "subject", "since", "until", "confidence", "sources"}) {
    table.columns.push_back({.header = key, .key = key});
  }
  for (const ThemeRoles& theme : response.themes()) {
    std::vector<Cell> row = {theme.theme().name(), Called(theme.theme()), Word(theme.strength()),
                             Word(theme.standing())};
    const auto add = [&](std::vector<Cell> cells) {
      cells.resize(table.columns.size(), Cell(""));
      table.rows.push_back(std::move(cells));
    };
    if (theme.roles().empty()) add(row);
    for (const RoleEntry& entry : theme.roles()) {
      std::vector<Cell> with_role = row;
      for (Cell cell : {Cell(entry.role().name()), Cell(Called(entry.role())),
                        Cell(Word(entry.tie())), Cell(NameList(entry.instruments()))}) {
        with_role.push_back(std::move(cell));
      }
      if (entry.holders().empty()) add(with_role);
      for (const RoleHolder& holder : entry.holders()) {
        std::vector<Cell> with_holder = with_role;
        for (Cell cell :
             {Cell(holder.agency().name()), Cell(Called(holder.agency())), Cell(holder.kind()),
              Cell(holder.subject()), Cell(DateText(holder.since())),
              Cell(DateText(holder.until())), Cell(Word(holder.confidence())),
              Cell(footnotes.SourceNames(holder.evidence()))}) {
          with_holder.push_back(std::move(cell));
        }
        add(with_holder);
      }
    }
  }
  return table;
}

Table UnheldTable(const GetRoleMapResponse& response) {
  Table table{.title = "Roles that nobody is known to hold",
              .columns = {{.header = "Role", .key = "role"},
                          {.header = "Tie", .key = "tie"},
                          {.header = "Themes", .key = "themes"},
                          {.header = "Held by another role", .key = "held_otherwise"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const UnheldRole& unheld : response.unheld_roles()) {
    table.rows.push_back({Called(unheld.role()), Word(unheld.tie()), CalledList(unheld.themes()),
                          YesNo(unheld.function_held_otherwise())});
  }
  return table;
}

Table FurtherTable(const GetRoleMapResponse& response, Footnotes* footnotes) {
  Table table{.title = "Further roles under the instrument",
              .columns = {{.header = "Agency", .key = "agency"},
                          {.header = "Role", .key = "role"},
                          {.header = "Sources", .key = "sources"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const RoleEntry& entry : response.further_roles()) {
    for (const RoleHolder& holder : entry.holders()) {
      table.rows.push_back(
          {HolderText(holder), Called(entry.role()), footnotes->Mark(holder.evidence())});
    }
  }
  return table;
}

Table AgenciesTable(const GetRoleMapResponse& response, Footnotes* footnotes) {
  Table table{.title = "Agencies",
              .columns = {{.header = "Agency", .key = "agency"},
                          {.header = "Kind", .key = "kind"},
                          {.header = "Roles here", .key = "roles"},
                          {.header = "Other roles", .key = "other_roles"},
                          {.header = "Engagements", .key = "engagements", .right = true},
                          {.header = "Sources", .key = "sources"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const AgencyRoles& agency : response.agencies()) {
    table.rows.push_back({Called(agency.agency()), agency.kind(), CalledList(agency.roles()),
                          CalledList(agency.other_roles()), Number(agency.engagements()),
                          footnotes->Mark(agency.evidence())});
  }
  return table;
}

// How many themes would be held if nothing were left out.
std::string LeftOutText(const GetRoleMapResponse& response) {
  if (response.basis().left_out_statements() == 0) return "";
  const auto& all = response.totals_with_left_out();
  return absl::StrCat(
      "With the statements left out for low confidence, agencies would hold a role "
      "on ",
      Counted(all.held(), "theme"), " and under other instruments alone on ",
      all.held_under_other(), "; ", all.agencies(), " agencies would be known instead of ",
      response.totals().agencies(), ".");
}

}  // namespace

Document RenderRoleMap(const GetRoleMapResponse& response) {
  Document document;
  document.Say(
      absl::StrCat(CalledWithId(response.state()), " and ", response.instrument().display_name(),
                   " (", response.instrument().name(), ")"),
      Tone::kStrong);
  document.Say(response.sentence());
  SayBasis(response, &document);
  document.Say(LeftOutText(response), Tone::kDim);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  Footnotes footnotes(response.statements(), response.sources());
  document.Add(ThemesTable(response, &footnotes));
  document.Add(RowsTable(response, footnotes));
  document.Add(UnheldTable(response));
  document.Add(FurtherTable(response, &footnotes));
  document.Add(AgenciesTable(response, &footnotes));
  SayNotes(response.basis(), &document);
  document.Add(footnotes.ToTable());
  return document;
}

}  // namespace attlas::cli
