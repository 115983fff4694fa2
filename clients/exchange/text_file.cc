#include "clients/exchange/text_file.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"

namespace attlas::exchange {
namespace {

constexpr size_t kPieceBytes = 64 << 10;

int CountLineEnds(std::string_view text) {
  int count = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool within_pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (text[i] == '\n' || (text[i] == '\r' && !within_pair)) ++count;
  }
  return count;
}

// Where whole rows end in what has been read of a table: behind the last line end that is within no
// quotes.
class RowEnds {
 public:
  // Looks at what has come since the last call. A carriage return at the very end waits, for a line
  // feed may follow.
  void Look(std::string_view text) {
    for (; seen_ < text.size(); ++seen_) {
      const char c = text[seen_];
      if (c == '"') quoted_ = !quoted_;
      if (c == '\r' && seen_ + 1 == text.size()) return;
      const bool ends = c == '\n' || (c == '\r' && text[seen_ + 1] != '\n');
      if (!ends) continue;
      last_line_end_ = seen_ + 1;
      if (!quoted_) last_row_end_ = seen_ + 1;
    }
  }

  // 0 for none.
  size_t last_row_end() const { return last_row_end_; }
  size_t last_line_end() const { return last_line_end_; }

 private:
  size_t seen_ = 0;
  size_t last_row_end_ = 0;
  size_t last_line_end_ = 0;
  bool quoted_ = false;
};

}  // namespace

TextFile::TextFile(std::string path, std::unique_ptr<std::istream> stream)
    : path_(std::move(path)), stream_(std::move(stream)) {}

absl::StatusOr<TextFile> TextFile::Open(const std::string& path) {
  auto stream = std::make_unique<std::ifstream>(path, std::ios::binary);
  // A folder can be opened, and is found out by reading.
  if (!stream->is_open() || (stream->peek(), stream->bad())) {
    return absl::NotFoundError(absl::StrCat("cannot read ", path));
  }
  return TextFile(path, std::move(stream));
}

TextFile TextFile::Holding(std::string text) {
  return TextFile("text", std::make_unique<std::istringstream>(std::move(text)));
}

absl::StatusOr<bool> TextFile::Read(size_t count, std::string* to) {
  const size_t before = to->size();
  to->resize(before + count);
  stream_->read(to->data() + before, static_cast<std::streamsize>(count));
  to->resize(before + static_cast<size_t>(stream_->gcount()));
  if (stream_->bad()) return absl::NotFoundError(absl::StrCat("cannot read ", path_));
  return to->size() > before;
}

absl::Status ForEachLine(TextFile* file,
                         const std::function<void(int number, std::string_view line)>& take,
                         const std::function<void(int number)>& too_long) {
  std::string text;
  int number = 1;
  bool passing_over = false;  // The rest of a line that is too long.
  for (bool more = true; more;) {
    const size_t before = text.size();
    ATTLAS_ASSIGN_OR_RETURN(more, file->Read(kPieceBytes, &text));
    size_t begin = 0;
    size_t end = text.find('\n', before);
    for (; end != std::string::npos; end = text.find('\n', begin)) {
      if (!std::exchange(passing_over, false)) {
        take(number, std::string_view(text).substr(begin, end - begin));
      }
      ++number;
      begin = end + 1;
    }
    text.erase(0, begin);
    if (passing_over) text.clear();
    if (text.size() <= kMostLineBytes) continue;
    too_long(number);
    passing_over = true;
    text.clear();
  }
  if (!text.empty()) take(number, text);
  return absl::OkStatus();
}

absl::Status ForEachCsvRow(TextFile* file, const std::function<void(graph::CsvRow&&)>& take_row,
                           const std::function<void(int line, const std::string& text)>& take_error,
                           size_t most_bytes) {
  std::string text;
  int line = 1;
  for (bool more = true; more;) {
    RowEnds ends;
    ends.Look(text);
    while (more && (text.size() < most_bytes || ends.last_row_end() == 0) &&
           text.size() < std::max(kMostLineBytes, most_bytes)) {
      ATTLAS_ASSIGN_OR_RETURN(more, file->Read(std::min(kPieceBytes, most_bytes), &text));
      ends.Look(text);
    }
    // Where no row ends, lines do; where these do not either, it is cut.
    size_t end = text.size();
    if (more && ends.last_line_end() > 0) end = ends.last_line_end();
    if (more && ends.last_row_end() > 0) end = ends.last_row_end();
    const std::string_view whole = std::string_view(text).substr(0, end);
    graph::ParseCsv(whole, take_row, take_error, line);
    line += CountLineEnds(whole);
    text.erase(0, end);
  }
  return absl::OkStatus();
}

}  // namespace attlas::exchange
