// How wide text is on a terminal, and how it is made to fit.
//
// What: widths of UTF-8 (wide East Asian characters take two columns, combining marks none), word
// wrap, shortening with an ellipsis.
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_CLIENTS_CLI_OUTPUT_TEXT_H_
#define ATTLAS_CLIENTS_CLI_OUTPUT_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attlas::cli {

// The columns that `text` takes. REQUIRES text from ForTerminal.
size_t DisplayWidth(std::string_view text);

// `text` on one line, safe to show: white space becomes one space, and control characters and bytes
// that are no UTF-8 become `\xNN`, so that data can never steer a terminal.
std::string ForTerminal(std::string_view text);

// `text` in at most `width` columns (at least 1), its end replaced by `…` where it is longer.
std::string Shorten(std::string_view text, size_t width);

// `text` in lines of at most `width` columns (at least 2), broken at spaces; a longer word is
// broken after `-`, `/`, `.`, `_` or, failing these, anywhere. At least one line.
std::vector<std::string> Wrap(std::string_view text, size_t width);

// `text` followed or, with `right`, preceded by spaces up to `width` columns.
std::string Pad(std::string_view text, size_t width, bool right);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_OUTPUT_TEXT_H_
