// Moving a date by days and months, as clauses on entry into force and on due dates do.
//
// Thread-safety: functions only; safe from any thread.
#ifndef ATTLAS_GRAPH_MODEL_DATE_SHIFT_H_
#define ATTLAS_GRAPH_MODEL_DATE_SHIFT_H_

#include <cstdint>
#include <optional>

#include "graph/model/date.h"

namespace attlas::graph {

// By how much a rule moves a date: first by days, then by months (clamped to the end of the month),
// then to the first day of the month reached.
struct DateShift {
  int64_t months = 0;
  int64_t days = 0;
  bool first_day_of_month = false;
};

// `date` shifted, with the precision of `date`; a day that the month reached lacks becomes its last
// day. REQUIRES a valid date. Nothing where the result lies outside the years 1 to 9999.
std::optional<Date> ShiftDate(const Date& date, const DateShift& shift);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_MODEL_DATE_SHIFT_H_
