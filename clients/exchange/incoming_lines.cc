// JSON Lines coming in.
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "attlas/exchange/v1/line.pb.h"
#include "clients/exchange/incoming_rows.h"
#include "google/protobuf/util/json_util.h"
#include "graph/base/strings.h"

namespace attlas::exchange {
namespace {

class Reader {
 public:
  Reader(const std::string& file, const graph::OntologyIndex& ontology, graph::ProblemLog* problems)
      : file_(file), ontology_(ontology), problems_(*problems) {}

  void Take(int number, std::string_view text) {
    v1::Line line;
    const auto parsed = google::protobuf::util::JsonStringToMessage(
        google::protobuf::StringPiece(text.data(), text.size()), &line);
    if (!parsed.ok()) {
      problems_.Add(file_, number, "row",
                    absl::StrCat("is no line of an export: ", std::string(parsed.message())));
      return;
    }
    if (ended_) problems_.Add(file_, number, "row", "comes after the end; remove it");
    switch (line.content_case()) {
      case v1::Line::kNode:
        TakeNode(number, std::move(*line.mutable_node()));
        break;
      case v1::Line::kEdge:
        TakeEdge(number, std::move(*line.mutable_edge()));
        break;
      case v1::Line::kEnd:
        ended_ = true;
        CheckEnd(number, line.end());
        break;
      case v1::Line::kHeader:
        if (line.header().format_version() == 1) break;
        problems_.Add(file_, number, "header",
                      absl::StrCat("is of format ", line.header().format_version(),
                                   "; this program reads format 1"));
        break;
      case v1::Line::CONTENT_NOT_SET:
        problems_.Add(file_, number, "row", "holds neither a node nor an edge");
    }
  }

  IncomingRows Finish(int lines) {
    if (!ended_) {
      problems_.Add(file_, lines, "",
                    "ends without its last line; it was cut off, so export it again");
    }
    return std::move(rows_);
  }

 private:
  void TakeNode(int number, graph::Node node) {
    graph::Canonicalize(&node);
    std::vector<graph::FieldViolation> violations;
    ontology_.CheckNode(node, "", &violations);
    Finish(number, node.name(), violations);
    rows_.nodes.push_back({number, std::move(node)});
  }

  void TakeEdge(int number, graph::Edge edge) {
    const std::string problem = graph::EdgeNameProblem(edge);
    if (!problem.empty()) problems_.Add(file_, number, "name", problem);
    graph::Canonicalize(&edge);
    std::vector<graph::FieldViolation> violations;
    ontology_.CheckEdge(edge, "", &violations);
    Finish(number, edge.name(), violations);
    rows_.edges.push_back({number, std::move(edge)});
  }

  void Finish(int number, const std::string& name,
              const std::vector<graph::FieldViolation>& violations) {
    for (const graph::FieldViolation& violation : violations) {
      problems_.Add(file_, number, violation.field, violation.description);
    }
    if (!names_.insert(name).second) {
      problems_.Add(file_, number, "name", absl::StrCat(name, " stands in the file already"));
    }
  }

  void CheckEnd(int number, const v1::End& end) {
    const auto nodes = static_cast<int64_t>(rows_.nodes.size());
    const auto edges = static_cast<int64_t>(rows_.edges.size());
    if (end.node_count() == nodes && end.edge_count() == edges) return;
    problems_.Add(file_, number, "end",
                  absl::StrCat("counts ", end.node_count(), " nodes and ", end.edge_count(),
                               " edges, but there are ", nodes, " and ", edges));
  }

  const std::string& file_;
  const graph::OntologyIndex& ontology_;
  graph::ProblemLog& problems_;
  IncomingRows rows_;
  std::set<std::string> names_;
  bool ended_ = false;
};

}  // namespace

IncomingRows ReadJsonLines(std::string_view text, const std::string& file,
                           const graph::OntologyIndex& ontology, graph::ProblemLog* problems) {
  Reader reader(file, ontology, problems);
  int number = 0;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++number;
    if (!line.empty()) reader.Take(number, line);
  }
  return reader.Finish(number);
}

}  // namespace attlas::exchange
