// Events, activities and outputs, and whom they reached.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using engagement::v1::Engagement;
using engagement::v1::EngagementTopic;
using engagement::v1::GetEngagementResponse;
using engagement::v1::ListEngagementsResponse;
using engagement::v1::Participant;
using Participants = google::protobuf::RepeatedPtrField<Participant>;
using Topics = google::protobuf::RepeatedPtrField<EngagementTopic>;

// More names than this make a row unreadable; the CSV has all of them.
constexpr int kMostNames = 6;

template <typename List>
std::string Some(const List& list) {
  std::vector<std::string> names;
  for (int i = 0; i < list.size() && i < kMostNames; ++i) names.push_back(Called(list[i].node()));
  if (list.size() > kMostNames) {
    names.push_back(absl::StrCat(list.size() - kMostNames, " more"));
  }
  return absl::StrJoin(names, ", ");
}

template <typename List>
std::string AllNames(const List& list) {
  std::vector<std::string> names;
  for (const auto& one : list) names.push_back(one.node().name());
  return absl::StrJoin(names, ";");
}

Names EvidenceOf(const Engagement& engagement) {
  Names evidence;
  for (const Participants* list : {&engagement.organizers(), &engagement.states(),
                                   &engagement.agencies(), &engagement.organizations()}) {
    for (const Participant& one : *list) *evidence.Add() = one.evidence();
  }
  return evidence;
}

void AddParticipants(const std::string& part, const Participants& list, Footnotes* footnotes,
                     Table* table) {
  for (const Participant& one : list) {
    Names evidence;
    *evidence.Add() = one.evidence();
    table->rows.push_back({part, Called(one.node()), one.node().name(), one.agency_kind(),
                           one.has_state() ? Called(one.state()) : std::string(),
                           footnotes->Mark(evidence), footnotes->SourceNames(evidence)});
  }
}

std::string Place(const Engagement& engagement) {
  if (engagement.online()) return "online";
  const std::string state = Some(engagement.held_in());
  if (engagement.city().empty() || state.empty()) return absl::StrCat(engagement.city(), state);
  return absl::StrCat(engagement.city(), ", ", state);
}

}  // namespace

Document RenderEngagements(const ListEngagementsResponse& response) {
  Document document;
  document.Say(response.sentence(), Tone::kStrong);
  SayBasis(response, &document);
  SayRegion(response, &document);
  Footnotes footnotes(response.statements(), response.sources());
  Table table{.title = "",
              .columns = {{.header = "When", .key = "start_date", .whole = true},
                          {.header = "Engagement", .key = "display_name"},
                          {.header = "Name", .key = "engagement", .shown = Shown::kCsvOnly},
                          {.header = "Kind", .key = "term"},
                          {.header = "Organizers", .key = "organizers", .shown = Shown::kTableOnly},
                          {.header = "Organizers", .key = "organizers", .shown = Shown::kCsvOnly},
                          {.header = "States", .key = "state_count", .right = true, .whole = true},
                          {.header = "States", .key = "states", .shown = Shown::kCsvOnly},
                          {.header = "Agencies", .key = "agencies", .shown = Shown::kCsvOnly},
                          {.header = "Sources", .key = "marks", .shown = Shown::kTableOnly},
                          {.header = "Sources", .key = "sources", .shown = Shown::kCsvOnly}},
              .rows = {}};
  for (const Engagement& one : response.engagements()) {
    const Names evidence = EvidenceOf(one);
    table.rows.push_back({DateText(one.start_date()), one.display_name(), one.name(), one.term(),
                          Some(one.organizers()), AllNames(one.organizers()),
                          Number(one.states_size()), AllNames(one.states()),
                          AllNames(one.agencies()), footnotes.Mark(evidence),
                          footnotes.SourceNames(evidence)});
  }
  document.Add(std::move(table));
  if (!response.unreached_states().empty()) {
    document.Say(
        absl::StrCat("Reached by none of these: ", CalledList(response.unreached_states()), "."));
  }
  document.Add(footnotes.ToTable());
  document.SayNextPage(response.next_page_token());
  SayNotes(response.basis(), &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  return document;
}

Document RenderEngagement(const GetEngagementResponse& response) {
  Document document;
  const Engagement& one = response.engagement();
  document.Say(absl::StrCat(one.display_name(), " (", one.name(), ")"), Tone::kStrong);
  std::string when = DateText(one.start_date());
  if (one.has_end_date()) absl::StrAppend(&when, " to ", DateText(one.end_date()));
  const std::string place = Place(one);
  document.Say(absl::StrCat(one.term(), when.empty() ? "" : ", ", when, place.empty() ? "" : ", ",
                            place, "."));
  if (!one.topics().empty()) document.Say(absl::StrCat("About: ", Some(one.topics()), "."));
  Footnotes footnotes(response.statements(), response.sources());
  Table table{.title = "Who took part",
              .columns = {{.header = "Part", .key = "part"},
                          {.header = "Participant", .key = "display_name"},
                          {.header = "Name", .key = "participant", .shown = Shown::kCsvOnly},
                          {.header = "Kind", .key = "agency_kind"},
                          {.header = "State", .key = "state"},
                          {.header = "Sources", .key = "marks", .shown = Shown::kTableOnly},
                          {.header = "Sources", .key = "sources", .shown = Shown::kCsvOnly}},
              .rows = {}};
  AddParticipants("organizer", one.organizers(), &footnotes, &table);
  AddParticipants("state", one.states(), &footnotes, &table);
  AddParticipants("agency", one.agencies(), &footnotes, &table);
  AddParticipants("organization", one.organizations(), &footnotes, &table);
  document.Add(std::move(table));
  document.Add(footnotes.ToTable());
  SayBasis(response, &document);
  SayNotes(response.basis(), &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  return document;
}

Document RenderRecord(const engagement::v1::RecordEngagementResponse& response) {
  Document document;
  document.Say(absl::StrCat(response.name(), " with ",
                            Counted(response.statements_size(), "statement"), ", at revision ",
                            response.revision(), "."));
  return document;
}

}  // namespace attlas::cli
