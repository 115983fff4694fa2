// A status table of an instrument, as a depositary publishes it: one row a state.
//
// What: reads CSV with columns for the state, the dates of signature and deposit, the kind of
// consent and the date of a withdrawal. Dates are `2013-06-03`, `2013-06`, `2013` or `3 Jun 2013`;
// a deposit may be followed by the letter of its kind, as in `3 Jun 2013 a`. Threads: plain values;
// a function only.
#ifndef ATTLAS_CLIENTS_EXCHANGE_STATUS_TABLE_H_
#define ATTLAS_CLIENTS_EXCHANGE_STATUS_TABLE_H_

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "attlas/exchange/v1/status_table.pb.h"
#include "clients/exchange/name_index.h"
#include "graph/ingest/problem.h"
#include "graph/model/date.h"

namespace attlas::exchange {

struct StatusRow {
  int line = 0;
  std::string state;  // Its name, such as `states/FJI`.
  std::optional<graph::Date> signature;
  std::optional<graph::Date> deposit;
  std::string act;  // A term of participation_act; empty where the table does not say.
  std::optional<graph::Date> withdrawal;
};

// Reads a table; everything wrong with it goes to `problems`, by file, line and column. `acts` are
// the terms of participation_act.
std::vector<StatusRow> ReadStatusTable(std::string_view text, const std::string& file,
                                       const v1::StatusTableMapping& mapping,
                                       const NameIndex& states, const std::set<std::string>& acts,
                                       graph::ProblemLog* problems);

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_STATUS_TABLE_H_
