// Which agencies of a state already work together.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using cooperation::v1::AgencyCooperation;
using cooperation::v1::CoordinatingBody;
using cooperation::v1::FindCooperationResponse;
using cooperation::v1::InstrumentRoles;
using cooperation::v1::JoinedAgency;
using cooperation::v1::MeetingInstrument;
using cooperation::v1::RoleEntry;
using cooperation::v1::RoleHolder;

// What each agency does under which instrument, one a row.
Table AgenciesTable(const FindCooperationResponse& response, Footnotes* footnotes) {
  Table table{.title = "Agencies",
              .columns = {{.header = "", .key = "agency", .shown = Shown::kCsvOnly},
                          {.header = "Agency", .key = "agency_name"},
                          {.header = "Kind", .key = "kind"},
                          {.header = "", .key = "instrument", .shown = Shown::kCsvOnly},
                          {.header = "Instrument", .key = "instrument_name"},
                          {.header = "Roles", .key = "roles"},
                          {.header = "Beside", .key = "partners"},
                          {.header = "Sources", .key = "sources", .shown = Shown::kTableOnly},
                          {.header = "", .key = "source_names", .shown = Shown::kCsvOnly}},
              .rows = {}};
  for (const AgencyCooperation& agency : response.agencies()) {
    for (const InstrumentRoles& under : agency.instruments()) {
      table.rows.push_back({agency.agency().name(), Called(agency.agency()), agency.kind(),
                            under.instrument().name(), Called(under.instrument()),
                            CalledList(under.roles()), CalledList(agency.partners(), "; "),
                            footnotes->Mark(under.evidence()),
                            footnotes->SourceNames(under.evidence())});
    }
  }
  return table;
}

Table InstrumentsTable(const FindCooperationResponse& response) {
  Table table{.title = "Instruments under which agencies meet",
              .columns = {{.header = "Instrument", .key = "instrument"},
                          {.header = "Agencies", .key = "agencies", .right = true, .whole = true},
                          {.header = "Holders", .key = "holders"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const MeetingInstrument& meeting : response.instruments()) {
    std::vector<std::string> holders;
    for (const RoleEntry& role : meeting.roles()) {
      for (const RoleHolder& holder : role.holders()) {
        holders.push_back(absl::StrCat(Called(holder.agency()), ": ", Called(role.role())));
      }
    }
    table.rows.push_back(
        {Called(meeting.instrument()), Number(meeting.agencies()), absl::StrJoin(holders, "; ")});
  }
  return table;
}

Table BodiesTable(const FindCooperationResponse& response, Footnotes* footnotes) {
  Table table{.title = "Bodies that coordinate",
              .columns = {{.header = "Body", .key = "body"},
                          {.header = "Coordinates as", .key = "roles"},
                          {.header = "Joins", .key = "joined"},
                          {.header = "Sources", .key = "sources"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const CoordinatingBody& body : response.bodies()) {
    std::vector<std::string> roles;
    Names evidence = body.evidence();
    for (const RoleEntry& role : body.roles()) {
      roles.push_back(Called(role.role()));
      for (const RoleHolder& holder : role.holders()) {
        if (holder.agency().name() == body.agency().name()) evidence.MergeFrom(holder.evidence());
      }
    }
    std::vector<std::string> joined;
    for (const JoinedAgency& agency : body.joined()) {
      std::string text = Called(agency.agency());
      if (!agency.instruments().empty()) {
        absl::StrAppend(&text, " (", CalledList(agency.instruments()), ")");
      }
      joined.push_back(std::move(text));
    }
    table.rows.push_back({Called(body.agency()),
                          roles.empty() ? "its kind" : absl::StrJoin(roles, ", "),
                          absl::StrJoin(joined, "; "), footnotes->Mark(evidence)});
  }
  return table;
}

}  // namespace

Document RenderCooperation(const FindCooperationResponse& response) {
  Document document;
  document.Say(CalledWithId(response.state()), Tone::kStrong);
  document.Say(response.sentence());
  SayBasis(response, &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  Footnotes footnotes(response.statements(), response.sources());
  document.Add(AgenciesTable(response, &footnotes));
  document.Add(InstrumentsTable(response));
  document.Add(BodiesTable(response, &footnotes));
  SayNotes(response.basis(), &document);
  document.Add(footnotes.ToTable());
  return document;
}

}  // namespace attlas::cli
