#include "clients/cli/output/table.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "clients/cli/output/text.h"

namespace attlas::cli {
namespace {

constexpr size_t kLeastWidth = 20;
constexpr size_t kLeastColumn = 10;
constexpr size_t kGap = 2;

std::string_view ToneCode(Tone tone) {
  switch (tone) {
    case Tone::kStrong:
      return "\x1b[1m";
    case Tone::kDim:
      return "\x1b[2m";
    case Tone::kGood:
      return "\x1b[32m";
    case Tone::kFair:
      return "\x1b[33m";
    case Tone::kPoor:
      return "\x1b[31m";
    case Tone::kPlain:
      break;
  }
  return "";
}

// Colours the visible part of a padded cell.
std::string Colour(const std::string& text, Tone tone, bool on) {
  const std::string_view code = ToneCode(tone);
  if (!on || code.empty() || text.empty()) return text;
  return std::string(code) + text + "\x1b[0m";
}

class Formatter {
 public:
  explicit Formatter(const Layout& layout)
      : width_(std::max(layout.width, kLeastWidth)), colour_(layout.colour) {}

  void Add(const Paragraph& paragraph) {
    StartBlock(paragraphs_);
    const std::string text = ForTerminal(paragraph.text);
    for (const std::string& line : paragraph.whole ? std::vector{text} : Wrap(text, width_)) {
      Line(Colour(line, paragraph.tone, colour_));
    }
    paragraphs_ = true;
  }

  void Add(const Table& table) {
    if (table.rows.empty() || table.shown == Shown::kCsvOnly) return;
    StartBlock(false);
    if (!table.title.empty()) {
      for (const std::string& line : Wrap(ForTerminal(table.title), width_)) {
        Line(Colour(line, Tone::kStrong, colour_));
      }
    }
    Clean(table);
    if (const std::optional<std::vector<size_t>> widths = FitWidths(); widths.has_value()) {
      AddColumns(*widths);
    } else {
      AddRecords();
    }
    paragraphs_ = false;
  }

  std::string Take() { return std::move(out_); }

 private:
  // Blocks are set apart by an empty line, but for paragraphs that follow one another.
  void StartBlock(bool joins) {
    if (!out_.empty() && !joins) out_ += '\n';
  }

  void Line(std::string line) {
    while (!line.empty() && line.back() == ' ') line.pop_back();
    out_ += line;
    out_ += '\n';
  }

  // Whether a column says anything.
  static bool HasText(const Table& table, size_t column) {
    return std::any_of(table.rows.begin(), table.rows.end(),
                       [&](const auto& row) { return !row[column].text.empty(); });
  }

  // Takes the shown columns of `table`, safe to show.
  void Clean(const Table& table) {
    columns_.clear();
    rows_.assign(table.rows.size(), {});
    for (size_t c = 0; c < table.columns.size(); ++c) {
      if (table.columns[c].shown == Shown::kCsvOnly || !HasText(table, c)) continue;
      columns_.push_back(&table.columns[c]);
      for (size_t r = 0; r < table.rows.size(); ++r) {
        const Cell& cell = table.rows[r][c];
        rows_[r].emplace_back(ForTerminal(cell.text), cell.tone);
      }
    }
  }

  // The widths of the columns within the line, the widest made narrower first; nothing where they
  // would have to be narrower than can be read.
  std::optional<std::vector<size_t>> FitWidths() const {
    std::vector<size_t> widths(columns_.size());
    std::vector<size_t> least(columns_.size());
    for (size_t c = 0; c < columns_.size(); ++c) {
      widths[c] = DisplayWidth(columns_[c]->header);
      const size_t header = std::min(widths[c], kLeastColumn);
      for (const auto& row : rows_) widths[c] = std::max(widths[c], DisplayWidth(row[c].text));
      least[c] =
          columns_[c]->whole ? widths[c] : std::min(widths[c], std::max(kLeastColumn, header));
    }
    const size_t gaps = columns_.empty() ? 0 : kGap * (columns_.size() - 1);
    const auto total = [&](const std::vector<size_t>& sizes) {
      return std::accumulate(sizes.begin(), sizes.end(), gaps);
    };
    if (total(least) > width_) return std::nullopt;
    for (size_t over = total(widths); over > width_; --over) {
      size_t widest = columns_.size();
      for (size_t c = 0; c < columns_.size(); ++c) {
        if (widths[c] <= least[c]) continue;
        if (widest == columns_.size() || widths[c] > widths[widest]) widest = c;
      }
      --widths[widest];
    }
    return widths;
  }

  // Writes one row of a table, over as many lines as its longest cell needs.
  void AddRow(const std::vector<Cell>& row, const std::vector<size_t>& widths) {
    std::vector<std::vector<std::string>> cells;
    size_t height = 1;
    for (size_t c = 0; c < row.size(); ++c) {
      cells.push_back(Wrap(row[c].text, std::max<size_t>(widths[c], 2)));
      height = std::max(height, cells.back().size());
    }
    for (size_t i = 0; i < height; ++i) {
      std::string line;
      size_t wanted = 0;
      for (size_t c = 0; c < row.size(); ++c) {
        const std::string text = i < cells[c].size() ? cells[c][i] : std::string();
        if (!text.empty()) {
          line += std::string(wanted, ' ');
          wanted = 0;
          const bool right = columns_[c]->right;
          const size_t blank = widths[c] - std::min(widths[c], DisplayWidth(text));
          if (right) line += std::string(blank, ' ');
          line += Colour(text, row[c].tone, colour_);
          if (!right) wanted = blank;
        } else {
          wanted += widths[c];
        }
        wanted += kGap;
      }
      Line(std::move(line));
    }
  }

  void AddColumns(const std::vector<size_t>& widths) {
    std::vector<Cell> header;
    std::vector<Cell> rule;
    for (size_t c = 0; c < columns_.size(); ++c) {
      header.emplace_back(columns_[c]->header, Tone::kStrong);
      std::string dashes;
      for (size_t i = 0; i < widths[c]; ++i) dashes += "─";
      rule.emplace_back(std::move(dashes), Tone::kDim);
    }
    AddRow(header, widths);
    AddRow(rule, widths);
    for (const auto& row : rows_) AddRow(row, widths);
  }

  void AddRecords() {
    for (size_t r = 0; r < rows_.size(); ++r) {
      if (r > 0) out_ += '\n';
      for (size_t c = 0; c < columns_.size(); ++c) {
        if (rows_[r][c].text.empty()) continue;
        const std::string text = columns_[c]->header + ": " + rows_[r][c].text;
        const std::vector<std::string> lines = Wrap(text, width_ - kGap);
        for (size_t i = 0; i < lines.size(); ++i) {
          Line((i == 0 ? std::string() : std::string(kGap, ' ')) +
               Colour(lines[i], rows_[r][c].tone, colour_));
        }
      }
    }
  }

  const size_t width_;
  const bool colour_;
  std::string out_;
  bool paragraphs_ = false;  // Whether the last block was a paragraph.
  std::vector<const Column*> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace

std::string FormatTable(const Document& document, const Layout& layout) {
  Formatter formatter(layout);
  for (const auto& block : document.blocks) {
    std::visit([&](const auto& content) { formatter.Add(content); }, block);
  }
  return formatter.Take();
}

}  // namespace attlas::cli
