// A CSV table coming in by a mapping.
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/exchange/incoming_rows.h"
#include "graph/base/status_macros.h"
#include "graph/base/utf8.h"
#include "graph/ingest/cell.h"
#include "graph/ingest/csv.h"
#include "graph/model/date.h"
#include "graph/model/marking.h"

namespace attlas::exchange {
namespace {

using graph::v1::PropertyType;

// The columns that a template names. A brace within a name is part of it.
std::vector<std::string> ColumnsIn(const std::string& text) {
  std::vector<std::string> columns;
  size_t end = 0;
  for (size_t at = text.find('{'); at != std::string::npos; at = text.find('{', end)) {
    end = text.find('}', at);
    if (end == std::string::npos) break;
    columns.push_back(text.substr(at + 1, end - at - 1));
  }
  return columns;
}

// Where a value comes from, for people.
std::string PlaceOf(const v1::CellMapping& cell) {
  if (!cell.column().empty()) return cell.column();
  const std::vector<std::string> columns = ColumnsIn(cell.template_());
  return columns.empty() ? "mapping" : columns.front();
}

class Reader {
 public:
  Reader(const std::string& file, const v1::TableMapping& mapping,
         const graph::OntologyIndex& ontology, const FindNames& names, graph::ProblemLog* problems,
         RowTaker* rows)
      : file_(file),
        mapping_(mapping),
        ontology_(ontology),
        names_(names),
        problems_(*problems),
        rows_(*rows) {}

  void Take(const graph::CsvRow& row) {
    if (!status_.ok()) return;
    if (header_.empty()) {
      header_ = row.cells;
      for (size_t i = 0; i < header_.size(); ++i) columns_[header_[i]] = i;
      return;
    }
    if (row.cells.size() != header_.size()) {
      problems_.Add(file_, row.line, "row",
                    absl::StrCat("has ", row.cells.size(), " cells, but the header names ",
                                 header_.size(), " columns"));
      return;
    }
    row_ = &row;
    for (const v1::NodeMapping& node : mapping_.nodes()) {
      if (IsFilled(node.only_where_filled())) TakeNode(node);
    }
    for (const v1::EdgeMapping& edge : mapping_.edges()) {
      if (IsFilled(edge.only_where_filled())) TakeEdge(edge);
    }
  }

  absl::Status Finish() {
    ATTLAS_RETURN_IF_ERROR(status_);
    if (header_.empty()) problems_.Add(file_, 0, "", "is empty; the first line names the columns");
    return absl::OkStatus();
  }

 private:
  void Report(const std::string& column, std::string_view text) {
    problems_.Add(file_, row_->line, column, std::string(text));
    sound_ = false;
  }

  const std::string* Column(const std::string& name) {
    const auto found = columns_.find(name);
    if (found != columns_.end()) return &row_->cells[found->second];
    if (missing_.insert({name, true}).second) {
      problems_.Add(
          file_, 1, "header",
          absl::StrCat("has no column `", graph::Printable(name),
                       "`, which the mapping names; it has ", absl::StrJoin(header_, ", ")));
    }
    sound_ = false;
    return nullptr;
  }

  bool IsFilled(const std::string& column) {
    if (column.empty()) return true;
    const std::string* cell = Column(column);
    return cell != nullptr && !cell->empty();
  }

  std::string Filled(const std::string& text) {
    std::string filled;
    size_t at = 0;
    for (const std::string& column : ColumnsIn(text)) {
      const size_t brace = text.find('{', at);
      filled += text.substr(at, brace - at);
      if (const std::string* cell = Column(column)) filled += *cell;
      at = brace + column.size() + 2;
    }
    return filled + text.substr(at);
  }

  std::string Text(const v1::CellMapping& cell) {
    std::string text = cell.constant();
    if (!cell.template_().empty()) text = Filled(cell.template_());
    if (!cell.column().empty()) {
      const std::string* found = Column(cell.column());
      text = found == nullptr ? "" : *found;
    }
    if (graph::ValidUtf8Prefix(text) != text.size()) {
      Report(PlaceOf(cell), "is not UTF-8; save the file as UTF-8");
      return "";
    }
    for (const v1::Replacement& replacement : cell.replace()) {
      if (text == replacement.from()) {
        text = replacement.to();
        break;
      }
    }
    return cell.names_of().empty() || text.empty() ? text : NodeCalled(cell, text);
  }

  std::string NodeCalled(const v1::CellMapping& cell, const std::string& text) {
    const absl::StatusOr<const NameIndex*> names = names_(cell.names_of());
    if (!names.ok()) {
      status_.Update(names.status());
      sound_ = false;
      return "";
    }
    absl::StatusOr<std::string> name = (*names)->Find(text);
    if (name.ok()) return *std::move(name);
    Report(PlaceOf(cell), std::string(name.status().message()));
    return "";
  }

  std::optional<graph::Date> DateIn(const v1::CellMapping& cell) {
    const std::string text = Text(cell);
    if (text.empty()) return std::nullopt;
    const absl::StatusOr<graph::Date> date = graph::ParseDate(text);
    if (date.ok()) return *date;
    Report(PlaceOf(cell), std::string(date.status().message()));
    return std::nullopt;
  }

