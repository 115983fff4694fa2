// Nodes and statements that come in from a file, each with the line that it stands on.
//
// What: reads CSV by a mapping (attlas.exchange.v1.TableMapping) or JSON Lines (…v1.Line), and
// checks every node and statement by the ontology. Whether what they name is there, the reader of
// the graph tells. Threads: plain values; functions only.
#ifndef ATTLAS_CLIENTS_EXCHANGE_INCOMING_ROWS_H_
#define ATTLAS_CLIENTS_EXCHANGE_INCOMING_ROWS_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "attlas/exchange/v1/table_mapping.pb.h"
#include "clients/exchange/name_index.h"
#include "graph/ingest/problem.h"
#include "graph/model/statement.h"
#include "graph/ontology/ontology.h"

namespace attlas::exchange {

struct IncomingNode {
  int line = 0;
  graph::Node node;  // Canonical.
};

struct IncomingEdge {
  int line = 0;
  graph::Edge edge;  // Canonical.
};

struct IncomingRows {
  std::vector<IncomingNode> nodes;
  std::vector<IncomingEdge> edges;
};

// The names of all nodes of a type, for `names_of`.
using FindNames = std::function<absl::StatusOr<const NameIndex*>(const std::string& type)>;

// Everything wrong goes to `problems`, by file, line and column. An error is one of `names`.
absl::StatusOr<IncomingRows> ReadMappedTable(std::string_view text, const std::string& file,
                                             const v1::TableMapping& mapping,
                                             const graph::OntologyIndex& ontology,
                                             const FindNames& names, graph::ProblemLog* problems);

IncomingRows ReadJsonLines(std::string_view text, const std::string& file,
                           const graph::OntologyIndex& ontology, graph::ProblemLog* problems);

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_INCOMING_ROWS_H_
