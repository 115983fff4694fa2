// A Frictionless data package: the tables of a dataset (graph/ingest/dataset.h), so that a load
// reads them back, and beside them four tables that tell what names and citations they refer to:
//
//   names.csv                every node: name, type, display_name
//   statements.csv           every statement: name, type, from, to, qualifier
//   node-citations.csv       one row a citation of a node
//   statement-citations.csv  one row a citation of a statement
//
// Foreign keys point from the ends of statements and from the citations to these.
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/exchange/data_package.h"
#include "clients/exchange/export_writer.h"
#include "graph/base/status_macros.h"
#include "graph/ingest/csv.h"
#include "graph/ingest/dataset.h"
#include "graph/ingest/row_writer.h"
#include "graph/ingest/table_columns.h"
#include "graph/model/date.h"

namespace attlas::exchange {
namespace {

// A table under construction.
class TableFile {
 public:
  TableFile(const std::string& directory, std::string path) : path_(std::move(path)) {
    file_.open(directory + "/" + path_, std::ios::binary | std::ios::trunc);
  }

  void Append(const std::vector<std::string>& cells) {
    text_.clear();
    graph::AppendCsvRow(cells, &text_);
    file_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
  }

  absl::Status Close() {
    file_.close();
    if (file_) return absl::OkStatus();
    return CannotWrite(path_, "the folder is not writable or the disk is full");
  }

 private:
  const std::string path_;
  std::ofstream file_;
  std::string text_;
};

class CsvPackageWriter : public ExportWriter {
 public:
  explicit CsvPackageWriter(std::string directory) : directory_(std::move(directory)) {}

  absl::Status Begin(const graph::OntologyIndex& ontology, const ExportedView& view) override {
    ontology_ = &ontology;
    package_.view = view;
    for (const char* folder : {"/nodes", "/edges"}) {
      std::error_code error;
      std::filesystem::create_directories(directory_ + folder, error);
      if (error) return CannotWrite(directory_ + folder, error.message());
    }
    ATTLAS_RETURN_IF_ERROR(
        WriteText("/ontology.textproto", graph::FormatOntology(ontology.proto())));
    for (const IndexTable& index : IndexTables()) {
      OpenTable(std::string(index.path)).Append(index.ColumnNames());
    }
    return absl::OkStatus();
  }

  absl::Status AddNode(const graph::Node& node) override {
    const auto type = ontology_->NodeTypeId(node.type());
    if (!type.has_value()) return absl::InternalError("a node of no type of the ontology");
    const graph::v1::NodeType& declared = ontology_->node_type(*type);
    AppendRow(absl::StrCat("nodes/", graph::NodeTableFileName(node.type())), node, declared);
    OpenTable(kNamesPath).Append({node.name(), node.type(), node.display_name()});
    AppendCitations(kNodeCitationsPath, node);
    package_.NoteNode(node, declared);
    return absl::OkStatus();
  }

  absl::Status AddEdge(const graph::Edge& edge) override {
    const auto type = ontology_->EdgeTypeId(edge.type());
    if (!type.has_value()) return absl::InternalError("a statement of no type of the ontology");
    const graph::v1::EdgeType& declared = ontology_->edge_type(*type);
    AppendRow(absl::StrCat("edges/", graph::EdgeTableFileName(edge.type())), edge, declared);
    OpenTable(kStatementsPath)
        .Append({edge.name(), edge.type(), edge.from(), edge.to(), edge.qualifier()});
    AppendCitations(kStatementCitationsPath, edge);
    package_.edge_types.insert(edge.type());
    return absl::OkStatus();
  }

  absl::Status Finish() override {
    for (auto& [path, table] : tables_) ATTLAS_RETURN_IF_ERROR(table.Close());
    return WriteText("/datapackage.json", FormatDataPackage(*ontology_, package_));
  }

 private:
  absl::Status WriteText(const std::string& name, const std::string& text) {
    std::ofstream file(directory_ + name, std::ios::binary);
    file << text;
    file.close();
    if (file) return absl::OkStatus();
    return CannotWrite(directory_ + name, "the folder is not writable or the disk is full");
  }

  TableFile& OpenTable(const std::string& path) {
    const auto found = tables_.find(path);
    if (found != tables_.end()) return found->second;
    return tables_.try_emplace(path, directory_, path).first->second;
  }

  template <typename Statement, typename Type>
  void AppendRow(const std::string& path, const Statement& statement, const Type& type) {
    const bool is_new = !tables_.contains(path);
    TableFile& table = OpenTable(path);
    const std::vector<graph::Column> columns = ColumnsOf(type);
    std::vector<std::string> cells;
    cells.reserve(columns.size());
    if (is_new) {
      for (const graph::Column& column : columns) cells.push_back(column.name);
      table.Append(cells);
      cells.clear();
    }
    for (const graph::Column& column : columns) cells.push_back(CellOf(statement, column));
    table.Append(cells);
  }

  template <typename Statement>
  void AppendCitations(const std::string& path, const Statement& statement) {
    for (const graph::Citation& citation : statement.citations()) {
      OpenTable(path).Append({statement.name(), citation.source(), citation.locator(),
                              std::string(graph::ConfidenceName(citation.confidence())),
                              graph::FormatDate(citation.retrieved()), citation.note()});
    }
  }

  const std::string directory_;
  const graph::OntologyIndex* ontology_ = nullptr;
  DataPackage package_;
  std::map<std::string, TableFile> tables_;
};

}  // namespace

std::unique_ptr<ExportWriter> NewCsvPackageWriter(const std::string& directory) {
  return std::make_unique<CsvPackageWriter>(directory);
}

}  // namespace attlas::exchange
