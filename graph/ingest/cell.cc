#include "graph/ingest/cell.h"

#include <array>
#include <charconv>
#include <cmath>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/base/utf8.h"
#include "graph/model/date.h"

namespace attlas::graph {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

absl::Status BadCell(std::string_view cell, std::string_view problem) {
  return absl::InvalidArgumentError(absl::StrCat("`", Printable(cell), "` ", ToAbsl(problem)));
}

absl::StatusOr<Value> ParseTexts(std::string_view cell) {
  Value value;
  for (std::string& item : SplitList(cell)) {
    if (item.empty()) {
      return BadCell(cell, "holds an empty item; separate items by one semicolon");
    }
    value.mutable_texts()->add_values(std::move(item));
  }
  return value;
}

}  // namespace

std::vector<std::string> SplitList(std::string_view cell) {
  std::vector<std::string> items;
  if (cell.empty()) return items;
  std::string item;
  size_t kept = 0;  // Length of the item up to its last character that is no loose blank.
  const auto end_item = [&] {
    item.resize(kept);
    items.push_back(std::move(item));
    item.clear();
    kept = 0;
  };
  for (size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] == ';') {
      end_item();
    } else if (cell[i] == '\\' && i + 1 < cell.size()) {
      item.push_back(cell[++i]);
      kept = item.size();
    } else if (!IsBlank(cell[i])) {
      item.push_back(cell[i]);
      kept = item.size();
    } else if (!item.empty()) {
      item.push_back(cell[i]);
    }
  }
  end_item();
  return items;
}

std::string JoinList(const std::vector<std::string>& items) {
  std::string cell;
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) cell.push_back(';');
    const std::string& item = items[i];
    for (size_t j = 0; j < item.size(); ++j) {
      const bool at_edge = j == 0 || j + 1 == item.size();
      if (item[j] == ';' || item[j] == '\\' || (at_edge && IsBlank(item[j]))) cell.push_back('\\');
      cell.push_back(item[j]);
    }
  }
  return cell;
}

absl::StatusOr<Value> ParseValue(std::string_view cell, const v1::PropertyType& type) {
  if (type.repeated()) return ParseTexts(cell);
  Value value;
  switch (type.kind()) {
    case v1::PROPERTY_KIND_INTEGER: {
      int64_t number = 0;
      if (!absl::SimpleAtoi(ToAbsl(cell), &number)) {
        return BadCell(cell, "is not a whole number; write digits alone");
      }
      value.set_integer(number);
      return value;
    }
    case v1::PROPERTY_KIND_DECIMAL: {
      double number = 0;
      if (!absl::SimpleAtod(ToAbsl(cell), &number) || !std::isfinite(number)) {
        return BadCell(cell, "is not a number; write it as 12.5");
      }
      value.set_decimal(number);
      return value;
    }
    case v1::PROPERTY_KIND_BOOLEAN:
      if (cell != "true" && cell != "false") return BadCell(cell, "is neither true nor false");
      value.set_boolean(cell == "true");
      return value;
    case v1::PROPERTY_KIND_DATE: {
      ATTLAS_ASSIGN_OR_RETURN(*value.mutable_date(), ParseDate(cell));
      return value;
    }
    default:
      value.set_text(std::string(cell));
      return value;
  }
}

std::string FormatValue(const Value& value) {
  switch (value.kind_case()) {
    case Value::kText:
      return value.text();
    case Value::kInteger:
      return absl::StrCat(value.integer());
    case Value::kDecimal: {
      // The shortest text that reads back as the same number.
      std::array<char, 32> text{};
      const auto end = std::to_chars(text.data(), text.data() + text.size(), value.decimal());
      return std::string(text.data(), end.ptr);
    }
    case Value::kBoolean:
      return value.boolean() ? "true" : "false";
    case Value::kDate:
      return FormatDate(value.date());
    case Value::kTexts:
      return JoinList({value.texts().values().begin(), value.texts().values().end()});
    case Value::KIND_NOT_SET:
      break;
  }
  return "";
}

}  // namespace attlas::graph
