// Who takes part in an instrument.
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using instruments::v1::GetStatusResponse;
using instruments::v1::StateStatus;

}  // namespace

Table StatesTable(const StateStatuses& states, bool list, Footnotes* footnotes) {
  Table table{.title = "",
              .columns = {{.header = "State", .key = "state", .shown = Shown::kCsvOnly},
                          {.header = "Code", .key = "code", .whole = true},
                          {.header = "State", .key = "display_name"},
                          {.header = "Status", .key = "status"},
                          {.header = "Signed", .key = "signed_date", .whole = true},
                          {.header = "Deposit", .key = "deposit_date", .whole = true},
                          {.header = "In force", .key = "in_force_date", .whole = true},
                          {.header = "Ended", .key = "end_date", .whole = true},
                          {.header = "Act", .key = "act", .shown = Shown::kCsvOnly},
                          {.header = "Through", .key = "through", .shown = Shown::kCsvOnly},
                          {.header = "Sources", .key = "sources", .shown = Shown::kTableOnly},
                          {.header = "Sources", .key = "sources", .shown = Shown::kCsvOnly}},
              .rows = {},
              .shown = list ? Shown::kEverywhere : Shown::kCsvOnly};
  for (const StateStatus& state : states) {
    table.rows.push_back({state.state().name(), IdOf(state.state().name()), Called(state.state()),
                          Cell(Word(state.status()), ToneOf(state.status())),
                          DateText(state.signed_date()), DateText(state.deposit_date()),
                          DateText(state.in_force_date()), DateText(state.end_date()), state.act(),
                          state.through(), list ? footnotes->Mark(state.evidence()) : "",
                          footnotes->SourceNames(state.evidence())});
  }
  return table;
}

std::string CoverageText(const instruments::v1::Coverage& coverage) {
  const std::string level = Word(coverage.level());
  return absl::StrCat("List of participants: ", level.empty() ? "none" : level,
                      coverage.has_as_of()
                          ? absl::StrCat(", known up to ", DateText(coverage.as_of()))
                          : std::string(),
                      ".");
}

Document RenderStatus(const GetStatusResponse& response, bool list) {
  Document document;
  const bool deposit = response.count_by() != instruments::v1::COUNT_BY_IN_FORCE;
  const std::string where = response.grouping().name().empty() ? std::string("all states")
                                                               : CalledWithId(response.grouping());
  document.Say(
      absl::StrCat(CalledWithId(response.instrument()), ": ", response.counts().parties(),
                   response.counts().parties() == 1 ? " party of " : " parties of ",
                   response.counts().size(), " on ", DateText(response.basis().as_of()),
                   ", counted by ", deposit ? "deposit" : "entry into force", ", over ", where),
      Tone::kStrong);
  document.Say(response.grouping_definition());
  document.Add(CountsTable(response.counts()));
  document.Say(absl::StrCat("Ever signed: ", response.counts().signatures(), ". ",
                            CoverageText(response.coverage())));
  SayBasis(response, &document);
  SayNotes(response.basis(), &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  Footnotes footnotes(response.statements(), response.sources());
  document.Add(StatesTable(response.states(), list, &footnotes));
  if (list) document.Add(footnotes.ToTable());
  return document;
}

}  // namespace attlas::cli
