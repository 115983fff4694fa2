// Documents as people read them on a terminal.
//
// What: paragraphs are wrapped; tables are laid out within the width, long cells over several
// lines, columns without any text left out. Where a table would need columns too narrow to read,
// each row becomes a small list of `Header: value` instead, so that any width of 20 columns or more
// works. Threads: functions only; safe from any thread.
#ifndef ATTLAS_CLIENTS_CLI_OUTPUT_TABLE_H_
#define ATTLAS_CLIENTS_CLI_OUTPUT_TABLE_H_

#include <cstddef>
#include <string>

#include "clients/cli/output/document.h"

namespace attlas::cli {

struct Layout {
  size_t width = 100;   // Columns of the terminal; fewer than 20 are read as 20.
  bool colour = false;  // Whether to colour with ANSI sequences.
};

// The text of the document, every line ended. Empty tables are left out.
std::string FormatTable(const Document& document, const Layout& layout);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_OUTPUT_TABLE_H_
