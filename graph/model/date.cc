#include "graph/model/date.h"

#include <chrono>

#include "absl/strings/str_cat.h"
#include "graph/base/utf8.h"

namespace attlas::graph {
namespace {

constexpr int kLastYear = 9999;

std::chrono::year_month_day CalendarDay(const Date& date) {
  const auto at_least_one = [](int number) {
    return static_cast<unsigned>(number < 1 ? 1 : number);
  };
  return std::chrono::year(date.year()) / std::chrono::month(at_least_one(date.month())) /
         std::chrono::day(at_least_one(date.day()));
}

// How many of year, month and day are known.
int Precision(const Date& date) {
  if (date.month() == 0) return 1;
  return date.day() == 0 ? 2 : 3;
}

// Reads `length` digits of `text` from `position` on; false if there are none such.
bool ReadDigits(std::string_view text, size_t position, size_t length, int* number) {
  *number = 0;
  for (size_t i = position; i < position + length; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    *number = *number * 10 + (text[i] - '0');
  }
  return true;
}

absl::Status BadDate(std::string_view text, std::string_view problem) {
  return absl::InvalidArgumentError(absl::StrCat("`", Printable(text), "` ", std::string(problem)));
}

}  // namespace

bool IsValidDate(const Date& date) {
  if (date.year() < 1 || date.year() > kLastYear) return false;
  if (date.month() == 0) return date.day() == 0;
  if (date.month() < 1 || date.month() > 12 || date.day() < 0) return false;
  return date.day() == 0 || CalendarDay(date).ok();
}

absl::StatusOr<Date> ParseDate(std::string_view text) {
  constexpr std::string_view kForm = "is not a date; write YYYY, YYYY-MM or YYYY-MM-DD";
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return BadDate(text, kForm);
  int year = 0;
  int month = 0;
  int day = 0;
  bool well_formed = ReadDigits(text, 0, 4, &year);
  if (text.size() >= 7) well_formed &= text[4] == '-' && ReadDigits(text, 5, 2, &month);
  if (text.size() == 10) well_formed &= text[7] == '-' && ReadDigits(text, 8, 2, &day);
  if (!well_formed) return BadDate(text, kForm);
  Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  // A month or day that is written, but as 00, is not the same as one left out.
  const bool zero = (text.size() >= 7 && month == 0) || (text.size() == 10 && day == 0);
  if (zero || !IsValidDate(date)) {
    return BadDate(text, "is not in the calendar; leave out a month or a day that is not known");
  }
  return date;
}

std::string FormatDate(const Date& date) {
  if (date.year() == 0) return "";
  std::string text = absl::StrCat(absl::Dec(date.year(), absl::kZeroPad4));
  if (date.month() == 0) return text;
  absl::StrAppend(&text, "-", absl::Dec(date.month(), absl::kZeroPad2));
  if (date.day() != 0) absl::StrAppend(&text, "-", absl::Dec(date.day(), absl::kZeroPad2));
  return text;
}

DayNumber FirstDay(const Date& date) {
  return static_cast<DayNumber>(
      std::chrono::sys_days(CalendarDay(date)).time_since_epoch().count());
}

DayNumber LastDay(const Date& date) {
  if (date.day() != 0) return FirstDay(date);
  Date next = date;
  if (date.month() == 0 || date.month() == 12) {
    next.set_year(date.year() + 1);
    next.set_month(date.month() == 0 ? 0 : 1);
  } else {
    next.set_month(date.month() + 1);
  }
  return FirstDay(next) - 1;
}

Date DateOfDay(DayNumber day) {
  const std::chrono::year_month_day calendar{std::chrono::sys_days{std::chrono::days{day}}};
  Date date;
  date.set_year(static_cast<int>(calendar.year()));
  date.set_month(static_cast<int>(static_cast<unsigned>(calendar.month())));
  date.set_day(static_cast<int>(static_cast<unsigned>(calendar.day())));
  return date;
}

Date Today() {
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return DateOfDay(static_cast<DayNumber>(today.time_since_epoch().count()));
}

int CompareDates(const Date& a, const Date& b) {
  const DayNumber day_a = FirstDay(a);
  const DayNumber day_b = FirstDay(b);
  if (day_a != day_b) return day_a < day_b ? -1 : 1;
  return Precision(a) - Precision(b);
}

}  // namespace attlas::graph
