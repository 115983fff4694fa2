// What changed about a node: in the world, and in what is recorded.
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"
#include "google/protobuf/util/time_util.h"

namespace attlas::cli {
namespace {

using evidence::v1::GetChangesResponse;
using evidence::v1::RecordedChange;
using evidence::v1::WorldChange;
using google::protobuf::util::TimeUtil;

std::string TimeText(const RecordedChange& change) {
  return change.has_commit_time() ? TimeUtil::ToString(change.commit_time()) : std::string();
}

Names EvidenceOf(const WorldChange& change) {
  Names names;
  *names.Add() = change.evidence();
  return names;
}

std::string WorldKind(const WorldChange& change) {
  return change.kind() == evidence::v1::WORLD_CHANGE_KIND_ENDED ? "ended" : "began";
}

Table WorldTable(const GetChangesResponse& response, Footnotes* footnotes) {
  Table table{.title = "In the world",
              .columns = {{.header = "When", .key = "date", .whole = true},
                          {.header = "What", .key = "kind", .whole = true},
                          {.header = "Statement", .key = "sentence"},
                          {.header = "Sources", .key = "marks"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const WorldChange& change : response.world_changes()) {
    // The sentence begins with the date, which has a column of its own.
    const size_t colon = change.sentence().find(": ");
    const std::string sentence =
        colon == std::string::npos ? change.sentence() : change.sentence().substr(colon + 2);
    table.rows.push_back({absl::StrCat(DateText(change.date()), change.date_uncertain() ? "?" : ""),
                          WorldKind(change), sentence, footnotes->Mark(EvidenceOf(change))});
  }
  return table;
}

Table RecordedTable(const GetChangesResponse& response) {
  Table table{.title = "Recorded",
              .columns = {{.header = "When", .key = "commit_time", .whole = true},
                          {.header = "What", .key = "sentence"},
                          {.header = "Why", .key = "reason"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const RecordedChange& change : response.recorded_changes()) {
    table.rows.push_back({TimeText(change), change.sentence(), change.reason()});
  }
  return table;
}

// Both in one table, which CSV needs; `clock` keeps them apart.
Table BothTable(const GetChangesResponse& response, const Footnotes& footnotes) {
  Table table{.title = "",
              .columns = {{.header = "", .key = "clock"},
                          {.header = "", .key = "kind"},
                          {.header = "", .key = "date"},
                          {.header = "", .key = "date_uncertain"},
                          {.header = "", .key = "type"},
                          {.header = "", .key = "from"},
                          {.header = "", .key = "to"},
                          {.header = "", .key = "name"},
                          {.header = "", .key = "sentence"},
                          {.header = "", .key = "revision"},
                          {.header = "", .key = "sources"}},
              .rows = {},
              .shown = Shown::kCsvOnly};
  for (const WorldChange& change : response.world_changes()) {
    table.rows.push_back({"world", WorldKind(change), DateText(change.date()),
                          YesNo(change.date_uncertain()), change.type(), change.from().name(),
                          change.to().name(), change.evidence(), change.sentence(), "",
                          footnotes.SourceNames(EvidenceOf(change))});
  }
  for (const RecordedChange& change : response.recorded_changes()) {
    Names names;
    *names.Add() = change.name();
    table.rows.push_back({"recorded", Word(change.kind()), TimeText(change), "", change.type(),
                          change.from().name(), change.to().name(), change.name(),
                          change.sentence(), change.revision(), footnotes.SourceNames(names)});
  }
  return table;
}

}  // namespace

Document RenderNodeChanges(const GetChangesResponse& response) {
  Document document;
  document.Say(response.sentence(), Tone::kStrong);
  SayBasis(response, &document);
  Footnotes footnotes(response.statements(), response.sources());
  document.Add(BothTable(response, footnotes));
  if (!response.world_changes().empty()) document.Add(WorldTable(response, &footnotes));
  if (!response.recorded_changes().empty()) document.Add(RecordedTable(response));
  if (response.undated_statements() > 0) {
    document.Say(absl::StrCat(Counted(response.undated_statements(), "statement"),
                              " about it have no date; nobody can tell when they began."),
                 Tone::kDim);
  }
  if (response.measured_statements() > 0) {
    document.Say(absl::StrCat(Counted(response.measured_statements(), "statement"),
                              " measure a period of years and are no changes in the world."),
                 Tone::kDim);
  }
  document.Say("The revision, given as --since-revision, shows what is recorded from it on.");
  document.SayNextPage(response.next_page_token());
  document.Add(footnotes.ToTable());
  SayNotes(response.basis(), &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  return document;
}

}  // namespace attlas::cli
