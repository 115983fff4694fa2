#include "tests/services/synergy/reference_tables.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <regex>

namespace attlas::testing {
namespace {

std::string ReadFile(const std::string& name) {
  std::ifstream file(std::string(ATTLAS_SOURCE_DIR) + "/data/" + name);
  if (!file) {
    std::cerr << "cannot read data/" << name << '\n';
    std::abort();
  }
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The cells of every line. A quote opens and closes a cell; two stand for one.
std::vector<std::vector<std::string>> Split(const std::string& text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row(1);
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      if (quoted && i + 1 < text.size() && text[i + 1] == '"') {
        row.back() += text[++i];
      } else {
        quoted = !quoted;
      }
    } else if (c == ',' && !quoted) {
      row.emplace_back();
    } else if (c == '\n' && !quoted) {
      rows.push_back(std::move(row));
      row.assign(1, "");
    } else {
      row.back() += c;
    }
  }
  return rows;
}

// Year, month and day; 0 for what is not written.
struct Parts {
  int year = 0;
  int month = 0;
  int day = 0;
};

Parts PartsOf(const std::string& date) {
  Parts parts;
  std::sscanf(date.c_str(), "%d-%d-%d", &parts.year, &parts.month, &parts.day);
  return parts;
}

// The C library reckons months and days that are too many.
Day DayOf(int year, int month, int day) {
  std::tm time{};
  time.tm_year = year - 1900;
  time.tm_mon = month - 1;
  time.tm_mday = day;
  return timegm(&time) / 86400;
}

Parts PartsOfDay(Day day) {
  const std::time_t seconds = day * 86400;
  std::tm time{};
  gmtime_r(&seconds, &time);
  return {time.tm_year + 1900, time.tm_mon + 1, time.tm_mday};
}

}  // namespace

std::string Cell(const Row& row, const std::string& column) {
  const auto found = row.find(column);
  return found == row.end() ? "" : found->second;
}

std::vector<std::string> Items(const Row& row, const std::string& column) {
  std::vector<std::string> items(1);
  for (const char c : Cell(row, column)) {
    if (c == ';') {
      items.emplace_back();
    } else {
      items.back() += c;
    }
  }
  return items == std::vector<std::string>{""} ? std::vector<std::string>{} : items;
}

int Number(const Row& row, const std::string& column) {
  return std::atoi(Cell(row, column).c_str());
}

std::vector<Row> ReadTable(const std::string& name) {
  const std::vector<std::vector<std::string>> lines = Split(ReadFile(name + ".csv"));
  std::vector<Row> rows;
  for (size_t i = 1; i < lines.size(); ++i) {
    Row& row = rows.emplace_back();
    for (size_t column = 0; column < lines[i].size(); ++column) {
      if (!lines[i][column].empty()) row[lines[0].at(column)] = lines[i][column];
    }
  }
  return rows;
}

std::map<std::string, std::string> ReadBroaderTerms() {
  const std::string text = ReadFile("ontology.textproto");
  const std::regex term(R"re(terms \{ id: "([^"]+)" broader: "([^"]+)")re");
  std::map<std::string, std::string> broader;
  for (std::sregex_iterator match(text.begin(), text.end(), term), end; match != end; ++match) {
    broader[(*match)[1]] = (*match)[2];
  }
  return broader;
}

Day FirstDayOf(const std::string& date, Day otherwise) {
  if (date.empty()) return otherwise;
  const Parts parts = PartsOf(date);
  return DayOf(parts.year, std::max(parts.month, 1), std::max(parts.day, 1));
}

std::string DateOf(Day day) {
  const Parts parts = PartsOfDay(day);
  char text[48];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", parts.year, parts.month, parts.day);
  return text;
}

std::string Moved(const std::string& date, int days, int months, bool first_of_month) {
  const Parts from = PartsOfDay(FirstDayOf(date, 0) + days);
  const Day first = DayOf(from.year, from.month + months, 1);
  const Day last = DayOf(from.year, from.month + months + 1, 1) - 1;
  return DateOf(first_of_month ? first : std::min(first + from.day - 1, last))
      .substr(0, date.size());
}

int ConfidenceOf(const Row& row) {
  static const std::map<std::string, int> kGrades = {
      {"unverified", 1}, {"recalled", 2}, {"structure-seen", 3}, {"seen", 4}};
  int best = 1;
  for (const std::string& grade : Items(row, "confidence")) {
    best = std::max(best, kGrades.at(grade));
  }
  return best;
}

}  // namespace attlas::testing
