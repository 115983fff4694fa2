// The way from a contact to where joining an instrument is decided.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using cooperation::v1::DecisionAgency;
using cooperation::v1::DecisionPath;
using cooperation::v1::FindDecisionPathResponse;
using cooperation::v1::PathStep;

Table AgenciesTable(const FindDecisionPathResponse& response, Footnotes* footnotes) {
  Table table{.title = "Who has a part in it",
              .columns = {{.header = "Agency", .key = "agency"},
                          {.header = "Kind", .key = "kind"},
                          {.header = "Part", .key = "part"},
                          {.header = "Roles", .key = "roles"},
                          {.header = "Sources", .key = "sources"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  const auto add = [&](const DecisionAgency& agency) {
    table.rows.push_back({CalledWithId(agency.agency()), agency.kind(), Word(agency.part()),
                          CalledList(agency.roles()), footnotes->Mark(agency.evidence())});
  };
  add(response.from());
  for (const DecisionAgency& point : response.decision_points()) add(point);
  for (const DecisionAgency& mediator : response.mediators()) add(mediator);
  return table;
}

// One step a row. In a table the sentences say the rest.
Table StepsTable(const FindDecisionPathResponse& response, Footnotes* footnotes) {
  Table table{.title = "Ways",
              .columns = {{.header = "Way", .key = "path", .right = true, .whole = true},
                          {.header = "Step", .key = "step", .right = true, .whole = true},
                          {.header = "", .key = "from", .shown = Shown::kCsvOnly},
                          {.header = "", .key = "to", .shown = Shown::kCsvOnly},
                          {.header = "By", .key = "ground"},
                          {.header = "", .key = "via", .shown = Shown::kCsvOnly},
                          {.header = "Confidence", .key = "confidence"},
                          {.header = "In words", .key = "sentence"},
                          {.header = "Sources", .key = "sources", .shown = Shown::kTableOnly},
                          {.header = "", .key = "source_names", .shown = Shown::kCsvOnly}},
              .rows = {}};
  int path_number = 0;
  for (const DecisionPath& path : response.paths()) {
    ++path_number;
    int step_number = 0;
    for (const PathStep& step : path.steps()) {
      const auto& link = step.links(0);
      table.rows.push_back(
          {Number(path_number), Number(++step_number), step.from().name(), step.to().name(),
           Cell(Word(link.ground()), step.recorded() ? Tone::kPlain : Tone::kPoor),
           link.via().name(), Word(step.confidence()), step.sentence(),
           footnotes->Mark(link.evidence()), footnotes->SourceNames(link.evidence())});
    }
  }
  return table;
}

}  // namespace

Document RenderDecisionPath(const FindDecisionPathResponse& response) {
  Document document;
  document.Say(absl::StrCat(CalledWithId(response.from().agency()), ", ", Called(response.state())),
               Tone::kStrong);
  document.Say(response.sentence());
  SayBasis(response, &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  Footnotes footnotes(response.statements(), response.sources());
  document.Add(StepsTable(response, &footnotes));
  document.Add(AgenciesTable(response, &footnotes));
  SayNotes(response.basis(), &document);
  document.Add(footnotes.ToTable());
  return document;
}

}  // namespace attlas::cli
