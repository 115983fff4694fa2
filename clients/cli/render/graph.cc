// Nodes, paths and changes: the graph itself.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"
#include "google/protobuf/util/time_util.h"
#include "graph/model/statement.h"

namespace attlas::cli {
namespace {

using graph::v1::Change;
using graph::v1::Citation;
using graph::v1::Edge;
using graph::v1::Node;
using graph::v1::Value;
using Citations = google::protobuf::RepeatedPtrField<Citation>;

std::string ValueText(const Value& value) {
  switch (value.kind_case()) {
    case Value::kText:
      return value.text();
    case Value::kInteger:
      return absl::StrCat(value.integer());
    case Value::kDecimal:
      return absl::StrCat(value.decimal());
    case Value::kBoolean:
      return YesNo(value.boolean());
    case Value::kDate:
      return DateText(value.date());
    case Value::kTexts:
      return absl::StrJoin(value.texts().values(), "; ");
    case Value::KIND_NOT_SET:
      break;
  }
  return "";
}

std::string MarkingText(const graph::v1::Marking& marking) {
  const std::string level = Word(marking.traffic_light());
  return absl::StrCat(level.empty() ? "clear" : level, marking.space().empty() ? "" : ", ",
                      marking.space());
}

std::string SourcesText(const Citations& citations, const std::string& separator) {
  std::vector<std::string> names;
  for (const Citation& citation : citations) {
    names.push_back(
        absl::StrCat(citation.source(), citation.locator().empty() ? "" : " ", citation.locator()));
  }
  return absl::StrJoin(names, separator);
}

// `2014-12-24 to 2020-01-01`; empty where neither end is known.
std::string ValidText(const Edge& edge) {
  if (!edge.has_valid_from() && !edge.has_valid_to()) return "";
  return absl::StrCat(edge.has_valid_from() ? DateText(edge.valid_from()) : "…", " to ",
                      edge.has_valid_to() ? DateText(edge.valid_to()) : "…");
}

Table CitationsTable(const Citations& citations) {
  Table table{.title = "Cited",
              .columns = {{.header = "Source", .key = "source"},
                          {.header = "Where", .key = "locator"},
                          {.header = "Confidence", .key = "confidence"},
                          {.header = "Read", .key = "retrieved", .whole = true},
                          {.header = "Note", .key = "note"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const Citation& citation : citations) {
    table.rows.push_back({citation.source(), citation.locator(), Word(citation.confidence()),
                          DateText(citation.retrieved()), citation.note()});
  }
  return table;
}

std::string ChangeText(const Change& change) {
  if (change.has_node()) {
    return absl::StrCat(change.node().type(), " ", change.node().display_name());
  }
  if (!change.has_edge()) return "";
  const Edge& edge = change.edge();
  const std::string valid = ValidText(edge);
  return absl::StrCat(edge.from(), " ", edge.type(), " ", edge.to(), valid.empty() ? "" : ", ",
                      valid);
}

}  // namespace

Document RenderNode(const graph::v1::GetNodeResponse& response) {
  const Node& node = response.node();
  Document document;
  document.Say(absl::StrCat(node.display_name().empty() ? std::string(IdOf(node.name()))
                                                        : node.display_name(),
                            " (", node.name(), ")"),
               Tone::kStrong);
  Table table{
      .title = "",
      .columns = {{.header = "Property", .key = "property"}, {.header = "Value", .key = "value"}},
      .rows = {}};
  table.rows.push_back({"type", node.type()});
  if (node.aliases_size() > 0) table.rows.push_back({"aliases", Joined(node.aliases(), "; ")});
  for (const auto& property : node.properties()) {
    table.rows.push_back({property.name(), ValueText(property.value())});
  }
  table.rows.push_back({"marking", MarkingText(node.marking())});
  document.Add(std::move(table));
  document.Add(CitationsTable(node.citations()));
  return document;
}

Document RenderPaths(const graph::v1::FindPathsResponse& response) {
  Document document;
  if (response.paths_size() == 0) document.Say("There is no path within the limits.");
  Table table{.title = "",
              .columns = {{.header = "Path", .key = "path", .right = true, .whole = true},
                          {.header = "Cost", .key = "cost", .shown = Shown::kCsvOnly},
                          {.header = "From", .key = "from"},
                          {.header = "Statement", .key = "statement"},
                          {.header = "To", .key = "to"},
                          {.header = "Valid", .key = "valid"},
                          {.header = "Confidence", .key = "confidence"},
                          {.header = "Sources", .key = "sources"},
                          {.header = "Edge", .key = "edge", .shown = Shown::kCsvOnly}},
              .rows = {}};
  const auto& subgraph = response.subgraph();
  for (int p = 0; p < response.paths_size(); ++p) {
    const auto& path = response.paths(p);
    for (int h = 0; h < path.edge_indexes_size(); ++h) {
      const Edge& edge = subgraph.edges(path.edge_indexes(h));
      const std::string& from = subgraph.nodes(path.node_indexes(h)).name();
      const std::string& to = subgraph.nodes(path.node_indexes(h + 1)).name();
      const bool forwards = edge.from() == from;
      table.rows.push_back({Number(p + 1), absl::StrCat(path.cost()), from,
                            absl::StrCat(forwards ? "" : "← ", edge.type(), forwards ? " →" : ""),
                            to, ValidText(edge), Word(graph::BestConfidence(edge.citations())),
                            SourcesText(edge.citations(), "; "), edge.name()});
    }
  }
  document.Add(std::move(table));
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  return document;
}

Document RenderChanges(const google::protobuf::RepeatedPtrField<Change>& changes) {
  Document document;
  Table table{.title = "",
              .columns = {{.header = "Revision", .key = "revision", .whole = true},
                          {.header = "Recorded", .key = "commit_time", .whole = true},
                          {.header = "Change", .key = "kind"},
                          {.header = "Name", .key = "name"},
                          {.header = "What was said", .key = "after"},
                          {.header = "Sources", .key = "sources", .shown = Shown::kCsvOnly},
                          {.header = "Why", .key = "reason"}},
              .rows = {}};
  for (const Change& change : changes) {
    const Citations& citations =
        change.has_edge() ? change.edge().citations() : change.node().citations();
    table.rows.push_back({change.revision(),
                          google::protobuf::util::TimeUtil::ToString(change.commit_time()),
                          Word(change.kind()), change.name(), ChangeText(change),
                          SourcesText(citations, ";"), change.reason()});
  }
  document.Add(std::move(table));
  return document;
}

Document RenderHistory(const graph::v1::GetHistoryResponse& response) {
  Document document = RenderChanges(response.changes());
  if (!response.next_page_token().empty()) {
    document.Say("There is more; allow more changes with --limit.", Tone::kFair);
  }
  return document;
}

Document RenderProblems(const std::vector<graph::Problem>& problems) {
  Document document;
  Table table{.title = "",
              .columns = {{.header = "File", .key = "file"},
                          {.header = "Line", .key = "line"},
                          {.header = "Column", .key = "column"},
                          {.header = "Problem", .key = "problem"}},
              .rows = {},
              .shown = Shown::kCsvOnly};
  for (const graph::Problem& problem : problems) {
    table.rows.push_back({problem.file, Number(problem.line), problem.column, problem.text});
  }
  document.Add(std::move(table));
  return document;
}

}  // namespace attlas::cli
