// Confidential spaces, and what is said in them.
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"
#include "graph/model/marking.h"

namespace attlas::cli {
namespace {

using engagement::v1::Note;
using engagement::v1::Space;

// The last word of an enum value: `SPACE_STATE_OPEN` is `open`.
std::string LastWord(std::string_view value) {
  return absl::AsciiStrToLower(std::string(value.substr(value.rfind('_') + 1)));
}

std::string StateWord(const Space& space) {
  return LastWord(engagement::v1::SpaceState_Name(space.state()));
}

std::string MarkingText(graph::v1::TrafficLight level) {
  if (level == graph::v1::TRAFFIC_LIGHT_UNSPECIFIED) return "";
  return std::string(graph::TrafficLightName(level));
}

std::string TopicText(const Note& note) {
  std::vector<std::string> names;
  for (const auto& topic : note.topics()) names.push_back(Called(topic));
  return absl::StrJoin(names, ", ");
}

}  // namespace

Document RenderSpaces(const engagement::v1::ListSpacesResponse& response) {
  Document document;
  if (response.spaces().empty()) document.Say("You are a member of no space.");
  Table table{.title = "",
              .columns = {{.header = "Space", .key = "space", .whole = true},
                          {.header = "Title", .key = "display_name"},
                          {.header = "State", .key = "state", .whole = true},
                          {.header = "Chatham House", .key = "chatham_house", .whole = true},
                          {.header = "Kept", .key = "retention_days", .right = true, .whole = true},
                          {.header = "Made", .key = "create_date", .whole = true}},
              .rows = {}};
  for (const Space& space : response.spaces()) {
    table.rows.push_back({space.name(), space.display_name(), StateWord(space),
                          space.chatham_house() ? "yes" : "no",
                          absl::StrCat(space.retention_days()), DateText(space.create_date())});
  }
  document.Add(std::move(table));
  document.SayNextPage(response.next_page_token());
  return document;
}

Document RenderSpace(const Space& space) {
  Document document;
  document.Say(
      absl::StrCat(space.name(), space.display_name().empty() ? "" : ": ", space.display_name()),
      Tone::kStrong);
  document.Say(space.purpose());
  if (space.state() == engagement::v1::SPACE_STATE_ERASED) {
    document.Say(
        absl::StrCat("Erased on ", DateText(space.erase_date()), "; nothing else is left of it."));
    return document;
  }
  document.Say(absl::StrCat(
      "It is ", StateWord(space), ". What is said is ", MarkingText(space.traffic_light()),
      " and kept for ", space.retention_days(), space.retention_days() == 1 ? " day." : " days."));
  if (space.chatham_house()) {
    document.Say("The Chatham House Rule holds: members see what was said, not who said it.");
  }
  Table table{.title = "Members",
              .columns = {{.header = "Member", .key = "principal"},
                          {.header = "Moderates", .key = "moderator", .whole = true}},
              .rows = {}};
  for (const auto& member : space.members()) {
    table.rows.push_back({member.principal(), member.moderator() ? "yes" : "no"});
  }
  document.Add(std::move(table));
  return document;
}

Document RenderNotes(const engagement::v1::ListNotesResponse& response) {
  Document document;
  if (response.notes().empty()) document.Say("Nothing that you may see was said.");
  Table table{.title = "",
              .columns = {{.header = "When", .key = "post_date", .whole = true},
                          {.header = "Note", .key = "note"},
                          {.header = "Kind", .key = "kind", .whole = true},
                          {.header = "What was said", .key = "text"},
                          {.header = "About", .key = "topics"},
                          {.header = "Marking", .key = "traffic_light", .whole = true},
                          {.header = "By", .key = "author"},
                          {.header = "Attribution", .key = "attribution", .shown = Shown::kCsvOnly},
                          {.header = "Released as", .key = "released_as"}},
              .rows = {}};
  for (const Note& note : response.notes()) {
    table.rows.push_back({DateText(note.post_date()), note.name(),
                          LastWord(engagement::v1::NoteKind_Name(note.kind())), note.text(),
                          TopicText(note), MarkingText(note.traffic_light()), note.author(),
                          note.attribution().text(), note.released_as()});
  }
  document.Add(std::move(table));
  document.SayNextPage(response.next_page_token());
  return document;
}

Document RenderPost(const engagement::v1::PostToSpaceResponse& response) {
  Document document;
  document.Say(response.name(), Tone::kStrong);
  document.Say(absl::StrCat("Keep this key: it alone proves that you said it, should you agree to ",
                            "be named. ", response.speaker_key()));
  return document;
}

Document RenderRelease(const engagement::v1::ReleaseStatementResponse& response) {
  Document document;
  document.Say(
      absl::StrCat("Released as ", response.name(), " by the decision ", response.decision(), "."),
      Tone::kStrong);
  return document;
}

}  // namespace attlas::cli
