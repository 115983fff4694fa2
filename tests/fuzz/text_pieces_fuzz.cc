// Tables and lines that are read piece by piece, against the same read as a whole. The first byte
// of an input is the size of a piece.
#include "clients/exchange/text_file.h"
#include "tests/fuzz/fuzz_target.h"

namespace attlas::fuzz {
namespace {

using exchange::TextFile;

using Rows = std::vector<std::pair<int, std::vector<std::string>>>;

// An error in a table moves the ends of rows, and such a table is refused: no more is asked of it
// than that it is refused both ways.
void CheckTable(std::string_view table, size_t piece) {
  Rows whole;
  int whole_errors = 0;
  graph::ParseCsv(
      table, [&](graph::CsvRow&& row) { whole.emplace_back(row.line, row.cells); },
      [&](int, const std::string&) { ++whole_errors; });
  Rows pieces;
  int piece_errors = 0;
  TextFile file = TextFile::Holding(std::string(table));
  const absl::Status status = exchange::ForEachCsvRow(
      &file, [&](graph::CsvRow&& row) { pieces.emplace_back(row.line, row.cells); },
      [&](int line, const std::string&) {
        Require(line > 0, "an error on no line");
        ++piece_errors;
      },
      piece);
  Require(status.ok(), "a table cannot be read");
  Require((whole_errors == 0) == (piece_errors == 0), "a table is refused but one way");
  Require(whole_errors > 0 || whole == pieces, "rows differ when they are read piece by piece");
}

void CheckLines(std::string_view text) {
  std::string joined;
  int last = 0;
  TextFile file = TextFile::Holding(std::string(text));
  const absl::Status status = exchange::ForEachLine(
      &file,
      [&](int number, std::string_view line) {
        Require(number == ++last, "lines are not counted");
        Require(line.find('\n') == std::string_view::npos, "two lines as one");
        joined += line;
        joined += '\n';
      },
      [](int) { Require(false, "no line is that long"); });
  Require(status.ok(), "a text cannot be read");
  if (!text.empty() && text.back() != '\n') joined.pop_back();
  Require(joined == text, "lines are not those of the text");
}

}  // namespace

void Fuzz(std::string_view input) {
  if (input.empty()) return;
  CheckTable(input.substr(1), static_cast<unsigned char>(input[0]) + size_t{1});
  CheckLines(input);
}

std::vector<std::string> Seeds() {
  return {"\x03name,note\r\nstates/IDN,\"two\r\nlines, one \"\"quote\"\"\"\n\n\rplain,\"\"\r",
          "\x01"
          "a,\"b\nc\"\n",
          "\x10"
          "a,\"broken\nb,c\n",
          "\x05\xef\xbb\xbf"
          "a\n\xef\xbb\xbf"
          "b\n"};
}

}  // namespace attlas::fuzz
