// The matrix of themes of two or more instruments.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using synergy::v1::CompareInstrumentsResponse;
using synergy::v1::ThemeCell;
using synergy::v1::ThemeRow;

// Beyond these, the matrix is too wide to read as a table; the summary of columns stays.
constexpr int kMostMatrixColumns = 3;

Table ColumnsTable(const CompareInstrumentsResponse& response) {
  Table table{
      .title = "",
      .columns = {{.header = "Beside", .key = "instrument"},
                  {.header = "Shared", .key = "shared_themes", .right = true, .whole = true},
                  {.header = "Missing", .key = "missing_themes", .right = true, .whole = true},
                  {.header = "Own", .key = "own_themes", .right = true, .whole = true},
                  {.header = "Goods", .key = "goods"},
                  {.header = "Reach", .key = "reach"},
                  {.header = "All members", .key = "addresses_all_members"}},
      .rows = {},
      .shown = Shown::kTableOnly};
  for (const auto& column : response.columns()) {
    table.rows.push_back({Called(column.instrument()), Number(column.shared_themes()),
                          Number(column.missing_themes()), Number(column.own_themes()),
                          Word(column.goods()), Word(column.reach()),
                          YesNo(column.addresses_all_members())});
  }
  return table;
}

// `binding: Art. 5(2), Art. 6`.
std::string CellText(const ThemeCell& cell) {
  if (cell.provisions_size() == 0) return "";
  std::vector<std::string> names;
  for (const auto& provision : cell.provisions()) names.push_back(Called(provision.provision()));
  return absl::StrCat(Word(cell.strength()), ": ", absl::StrJoin(names, ", "));
}

Table MatrixTable(const CompareInstrumentsResponse& response) {
  Table table{.title = "Themes",
              .columns = {{.header = "Theme", .key = "theme"},
                          {.header = response.instrument().display_name(), .key = "base"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const auto& column : response.columns()) {
    table.columns.push_back({.header = Called(column.instrument()), .key = "other"});
  }
  for (const ThemeRow& row : response.themes()) {
    std::vector<Cell> cells = {Called(row.theme()), CellText(row.base())};
    for (const ThemeCell& other : row.others()) cells.emplace_back(CellText(other));
    cells.resize(table.columns.size(), Cell(""));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

// One row a theme and instrument, for CSV.
Table CellsTable(const CompareInstrumentsResponse& response) {
  Table table{.title = "", .columns = {}, .rows = {}, .shown = Shown::kCsvOnly};
  for (const char* key :
       {"theme", "theme_name", "instrument", "strength", "provisions", "shared"}) {
    table.columns.push_back({.header = key, .key = key});
  }
  for (const ThemeRow& row : response.themes()) {
    const auto add = [&](const ThemeCell& cell) {
      if (cell.provisions_size() == 0) return;
      std::vector<std::string> names;
      for (const auto& provision : cell.provisions()) names.push_back(provision.provision().name());
      table.rows.push_back({row.theme().name(), Called(row.theme()), cell.instrument(),
                            Word(cell.strength()), absl::StrJoin(names, ";"), YesNo(row.shared())});
    };
    add(row.base());
    for (const ThemeCell& other : row.others()) add(other);
  }
  return table;
}

}  // namespace

Document RenderComparison(const CompareInstrumentsResponse& response) {
  Document document;
  document.Say(
      absl::StrCat(response.instrument().display_name(), " (", response.instrument().name(), "), ",
                   Counted(response.theme_count(), "theme")),
      Tone::kStrong);
  document.Say(response.sentence());
  SayBasis(response, &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  document.Add(ColumnsTable(response));
  if (response.columns_size() <= kMostMatrixColumns) document.Add(MatrixTable(response));
  document.Add(CellsTable(response));
  SayNotes(response.basis(), &document);
  return document;
}

}  // namespace attlas::cli
