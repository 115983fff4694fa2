#include "graph/ingest/row_reader.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "graph/base/strings.h"
#include "graph/base/utf8.h"
#include "graph/ingest/cell.h"
#include "graph/ontology/ontology.h"

namespace attlas::graph {
namespace {

using google::protobuf::RepeatedPtrField;

std::string NameOfRole(ColumnRole role) {
  for (const auto columns : {LeadingNodeColumns(), LeadingEdgeColumns(), TrailingEdgeColumns()}) {
    for (const FixedColumn& column : columns) {
      if (column.role == role) return std::string(column.name);
    }
  }
  return "row";
}

std::string UnknownColumn(const std::string& name, const std::vector<Column>& known) {
  std::vector<std::string> names;
  names.reserve(known.size());
  for (const Column& column : known) names.push_back(column.name);
  const std::vector<std::string> nearest = NearestNames(name, names, 1);
  return absl::StrCat("unknown column `", Printable(name), "`; ",
                      nearest.empty() ? absl::StrCat("known are ", absl::StrJoin(names, ", "))
                                      : absl::StrCat("did you mean `", nearest[0], "`?"));
}

// The column of a field path that the ontology's checks name, such as `citations[0].note`.
std::string ColumnOfField(std::string_view field, const RepeatedPtrField<Property>& properties) {
  if (field.starts_with("properties[")) {
    int index = 0;
    const std::string_view digits = field.substr(11, field.find(']') - 11);
    if (absl::SimpleAtoi(ToAbsl(digits), &index) && index < properties.size()) {
      return properties[index].name();
    }
  }
  const size_t dot = field.find('.');
  const std::string_view first = field.substr(0, field.find_first_of(".["));
  const std::string_view last = dot == std::string_view::npos ? first : field.substr(dot + 1);
  if (first == "name") return "id";
  if (first == "marking") return last == "space" ? "space" : "marking";
  if (first == "citations") {
    if (last == "note") return "citation_note";
    return last == "citations" ? "source" : std::string(last);
  }
  return std::string(last == field ? first : last);
}

}  // namespace

TableHeader::TableHeader(const CsvRow& row, const std::vector<Column>& known,
                         const std::string& file, ProblemLog* log) {
  for (const std::string& cell : row.cells) {
    Column column;
    const auto same = [&](const Column& other) { return other.name == cell; };
    const auto found = std::find_if(known.begin(), known.end(), same);
    if (std::any_of(columns_.begin(), columns_.end(), same)) {
      log->Add(file, row.line, "header",
               absl::StrCat("the column `", Printable(cell), "` is given twice; give it once"));
    } else if (found == known.end()) {
      log->Add(file, row.line, "header", UnknownColumn(cell, known));
    } else {
      column = *found;
    }
    column.name = cell;
    columns_.push_back(std::move(column));
  }
  for (const Column& column : known) {
    const bool key = column.role == ColumnRole::kId || column.role == ColumnRole::kFrom ||
                     column.role == ColumnRole::kTo;
    if (key && !Find(column.role).has_value()) {
      log->Add(file, row.line, "header",
               absl::StrCat("the column `", column.name, "` is missing; no row can be read"));
      usable_ = false;
    }
  }
}

std::optional<size_t> TableHeader::Find(ColumnRole role) const {
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].role == role) return i;
  }
  return std::nullopt;
}

RowReader::RowReader(const TableHeader& header, CsvRow row, const std::string& file,
                     ProblemLog* log)
    : header_(header), row_(std::move(row)), file_(file), log_(log) {
  for (size_t i = 0; i < row_.cells.size(); ++i) {
    const size_t valid = ValidUtf8Prefix(row_.cells[i]);
    if (valid == row_.cells[i].size()) continue;
    Report(header_.column(i).name,
           absl::StrCat("`", Printable(row_.cells[i]), "` is not UTF-8 from byte ", valid + 1,
                        " of the cell on; save the file as UTF-8"));
    row_.cells[i].clear();
  }
}

const std::string& RowReader::Cell(ColumnRole role) const {
  static const std::string* const kEmpty = new std::string;
  const std::optional<size_t> position = header_.Find(role);
  return position.has_value() ? row_.cells[*position] : *kEmpty;
}

void RowReader::Report(const std::string& column, const std::string& text) {
  log_->Add(file_, row_.line, column, text);
  faulty_.push_back(column);
}

void RowReader::ReadAliases(Node* node) {
  for (std::string& alias : SplitList(Cell(ColumnRole::kAliases))) {
    node->add_aliases(std::move(alias));
  }
}

