// Writes a dataset directory.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/ingest/csv.h"
#include "graph/ingest/dataset.h"
#include "graph/ingest/row_writer.h"
#include "graph/ingest/table_columns.h"

namespace attlas::graph {
namespace {

namespace fs = std::filesystem;

absl::Status CannotWrite(const std::string& path, const std::string& why) {
  return MakeError(absl::StatusCode::kFailedPrecondition,
                   absl::StrCat("cannot write ", path, ": ", why),
                   {.reason = "STORAGE_UNAVAILABLE", .metadata = {{"path", path}}});
}

absl::Status WriteFile(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!file) return CannotWrite(path, "the directory is not writable or the disk is full");
  return absl::OkStatus();
}

// Markings and spaces are seldom used: their columns are written only where some row needs them.
bool IsSeldomUsed(const Column& column) {
  return column.role == ColumnRole::kMarking || column.role == ColumnRole::kSpace;
}

template <typename Statement>
absl::Status WriteTable(const std::string& path, std::vector<Column> columns,
                        const std::vector<const Statement*>& rows) {
  std::error_code error;
  if (rows.empty()) {
    // A table of an earlier export would otherwise be read back with this one.
    fs::remove(path, error);
    return error ? CannotWrite(path, error.message()) : absl::OkStatus();
  }
  std::erase_if(columns, [&](const Column& column) {
    return IsSeldomUsed(column) && std::all_of(rows.begin(), rows.end(), [&](const Statement* row) {
             return CellOf(*row, column).empty();
           });
  });
  std::vector<std::string> cells;
  cells.reserve(columns.size());
  for (const Column& column : columns) cells.push_back(column.name);
  std::string text;
  AppendCsvRow(cells, &text);
  for (const Statement* row : rows) {
    for (size_t i = 0; i < columns.size(); ++i) cells[i] = CellOf(*row, columns[i]);
    AppendCsvRow(cells, &text);
  }
  return WriteFile(path, text);
}

// The statements of each type, by the type's position.
template <typename Statement, typename FindType>
absl::StatusOr<std::vector<std::vector<const Statement*>>> GroupByType(
    const std::vector<Statement>& statements, size_t type_count, FindType&& find_type) {
  std::vector<std::vector<const Statement*>> groups(type_count);
  for (const Statement& statement : statements) {
    const std::optional<TypeId> type = find_type(statement.type());
    if (!type.has_value()) {
      return InvalidField("type", absl::StrCat("`", statement.type(), "` of ", statement.name(),
                                               " is not a type of the ontology"));
    }
    groups[*type].push_back(&statement);
  }
  return groups;
}

}  // namespace

absl::Status WriteDataset(const Dataset& dataset, const std::string& directory) {
  const OntologyIndex& ontology = *dataset.ontology;
  for (const char* folder : {"/nodes", "/edges"}) {
    std::error_code error;
    fs::create_directories(directory + folder, error);
    if (error) return CannotWrite(directory + folder, error.message());
  }
  ATTLAS_RETURN_IF_ERROR(
      WriteFile(directory + "/ontology.textproto", FormatOntology(ontology.proto())));

  ATTLAS_ASSIGN_OR_RETURN(const auto nodes,
                          GroupByType(dataset.nodes, ontology.node_type_count(),
                                      [&](const auto& t) { return ontology.NodeTypeId(t); }));
  for (size_t i = 0; i < nodes.size(); ++i) {
    const v1::NodeType& type = ontology.node_type(static_cast<TypeId>(i));
    const std::string path = absl::StrCat(directory, "/nodes/", NodeTableFileName(type.name()));
    ATTLAS_RETURN_IF_ERROR(WriteTable(path, NodeColumns(type.properties()), nodes[i]));
  }
  ATTLAS_ASSIGN_OR_RETURN(const auto edges,
                          GroupByType(dataset.edges, ontology.edge_type_count(),
                                      [&](const auto& t) { return ontology.EdgeTypeId(t); }));
  for (size_t i = 0; i < edges.size(); ++i) {
    const v1::EdgeType& type = ontology.edge_type(static_cast<TypeId>(i));
    const std::string path = absl::StrCat(directory, "/edges/", EdgeTableFileName(type.name()));
    ATTLAS_RETURN_IF_ERROR(WriteTable(path, EdgeColumns(type.properties()), edges[i]));
  }
  return absl::OkStatus();
}

}  // namespace attlas::graph
