// Comma-separated values as RFC 4180 has them, read with the line of every row.
//
// What: ParseCsv splits a text into rows and cells; AppendCsvRow writes one.
// When not: it knows nothing of what the cells mean; see cell.h and dataset.h.
// Thread-safety: functions only; safe from any thread.
#ifndef ATTLAS_GRAPH_INGEST_CSV_H_
#define ATTLAS_GRAPH_INGEST_CSV_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace attlas::graph {

struct CsvRow {
  int line = 0;  // Where it starts; the first line of a file is 1.
  std::vector<std::string> cells;
};

// Calls `take_row` for each row and `take_error(line, text)` for each broken quote, in order. After
// an error it goes on with the next line. Empty lines are skipped; a byte order mark is too. Blanks
// around a cell that is not quoted are dropped. Cells may hold any bytes. `first_line` is that of a
// text that is the rest of another, and then begins with no mark.
void ParseCsv(std::string_view text, const std::function<void(CsvRow&&)>& take_row,
              const std::function<void(int line, const std::string& text)>& take_error,
              int first_line = 1);

// Appends a row and a line feed; cells are quoted where they must be.
void AppendCsvRow(const std::vector<std::string>& cells, std::string* out);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_INGEST_CSV_H_
