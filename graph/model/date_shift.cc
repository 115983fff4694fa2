#include "graph/model/date_shift.h"

#include <chrono>
#include <cstdlib>

namespace attlas::graph {

std::optional<Date> ShiftDate(const Date& date, const DateShift& shift) {
  namespace chrono = std::chrono;
  // Far beyond any real rule, and far from overflow.
  constexpr int64_t kMostMonths = int64_t{12} * 10'000;
  constexpr int64_t kMostDays = int64_t{366} * 10'000;
  if (std::abs(shift.months) > kMostMonths || std::abs(shift.days) > kMostDays) return std::nullopt;
  // Days come first: 'the first day of the month after the sixtieth day' is a rule of this kind.
  chrono::year_month_day day =
      chrono::sys_days{chrono::days{FirstDay(date)} + chrono::days(static_cast<int>(shift.days))};
  day += chrono::months(static_cast<int>(shift.months));
  if (shift.first_day_of_month) day = day.year() / day.month() / chrono::day(1);
  if (!day.ok()) day = day.year() / day.month() / chrono::last;
  const chrono::sys_days shifted(day);
  Date result = DateOfDay(static_cast<DayNumber>(shifted.time_since_epoch().count()));
  if (date.day() == 0) result.set_day(0);
  if (date.month() == 0) result.set_month(0);
  if (!IsValidDate(result)) return std::nullopt;
  return result;
}

}  // namespace attlas::graph
