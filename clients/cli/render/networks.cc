// The networks that connect states.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using cooperation::v1::AgencyPart;
using cooperation::v1::FindNetworksResponse;
using cooperation::v1::Network;
using cooperation::v1::NetworkMember;
using cooperation::v1::NetworkOffices;
using cooperation::v1::NetworkTheme;
using Members = google::protobuf::RepeatedPtrField<NetworkMember>;

NamedNodes PlacesOf(const Members& members) {
  NamedNodes places;
  for (const NetworkMember& member : members) *places.Add() = member.place();
  return places;
}

// Members alone, others with their part.
std::string MembersText(const Members& members) {
  std::string text;
  for (const NetworkMember& member : members) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", Called(member.place()),
                    member.member() ? "" : absl::StrCat(" (", Joined(member.parts(), ", "), ")"));
  }
  return text;
}

std::string ThemesText(const Network& network) {
  std::string text;
  for (const NetworkTheme& theme : network.themes()) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", Called(theme.theme()));
    if (theme.has_through()) absl::StrAppend(&text, " (", Called(theme.through()), ")");
  }
  return text;
}

std::string ThemeNames(const Network& network) {
  NamedNodes themes;
  for (const NetworkTheme& theme : network.themes()) *themes.Add() = theme.theme();
  return NameList(themes);
}

Names EvidenceOf(const Network& network) {
  Names evidence;
  for (const NetworkMember& member : network.connected()) evidence.MergeFrom(member.evidence());
  for (const NetworkTheme& theme : network.themes()) evidence.MergeFrom(theme.evidence());
  return evidence;
}

Table OfficesTable(const FindNetworksResponse& response, Footnotes* footnotes) {
  Table table{.title = "Offices",
              .columns = {{.header = "State", .key = ""},
                          {.header = "Office", .key = ""},
                          {.header = "Kind", .key = ""},
                          {.header = "Roles", .key = ""},
                          {.header = "Confidence", .key = ""},
                          {.header = "Sources", .key = ""}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const NetworkOffices& offices : response.offices()) {
    if (offices.agencies().empty()) {
      table.rows.push_back({Called(offices.place()), "none known", "", "", "", ""});
    }
    for (const AgencyPart& one : offices.agencies()) {
      table.rows.push_back(
          {Called(offices.place()), Called(one.agency()), one.kind(), CalledList(one.roles()),
           absl::StrCat(Word(one.confidence()), one.left_out() ? ", to be checked" : ""),
           footnotes->Mark(one.evidence())});
    }
  }
  return table;
}

}  // namespace

Document RenderNetworks(const FindNetworksResponse& response) {
  Document document;
  document.Say(response.sentence(), Tone::kStrong);
  SayBasis(response, &document);
  Footnotes footnotes(response.statements(), response.sources());
  Table table{.title = "Networks",
              .columns = {{.header = "Network", .key = "organization", .shown = Shown::kCsvOnly},
                          {.header = "Network", .key = "display_name"},
                          {.header = "Kind", .key = "kind"},
                          {.header = "Connects", .key = "", .shown = Shown::kTableOnly},
                          {.header = "Connects", .key = "connected", .shown = Shown::kCsvOnly},
                          {.header = "Not in it", .key = "missing", .shown = Shown::kCsvOnly},
                          {.header = "Others", .key = "others", .right = true, .whole = true},
                          {.header = "Partners", .key = "partners", .shown = Shown::kCsvOnly},
                          {.header = "Works on", .key = "", .shown = Shown::kTableOnly},
                          {.header = "Works on", .key = "themes", .shown = Shown::kCsvOnly},
                          {.header = "Sources", .key = "marks", .shown = Shown::kTableOnly},
                          {.header = "Sources", .key = "sources", .shown = Shown::kCsvOnly}},
              .rows = {}};
  for (const Network& one : response.networks()) {
    const Names evidence = EvidenceOf(one);
    table.rows.push_back(
        {one.organization().name(), Called(one.organization()), one.kind(),
         MembersText(response.places_size() == 1 ? one.partners() : one.connected()),
         NameList(PlacesOf(one.connected())), NameList(one.missing()), Number(one.others()),
         NameList(PlacesOf(one.partners())), ThemesText(one), ThemeNames(one),
         footnotes.Mark(evidence), footnotes.SourceNames(evidence)});
  }
  document.Add(std::move(table));
  for (const auto& pair : response.unconnected()) {
    document.Say(absl::StrCat("No network connects ", Called(pair.first()), " and ",
                              Called(pair.second()), "."));
  }
  if (!response.networks_without_members().empty()) {
    document.Say(absl::StrCat("Their members are not held, so that they may connect them as well: ",
                              CalledList(response.networks_without_members()), "."));
  }
  document.Add(OfficesTable(response, &footnotes));
  document.Add(footnotes.ToTable());
  SayNotes(response.basis(), &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  return document;
}

}  // namespace attlas::cli
