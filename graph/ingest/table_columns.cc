#include "graph/ingest/table_columns.h"

#include <array>

namespace attlas::graph {
namespace {

constexpr std::array<FixedColumn, 3> kLeadingNode = {{
    {"id", ColumnRole::kId},
    {"display_name", ColumnRole::kDisplayName},
    {"aliases", ColumnRole::kAliases},
}};
constexpr std::array<FixedColumn, 3> kLeadingEdge = {{
    {"from", ColumnRole::kFrom},
    {"to", ColumnRole::kTo},
    {"qualifier", ColumnRole::kQualifier},
}};
constexpr std::array<FixedColumn, 9> kTrailing = {{
    {"valid_from", ColumnRole::kValidFrom},
    {"valid_to", ColumnRole::kValidTo},
    {"source", ColumnRole::kSource},
    {"locator", ColumnRole::kLocator},
    {"confidence", ColumnRole::kConfidence},
    {"retrieved", ColumnRole::kRetrieved},
    {"citation_note", ColumnRole::kNote},
    {"marking", ColumnRole::kMarking},
    {"space", ColumnRole::kSpace},
}};

std::vector<Column> Columns(std::span<const FixedColumn> leading,
                            const google::protobuf::RepeatedPtrField<v1::PropertyType>& properties,
                            std::span<const FixedColumn> trailing) {
  std::vector<Column> columns;
  const auto add = [&](const FixedColumn& fixed) {
    Column& column = columns.emplace_back();
    column.name = std::string(fixed.name);
    column.role = fixed.role;
  };
  for (const FixedColumn& fixed : leading) add(fixed);
  for (const v1::PropertyType& property : properties) {
    Column& column = columns.emplace_back();
    column.name = property.name();
    column.role = ColumnRole::kProperty;
    column.property = &property;
  }
  for (const FixedColumn& fixed : trailing) add(fixed);
  return columns;
}

}  // namespace

std::span<const FixedColumn> LeadingNodeColumns() { return kLeadingNode; }
std::span<const FixedColumn> LeadingEdgeColumns() { return kLeadingEdge; }
std::span<const FixedColumn> TrailingNodeColumns() { return std::span(kTrailing).subspan(2); }
std::span<const FixedColumn> TrailingEdgeColumns() { return kTrailing; }

std::vector<Column> NodeColumns(
    const google::protobuf::RepeatedPtrField<v1::PropertyType>& properties) {
  return Columns(LeadingNodeColumns(), properties, TrailingNodeColumns());
}

std::vector<Column> EdgeColumns(
    const google::protobuf::RepeatedPtrField<v1::PropertyType>& properties) {
  return Columns(LeadingEdgeColumns(), properties, TrailingEdgeColumns());
}

}  // namespace attlas::graph
