// Reads a dataset directory.

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "graph/base/strings.h"
#include "graph/base/utf8.h"
#include "graph/ingest/csv.h"
#include "graph/ingest/dataset.h"
#include "graph/ingest/derive.h"
#include "graph/ingest/row_reader.h"
#include "graph/ingest/table_columns.h"
#include "graph/model/name.h"

namespace attlas::graph {
namespace {

namespace fs = std::filesystem;

// Where a node or an edge was read.
struct Place {
  size_t file = 0;
  int line = 0;
};

template <typename Statement>
struct Placed {
  Statement statement;
  Place place;
};

class DatasetReader {
 public:
  DatasetReader(std::string directory, std::shared_ptr<const OntologyIndex> ontology,
                ProblemLog* log, const Progress& progress)
      : directory_(std::move(directory)),
        ontology_(std::move(ontology)),
        log_(log),
        progress_(progress) {}

  Dataset Read() {
    CheckReservedNames();
    FindTables("nodes", TableNames(ontology_->proto().node_types(), NodeTableFileName));
    const size_t node_tables = tables_.size();
    FindTables("edges", TableNames(ontology_->proto().edge_types(), EdgeTableFileName));
    for (size_t i = 0; i < tables_.size(); ++i) {
      Tell(i);
      if (i < node_tables) {
        ReadNodes(i);
      } else {
        ReadEdges(i);
      }
    }
    Tell(tables_.size());
    CheckReferences();
    Dataset dataset = Assemble();
    CheckRules(dataset);
    return dataset;
  }

 private:
  struct Table {
    std::string path;
    size_t type = 0;  // Position in the ontology's list of node or edge types.
  };

  template <typename Types, typename FileName>
  static std::vector<std::string> TableNames(const Types& types, FileName&& file_name) {
    std::vector<std::string> names;
    for (const auto& type : types) names.push_back(file_name(type.name()));
    return names;
  }

  void Tell(size_t done) const {
    if (!progress_) return;
    const std::string what = done < tables_.size() ? tables_[done].path : "checking references";
    progress_(absl::StrCat("reading ", what), done, tables_.size());
  }

  // A property that is named like a fixed column could be neither read nor written.
  void CheckReservedNames() {
    const auto check = [&](const auto& types, const auto& columns_of) {
      for (const auto& type : types) {
        const std::vector<Column> columns = columns_of(type.properties());
        for (const Column& column : columns) {
          if (column.role != ColumnRole::kProperty) continue;
          const auto same = [&](const Column& c) { return c.name == column.name; };
          if (std::count_if(columns.begin(), columns.end(), same) == 1) continue;
          log_->Add(directory_ + "/ontology.textproto", 0, "",
                    absl::StrCat("property `", column.name, "` of `", type.name(),
                                 "` is named like a column that every table has; rename it"));
        }
      }
    };
    check(ontology_->proto().node_types(), NodeColumns);
    check(ontology_->proto().edge_types(), EdgeColumns);
  }

  // Finds the tables of one folder; `expected` are their names in the order of the types.
  void FindTables(const std::string& folder, const std::vector<std::string>& expected) {
    std::vector<std::string> files;
    std::error_code error;
    for (fs::directory_iterator it(directory_ + "/" + folder, error), end; !error && it != end;
         it.increment(error)) {
      const std::string name = it->path().filename().string();
      if (it->path().extension() == ".csv" && !name.starts_with('.')) files.push_back(name);
    }
    std::sort(files.begin(), files.end());
    for (size_t i = 0; i < expected.size(); ++i) {
      if (!std::binary_search(files.begin(), files.end(), expected[i])) continue;
      Table& table = tables_.emplace_back();
      table.path = absl::StrCat(directory_, "/", folder, "/", expected[i]);
      table.type = i;
    }
    for (const std::string& file : files) {
      if (std::find(expected.begin(), expected.end(), file) != expected.end()) continue;
      const std::vector<std::string> nearest = NearestNames(file, expected, 1);
      log_->Add(
          absl::StrCat(directory_, "/", folder, "/", file), 0, "",
          absl::StrCat("is the table of no ", folder == "nodes" ? "node" : "edge",
                       " type of the ontology",
                       nearest.empty() ? "" : absl::StrCat("; did you mean `", nearest[0], "`?")));
    }
  }

