// Tables of a dataset: rows, cells, lists and values.
#include "graph/ingest/csv.h"

#include "graph/ingest/cell.h"
#include "tests/fuzz/fuzz_target.h"

namespace attlas::fuzz {
namespace {

using graph::CsvRow;

struct Parsed {
  std::vector<std::vector<std::string>> rows;
  int errors = 0;
};

Parsed Parse(std::string_view text) {
  Parsed parsed;
  int line = 0;
  const auto take_row = [&](CsvRow&& row) {
    Require(row.line > line, "rows are not in the order of their lines");
    Require(!row.cells.empty(), "a row without cells");
    line = row.line;
    parsed.rows.push_back(std::move(row.cells));
  };
  const auto take_error = [&](int error_line, const std::string& message) {
    Require(error_line > 0 && !message.empty(), "an error that says nothing");
    ++parsed.errors;
  };
  graph::ParseCsv(text, take_row, take_error);
  return parsed;
}

// What was read is what comes back after it was written.
void CheckRows(std::string_view input) {
  const Parsed read = Parse(input);
  std::string written;
  for (const auto& row : read.rows) graph::AppendCsvRow(row, &written);
  const Parsed again = Parse(written);
  Require(again.errors == 0, "what was written cannot be read");
  Require(again.rows == read.rows, "a row changes when it is written and read");
}

void CheckList(std::string_view cell) {
  const std::vector<std::string> items = graph::SplitList(cell);
  if (items == std::vector<std::string>{""}) return;  // It has no cell of its own; see cell.h.
  Require(graph::SplitList(graph::JoinList(items)) == items, "a list changes when it is joined");
}

void CheckValue(std::string_view cell) {
  if (cell.empty()) return;
  for (int kind = 0; kind < graph::v1::PropertyKind_ARRAYSIZE; ++kind) {
    for (const bool repeated : {false, true}) {
      graph::v1::PropertyType type;
      type.set_name("p");
      type.set_kind(static_cast<graph::v1::PropertyKind>(kind));
      type.set_repeated(repeated);
      const auto value = graph::ParseValue(cell, type);
      if (!value.ok()) continue;
      const std::string text = graph::FormatValue(*value);
      if (text.empty()) continue;
      const auto again = graph::ParseValue(text, type);
      Require(again.ok(), "a value cannot be read from its own text");
      Require(graph::FormatValue(*again) == text, "a value changes when it is formatted");
    }
  }
}

}  // namespace

void Fuzz(std::string_view input) {
  CheckRows(input);
  CheckList(input);
  CheckValue(input);
}

std::vector<std::string> Seeds() {
  return {"name,type,from\r\nstates/IDN,state,2014-12-24\r\n",
          "\xef\xbb\xbf"
          "a,\"b, \"\"c\"\"\",d\n\n \"x\ny\" , z \n",
          "a,\"broken\nb,c\n",
          "one;two\\;half;;three\\\\",
          "2013-06",
          "-12.5e3",
          "true",
          "9223372036854775807"};
}

}  // namespace attlas::fuzz
