// The terminal that a command writes to.
//
// What: standard output for the answer, standard error for what happens on the way. A reader that
// goes away (`attlas … | head`) ends the program quietly.
// Threads: single-thread.
#ifndef ATTLAS_CLIENTS_CLI_CONSOLE_H_
#define ATTLAS_CLIENTS_CLI_CONSOLE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "clients/cli/output/table.h"

namespace attlas::cli {

class Console {
 public:
  // Reads the width (COLUMNS, else the terminal, else 100) and whether to colour (a terminal, and
  // no NO_COLOR in the environment).
  Console();

  const Layout& layout() const { return layout_; }

  // Writes to standard output at once. Does not return where its reader is gone. INTERNAL where it
  // cannot be written, as on a full disk.
  absl::Status Write(std::string_view text);

  // Writes a line about what happens to standard error.
  void Note(std::string_view line);

  // Shows how far something is: on a terminal over the line before, otherwise a line for each first
  // word of `what`.
  void Progress(std::string_view what, size_t done, size_t total);

  // Ends a line that Progress left open.
  void EndProgress();

 private:
  Layout layout_;
  bool progress_on_terminal_ = false;
  bool progress_open_ = false;
  std::string last_line_;
};

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_CONSOLE_H_
