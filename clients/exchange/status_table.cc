#include "clients/exchange/status_table.h"

#include <array>
#include <cctype>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "graph/base/utf8.h"
#include "graph/ingest/csv.h"

namespace attlas::exchange {
namespace {

enum Part { kState, kSignature, kDeposit, kKind, kWithdrawal, kParts };

struct KnownColumn {
  Part part;
  std::string_view name;
  bool is_beginning = false;
};

constexpr KnownColumn kKnownColumns[] = {
    {kState, "state"},
    {kState, "participant"},
    {kState, "party"},
    {kState, "country"},
    {kSignature, "signature"},
    {kSignature, "signature date"},
    {kSignature, "signed"},
    {kSignature, "date of signature"},
    {kDeposit, "deposit"},
    {kDeposit, "deposit date"},
    {kDeposit, "date of deposit"},
    {kDeposit, "ratification", true},
    {kKind, "kind"},
    {kKind, "act"},
    {kKind, "type"},
    {kWithdrawal, "withdrawal"},
    {kWithdrawal, "withdrawal date"},
    {kWithdrawal, "denunciation"},
    {kWithdrawal, "withdrawn"},
};

// The letters with which depositaries mark the kind of a consent.
struct KindLetter {
  std::string_view letter;
  std::string_view act;
};
constexpr KindLetter kKindLetters[] = {
    {"a", "accession"}, {"A", "acceptance"}, {"AA", "approval"}, {"d", "succession"}};

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

int MonthOf(std::string_view word) {
  const std::string lower = absl::AsciiStrToLower(absl::string_view(word.data(), word.size()));
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (lower.size() >= 3 && lower.starts_with(kMonths[i])) return static_cast<int>(i) + 1;
  }
  return 0;
}

// A date, and what followed it.
struct DatedCell {
  graph::Date date;
  std::string rest;
};

absl::StatusOr<DatedCell> ParseCell(const std::string& cell) {
  const std::vector<std::string> words =
      absl::StrSplit(cell, absl::ByAnyChar(" \t\n\r"), absl::SkipEmpty());
  DatedCell read;
  size_t used = 1;
  const int month = words.size() >= 3 ? MonthOf(words[1]) : 0;
  int day = 0;
  int year = 0;
  if (month > 0 && absl::SimpleAtoi(words[0], &day) && absl::SimpleAtoi(words[2], &year)) {
    read.date.set_year(year);
    read.date.set_month(month);
    read.date.set_day(day);
    used = 3;
  } else {
    const absl::StatusOr<graph::Date> date = graph::ParseDate(words[0]);
    if (date.ok()) read.date = *date;
  }
  if (!graph::IsValidDate(read.date)) {
    return absl::InvalidArgumentError(absl::StrCat("`", graph::Printable(cell),
                                                   "` is no date; write it as 2013-06-03 or "
                                                   "3 Jun 2013"));
  }
  read.rest = absl::StrJoin(words.begin() + static_cast<std::ptrdiff_t>(used), words.end(), " ");
  return read;
}

class Reader {
 public:
  Reader(const std::string& file, const v1::StatusTableMapping& mapping, const NameIndex& states,
         const std::set<std::string>& acts, graph::ProblemLog* problems)
      : file_(file), mapping_(mapping), states_(states), acts_(acts), problems_(*problems) {
    for (const v1::StateName& name : mapping.states()) {
      mapped_states_[FoldName(name.text())] = name.state();
    }
  }

  void Take(graph::CsvRow&& row) {
    if (columns_.empty()) {
      ReadHeader(row);
    } else if (!usable_) {
      return;
    } else if (row.cells.size() != names_.size()) {
      problems_.Add(file_, row.line, "row",
                    absl::StrCat("has ", row.cells.size(), " cells, but the header names ",
                                 names_.size(), " columns"));
    } else {
      ReadRow(row);
    }
  }

  std::vector<StatusRow> Finish() {
    if (columns_.empty()) problems_.Add(file_, 0, "", "is empty; the first line names the columns");
    return std::move(rows_);
  }

 private:
  // The column that the mapping gives for a part, or a known one.
  bool IsColumnOf(Part part, const std::string& name) const {
    const std::string& mapped = part == kState       ? mapping_.state_column()
                                : part == kSignature ? mapping_.signature_column()
                                : part == kDeposit   ? mapping_.deposit_column()
                                : part == kKind      ? mapping_.kind_column()
                                                     : mapping_.withdrawal_column();
    const std::string folded = FoldName(name);
    if (!mapped.empty()) return folded == FoldName(mapped);
    for (const KnownColumn& known : kKnownColumns) {
      if (known.part != part) continue;
      if (folded == known.name || (known.is_beginning && folded.starts_with(known.name))) {
        return true;
      }
    }
    return false;
  }

