// Parties that are near to a state.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using synergy::v1::Bridge;
using synergy::v1::FindBridgesResponse;
using synergy::v1::SharedConcern;
using synergy::v1::SharedContact;

constexpr size_t kMostNamed = 12;

template <typename Items, typename NameOf>
std::string List(const Items& items, const std::string& separator, NameOf name_of) {
  std::vector<std::string> names;
  for (const auto& item : items) names.push_back(name_of(item));
  return absl::StrJoin(names, separator);
}

std::string ContactName(const SharedContact& contact) { return Called(contact.node()); }
std::string ContactFullName(const SharedContact& contact) { return contact.node().name(); }
std::string ConcernName(const SharedConcern& concern) { return Called(concern.concern_theme()); }
std::string ConcernFullName(const SharedConcern& concern) { return concern.concern_theme().name(); }

Table BridgesTable(const FindBridgesResponse& response) {
  Table table{
      .title = "Parties that are near",
      .columns = {{.header = "Name", .key = "peer", .shown = Shown::kCsvOnly},
                  {.header = "Party", .key = "display_name"},
                  {.header = "Joined", .key = "joined_date", .whole = true},
                  {.header = "Alike", .key = "similarity", .right = true, .whole = true},
                  {.header = "Shared", .key = "shared_instruments", .right = true, .whole = true},
                  {.header = "Organizations", .key = "", .shown = Shown::kTableOnly},
                  {.header = "Organizations", .key = "organizations", .shown = Shown::kCsvOnly},
                  {.header = "Events",
                   .key = "",
                   .right = true,
                   .whole = true,
                   .shown = Shown::kTableOnly},
                  {.header = "Events", .key = "events", .shown = Shown::kCsvOnly},
                  {.header = "Same concerns", .key = "", .shown = Shown::kTableOnly},
                  {.header = "Same concerns", .key = "concerns", .shown = Shown::kCsvOnly}},
      .rows = {}};
  for (const Bridge& bridge : response.bridges()) {
    table.rows.push_back(
        {bridge.peer().name(), Called(bridge.peer()), DateText(bridge.joined_date()),
         absl::StrFormat("%.2f", bridge.similarity()), Number(bridge.shared_instruments_size()),
         List(bridge.organizations(), ", ", ContactName),
         List(bridge.organizations(), ";", ContactFullName), Number(bridge.events_size()),
         List(bridge.events(), ";", ContactFullName), List(bridge.concerns(), ", ", ConcernName),
         List(bridge.concerns(), ";", ConcernFullName)});
  }
  return table;
}

Table ConcernsTable(const FindBridgesResponse& response, Footnotes* footnotes) {
  Table table{.title = "Parties that held the same concern",
              .columns = {{.header = "Party", .key = "peer"},
                          {.header = "Concern", .key = "concern"},
                          {.header = "Voiced", .key = "voiced", .whole = true},
                          {.header = "Joined", .key = "joined", .whole = true},
                          {.header = "Before joining", .key = "before"},
                          {.header = "Sources", .key = "sources"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const Bridge& bridge : response.same_concern()) {
    for (const SharedConcern& concern : bridge.concerns()) {
      table.rows.push_back(
          {Called(bridge.peer()), Called(concern.concern_theme()),
           DateText(concern.peer_voiced_date()), DateText(concern.peer_joined_date()),
           YesNo(concern.voiced_before_joining()), footnotes->Mark(concern.evidence())});
    }
  }
  return table;
}

Table OrganizationsTable(const FindBridgesResponse& response, Footnotes* footnotes) {
  Table table{.title = "Organizations between them",
              .columns = {{.header = "Organization", .key = "organization"},
                          {.header = "Parties", .key = "count", .right = true, .whole = true},
                          {.header = "Which", .key = "parties"},
                          {.header = "Member", .key = "member"},
                          {.header = "Sources", .key = "sources"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const auto& link : response.organizations()) {
    const auto count = static_cast<size_t>(link.parties_size());
    std::vector<std::string> names;
    for (const auto& party : link.parties()) {
      if (names.size() < kMostNamed) names.push_back(Called(party));
    }
    if (count > names.size()) names.push_back(absl::StrCat("and ", count - names.size(), " more"));
    table.rows.push_back({Called(link.organization()), Number(link.parties_size()),
                          absl::StrJoin(names, ", "), YesNo(link.state_belongs()),
                          footnotes->Mark(link.evidence())});
  }
  return table;
}

}  // namespace

Document RenderBridges(const FindBridgesResponse& response) {
  Document document;
  document.Say(
      absl::StrCat(CalledWithId(response.state()), " towards ", CalledWithId(response.target()),
                   ": ", Counted(response.bridges_size(), "bridge"), " of ", response.parties(),
                   response.parties() == 1 ? " party" : " parties"),
      Tone::kStrong);
  document.Say(response.sentence());
  SayBasis(response, &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  Footnotes footnotes(response.statements(), response.sources());
  document.Add(BridgesTable(response));
  document.Add(ConcernsTable(response, &footnotes));
  document.Add(OrganizationsTable(response, &footnotes));
  SayNotes(response.basis(), &document);
  document.Add(footnotes.ToTable());
  return document;
}

}  // namespace attlas::cli
