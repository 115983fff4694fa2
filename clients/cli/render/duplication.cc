// Different organizers at work on one topic in one state.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using cooperation::v1::Contact;
using cooperation::v1::FindDuplicationResponse;
using cooperation::v1::Overlap;

Names EvidenceOf(const Overlap& overlap) {
  Names evidence;
  for (const Contact& contact : overlap.contacts()) evidence.MergeFrom(contact.evidence());
  return evidence;
}

std::string ContactsText(const Overlap& overlap) {
  std::string text;
  for (const Contact& contact : overlap.contacts()) {
    absl::StrAppend(&text, text.empty() ? "" : "; ", DateText(contact.start_date()), " ",
                    Called(contact.engagement()));
  }
  return text;
}

std::string EngagementNames(const Overlap& overlap) {
  NamedNodes nodes;
  for (const Contact& contact : overlap.contacts()) *nodes.Add() = contact.engagement();
  return NameList(nodes);
}

}  // namespace

Document RenderDuplication(const FindDuplicationResponse& response) {
  Document document;
  document.Say(response.sentence(), Tone::kStrong);
  SayBasis(response, &document);
  SayRegion(response, &document);
  Footnotes footnotes(response.statements(), response.sources());
  Table table{
      .title = "",
      .columns = {{.header = "State", .key = "place", .shown = Shown::kCsvOnly},
                  {.header = "State", .key = "state"},
                  {.header = "Topic", .key = "topic", .shown = Shown::kCsvOnly},
                  {.header = "Topic", .key = "topic_called"},
                  {.header = "Pairs", .key = "pairs", .right = true, .whole = true},
                  {.header = "Days apart", .key = "least_days_apart", .right = true, .whole = true},
                  {.header = "Organizers", .key = "organizers_called", .shown = Shown::kTableOnly},
                  {.header = "Organizers", .key = "organizers", .shown = Shown::kCsvOnly},
                  {.header = "Events and activities", .key = "", .shown = Shown::kTableOnly},
                  {.header = "Events", .key = "engagements", .shown = Shown::kCsvOnly},
                  {.header = "Sources", .key = "marks", .shown = Shown::kTableOnly},
                  {.header = "Sources", .key = "sources", .shown = Shown::kCsvOnly}},
      .rows = {}};
  for (const Overlap& one : response.overlaps()) {
    const Names evidence = EvidenceOf(one);
    table.rows.push_back({one.place().name(), Called(one.place()), one.topic().name(),
                          Called(one.topic()), Number(one.pair_count()),
                          Number(one.least_days_apart()), CalledList(one.organizers()),
                          NameList(one.organizers()), ContactsText(one), EngagementNames(one),
                          footnotes.Mark(evidence), footnotes.SourceNames(evidence)});
  }
  document.Add(std::move(table));
  if (!response.undated().empty()) {
    document.Say(
        absl::StrCat("Without a date, and so not compared: ", CalledList(response.undated()), "."));
  }
  document.Add(footnotes.ToTable());
  document.SayNextPage(response.next_page_token());
  SayNotes(response.basis(), &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  return document;
}

}  // namespace attlas::cli
