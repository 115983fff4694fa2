// A source, and what rests on it.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using evidence::v1::CitingCount;
using evidence::v1::CitingRecord;
using evidence::v1::GetSourceResponse;
using evidence::v1::ListStatementsOfResponse;
using evidence::v1::SourceRecord;

void SaySource(const SourceRecord& source, Document* document) {
  document->Say(absl::StrCat(source.title().empty() ? source.name() : source.title(), " (",
                             source.name(), ")"),
                Tone::kStrong);
  std::vector<std::string> facts;
  if (!source.publisher().empty()) facts.push_back(source.publisher());
  if (source.has_as_of()) facts.push_back(absl::StrCat("as of ", DateText(source.as_of())));
  if (!facts.empty()) document->Say(absl::StrCat(absl::StrJoin(facts, ", "), "."));
  document->Say(source.url());
  if (!source.retrieved_from().empty()) {
    document->Say(absl::StrCat("Read as ", source.retrieved_from(), "."));
  }
  document->Say(source.note());
}

template <typename Counts>
void AddCounts(const char* what, const Counts& counts, Table* table) {
  for (const CitingCount& count : counts) {
    table->rows.push_back({what, count.type(), Number(count.count()), Number(count.unverified())});
  }
}

// Where in the source, how sure, when it was read: of each citation.
std::string PlacesOf(const CitingRecord& record) {
  std::vector<std::string> places;
  for (const auto& citation : record.citations()) {
    if (!citation.locator().empty()) places.push_back(citation.locator());
  }
  return absl::StrJoin(places, "; ");
}

std::string GradeOf(const CitingRecord& record) {
  auto best = graph::v1::CONFIDENCE_UNSPECIFIED;
  for (const auto& citation : record.citations()) best = std::max(best, citation.confidence());
  return Word(best);
}

}  // namespace

Document RenderSource(const GetSourceResponse& response) {
  Document document;
  SaySource(response.source(), &document);
  document.Say(absl::StrCat(Counted(response.statement_total(), "statement"), " and ",
                            Counted(response.node_total(), "node"), " cite it."));
  Table table{
      .title = "",
      .columns = {{.header = "What", .key = "kind"},
                  {.header = "Type", .key = "type"},
                  {.header = "Count", .key = "count", .right = true, .whole = true},
                  {.header = "Unverified", .key = "unverified", .right = true, .whole = true}},
      .rows = {}};
  AddCounts("statement", response.statements(), &table);
  AddCounts("node", response.nodes(), &table);
  document.Add(std::move(table));
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  return document;
}

Document RenderStatementsOf(const ListStatementsOfResponse& response) {
  Document document;
  if (response.records().empty()) document.Say("Nothing of that kind cites it.");
  Table table{.title = "",
              .columns = {{.header = "Statement", .key = "type"},
                          {.header = "From", .key = "from"},
                          {.header = "To", .key = "to"},
                          {.header = "Since", .key = "valid_from", .whole = true},
                          {.header = "Until", .key = "valid_to", .whole = true},
                          {.header = "Where", .key = "locator"},
                          {.header = "Confidence", .key = "confidence"},
                          {.header = "Name", .key = "name", .shown = Shown::kCsvOnly}},
              .rows = {}};
  for (const CitingRecord& record : response.records()) {
    if (record.has_statement()) {
      const auto& statement = record.statement();
      table.rows.push_back({statement.type(), statement.from(), statement.to(),
                            DateText(statement.valid_from()), DateText(statement.valid_to()),
                            PlacesOf(record), GradeOf(record), statement.name()});
    } else {
      table.rows.push_back({"", record.node().name(), "", "", "", PlacesOf(record), GradeOf(record),
                            record.node().name()});
    }
  }
  document.Add(std::move(table));
  document.SayNextPage(response.next_page_token());
  return document;
}

}  // namespace attlas::cli
