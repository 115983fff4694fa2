// What reaches states, and whom nobody reached.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using cooperation::v1::AgencyPart;
using cooperation::v1::AssistanceOffer;
using cooperation::v1::Contact;
using cooperation::v1::Eligibility;
using cooperation::v1::GetReachResponse;
using cooperation::v1::Helper;
using cooperation::v1::IdleOrganization;
using cooperation::v1::PlaceReach;
using cooperation::v1::ReachingOrganization;

constexpr Shown kCsv = Shown::kCsvOnly;
constexpr Shown kTable = Shown::kTableOnly;

Tone ToneOf(Eligibility eligibility) {
  switch (eligibility) {
    case cooperation::v1::ELIGIBILITY_OPEN:
      return Tone::kGood;
    case cooperation::v1::ELIGIBILITY_FOR_GIVER_TO_JUDGE:
      return Tone::kFair;
    default:
      return Tone::kPoor;
  }
}

// The contacts of every place, one a row: the table of CSV as well.
Table ContactsTable(const GetReachResponse& response, bool one_place, Footnotes* footnotes) {
  Table table{.title = "Events and activities",
              .columns = {{.header = "State", .key = "place", .shown = kCsv},
                          {.header = "State",
                           .key = "state",
                           .shown = one_place ? kCsv : Shown::kEverywhere},
                          {.header = "When", .key = "start_date", .whole = true},
                          {.header = "Event or activity", .key = "display_name"},
                          {.header = "Name", .key = "engagement", .shown = kCsv},
                          {.header = "Kind", .key = "term"},
                          {.header = "Organizers", .key = "organizers_called", .shown = kTable},
                          {.header = "Organizers", .key = "organizers", .shown = kCsv},
                          {.header = "Through", .key = "agencies", .shown = kCsv},
                          {.header = "Sources", .key = "marks", .shown = kTable},
                          {.header = "Sources", .key = "sources", .shown = kCsv}},
              .rows = {}};
  for (const PlaceReach& reach : response.places()) {
    for (const Contact& one : reach.contacts()) {
      table.rows.push_back({reach.place().name(), Called(reach.place()), DateText(one.start_date()),
                            Called(one.engagement()), one.engagement().name(), one.term(),
                            CalledList(one.organizers()), NameList(one.organizers()),
                            NameList(one.agencies()), footnotes->Mark(one.evidence()),
                            footnotes->SourceNames(one.evidence())});
    }
  }
  return table;
}

Table OrganizationsTable(const PlaceReach& reach, Footnotes* footnotes) {
  Table table{.title = "Organizations",
              .columns = {{.header = "Organization", .key = ""},
                          {.header = "Kind", .key = ""},
                          {.header = "Part of the state", .key = ""},
                          {.header = "Organized", .key = "", .right = true, .whole = true},
                          {.header = "Latest", .key = "", .whole = true},
                          {.header = "Sources", .key = ""}},
              .rows = {},
              .shown = kTable};
  for (const ReachingOrganization& one : reach.organizations()) {
    table.rows.push_back({Called(one.organization()), one.kind(), Joined(one.parts(), ", "),
                          Number(one.organized_contacts()), DateText(one.latest_contact_date()),
                          footnotes->Mark(one.evidence())});
  }
  return table;
}

Table OffersTable(const PlaceReach& reach, Footnotes* footnotes) {
  Table table{.title = "Funds and assistance",
              .columns = {{.header = "From", .key = ""},
                          {.header = "For", .key = ""},
                          {.header = "Open", .key = ""},
                          {.header = "Asked by", .key = ""},
                          {.header = "Why", .key = ""},
                          {.header = "Sources", .key = ""}},
              .rows = {},
              .shown = kTable};
  for (const AssistanceOffer& one : reach.offers()) {
    table.rows.push_back({Called(one.giver()), Called(one.instrument()),
                          Cell(Word(one.eligibility()), ToneOf(one.eligibility())),
                          Word(one.asked_by()), one.sentence(), footnotes->Mark(one.evidence())});
  }
  return table;
}

