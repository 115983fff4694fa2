// What a command shows, before it is laid out: paragraphs and tables.
//
// What: the renderers (clients/cli/render) make documents of responses; output/table.h and
// output/csv.h turn them into text. JSON is not made of documents: it is the response itself.
// Threads: plain values.
#ifndef ATTLAS_CLIENTS_CLI_OUTPUT_DOCUMENT_H_
#define ATTLAS_CLIENTS_CLI_OUTPUT_DOCUMENT_H_

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace attlas::cli {

// How a text is coloured where colour is on. It never carries a meaning of its own.
enum class Tone { kPlain, kStrong, kDim, kGood, kFair, kPoor };

// Where a table or a column is shown.
enum class Shown { kEverywhere, kTableOnly, kCsvOnly };

struct Paragraph {
  std::string text;
  Tone tone = Tone::kPlain;
  bool whole = false;  // Never broken into lines, so that a terminal gives it back whole.
};

struct Cell {
  // A cell of plain text. Implicit, so that a row reads as a list.
  Cell(std::string plain) : text(std::move(plain)) {}  // NOLINT(google-explicit-constructor)
  Cell(std::string_view plain) : text(plain) {}        // NOLINT(google-explicit-constructor)
  Cell(const char* plain) : text(plain) {}             // NOLINT(google-explicit-constructor)
  Cell(std::string toned, Tone its_tone) : text(std::move(toned)), tone(its_tone) {}

  std::string text;
  Tone tone = Tone::kPlain;
};

struct Column {
  std::string header;  // In a table.
  std::string key;     // In CSV: lower-case words joined by underscores.
  bool right = false;  // Aligned to the right, as numbers are.
  bool whole = false;  // Never made narrower: dates, numbers and codes.
  Shown shown = Shown::kEverywhere;
};

struct Table {
  std::string title;
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;  // Each as long as `columns`.
  Shown shown = Shown::kEverywhere;
};

struct Document {
  std::vector<std::variant<Paragraph, Table>> blocks;

  void Say(std::string text, Tone tone = Tone::kPlain) {
    if (!text.empty()) blocks.emplace_back(Paragraph{std::move(text), tone});
  }
  // How the next page is asked for, where there is one. A token is copied as it stands.
  void SayNextPage(const std::string& token) {
    if (token.empty()) return;
    blocks.emplace_back(Paragraph{"More with --page-token " + token, Tone::kDim, true});
  }
  void Add(Table table) { blocks.emplace_back(std::move(table)); }
};

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_OUTPUT_DOCUMENT_H_
