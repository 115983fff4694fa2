// The plan of a meeting.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using cooperation::v1::Clash;
using cooperation::v1::ConvenedOrganization;
using cooperation::v1::EvidenceToTable;
using cooperation::v1::Invitation;
using cooperation::v1::Invitee;
using cooperation::v1::PlanConveningResponse;

constexpr Shown kCsv = Shown::kCsvOnly;
constexpr Shown kTable = Shown::kTableOnly;

std::string Reasons(const Invitation& invitation) {
  std::string text;
  for (const int reason : invitation.reasons()) {
    absl::StrAppend(&text, text.empty() ? "" : ", ",
                    Word(static_cast<cooperation::v1::InvitationReason>(reason)));
  }
  return text;
}

// One office a row; a place without one for gender equality has a row that says so.
Table OfficesTable(const PlanConveningResponse& response, Footnotes* footnotes) {
  Table table{.title = "Whom to invite",
              .columns = {{.header = "State", .key = "place", .shown = kCsv},
                          {.header = "State", .key = "state"},
                          {.header = "Office", .key = "office"},
                          {.header = "Name", .key = "agency", .shown = kCsv},
                          {.header = "Kind", .key = "agency_kind", .shown = kCsv},
                          {.header = "Why", .key = "reasons"},
                          {.header = "Confidence", .key = "confidence"},
                          {.header = "Gender equality", .key = "gender_equality", .shown = kCsv},
                          {.header = "Sources", .key = "marks", .shown = kTable},
                          {.header = "Sources", .key = "sources", .shown = kCsv}},
              .rows = {}};
  for (const Invitee& invitee : response.invitees()) {
    const std::string gender = Word(invitee.gender_equality_office());
    for (const Invitation& one : invitee.invitations()) {
      const auto& office = one.office();
      table.rows.push_back(
          {invitee.place().name(), Called(invitee.place()), Called(office.agency()),
           office.agency().name(), office.kind(), Reasons(one),
           Cell(absl::StrCat(Word(office.confidence()), office.left_out() ? ", to be checked" : ""),
                office.left_out() ? Tone::kFair : Tone::kPlain),
           gender, footnotes->Mark(office.evidence()), footnotes->SourceNames(office.evidence())});
    }
    if (invitee.gender_equality_office() == cooperation::v1::GENDER_EQUALITY_OFFICE_NONE_KNOWN) {
      table.rows.push_back({invitee.place().name(), Called(invitee.place()),
                            Cell("none known: ask the state", Tone::kPoor), "", "gender-equality",
                            "gender equality", "", gender, "", ""});
    }
  }
  return table;
}

Table OrganizationsTable(const PlanConveningResponse& response, Footnotes* footnotes) {
  Table table{.title = "Organizations",
              .columns = {{.header = "Organization", .key = ""},
                          {.header = "Kind", .key = ""},
                          {.header = "On the theme", .key = "", .right = true, .whole = true},
                          {.header = "States reached", .key = "", .right = true, .whole = true},
                          {.header = "States in it", .key = "", .right = true, .whole = true},
                          {.header = "Standing task", .key = ""},
                          {.header = "Sources", .key = ""}},
              .rows = {},
              .shown = kTable};
  for (const ConvenedOrganization& one : response.organizations()) {
    table.rows.push_back({Called(one.organization()), one.kind(),
                          Number(one.engagements_on_theme()), Number(one.places_reached()),
                          Number(one.places_in_it()), one.works_on_theme() ? "yes" : "",
                          footnotes->Mark(one.evidence())});
  }
  return table;
}

Table EvidenceTable(const PlanConveningResponse& response, Footnotes* footnotes) {
  Table table{.title = "Evidence to table",
              .columns = {{.header = "When", .key = "", .whole = true},
                          {.header = "Publication", .key = ""},
                          {.header = "Of", .key = ""},
                          {.header = "On the theme", .key = ""},
                          {.header = "States concerned", .key = "", .right = true, .whole = true},
                          {.header = "Sources", .key = ""}},
              .rows = {},
              .shown = kTable};
  for (const EvidenceToTable& one : response.evidence_to_table()) {
    table.rows.push_back({DateText(one.date()), Called(one.publication()),
                          CalledList(one.publishers()), one.on_theme() ? "yes" : "",
                          Number(one.places_concerned()), footnotes->Mark(one.evidence())});
  }
  return table;
}

Table ClashesTable(const PlanConveningResponse& response, Footnotes* footnotes) {
  Table table{.title = "Clashes",
              .columns = {{.header = "When", .key = "", .whole = true},
                          {.header = "Event or activity", .key = ""},
                          {.header = "Stands", .key = ""},
                          {.header = "On the theme", .key = ""},
                          {.header = "States", .key = ""},
                          {.header = "Sources", .key = ""}},
              .rows = {},
              .shown = kTable};
  for (const Clash& one : response.clashes()) {
    const bool near = one.kind() == cooperation::v1::CLASH_KIND_NEAR;
    table.rows.push_back({DateText(one.start_date()), Called(one.engagement()),
                          Cell(Word(one.kind()), near ? Tone::kFair : Tone::kPoor),
                          one.on_theme() ? "yes" : "", CalledList(one.places()),
                          footnotes->Mark(one.evidence())});
  }
  return table;
}

}  // namespace

Document RenderConvening(const PlanConveningResponse& response) {
  Document document;
  document.Say(response.sentence(), Tone::kStrong);
  SayBasis(response, &document);
  document.Say(response.grouping_definition());
  Footnotes footnotes(response.statements(), response.sources());
  document.Add(OfficesTable(response, &footnotes));
  if (!response.without_gender_equality_office().empty()) {
    document.Say(absl::StrCat("No office for gender equality is known for ",
                              CalledList(response.without_gender_equality_office()), "."));
  }
  document.Add(OrganizationsTable(response, &footnotes));
  document.Add(EvidenceTable(response, &footnotes));
  if (response.clashes().empty()) document.Say("No known event lies on or near the dates.");
  document.Add(ClashesTable(response, &footnotes));
  document.Add(footnotes.ToTable());
  SayNotes(response.basis(), &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  return document;
}

}  // namespace attlas::cli
