// Turns one row of a table into the parts of a node or an edge. Private to graph/ingest/.
//
// Thread-safety: thread-compatible.
#ifndef ATTLAS_GRAPH_INGEST_ROW_READER_H_
#define ATTLAS_GRAPH_INGEST_ROW_READER_H_

#include <optional>
#include <string>
#include <vector>

#include "google/protobuf/repeated_ptr_field.h"
#include "graph/base/error.h"
#include "graph/ingest/csv.h"
#include "graph/ingest/problem.h"
#include "graph/ingest/table_columns.h"
#include "graph/model/date.h"
#include "graph/model/marking.h"
#include "graph/model/statement.h"

namespace attlas::graph {

// The header of one table: what each of its columns says. Pins the columns of the type.
class TableHeader {
 public:
  // Reads the header row; unknown, doubled and missing columns are reported. `known` are the
  // columns that the type may have.
  TableHeader(const CsvRow& row, const std::vector<Column>& known, const std::string& file,
              ProblemLog* log);

  size_t size() const { return columns_.size(); }
  const Column& column(size_t i) const { return columns_[i]; }
  // The position of a fixed column, if the table has it.
  std::optional<size_t> Find(ColumnRole role) const;
  // Whether the columns without which no row can be read are there.
  bool usable() const { return usable_; }

 private:
  std::vector<Column> columns_;
  bool usable_ = true;
};

class RowReader {
 public:
  // `row` has as many cells as the header. Cells that are not UTF-8 are reported and read as empty.
  RowReader(const TableHeader& header, CsvRow row, const std::string& file, ProblemLog* log);

  int line() const { return row_.line; }

  // The cell of a fixed column; empty where the table lacks it.
  const std::string& Cell(ColumnRole role) const;

  void ReadAliases(Node* node);
  void ReadDates(Edge* edge);
  void ReadProperties(google::protobuf::RepeatedPtrField<Property>* properties);
  void ReadCitations(google::protobuf::RepeatedPtrField<Citation>* citations);
  void ReadMarking(Marking* marking);

  // Reports a problem of a column. Later violations of that column in this row are consequences of
  // the first and are not reported.
  void Report(const std::string& column, const std::string& text);

  // Reports what the ontology finds wrong with the node or edge that was read from this row.
  void ReportViolations(const std::vector<FieldViolation>& violations,
                        const google::protobuf::RepeatedPtrField<Property>& properties);

 private:
  // The items of a citation column, one for each of `count` sources, or none.
  std::vector<std::string> AlignedItems(ColumnRole role, size_t count, bool one_for_all);

  const TableHeader& header_;
  CsvRow row_;
  const std::string& file_;
  ProblemLog* log_;
  std::vector<std::string> faulty_;  // Columns already reported.
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_INGEST_ROW_READER_H_
