// CSV tables coming in by a mapping. An input is a mapping in text format, a null, and a table.
#include "tests/fuzz/exchange_fuzz.h"

namespace attlas::fuzz {
namespace {

constexpr char kEvents[] = R"(
nodes { type: "event" id { column: "code" } display_name { column: "title" }
  properties { name: "kind" value { column: "kind" replace { from: "Training" to: "workshop" } } }
  properties { name: "start_date" value { column: "date" } }
  citations { source { constant: "sources/attlas-analysis" } confidence { constant: "recalled" }
    locator { template: "row {code}" } } }
edges { type: "ATTENDED" from { column: "country" names_of: "state" } to { template: "events/{code}" }
  valid_from { column: "date" } only_where_filled: "country"
  citations { source { constant: "sources/attlas-analysis" } confidence { constant: "seen" } } })";

constexpr char kTable[] =
    "code,title,kind,date,country\ntest-suva,Stockpile training,Training,2026-05-04,Fiji\n"
    "test-izmir,Brokering workshop,workshop,2026-06,TURKIYE\ntest-online,Webinar,webinar,2026,\n";

// The dataset's own table.
constexpr char kConsents[] = R"(
edges { type: "CONSENTED_TO" from { template: "{from}" } to { column: "to" }
  valid_from { column: "valid_from" } valid_to { column: "valid_to" }
  marking { column: "note" replace { to: "TLP:GREEN" } }
  properties { name: "act" value { column: "act" } }
  citations { source { column: "source" } confidence { column: "confidence" }
    locator { column: "locator" } retrieved { column: "retrieved" } } })";

}  // namespace

void Fuzz(std::string_view input) {
  const auto [mapping_text, table] = SplitAtNull(input);
  exchange::v1::TableMapping mapping;
  if (!ParseMapping(mapping_text, &mapping)) return;
  const exchange::FindNames names =
      [](const std::string& type) -> absl::StatusOr<const exchange::NameIndex*> {
    if (type != "state") return absl::NotFoundError("no such type");
    return &SomeStates();
  };
  graph::ProblemLog log;
  TakenRows rows;
  exchange::TextFile text = exchange::TextFile::Holding(std::string(table));
  const absl::Status status =
      exchange::ReadMappedTable(&text, "t.csv", mapping, CuratedOntology(), names, &log, &rows);
  if (CheckedProblems(&log).empty() && status.ok()) rows.RequireSound();
}

std::vector<std::string> Seeds() {
  const auto both = [](std::string_view mapping, std::string_view table) {
    return std::string(mapping) + '\0' + std::string(table);
  };
  return {both(kEvents, kTable), both(kConsents, BeginningOf("data/edges/consented-to.csv")),
          both("nodes { type: \"state\" id { column: \"a\" } }", "a\nXYZ\n")};
}

}  // namespace attlas::fuzz
