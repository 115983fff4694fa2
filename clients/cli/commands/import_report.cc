#include "clients/cli/commands/import_report.h"

#include <functional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/output/csv.h"
#include "clients/cli/output/document.h"
#include "clients/cli/output/table.h"
#include "clients/exchange/json_value.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"

namespace attlas::cli {
namespace {

using exchange::JsonValue;

constexpr size_t kNumberBytes = sizeof(uint64_t);
constexpr size_t kMostShown = 1000;
constexpr size_t kPieceBytes = 64 << 10;

struct Outcome {
  std::string line;  // Empty for none.
  std::string name;
  std::string result;
};

absl::Status ForEachOutcome(const exchange::SortedRecords& outcomes,
                            const std::function<absl::Status(const Outcome& outcome)>& take) {
  return outcomes.ForEach([&](std::string_view key, std::string_view value) {
    const uint64_t line = exchange::NumberOf(key.substr(1, kNumberBytes));
    const size_t end = value.find('\0');
    return take({.line = line == 0 ? "" : absl::StrCat(line),
                 .name = std::string(value.substr(end + 1)),
                 .result = std::string(value.substr(0, end))});
  });
}

// Text on its way to the console, by pieces.
class Pieces {
 public:
  explicit Pieces(Console* console) : console_(*console) {}

  absl::Status Add(std::string_view text) {
    text_ += text;
    return text_.size() < kPieceBytes ? absl::OkStatus() : Flush();
  }
  absl::Status Flush() { return console_.Write(std::exchange(text_, "")); }

 private:
  Console& console_;
  std::string text_;
};

}  // namespace

absl::Status ImportReport::Add(RowKind kind, int line, const std::string& name,
                               std::string_view result) {
  ++counts_[std::string(result)];
  std::string key(1, static_cast<char>(kind));
  key += exchange::SortableNumber(static_cast<uint64_t>(line));
  key += exchange::SortableNumber(outcomes_.size());
  std::string value(result);
  value.push_back('\0');
  return outcomes_.Add(key, value + name);
}

absl::Status ImportReport::Show(std::string_view ending, Session& session) {
  ATTLAS_RETURN_IF_ERROR(outcomes_.Sort());
  switch (session.form()) {
    case OutputForm::kJson:
      return ShowJson(session);
    case OutputForm::kCsv:
      return ShowCsv(session);
    case OutputForm::kTable:
      break;
  }
  return ShowTable(ending, session);
}

absl::Status ImportReport::ShowJson(Session& session) {
  Pieces pieces(&session.console());
  ATTLAS_RETURN_IF_ERROR(pieces.Add("{\"rows\": ["));
  std::string_view separator = "\n ";
  ATTLAS_RETURN_IF_ERROR(ForEachOutcome(outcomes_, [&](const Outcome& outcome) {
    JsonValue row = JsonValue::Object();
    row.Set("line", JsonValue::Text(outcome.line));
    row.Set("name", JsonValue::Text(outcome.name));
    row.Set("result", JsonValue::Text(outcome.result));
    return pieces.Add(absl::StrCat(graph::ToAbsl(std::exchange(separator, ",\n ")), row.Format()));
  }));
  ATTLAS_RETURN_IF_ERROR(pieces.Add("\n]}\n"));
  return pieces.Flush();
}

absl::Status ImportReport::ShowCsv(Session& session) {
  Pieces pieces(&session.console());
  ATTLAS_RETURN_IF_ERROR(pieces.Add("line,name,result\n"));
  ATTLAS_RETURN_IF_ERROR(ForEachOutcome(outcomes_, [&](const Outcome& outcome) {
    return pieces.Add(
        absl::StrCat(outcome.line, ",", CsvField(outcome.name), ",", outcome.result, "\n"));
  }));
  return pieces.Flush();
}

absl::Status ImportReport::ShowTable(std::string_view ending, Session& session) {
  Table table{.title = "",
              .columns = {{.header = "Line", .key = "line", .right = true, .whole = true},
                          {.header = "Name", .key = "name"},
                          {.header = "Result", .key = "result", .whole = true}},
              .rows = {}};
  size_t further = 0;
  ATTLAS_RETURN_IF_ERROR(ForEachOutcome(outcomes_, [&](const Outcome& outcome) {
    if (outcome.result == "unchanged") return absl::OkStatus();  // It is counted alone.
    if (table.rows.size() < kMostShown) {
      table.rows.push_back({outcome.line, outcome.name, outcome.result});
    } else {
      ++further;
    }
    return absl::OkStatus();
  }));
  Document document;
  document.Add(std::move(table));
  if (further > 0) {
    document.Say(absl::StrCat("and ", further, " more; `--output csv` lists all"), Tone::kDim);
  }
  document.Say(absl::StrCat(counts_["added"], " added, ", counts_["changed"], " changed, ",
                            counts_["unchanged"], " unchanged, ", counts_["derived"],
                            " derived by rules", graph::ToAbsl(ending)));
  return session.console().Write(FormatTable(document, session.console().layout()));
}

}  // namespace attlas::cli
