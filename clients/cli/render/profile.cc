// How a state stands towards every instrument, and what else is known of it.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using instruments::v1::GetStateProfileResponse;
using instruments::v1::InstrumentStatus;

bool TakesPart(const InstrumentStatus& row) {
  return row.status().status() != instruments::v1::PARTICIPATION_STATUS_OUTSIDE &&
         row.status().status() != instruments::v1::PARTICIPATION_STATUS_UNKNOWN;
}

// Those in which the state takes part; CSV has the others too.
Table InstrumentsTable(const GetStateProfileResponse& response, bool taking_part,
                       Footnotes* footnotes) {
  Table table{
      .title = "Instruments",
      .columns = {{.header = "Name", .key = "instrument", .shown = Shown::kCsvOnly},
                  {.header = "Instrument", .key = "display_name"},
                  {.header = "Kind", .key = "kind"},
                  {.header = "Status", .key = "status"},
                  {.header = "Signed", .key = "signed_date", .whole = true},
                  {.header = "Deposit", .key = "deposit_date", .whole = true},
                  {.header = "In force", .key = "in_force_date", .whole = true},
                  {.header = "Ended", .key = "end_date", .whole = true, .shown = Shown::kCsvOnly},
                  {.header = "Coverage", .key = "coverage", .shown = Shown::kCsvOnly},
                  {.header = "Sources", .key = "", .shown = Shown::kTableOnly},
                  {.header = "Sources", .key = "sources", .shown = Shown::kCsvOnly}},
      .rows = {},
      .shown = taking_part ? Shown::kTableOnly : Shown::kCsvOnly};
  for (const InstrumentStatus& row : response.instruments()) {
    if (taking_part && !TakesPart(row)) continue;
    const auto& status = row.status();
    table.rows.push_back({row.instrument().name(), Called(row.instrument()), row.kind(),
                          Cell(Word(status.status()), ToneOf(status.status())),
                          DateText(status.signed_date()), DateText(status.deposit_date()),
                          DateText(status.in_force_date()), DateText(status.end_date()),
                          Word(row.coverage().level()),
                          taking_part ? footnotes->Mark(status.evidence()) : "",
                          footnotes->SourceNames(status.evidence())});
  }
  return table;
}

// `Outside: ATT, Firearms Protocol.`
void SayOthers(const GetStateProfileResponse& response, instruments::v1::ParticipationStatus status,
               const std::string& heading, Document* document) {
  std::vector<std::string> names;
  for (const InstrumentStatus& row : response.instruments()) {
    if (row.status().status() == status) names.push_back(Called(row.instrument()));
  }
  if (names.empty()) return;
  document->Say(absl::StrCat(heading, ": ", absl::StrJoin(names, ", "), "."));
}

Table BodiesTable(const GetStateProfileResponse& response, Footnotes* footnotes) {
  Table table{.title = "Organizations",
              .columns = {{.header = "Organization", .key = "organization"},
                          {.header = "Role", .key = "role"},
                          {.header = "Since", .key = "since", .whole = true},
                          {.header = "Sources", .key = "sources"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const auto& membership : response.organizations()) {
    table.rows.push_back({Called(membership.body()), membership.role(),
                          DateText(membership.since()), footnotes->Mark(membership.evidence())});
  }
  return table;
}

Table AgenciesTable(const GetStateProfileResponse& response, Footnotes* footnotes) {
  Table table{.title = "Agencies",
              .columns = {{.header = "Agency", .key = "agency"},
                          {.header = "Kind", .key = "kind"},
                          {.header = "Roles", .key = "roles"},
                          {.header = "Sources", .key = "sources"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const auto& agency : response.agencies()) {
    table.rows.push_back({Called(agency.agency()), agency.kind(), CalledList(agency.roles()),
                          footnotes->Mark(agency.evidence())});
  }
  return table;
}

Table ConcernsTable(const GetStateProfileResponse& response, Footnotes* footnotes) {
  Table table{.title = "Concerns voiced",
              .columns = {{.header = "When", .key = "voiced_date", .whole = true},
                          {.header = "Concern", .key = "paraphrase"},
                          {.header = "Themes", .key = "themes"},
                          {.header = "Sources", .key = "sources"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const auto& concern : response.concerns()) {
    table.rows.push_back({DateText(concern.voiced_date()), concern.paraphrase(),
                          CalledList(concern.concern_themes()),
                          footnotes->Mark(concern.evidence())});
  }
  return table;
}

Table EventsTable(const GetStateProfileResponse& response, Footnotes* footnotes) {
  Table table{.title = "Events attended",
              .columns = {{.header = "Date", .key = "start_date", .whole = true},
                          {.header = "Event", .key = "event"},
                          {.header = "Held by", .key = "organizers"},
                          {.header = "Sources", .key = "sources"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const auto& event : response.events()) {
    table.rows.push_back({DateText(event.start_date()), Called(event.event()),
                          CalledList(event.organizers()), footnotes->Mark(event.evidence())});
  }
  return table;
}

}  // namespace

Document RenderStateProfile(const GetStateProfileResponse& response) {
  Document document;
  document.Say(
      absl::StrCat(CalledWithId(response.state()), ", ",
                   response.un_member() ? "a member" : "no member", " of the United Nations"),
      Tone::kStrong);
  SayBasis(response, &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  Footnotes footnotes(response.statements(), response.sources());
  document.Add(InstrumentsTable(response, true, &footnotes));
  document.Add(InstrumentsTable(response, false, &footnotes));
  SayOthers(response, instruments::v1::PARTICIPATION_STATUS_OUTSIDE, "Outside", &document);
  SayOthers(response, instruments::v1::PARTICIPATION_STATUS_UNKNOWN,
            "Not known, as the list is not complete", &document);
  std::vector<std::string> groupings;
  for (const auto& grouping : response.groupings()) groupings.push_back(Called(grouping.body()));
  if (!groupings.empty()) {
    document.Say(absl::StrCat("Region sets: ", absl::StrJoin(groupings, "; "), "."));
  }
  document.Add(BodiesTable(response, &footnotes));
  document.Add(AgenciesTable(response, &footnotes));
  document.Add(ConcernsTable(response, &footnotes));
  document.Add(EventsTable(response, &footnotes));
  SayNotes(response.basis(), &document);
  document.Add(footnotes.ToTable());
  return document;
}

}  // namespace attlas::cli
