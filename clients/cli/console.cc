#include "clients/cli/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/output/text.h"
#include "graph/base/strings.h"

namespace attlas::cli {
namespace {

size_t TerminalWidth() {
  size_t columns = 0;
  const char* text = std::getenv("COLUMNS");
  if (text != nullptr && absl::SimpleAtoi(text, &columns) && columns > 0) return columns;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return Layout().width;
}

// As no-color.org has it: set and not empty.
bool WantsNoColour() {
  const char* text = std::getenv("NO_COLOR");
  return text != nullptr && *text != '\0';
}

// Writes all of `text`; the errno of what went wrong, or 0.
int WriteAll(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return 0;
}

}  // namespace

Console::Console() {
  layout_.width = TerminalWidth();
  layout_.colour = isatty(STDOUT_FILENO) == 1 && !WantsNoColour();
  progress_on_terminal_ = isatty(STDERR_FILENO) == 1;
}

absl::Status Console::Write(std::string_view text) {
  const int error = WriteAll(STDOUT_FILENO, text);
  if (error == 0) return absl::OkStatus();
  if (error == EPIPE) _exit(0);
  return absl::InternalError(
      absl::StrCat("cannot write to standard output: ", std::strerror(error)));
}

void Console::Note(std::string_view line) {
  EndProgress();
  WriteAll(STDERR_FILENO, std::string(line) + "\n");
}

void Console::Progress(std::string_view what, size_t done, size_t total) {
  const size_t percent = total == 0 ? 100 : done * 100 / total;
  const std::string line = progress_on_terminal_
                               ? absl::StrCat(graph::ToAbsl(what), " ", percent, " %")
                               : std::string(what.substr(0, what.find(' ')));
  if (line == last_line_) return;
  last_line_ = line;
  if (progress_on_terminal_) {
    WriteAll(STDERR_FILENO, absl::StrCat("\r\x1b[K", Shorten(line, layout_.width - 1)));
    progress_open_ = true;
  } else {
    WriteAll(STDERR_FILENO, line + "\n");
  }
}

void Console::EndProgress() {
  // What was shown on the way is of no use afterwards.
  if (progress_open_) WriteAll(STDERR_FILENO, "\r\x1b[K");
  progress_open_ = false;
}

}  // namespace attlas::cli
