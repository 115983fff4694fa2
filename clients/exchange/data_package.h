// What `datapackage.json` says of an export as CSV (specs.frictionlessdata.io).
//
// Threads: plain values; functions only.
#ifndef ATTLAS_CLIENTS_EXCHANGE_DATA_PACKAGE_H_
#define ATTLAS_CLIENTS_EXCHANGE_DATA_PACKAGE_H_

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "clients/exchange/export_writer.h"
#include "graph/ingest/table_columns.h"
#include "graph/model/statement.h"
#include "graph/ontology/ontology.h"

namespace attlas::exchange {

inline constexpr char kNamesPath[] = "names.csv";
inline constexpr char kStatementsPath[] = "statements.csv";
inline constexpr char kNodeCitationsPath[] = "node-citations.csv";
inline constexpr char kStatementCitationsPath[] = "statement-citations.csv";

// A table that is the same whatever the ontology.
struct IndexTable {
  struct IndexColumn {
    std::string_view name;
    std::string_view description;
    std::string_view refers_to = {};  // The resource whose `name` it holds.
    bool required = false;
  };

  std::string_view resource;  // Its name in the package.
  std::string_view path;
  std::string_view description;
  bool named = false;  // Whether the first column is the key.
  std::vector<IndexColumn> columns;

  std::vector<std::string> ColumnNames() const;
};

const std::vector<IndexTable>& IndexTables();

// The columns of the table of a type.
std::vector<graph::Column> ColumnsOf(const graph::v1::NodeType& type);
std::vector<graph::Column> ColumnsOf(const graph::v1::EdgeType& type);

// What is known of an export when its tables are written.
struct DataPackage {
  struct Link {
    std::string title;
    std::string address;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the order's own 0 for a pointer.
    friend auto operator<=>(const Link&, const Link&) = default;
  };

  // Notes the type of a node and, where it is a source or states terms of use, these.
  void NoteNode(const graph::Node& node, const graph::v1::NodeType& type);

  ExportedView view;
  std::set<std::string> node_types;  // Those that have a table.
  std::set<std::string> edge_types;
  std::vector<Link> sources;
  std::set<Link> licences;
};

// The text of the file.
std::string FormatDataPackage(const graph::OntologyIndex& ontology, const DataPackage& package);

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_DATA_PACKAGE_H_
