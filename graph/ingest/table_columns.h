// The columns of the tables of a dataset. Private to graph/ingest/.
//
// Thread-safety: functions only; safe from any thread.
#ifndef ATTLAS_GRAPH_INGEST_TABLE_COLUMNS_H_
#define ATTLAS_GRAPH_INGEST_TABLE_COLUMNS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attlas/graph/v1/ontology.pb.h"
#include "google/protobuf/repeated_ptr_field.h"

namespace attlas::graph {

// What the cells of a column say.
enum class ColumnRole {
  kIgnored,  // An unknown column, already reported.
  kId,
  kDisplayName,
  kAliases,
  kFrom,
  kTo,
  kQualifier,
  kValidFrom,
  kValidTo,
  kSource,
  kLocator,
  kConfidence,
  kRetrieved,
  kNote,
  kMarking,
  kSpace,
  kProperty,
};

struct Column {
  std::string name;
  ColumnRole role = ColumnRole::kIgnored;
  const v1::PropertyType* property = nullptr;  // Where the role is kProperty.
};

struct FixedColumn {
  std::string_view name;
  ColumnRole role;
};

// The columns before and after the properties, in the order in which they are written.
std::span<const FixedColumn> LeadingNodeColumns();
std::span<const FixedColumn> LeadingEdgeColumns();
std::span<const FixedColumn> TrailingNodeColumns();
std::span<const FixedColumn> TrailingEdgeColumns();  // The dates, then as for nodes.

// All columns that a table of these properties may have.
std::vector<Column> NodeColumns(
    const google::protobuf::RepeatedPtrField<v1::PropertyType>& properties);
std::vector<Column> EdgeColumns(
    const google::protobuf::RepeatedPtrField<v1::PropertyType>& properties);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_INGEST_TABLE_COLUMNS_H_
