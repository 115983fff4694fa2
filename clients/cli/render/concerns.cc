// Concerns with their holders, their age and their sources.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using evidence::v1::Concern;
using evidence::v1::ConcernThemeCount;
using evidence::v1::ListConcernsResponse;
using evidence::v1::ListUnansweredResponse;
using evidence::v1::UnansweredConcern;
using evidence::v1::Voice;

std::string Holders(const Concern& concern, bool full_names) {
  std::vector<std::string> holders;
  for (const Voice& voice : concern.voices()) {
    holders.push_back(full_names ? voice.holder().name() : Called(voice.holder()));
  }
  return absl::StrJoin(holders, full_names ? ";" : ", ");
}

std::vector<Column> ConcernColumns() {
  return {{.header = "When", .key = "latest_voiced_date", .whole = true},
          {.header = "Age", .key = "age_years", .right = true, .whole = true},
          {.header = "Holder", .key = "holders", .shown = Shown::kTableOnly},
          {.header = "Holder", .key = "holders", .shown = Shown::kCsvOnly},
          {.header = "Theme", .key = "themes", .shown = Shown::kTableOnly},
          {.header = "Theme", .key = "themes", .shown = Shown::kCsvOnly},
          {.header = "Concern", .key = "paraphrase"},
          {.header = "Name", .key = "concern", .shown = Shown::kCsvOnly},
          {.header = "Clauses", .key = "clauses", .right = true, .whole = true},
          {.header = "Publications", .key = "publications", .right = true, .whole = true},
          {.header = "Sources", .key = "marks", .shown = Shown::kTableOnly},
          {.header = "Sources", .key = "sources", .shown = Shown::kCsvOnly}};
}

std::vector<Cell> ConcernRow(const Concern& concern, Footnotes* footnotes) {
  Names voiced;
  for (const Voice& voice : concern.voices()) *voiced.Add() = voice.evidence();
  return {DateText(concern.latest_voiced_date()),
          concern.has_age_years() ? Number(concern.age_years()) : std::string(),
          Holders(concern, false),
          Holders(concern, true),
          CalledList(concern.themes()),
          NameList(concern.themes()),
          concern.paraphrase(),
          concern.name(),
          Number(concern.clauses()),
          Number(concern.publications()),
          footnotes->Mark(voiced),
          footnotes->SourceNames(voiced)};
}

Table ThemesTable(const google::protobuf::RepeatedPtrField<ConcernThemeCount>& themes) {
  Table table{.title = "What they are about",
              .columns = {{.header = "Theme", .key = "theme"},
                          {.header = "Concerns", .key = "concerns", .right = true, .whole = true},
                          {.header = "Holders", .key = "holders", .right = true, .whole = true}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const ConcernThemeCount& count : themes) {
    table.rows.push_back(
        {Called(count.theme()), Number(count.concerns()), Number(count.holders())});
  }
  return table;
}

// What every list of concerns ends with.
template <typename Response>
void Finish(const Response& response, Footnotes* footnotes, Document* document) {
  document->SayNextPage(response.next_page_token());
  document->Add(footnotes->ToTable());
  SayNotes(response.basis(), document);
  SayTruncated(response.truncated(), response.reached_bounds(), document);
}

}  // namespace

Document RenderConcerns(const ListConcernsResponse& response) {
  Document document;
  document.Say(response.sentence(), Tone::kStrong);
  SayBasis(response, &document);
  SayRegion(response, &document);
  Footnotes footnotes(response.statements(), response.sources());
  Table table{.title = "", .columns = ConcernColumns(), .rows = {}};
  for (const Concern& concern : response.concerns()) {
    table.rows.push_back(ConcernRow(concern, &footnotes));
  }
  document.Add(std::move(table));
  document.Add(ThemesTable(response.themes()));
  Finish(response, &footnotes, &document);
  return document;
}

Document RenderUnanswered(const ListUnansweredResponse& response) {
  Document document;
  document.Say(response.sentence(), Tone::kStrong);
  SayBasis(response, &document);
  SayRegion(response, &document);
  Footnotes footnotes(response.statements(), response.sources());
  Table table{.title = "", .columns = ConcernColumns(), .rows = {}};
  table.columns.push_back({.header = "Peers", .key = "peers", .right = true, .whole = true});
  for (const UnansweredConcern& row : response.concerns()) {
    table.rows.push_back(ConcernRow(row.concern(), &footnotes));
    table.rows.back().push_back(Number(row.peers()));
  }
  document.Add(std::move(table));
  Finish(response, &footnotes, &document);
  return document;
}

}  // namespace attlas::cli
