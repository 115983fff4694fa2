#include "clients/cli/output/csv.h"

#include <variant>

namespace attlas::cli {

std::string CsvField(std::string_view text) {
  const bool padded = !text.empty() && (text.front() == ' ' || text.back() == ' ');
  if (!padded && text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (char character : text) {
    if (character == '"') quoted += '"';
    quoted += character;
  }
  return quoted + '"';
}

std::string FormatCsv(const Document& document) {
  for (const auto& block : document.blocks) {
    const Table* table = std::get_if<Table>(&block);
    if (table == nullptr || table->shown == Shown::kTableOnly) continue;
    std::string out;
    const auto add_line = [&](const auto& field_of) {
      bool first = true;
      for (size_t c = 0; c < table->columns.size(); ++c) {
        if (table->columns[c].shown == Shown::kTableOnly) continue;
        if (!first) out += ',';
        first = false;
        out += CsvField(field_of(c));
      }
      out += '\n';
    };
    add_line([&](size_t c) -> const std::string& { return table->columns[c].key; });
    for (const auto& row : table->rows) {
      add_line([&](size_t c) -> const std::string& { return row[c].text; });
    }
    return out;
  }
  return "";
}

}  // namespace attlas::cli
