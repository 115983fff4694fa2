// The tables of data/, read as plainly as can be.
//
// What: rows as maps of column to cell, and dates as day numbers, for the reference model. It
// shares nothing with graph/ingest, so that a fault there does not repeat itself here. Threads:
// functions only; safe from any thread. They end the program where a table cannot be read.
#ifndef ATTLAS_TESTS_SERVICES_SYNERGY_REFERENCE_TABLES_H_
#define ATTLAS_TESTS_SERVICES_SYNERGY_REFERENCE_TABLES_H_

#include <limits>
#include <map>
#include <string>
#include <vector>

namespace attlas::testing {

// The cells of a row that are not empty, by column.
using Row = std::map<std::string, std::string>;

// The cell, or empty.
std::string Cell(const Row& row, const std::string& column);
// The items of a cell that is a list.
std::vector<std::string> Items(const Row& row, const std::string& column);
// The number of a cell, or 0.
int Number(const Row& row, const std::string& column);

// The rows of data/<name>.csv.
std::vector<Row> ReadTable(const std::string& name);
// The broader term of each term of the ontology that has one.
std::map<std::string, std::string> ReadBroaderTerms();

// Days since 1970-01-01.
using Day = long;
inline constexpr Day kAlways = std::numeric_limits<Day>::min();
inline constexpr Day kNever = std::numeric_limits<Day>::max();

// The first day of a date written YYYY, YYYY-MM or YYYY-MM-DD; `otherwise` where it is empty.
Day FirstDayOf(const std::string& date, Day otherwise);
// The date of a day.
std::string DateOf(Day day);
// A date moved by days, then months (to the last day of a shorter month), then to the first of the
// month; as precise as it was.
std::string Moved(const std::string& date, int days, int months, bool first_of_month);

// 1 unverified, 2 recalled, 3 structure-seen, 4 seen: the best of the row's citations.
int ConfidenceOf(const Row& row);

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_SERVICES_SYNERGY_REFERENCE_TABLES_H_