void RowReader::ReadDates(Edge* edge) {
  for (const ColumnRole role : {ColumnRole::kValidFrom, ColumnRole::kValidTo}) {
    const std::string& cell = Cell(role);
    if (cell.empty()) continue;
    const absl::StatusOr<Date> date = ParseDate(cell);
    if (!date.ok()) {
      Report(NameOfRole(role), std::string(date.status().message()));
    } else {
      *(role == ColumnRole::kValidFrom ? edge->mutable_valid_from() : edge->mutable_valid_to()) =
          *date;
    }
  }
}

void RowReader::ReadProperties(RepeatedPtrField<Property>* properties) {
  for (size_t i = 0; i < row_.cells.size(); ++i) {
    const Column& column = header_.column(i);
    if (column.role != ColumnRole::kProperty || row_.cells[i].empty()) continue;
    absl::StatusOr<Value> value = ParseValue(row_.cells[i], *column.property);
    if (!value.ok()) {
      Report(column.name, std::string(value.status().message()));
      continue;
    }
    Property* property = properties->Add();
    property->set_name(column.name);
    *property->mutable_value() = *std::move(value);
  }
}

std::vector<std::string> RowReader::AlignedItems(ColumnRole role, size_t count, bool one_for_all) {
  const std::string& cell = Cell(role);
  if (cell.empty()) return {};
  // A single note may hold semicolons of its own.
  if (count == 1) return {cell};
  std::vector<std::string> items = SplitList(cell);
  if (one_for_all && items.size() == 1) items.resize(count, items[0]);
  if (items.size() == count) return items;
  Report(NameOfRole(role),
         absl::StrCat("lists ", items.size(), items.size() == 1 ? " value for " : " values for ",
                      count, " sources; list one for each, or leave the cell empty"));
  return {};
}

void RowReader::ReadCitations(RepeatedPtrField<Citation>* citations) {
  const std::vector<std::string> sources = SplitList(Cell(ColumnRole::kSource));
  if (sources.empty()) {
    for (const ColumnRole role : {ColumnRole::kLocator, ColumnRole::kConfidence,
                                  ColumnRole::kRetrieved, ColumnRole::kNote}) {
      if (!Cell(role).empty()) {
        Report(NameOfRole(role), "is given without a source; name the source, or leave it empty");
      }
    }
    return;
  }
  const size_t count = sources.size();
  const std::vector<std::string> locators = AlignedItems(ColumnRole::kLocator, count, false);
  const std::vector<std::string> confidences = AlignedItems(ColumnRole::kConfidence, count, true);
  const std::vector<std::string> retrieved = AlignedItems(ColumnRole::kRetrieved, count, true);
  const std::vector<std::string> notes = AlignedItems(ColumnRole::kNote, count, false);
  for (size_t i = 0; i < count; ++i) {
    Citation* citation = citations->Add();
    citation->set_source(sources[i]);
    if (!locators.empty()) citation->set_locator(locators[i]);
    if (!notes.empty()) citation->set_note(notes[i]);
    if (!confidences.empty() && !confidences[i].empty()) {
      const absl::StatusOr<Confidence> confidence = ParseConfidence(confidences[i]);
      if (confidence.ok()) citation->set_confidence(*confidence);
      if (!confidence.ok()) Report("confidence", std::string(confidence.status().message()));
    }
    if (!retrieved.empty() && !retrieved[i].empty()) {
      const absl::StatusOr<Date> date = ParseDate(retrieved[i]);
      if (date.ok()) *citation->mutable_retrieved() = *date;
      if (!date.ok()) Report("retrieved", std::string(date.status().message()));
    }
  }
}

void RowReader::ReadMarking(Marking* marking) {
  marking->set_space(Cell(ColumnRole::kSpace));
  const std::string& cell = Cell(ColumnRole::kMarking);
  if (cell.empty()) return;
  const absl::StatusOr<TrafficLight> level = ParseTrafficLight(cell);
  if (level.ok()) {
    marking->set_traffic_light(*level);
  } else {
    Report("marking", std::string(level.status().message()));
  }
}

void RowReader::ReportViolations(const std::vector<FieldViolation>& violations,
                                 const RepeatedPtrField<Property>& properties) {
  const std::vector<std::string> already = faulty_;
  for (const FieldViolation& violation : violations) {
    const std::string column = ColumnOfField(violation.field, properties);
    if (std::find(already.begin(), already.end(), column) != already.end()) continue;
    Report(column, violation.description);
  }
}

}  // namespace attlas::graph