  void ReadHeader(const graph::CsvRow& row) {
    names_ = row.cells;
    columns_.assign(kParts, -1);
    for (size_t i = 0; i < row.cells.size(); ++i) {
      for (int part = 0; part < kParts; ++part) {
        if (!IsColumnOf(static_cast<Part>(part), row.cells[i])) continue;
        if (columns_[static_cast<size_t>(part)] >= 0) {
          problems_.Add(file_, row.line, row.cells[i],
                        "says what another column says too; give a --mapping");
          usable_ = false;
        }
        columns_[static_cast<size_t>(part)] = static_cast<int>(i);
      }
    }
    if (columns_[kState] < 0) {
      problems_.Add(file_, row.line, "header",
                    "no column names the state; call it `state`, or give a --mapping");
      usable_ = false;
    }
    if (columns_[kSignature] < 0 && columns_[kDeposit] < 0 && columns_[kWithdrawal] < 0) {
      problems_.Add(file_, row.line, "header",
                    "no column gives signature, deposit or withdrawal; give a --mapping");
      usable_ = false;
    }
  }

  std::string Cell(const graph::CsvRow& row, Part part) const {
    const int column = columns_[part];
    if (column < 0) return "";
    return std::string(absl::StripAsciiWhitespace(row.cells[static_cast<size_t>(column)]));
  }

  void Report(const graph::CsvRow& row, Part part, std::string_view text) {
    problems_.Add(file_, row.line, names_[static_cast<size_t>(columns_[part])], std::string(text));
    sound_ = false;
  }

  std::optional<graph::Date> DateIn(const graph::CsvRow& row, Part part, std::string* rest) {
    const std::string cell = Cell(row, part);
    if (cell.empty() || cell == "-") return std::nullopt;
    const absl::StatusOr<DatedCell> read = ParseCell(cell);
    if (!read.ok()) {
      Report(row, part, std::string(read.status().message()));
      return std::nullopt;
    }
    *rest = read->rest;
    return read->date;
  }

  std::string ActIn(const graph::CsvRow& row, Part part, const std::string& word) {
    if (word.empty()) return "";
    for (const v1::KindName& kind : mapping_.kinds()) {
      if (FoldName(kind.text()) == FoldName(word) && acts_.contains(kind.act())) return kind.act();
    }
    for (const KindLetter& known : kKindLetters) {
      if (word == known.letter || word == absl::StrCat("(", std::string(known.letter), ")")) {
        return std::string(known.act);
      }
    }
    std::string lower = absl::AsciiStrToLower(word);
    if (acts_.contains(lower)) return lower;
    Report(row, part,
           absl::StrCat("`", graph::Printable(word), "` is no kind of consent; known are ",
                        absl::StrJoin(acts_, ", "), " and the letters a, A, AA and d"));
    return "";
  }

  void ReadRow(const graph::CsvRow& row) {
    sound_ = true;
    StatusRow read{.line = row.line};
    const std::string name = Cell(row, kState);
    if (name.empty()) return;
    const auto mapped = mapped_states_.find(FoldName(name));
    const absl::StatusOr<std::string> state =
        states_.Find(mapped == mapped_states_.end() ? name : mapped->second);
    if (!state.ok()) return Report(row, kState, std::string(state.status().message()));
    read.state = *state;
    const auto [first, is_new] = lines_.emplace(read.state, row.line);
    if (!is_new) {
      return Report(row, kState,
                    absl::StrCat(read.state, " stands on line ", first->second, " already"));
    }
    std::string rest;
    read.signature = DateIn(row, kSignature, &rest);
    rest.clear();
    read.deposit = DateIn(row, kDeposit, &rest);
    const std::string kind = Cell(row, kKind);
    read.act = kind.empty() ? ActIn(row, kDeposit, rest) : ActIn(row, kKind, kind);
    read.withdrawal = DateIn(row, kWithdrawal, &rest);
    if (sound_) rows_.push_back(std::move(read));
  }

  const std::string& file_;
  const v1::StatusTableMapping& mapping_;
  const NameIndex& states_;
  const std::set<std::string>& acts_;
  graph::ProblemLog& problems_;
  std::map<std::string, std::string> mapped_states_;
  std::vector<std::string> names_;
  std::vector<int> columns_;  // By part; -1 where the table has none.
  bool usable_ = true;
  bool sound_ = true;  // Whether the row that is read has no problem so far.
  std::map<std::string, int> lines_;
  std::vector<StatusRow> rows_;
};

}  // namespace

std::vector<StatusRow> ReadStatusTable(std::string_view text, const std::string& file,
                                       const v1::StatusTableMapping& mapping,
                                       const NameIndex& states, const std::set<std::string>& acts,
                                       graph::ProblemLog* problems) {
  Reader reader(file, mapping, states, acts, problems);
  graph::ParseCsv(
      text, [&](graph::CsvRow&& row) { reader.Take(std::move(row)); },
      [&](int line, const std::string& problem) { problems->Add(file, line, "row", problem); });
  return reader.Finish();
}

}  // namespace attlas::exchange
