// What a status table changes in what the graph says of an instrument.
//
// What: compares the rows of a table with the signatures and consents that are held, and plans, for
// each difference, a statement that is new, corrected or ended. What is superseded stays in
// history. Rows that say no more than what is held change nothing; what the table leaves out is
// left as it is and noted, since tables leave out for many reasons. Threads: plain values;
// functions only.
#ifndef ATTLAS_CLIENTS_EXCHANGE_STATUS_CHANGES_H_
#define ATTLAS_CLIENTS_EXCHANGE_STATUS_CHANGES_H_

#include <map>
#include <string>
#include <vector>

#include "attlas/exchange/v1/change_set.pb.h"
#include "clients/exchange/status_table.h"
#include "graph/model/statement.h"

namespace attlas::exchange {

// What is held, and what the new statements cite.
struct HeldStatus {
  graph::Node instrument;
  std::vector<graph::Edge> acts;             // Its SIGNED and CONSENTED_TO, with etags.
  std::map<std::string, std::string> shown;  // Names of states to what people call them.
  graph::Citation citation;                  // Of the table.
};

struct StatusChanges {
  std::vector<v1::PlannedChange> changes;
  std::vector<graph::v1::Precondition> preconditions;
  std::vector<std::string> notes;  // What was seen and not changed.
};

StatusChanges PlanStatusChanges(const HeldStatus& held, const std::vector<StatusRow>& rows);

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_STATUS_CHANGES_H_