  // Calls `take_row` with a RowReader for each row of a table.
  template <typename TakeRow>
  void ReadTable(const Table& table, const std::vector<Column>& columns, TakeRow&& take_row) {
    std::ifstream stream(table.path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream) {
      const bool empty = stream.eof() || text.str().empty();
      log_->Add(table.path, 0, "",
                empty ? "is empty or cannot be read; the first line must name the columns"
                      : "cannot be read");
      return;
    }
    std::optional<TableHeader> header;
    const auto take = [&](CsvRow&& row) {
      if (!header.has_value()) {
        header.emplace(row, columns, table.path, log_);
      } else if (!header->usable()) {
        return;
      } else if (row.cells.size() != header->size()) {
        log_->Add(table.path, row.line, "row",
                  absl::StrCat("has ", row.cells.size(), " cells, but the header names ",
                               header->size(), " columns"));
      } else {
        RowReader reader(*header, std::move(row), table.path, log_);
        take_row(reader);
      }
    };
    ParseCsv(text.str(), take, [&](int line, const std::string& problem) {
      log_->Add(table.path, line, "row", problem);
    });
    if (!header.has_value()) {
      log_->Add(table.path, 0, "", "is empty; the first line must name the columns");
    }
  }

  void ReadNodes(size_t index) {
    const Table& table = tables_[index];
    const v1::NodeType& type = ontology_->node_type(static_cast<TypeId>(table.type));
    ReadTable(table, NodeColumns(type.properties()), [&](RowReader& row) {
      Node node;
      node.set_name(absl::StrCat(type.collection(), "/", row.Cell(ColumnRole::kId)));
      node.set_type(type.name());
      node.set_display_name(row.Cell(ColumnRole::kDisplayName));
      row.ReadAliases(&node);
      row.ReadProperties(node.mutable_properties());
      row.ReadCitations(node.mutable_citations());
      row.ReadMarking(node.mutable_marking());
      Canonicalize(&node);
      std::vector<FieldViolation> violations;
      ontology_->CheckNode(node, "", &violations);
      row.ReportViolations(violations, node.properties());
      const auto [first, is_new] = node_lines_.emplace(node.name(), row.line());
      if (!is_new) {
        row.Report("id",
                   absl::StrCat("duplicate key `", Printable(row.Cell(ColumnRole::kId)),
                                "`, first on line ", first->second, "; each id may be given once"));
        return;
      }
      if (node.type() == kRuleType) rule_places_[node.name()] = {index, row.line()};
      nodes_.push_back({std::move(node), {index, row.line()}});
    });
  }

  void ReadEdges(size_t index) {
    const Table& table = tables_[index];
    const v1::EdgeType& type = ontology_->edge_type(static_cast<TypeId>(table.type));
    absl::flat_hash_map<std::string, int> lines;
    ReadTable(table, EdgeColumns(type.properties()), [&](RowReader& row) {
      Edge edge;
      edge.set_type(type.name());
      edge.set_from(row.Cell(ColumnRole::kFrom));
      edge.set_to(row.Cell(ColumnRole::kTo));
      edge.set_qualifier(row.Cell(ColumnRole::kQualifier));
      row.ReadDates(&edge);
      row.ReadProperties(edge.mutable_properties());
      row.ReadCitations(edge.mutable_citations());
      row.ReadMarking(edge.mutable_marking());
      Canonicalize(&edge);
      std::vector<FieldViolation> violations;
      ontology_->CheckEdge(edge, "", &violations);
      row.ReportViolations(violations, edge.properties());
      const auto [first, is_new] = lines.emplace(edge.name(), row.line());
      if (!is_new) {
        row.Report("from", absl::StrCat("duplicate key `", Printable(edge.from()), ",",
                                        Printable(edge.to()), ",", Printable(edge.qualifier()),
                                        "`, first on line ", first->second,
                                        "; tell the statements apart by `qualifier`"));
        return;
      }
      edges_.push_back({std::move(edge), {index, row.line()}});
    });
  }

  void Report(const Place& place, const std::string& column, const std::string& text) {
    log_->Add(tables_[place.file].path, place.line, column, text);
  }

  // Reports a name that no node of the set has. Malformed names were reported with their row.
  void CheckReference(const Place& place, const std::string& column, const std::string& name) {
    if (node_lines_.contains(name)) return;
    const absl::StatusOr<ResourceName> parsed = ParseResourceName(name);
    if (!parsed.ok()) return;
    if (column == "source" && parsed->collection != "sources" && parsed->collection != "rules") {
      return;
    }
    Report(place, column,
           absl::StrCat("there is no node `", name, "` in the set",
                        NearestInCollection(name, parsed->collection)));
  }

  std::string NearestInCollection(const std::string& name, std::string_view collection) {
    std::vector<std::string>& names = names_by_collection_[std::string(collection)];
    if (names.empty()) {
      for (const auto& [known, line] : node_lines_) {
        if (absl::StartsWith(known, absl::StrCat(ToAbsl(collection), "/"))) {
          names.push_back(known.substr(collection.size() + 1));
        }
      }
    }
    const std::vector<std::string> nearest =
        NearestNames(std::string_view(name).substr(collection.size() + 1), names, 1);
    if (nearest.empty()) return "; add it, or mend the name";
    return absl::StrCat("; did you mean `", ToAbsl(collection), "/", nearest[0], "`?");
  }

