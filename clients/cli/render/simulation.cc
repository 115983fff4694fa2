// What would change if a state joined, signed or left.
#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using synergy::v1::SimulateParticipationResponse;

Table StatusesTable(const SimulateParticipationResponse& response) {
  Table table{.title = "Own status",
              .columns = {{.header = "Instrument", .key = "instrument"},
                          {.header = "Now", .key = "before"},
                          {.header = "Then", .key = "after"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const auto& effect : response.statuses()) {
    table.rows.push_back({Called(effect.instrument()),
                          Cell(Word(effect.before()), ToneOf(effect.before())),
                          Cell(Word(effect.after()), ToneOf(effect.after()))});
  }
  return table;
}

Table TotalsTable(const SimulateParticipationResponse& response) {
  Table table{.title = absl::StrCat("Themes of ", Called(response.target()), " by class"),
              .columns = {{.header = "Best own commitment", .key = "class"},
                          {.header = "Now", .key = "before", .right = true, .whole = true},
                          {.header = "Then", .key = "after", .right = true, .whole = true}},
              .rows = {},
              .shown = Shown::kTableOnly};
  const int rows = std::min(response.totals_before_size(), response.totals_after_size());
  for (int i = 0; i < rows; ++i) {
    table.rows.push_back({Word(response.totals_before(i).commitment_class()),
                          Number(response.totals_before(i).themes()),
                          Number(response.totals_after(i).themes())});
  }
  return table;
}

Table ChangesTable(const SimulateParticipationResponse& response) {
  Table table{.title = "Themes that change",
              .columns = {{.header = "Name", .key = "theme", .shown = Shown::kCsvOnly},
                          {.header = "Theme", .key = "theme_name"},
                          {.header = "Now", .key = "before"},
                          {.header = "Then", .key = "after"},
                          {.header = "By", .key = "by", .shown = Shown::kTableOnly},
                          {.header = "By", .key = "instruments", .shown = Shown::kCsvOnly}},
              .rows = {}};
  for (const auto& change : response.class_changes()) {
    table.rows.push_back({change.theme().name(), Called(change.theme()), Word(change.before()),
                          Word(change.after()), CalledList(change.instruments()),
                          NameList(change.instruments())});
  }
  return table;
}

Table ThemesTable(const std::string& title,
                  const google::protobuf::RepeatedPtrField<synergy::v1::ThemeEffect>& themes) {
  Table table{.title = title,
              .columns = {{.header = "Theme", .key = "theme"},
                          {.header = "Instruments", .key = "instruments"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const auto& effect : themes) {
    table.rows.push_back({Called(effect.theme()), CalledList(effect.instruments())});
  }
  return table;
}

Table RegionsTable(const SimulateParticipationResponse& response) {
  Table table{.title = "Parties by region set",
              .columns = {{.header = "Region set", .key = "grouping"},
                          {.header = "Instrument", .key = "instrument"},
                          {.header = "Now", .key = "before", .right = true, .whole = true},
                          {.header = "Then", .key = "after", .right = true, .whole = true},
                          {.header = "Of", .key = "size", .right = true, .whole = true}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const auto& region : response.regions()) {
    table.rows.push_back(
        {region.grouping().name().empty() ? std::string("all states") : Called(region.grouping()),
         Called(region.instrument()), Number(region.before().parties()),
         Number(region.after().parties()), Number(region.after().size())});
  }
  return table;
}

}  // namespace

Document RenderSimulation(const SimulateParticipationResponse& response) {
  Document document;
  document.Say(CalledWithId(response.state()), Tone::kStrong);
  document.Say(response.sentence());
  SayBasis(response, &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  document.Add(StatusesTable(response));
  document.Add(TotalsTable(response));
  document.Add(ChangesTable(response));
  document.Add(ThemesTable("Themes gained", response.gained_themes()));
  document.Add(ThemesTable("Themes lost", response.lost_themes()));
  document.Add(RegionsTable(response));
  SayNotes(response.basis(), &document);
  return document;
}

}  // namespace attlas::cli