Table PlacesTable(const GetReachResponse& response) {
  Table table{.title = "States",
              .columns = {{.header = "State", .key = ""},
                          {.header = "Reached", .key = ""},
                          {.header = "Events", .key = "", .right = true, .whole = true},
                          {.header = "Latest", .key = "", .whole = true},
                          {.header = "Open offers", .key = "", .right = true, .whole = true}},
              .rows = {},
              .shown = kTable};
  for (const PlaceReach& reach : response.places()) {
    int open = 0;
    for (const AssistanceOffer& offer : reach.offers()) {
      if (offer.eligibility() == cooperation::v1::ELIGIBILITY_OPEN) ++open;
    }
    table.rows.push_back(
        {Called(reach.place()),
         reach.reached() ? Cell("yes", Tone::kGood) : Cell("nobody known", Tone::kPoor),
         Number(reach.contacts_size()),
         reach.contacts().empty() ? std::string() : DateText(reach.contacts(0).start_date()),
         Number(open)});
  }
  return table;
}

void AddAgencies(const GetReachResponse& response, Footnotes* footnotes, Document* document) {
  if (!response.has_agencies()) return;
  Table table{.title = absl::StrCat("Agencies of the kind ", response.agencies().kind()),
              .columns = {{.header = "State", .key = ""},
                          {.header = "Agency", .key = ""},
                          {.header = "Appears", .key = ""},
                          {.header = "In", .key = ""},
                          {.header = "Confidence", .key = ""},
                          {.header = "Sources", .key = ""}},
              .rows = {},
              .shown = kTable};
  for (const PlaceReach& reach : response.places()) {
    for (const AgencyPart& one : reach.agencies()) {
      const bool linked = one.presence() == cooperation::v1::AGENCY_PRESENCE_LINKED;
      std::string work = CalledList(one.roles());
      if (!one.engagements().empty()) {
        absl::StrAppend(&work, work.empty() ? "" : ", ", CalledList(one.engagements()));
      }
      table.rows.push_back(
          {Called(reach.place()), Called(one.agency()),
           linked ? Cell("yes", Tone::kGood) : Cell("never", Tone::kPoor), work,
           absl::StrCat(Word(one.confidence()), one.left_out() ? ", to be checked" : ""),
           footnotes->Mark(one.evidence())});
    }
    if (reach.agencies().empty()) {
      table.rows.push_back({Called(reach.place()), "none known", "", "", "", ""});
    }
  }
  document->Add(std::move(table));
}

void AddHelpers(const GetReachResponse& response, Footnotes* footnotes, Document* document) {
  Table table{.title = "Who does such work",
              .columns = {{.header = "Organization", .key = ""},
                          {.header = "Kind", .key = ""},
                          {.header = "Organized", .key = "", .right = true, .whole = true},
                          {.header = "States here", .key = "", .right = true, .whole = true},
                          {.header = "Latest", .key = "", .whole = true},
                          {.header = "Standing task", .key = ""},
                          {.header = "Sources", .key = ""}},
              .rows = {},
              .shown = kTable};
  for (const Helper& one : response.helpers()) {
    table.rows.push_back({Called(one.organization()), one.kind(), Number(one.engagements()),
                          Number(one.places_reached()), DateText(one.latest_date()),
                          one.works_on_theme() ? "yes" : "", footnotes->Mark(one.evidence())});
  }
  document->Add(std::move(table));
}

Table IdleTable(const GetReachResponse& response) {
  Table table{.title = "Organizations that reached none of them",
              .columns = {{.header = "Organization", .key = ""},
                          {.header = "Kind", .key = ""},
                          {.header = "States in it", .key = "", .right = true, .whole = true},
                          {.header = "Work elsewhere", .key = "", .right = true, .whole = true}},
              .rows = {},
              .shown = kTable};
  for (const IdleOrganization& one : response.idle_organizations()) {
    table.rows.push_back({Called(one.organization()), one.kind(), Number(one.places_in_it()),
                          Number(one.engagements_elsewhere())});
  }
  return table;
}

}  // namespace

Document RenderReach(const GetReachResponse& response) {
  Document document;
  document.Say(response.sentence(), Tone::kStrong);
  SayBasis(response, &document);
  document.Say(response.grouping_definition());
  Footnotes footnotes(response.statements(), response.sources());
  const bool one_place = !response.has_grouping();
  if (!one_place) document.Add(PlacesTable(response));
  document.Add(ContactsTable(response, one_place, &footnotes));
  if (one_place && response.places_size() == 1) {
    document.Add(OrganizationsTable(response.places(0), &footnotes));
    document.Add(OffersTable(response.places(0), &footnotes));
  }
  AddAgencies(response, &footnotes, &document);
  AddHelpers(response, &footnotes, &document);
  document.Add(IdleTable(response));
  document.Add(footnotes.ToTable());
  document.SayNextPage(response.next_page_token());
  SayNotes(response.basis(), &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  return document;
}

}  // namespace attlas::cli