  void CheckReferences() {
    for (const Placed<Node>& node : nodes_) {
      for (const Citation& citation : node.statement.citations()) {
        CheckReference(node.place, "source", citation.source());
      }
    }
    for (const Placed<Edge>& edge : edges_) {
      CheckReference(edge.place, "from", edge.statement.from());
      CheckReference(edge.place, "to", edge.statement.to());
      for (const Citation& citation : edge.statement.citations()) {
        CheckReference(edge.place, "source", citation.source());
      }
    }
  }

  // Applies the rules, only to see what is wrong with them.
  void CheckRules(const Dataset& dataset) {
    if (rule_places_.empty()) return;
    std::vector<RuleProblem> problems;
    DeriveStatements(*ontology_, dataset.nodes, dataset.edges, &problems);
    for (const RuleProblem& problem : problems) {
      Report(rule_places_.at(problem.rule), problem.property, problem.text);
    }
  }

  // Sources come first, then rules: both are what others cite.
  int Rank(const Node& node) const {
    const v1::NodeType& type = ontology_->node_type(*ontology_->NodeTypeId(node.type()));
    if (type.citation_optional()) return 0;
    return node.type() == kRuleType ? 1 : 2;
  }

  Dataset Assemble() {
    Dataset dataset;
    dataset.ontology = ontology_;
    dataset.nodes.reserve(nodes_.size());
    dataset.edges.reserve(edges_.size());
    for (Placed<Node>& node : nodes_) dataset.nodes.push_back(std::move(node.statement));
    for (Placed<Edge>& edge : edges_) dataset.edges.push_back(std::move(edge.statement));
    std::stable_sort(dataset.nodes.begin(), dataset.nodes.end(),
                     [&](const Node& a, const Node& b) { return Rank(a) < Rank(b); });
    return dataset;
  }

  const std::string directory_;
  const std::shared_ptr<const OntologyIndex> ontology_;
  ProblemLog* const log_;
  const Progress& progress_;
  std::vector<Table> tables_;
  std::vector<Placed<Node>> nodes_;
  std::vector<Placed<Edge>> edges_;
  absl::flat_hash_map<std::string, int> node_lines_;
  absl::flat_hash_map<std::string, Place> rule_places_;
  absl::flat_hash_map<std::string, std::vector<std::string>> names_by_collection_;
};

// Turns the error of OntologyIndex::FromTextFile into problems: a violation's field is
// `file:line:column` there.
void LogOntologyProblems(const absl::Status& status, const std::string& path, ProblemLog* log) {
  const std::optional<ErrorDetail> detail = GetErrorDetail(status);
  if (!detail.has_value()) {
    log->Add(path, 0, "", std::string(status.message()));
    return;
  }
  for (const FieldViolation& violation : detail->violations) {
    const size_t column = violation.field.rfind(':');
    const size_t line =
        column == std::string::npos ? column : violation.field.rfind(':', column - 1);
    int line_number = 0;
    if (line != std::string::npos &&
        absl::SimpleAtoi(violation.field.substr(line + 1, column - line - 1), &line_number)) {
      log->Add(violation.field.substr(0, line), line_number,
               absl::StrCat("column ", violation.field.substr(column + 1)), violation.description);
    } else {
      log->Add(path, 0, "", absl::StrCat(violation.field, ": ", violation.description));
    }
  }
}

}  // namespace

std::string NodeTableFileName(std::string_view type) { return std::string(type) + ".csv"; }

std::string EdgeTableFileName(std::string_view type) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(ToAbsl(type)), {{"_", "-"}}) + ".csv";
}

absl::StatusOr<Dataset> ReadDataset(const std::string& directory, std::vector<Problem>* problems,
                                    const Progress& progress) {
  if (problems != nullptr) problems->clear();
  std::error_code error;
  if (!fs::is_directory(directory, error)) {
    return MakeError(absl::StatusCode::kNotFound,
                     absl::StrCat("there is no directory ", directory, "; name that of a dataset"),
                     {.reason = "RESOURCE_NOT_FOUND", .metadata = {{"resource", directory}}});
  }
  ProblemLog log;
  Dataset dataset;
  const std::string ontology_path = directory + "/ontology.textproto";
  absl::StatusOr<std::shared_ptr<const OntologyIndex>> ontology =
      OntologyIndex::FromTextFile(ontology_path);
  if (ontology.ok()) {
    dataset = DatasetReader(directory, *ontology, &log, progress).Read();
  } else {
    LogOntologyProblems(ontology.status(), ontology_path, &log);
  }
  if (log.empty()) return dataset;

  std::vector<Problem> found = log.Take();
  const std::string others =
      found.size() == 1 ? "" : absl::StrCat(" (and ", found.size() - 1, " more problems)");
  const absl::Status status = InvalidField(directory, FormatProblem(found[0]) + others);
  if (problems != nullptr) *problems = std::move(found);
  return status;
}

}  // namespace attlas::graph
