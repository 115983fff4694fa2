// Dates in the world, and the day numbers that the snapshot compares.
//
// A Date may know only its year or month. Where a day is needed, a partial date counts from the
// first day of its period; no day is ever invented in what is shown.
//
// Thread-safety: functions only; safe from any thread.
#ifndef ATTLAS_GRAPH_MODEL_DATE_H_
#define ATTLAS_GRAPH_MODEL_DATE_H_

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attlas/graph/v1/time.pb.h"

namespace attlas::graph {

using v1::Date;

// Days since 1970-01-01 in the proleptic Gregorian calendar.
using DayNumber = int32_t;

// Stand for 'always held' and 'no end known'. Every real date lies strictly between them.
inline constexpr DayNumber kBeginningOfTime = std::numeric_limits<DayNumber>::min();
inline constexpr DayNumber kEndOfTime = std::numeric_limits<DayNumber>::max();

// Whether year, month and day name a real date, month or year between 0001 and 9999.
bool IsValidDate(const Date& date);

// Parses `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. INVALID_ARGUMENT otherwise, naming text and form.
absl::StatusOr<Date> ParseDate(std::string_view text);

// The inverse of ParseDate; empty for a date without a year.
std::string FormatDate(const Date& date);

// The first day of the period that a valid date names.
DayNumber FirstDay(const Date& date);

// The last day of the year, the month or the day that a date names.
DayNumber LastDay(const Date& date);

// The full date of a day number.
Date DateOfDay(DayNumber day);

// The current date in UTC.
Date Today();

// Less than, equal to or greater than 0 as `a` starts before, with or after `b`; of two dates that
// start on one day, the less precise one comes first.
int CompareDates(const Date& a, const Date& b);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_MODEL_DATE_H_
