#include "graph/ingest/csv.h"

#include <csv.h>

#include <cstdint>
#include <utility>

namespace attlas::graph {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// One run of the library's parser over consecutive lines. The library tells no line numbers, so
// that it is fed line by line.
class RowParser {
 public:
  RowParser() { csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI); }
  ~RowParser() { csv_free(&parser_); }
  RowParser(const RowParser&) = delete;
  RowParser& operator=(const RowParser&) = delete;

  // Feeds one line with its line end. Whether it was well-formed.
  bool Feed(std::string_view line) {
    return csv_parse(&parser_, line.data(), line.size(), &TakeCell, &TakeRow, this) == line.size();
  }

  // Ends the text. Whether no quote was left open.
  bool Finish() { return csv_fini(&parser_, &TakeCell, &TakeRow, this) == 0; }

  // Whether a row was completed since the last call; moves it to `row`.
  bool Take(std::vector<std::string>* row) {
    if (!complete_) return false;
    *row = std::exchange(cells_, {});
    complete_ = false;
    return true;
  }

 private:
  static void TakeCell(void* bytes, size_t length, void* self) {
    static_cast<RowParser*>(self)->cells_.emplace_back(static_cast<const char*>(bytes), length);
  }
  static void TakeRow(int, void* self) { static_cast<RowParser*>(self)->complete_ = true; }

  csv_parser parser_;
  std::vector<std::string> cells_;
  bool complete_ = false;
};

// The first line of `text` with its line end: a line feed, a carriage return, or both.
std::string_view FirstLine(std::string_view text) {
  const size_t end = text.find_first_of("\r\n");
  if (end == std::string_view::npos) return text;
  const bool both = text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n';
  return text.substr(0, end + (both ? 2 : 1));
}

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool MustQuote(const std::string& cell) {
  if (cell.empty()) return false;
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  return cell.find_first_of(",\"\r\n") != std::string::npos || is_blank(cell.front()) ||
         is_blank(cell.back()) || cell.starts_with(kByteOrderMark);
}

}  // namespace

void ParseCsv(std::string_view text, const std::function<void(CsvRow&&)>& take_row,
              const std::function<void(int line, const std::string& text)>& take_error,
              int first_line) {
  if (first_line == 1 && text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  int line = first_line;
  while (!text.empty()) {
    // Rows are read until the end or an error. The parser starts afresh on the line after the one
    // where the broken row began, so that the rows that an open quote swallowed are seen again.
    RowParser parser;
    std::string_view row_start = text;
    int row_line = line;
    bool in_row = false;
    bool well_formed = true;
    const auto deliver = [&] {
      CsvRow row;
      if (!parser.Take(&row.cells)) return;
      row.line = row_line;
      in_row = false;
      take_row(std::move(row));
    };
    while (!text.empty() && well_formed) {
      const std::string_view next = FirstLine(text);
      if (!in_row && !IsBlank(next)) {
        in_row = true;
        row_start = text;
        row_line = line;
      }
      if (in_row) well_formed = parser.Feed(next);
      text.remove_prefix(next.size());
      ++line;
      if (well_formed) deliver();
    }
    const bool finished = well_formed && parser.Finish();
    if (finished) {
      deliver();
      continue;
    }
    take_error(row_line, well_formed ? "broken quote: it is opened and never closed; close it, or "
                                       "double each quote within the cell"
                                     : "broken quote: a cell that holds a quote must be quoted as "
                                       "a whole, and each quote within it doubled");
    text = row_start.substr(FirstLine(row_start).size());
    line = row_line + 1;
  }
}

void AppendCsvRow(const std::vector<std::string>& cells, std::string* out) {
  // An empty line would be skipped, so that a row of one empty cell needs its quotes.
  if (cells.size() == 1 && cells[0].empty()) *out += "\"\"";
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) *out += ',';
    if (!MustQuote(cells[i])) {
      *out += cells[i];
      continue;
    }
    *out += '"';
    for (const char c : cells[i]) {
      if (c == '"') *out += '"';
      *out += c;
    }
    *out += '"';
  }
  *out += '\n';
}

}  // namespace attlas::graph
