// Nodes and statements that come in from a file, each with the line that it stands on.
//
// What: reads CSV by a mapping (attlas.exchange.v1.TableMapping) or JSON Lines (…v1.Line), and
// checks every node and statement by the ontology. It holds no row; what rows say together, and
// whether what they name is there, is for checked_rows.h. Threads: functions only.
#ifndef ATTLAS_CLIENTS_EXCHANGE_INCOMING_ROWS_H_
#define ATTLAS_CLIENTS_EXCHANGE_INCOMING_ROWS_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attlas/exchange/v1/table_mapping.pb.h"
#include "clients/exchange/name_index.h"
#include "clients/exchange/text_file.h"
#include "graph/ingest/problem.h"
#include "graph/model/statement.h"
#include "graph/ontology/ontology.h"

namespace attlas::exchange {

// Takes what is read, row by row. An error of its own ends the reading.
class RowTaker {
 public:
  virtual ~RowTaker() = default;
  // Both are canonical.
  virtual absl::Status TakeNode(int line, graph::Node node) = 0;
  virtual absl::Status TakeEdge(int line, graph::Edge edge) = 0;
};

// The names of all nodes of a type, for `names_of`.
using FindNames = std::function<absl::StatusOr<const NameIndex*>(const std::string& type)>;

// Everything wrong with single rows goes to `problems`, by file, line and column. An error is one
// of the file, of `names` or of `rows`.
absl::Status ReadMappedTable(TextFile* text, const std::string& file,
                             const v1::TableMapping& mapping, const graph::OntologyIndex& ontology,
                             const FindNames& names, graph::ProblemLog* problems, RowTaker* rows);

absl::Status ReadJsonLines(TextFile* text, const std::string& file,
                           const graph::OntologyIndex& ontology, graph::ProblemLog* problems,
                           RowTaker* rows);

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_INCOMING_ROWS_H_