  // Properties, citations and marking.
  template <typename Mapping, typename Types, typename Statement>
  void TakeRest(const Mapping& mapping, const Types& types, Statement* statement) {
    for (const v1::PropertyMapping& property : mapping.properties()) {
      const std::string text = Text(property.value());
      if (text.empty()) continue;
      const PropertyType* declared = nullptr;
      for (const PropertyType& type : types) {
        if (type.name() == property.name()) declared = &type;
      }
      if (declared == nullptr) {
        Report(property.name(), "is no property of the type; mend the mapping");
        continue;
      }
      absl::StatusOr<graph::Value> value = graph::ParseValue(text, *declared);
      if (!value.ok()) {
        Report(PlaceOf(property.value()), std::string(value.status().message()));
        continue;
      }
      graph::Property* held = statement->add_properties();
      held->set_name(property.name());
      *held->mutable_value() = *std::move(value);
    }
    for (const v1::CitationMapping& citation : mapping.citations())
      TakeCitation(citation, statement);
    const std::string marking = Text(mapping.marking());
    if (marking.empty()) return;
    const absl::StatusOr<graph::TrafficLight> level = graph::ParseTrafficLight(marking);
    if (level.ok()) statement->mutable_marking()->set_traffic_light(*level);
    if (!level.ok()) Report(PlaceOf(mapping.marking()), std::string(level.status().message()));
  }

  template <typename Statement>
  void TakeCitation(const v1::CitationMapping& mapping, Statement* statement) {
    const std::string source = Text(mapping.source());
    if (source.empty()) return;
    graph::Citation* citation = statement->add_citations();
    citation->set_source(source);
    citation->set_locator(Text(mapping.locator()));
    citation->set_note(Text(mapping.note()));
    if (const auto date = DateIn(mapping.retrieved())) *citation->mutable_retrieved() = *date;
    const absl::StatusOr<graph::Confidence> confidence =
        graph::ParseConfidence(Text(mapping.confidence()));
    if (confidence.ok()) citation->set_confidence(*confidence);
    if (!confidence.ok()) {
      Report(PlaceOf(mapping.confidence()), std::string(confidence.status().message()));
    }
  }

  void TakeNode(const v1::NodeMapping& mapping) {
    sound_ = true;
    const auto type = ontology_.NodeTypeId(mapping.type());
    if (!type.has_value()) return Report("mapping", "`" + mapping.type() + "` is no type of nodes");
    const graph::v1::NodeType& declared = ontology_.node_type(*type);
    graph::Node node;
    node.set_type(mapping.type());
    node.set_name(absl::StrCat(declared.collection(), "/", Text(mapping.id())));
    node.set_display_name(Text(mapping.display_name()));
    for (std::string& alias : graph::SplitList(Text(mapping.aliases()))) {
      node.add_aliases(std::move(alias));
    }
    TakeRest(mapping, declared.properties(), &node);
    graph::Canonicalize(&node);
    std::vector<graph::FieldViolation> violations;
    if (sound_) ontology_.CheckNode(node, "", &violations);
    ReportAll(violations);
    if (sound_) status_.Update(rows_.TakeNode(row_->line, std::move(node)));
  }

  void TakeEdge(const v1::EdgeMapping& mapping) {
    sound_ = true;
    const auto type = ontology_.EdgeTypeId(mapping.type());
    if (!type.has_value()) return Report("mapping", "`" + mapping.type() + "` is no type of edges");
    graph::Edge edge;
    edge.set_type(mapping.type());
    edge.set_from(Text(mapping.from()));
    edge.set_to(Text(mapping.to()));
    edge.set_qualifier(Text(mapping.qualifier()));
    if (const auto date = DateIn(mapping.valid_from())) *edge.mutable_valid_from() = *date;
    if (const auto date = DateIn(mapping.valid_to())) *edge.mutable_valid_to() = *date;
    TakeRest(mapping, ontology_.edge_type(*type).properties(), &edge);
    graph::Canonicalize(&edge);
    std::vector<graph::FieldViolation> violations;
    if (sound_) ontology_.CheckEdge(edge, "", &violations);
    ReportAll(violations);
    if (sound_) status_.Update(rows_.TakeEdge(row_->line, std::move(edge)));
  }

  void ReportAll(const std::vector<graph::FieldViolation>& violations) {
    for (const graph::FieldViolation& violation : violations) {
      Report(violation.field, violation.description);
    }
  }

  const std::string& file_;
  const v1::TableMapping& mapping_;
  const graph::OntologyIndex& ontology_;
  const FindNames& names_;
  graph::ProblemLog& problems_;
  std::vector<std::string> header_;
  std::map<std::string, size_t> columns_;
  std::map<std::string, bool> missing_;
  const graph::CsvRow* row_ = nullptr;
  bool sound_ = true;  // Whether what is being made has no problem so far.
  RowTaker& rows_;
  absl::Status status_;  // Of `names` and `rows`.
};

}  // namespace

absl::Status ReadMappedTable(TextFile* text, const std::string& file,
                             const v1::TableMapping& mapping, const graph::OntologyIndex& ontology,
                             const FindNames& names, graph::ProblemLog* problems, RowTaker* rows) {
  Reader reader(file, mapping, ontology, names, problems, rows);
  ATTLAS_RETURN_IF_ERROR(ForEachCsvRow(
      text, [&](graph::CsvRow&& row) { reader.Take(row); },
      [&](int line, const std::string& problem) { problems->Add(file, line, "row", problem); }));
  return reader.Finish();
}

}  // namespace attlas::exchange
