// A text that is read from a file piece by piece, so that a large one takes no more memory than a
// small one.
//
// Threads: single-thread.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(TextFile file, TextFile::Open("atlas.jsonl"));
//   ATTLAS_RETURN_IF_ERROR(ForEachLine(&file, [&](int number, std::string_view line) { … }));
#ifndef ATTLAS_CLIENTS_EXCHANGE_TEXT_FILE_H_
#define ATTLAS_CLIENTS_EXCHANGE_TEXT_FILE_H_

#include <cstddef>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/ingest/csv.h"

namespace attlas::exchange {

class TextFile {
 public:
  // NOT_FOUND, naming it, where it cannot be read.
  static absl::StatusOr<TextFile> Open(const std::string& path);
  // A text that is there already.
  static TextFile Holding(std::string text);

  // Appends the next `count` bytes to `to`, or what is left. False at the end.
  absl::StatusOr<bool> Read(size_t count, std::string* to);

 private:
  TextFile(std::string path, std::unique_ptr<std::istream> stream);

  std::string path_;
  std::unique_ptr<std::istream> stream_;
};

// The longest line, and about the longest row, that is held. Longer than any message may be.
inline constexpr size_t kMostLineBytes = size_t{16} << 20;

// Calls `take` with each line, counted from 1, without its line feed. `too_long` is called for a
// line of which not all can be held; it is passed over.
absl::Status ForEachLine(TextFile* file,
                         const std::function<void(int number, std::string_view line)>& take,
                         const std::function<void(int number)>& too_long);

// As graph::ParseCsv, of a text that is not held as a whole. A quote that is opened and never
// closed is looked for no further than about kMostLineBytes. `most_bytes` is how much of the text
// is taken at once; tests make it small.
absl::Status ForEachCsvRow(TextFile* file, const std::function<void(graph::CsvRow&&)>& take_row,
                           const std::function<void(int line, const std::string& text)>& take_error,
                           size_t most_bytes = size_t{1} << 20);

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_TEXT_FILE_H_
