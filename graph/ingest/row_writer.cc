#include "graph/ingest/row_writer.h"

#include <vector>

#include "google/protobuf/text_format.h"
#include "graph/ingest/cell.h"
#include "graph/model/date.h"
#include "graph/model/marking.h"

namespace attlas::graph {
namespace {

using google::protobuf::RepeatedPtrField;

// The values of one column of citations: as it is for one citation, a list for several, and empty
// where none has a value.
template <typename Get>
std::string CitationCell(const RepeatedPtrField<Citation>& citations, Get&& get) {
  std::vector<std::string> items;
  bool any = false;
  for (const Citation& citation : citations) {
    items.push_back(get(citation));
    any |= !items.back().empty();
  }
  if (!any) return "";
  return items.size() == 1 ? items[0] : JoinList(items);
}

template <typename Statement>
std::string CommonCell(const Statement& statement, const Column& column) {
  switch (column.role) {
    case ColumnRole::kProperty: {
      const Value* value = FindProperty(statement.properties(), column.name);
      return value == nullptr ? "" : FormatValue(*value);
    }
    case ColumnRole::kSource:
      return CitationCell(statement.citations(), [](const Citation& c) { return c.source(); });
    case ColumnRole::kLocator:
      return CitationCell(statement.citations(), [](const Citation& c) { return c.locator(); });
    case ColumnRole::kConfidence:
      return CitationCell(statement.citations(), [](const Citation& c) {
        return std::string(ConfidenceName(c.confidence()));
      });
    case ColumnRole::kRetrieved:
      return CitationCell(statement.citations(),
                          [](const Citation& c) { return FormatDate(c.retrieved()); });
    case ColumnRole::kNote:
      return CitationCell(statement.citations(), [](const Citation& c) { return c.note(); });
    case ColumnRole::kMarking: {
      const TrafficLight level = EffectiveLevel(statement.marking().traffic_light());
      if (level == v1::TRAFFIC_LIGHT_CLEAR) return "";
      return std::string(TrafficLightName(level));
    }
    case ColumnRole::kSpace:
      return statement.marking().space();
    default:
      return "";
  }
}

}  // namespace

std::string CellOf(const Node& node, const Column& column) {
  switch (column.role) {
    case ColumnRole::kId:
      return node.name().substr(node.name().find('/') + 1);
    case ColumnRole::kDisplayName:
      return node.display_name();
    case ColumnRole::kAliases:
      return JoinList({node.aliases().begin(), node.aliases().end()});
    default:
      return CommonCell(node, column);
  }
}

std::string CellOf(const Edge& edge, const Column& column) {
  switch (column.role) {
    case ColumnRole::kFrom:
      return edge.from();
    case ColumnRole::kTo:
      return edge.to();
    case ColumnRole::kQualifier:
      return edge.qualifier();
    case ColumnRole::kValidFrom:
      return FormatDate(edge.valid_from());
    case ColumnRole::kValidTo:
      return FormatDate(edge.valid_to());
    default:
      return CommonCell(edge, column);
  }
}

std::string FormatOntology(const v1::Ontology& ontology) {
  std::string text;
  google::protobuf::TextFormat::Printer printer;
  printer.SetUseUtf8StringEscaping(true);
  printer.PrintToString(ontology, &text);
  return text;
}

}  // namespace attlas::graph
