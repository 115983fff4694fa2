// The cells of a node or an edge in a table: the inverse of row_reader.h.
//
// Thread-safety: functions only; safe from any thread.
#ifndef ATTLAS_GRAPH_INGEST_ROW_WRITER_H_
#define ATTLAS_GRAPH_INGEST_ROW_WRITER_H_

#include <string>

#include "attlas/graph/v1/ontology.pb.h"
#include "graph/ingest/table_columns.h"
#include "graph/model/statement.h"

namespace attlas::graph {

// What stands in one column; empty where the node or edge says nothing there.
std::string CellOf(const Node& node, const Column& column);
std::string CellOf(const Edge& edge, const Column& column);

// The text of `ontology.textproto`.
std::string FormatOntology(const v1::Ontology& ontology);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_INGEST_ROW_WRITER_H_
