// JSON Lines coming in.
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "attlas/exchange/v1/line.pb.h"
#include "clients/exchange/incoming_rows.h"
#include "google/protobuf/util/json_util.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"

namespace attlas::exchange {
namespace {

class Reader {
 public:
  Reader(const std::string& file, const graph::OntologyIndex& ontology, graph::ProblemLog* problems,
         RowTaker* rows)
      : file_(file), ontology_(ontology), problems_(*problems), rows_(*rows) {}

  void Take(int number, std::string_view text) {
    last_ = number;
    if (text.empty() || !status_.ok()) return;
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

  void RefuseLong(int number) {
    last_ = number;
    problems_.Add(file_, number, "row", "is longer than any line of an export");
  }

  absl::Status Finish() {
    ATTLAS_RETURN_IF_ERROR(status_);
    if (!ended_) {
      problems_.Add(file_, last_, "",
                    "ends without its last line; it was cut off, so export it again");
    }
    return absl::OkStatus();
  }

 private:
  void TakeNode(int number, graph::Node node) {
    graph::Canonicalize(&node);
    std::vector<graph::FieldViolation> violations;
    ontology_.CheckNode(node, "", &violations);
    Report(number, violations);
    ++nodes_;
    status_.Update(rows_.TakeNode(number, std::move(node)));
  }

  void TakeEdge(int number, graph::Edge edge) {
    const std::string problem = graph::EdgeNameProblem(edge);
    if (!problem.empty()) problems_.Add(file_, number, "name", problem);
    graph::Canonicalize(&edge);
    std::vector<graph::FieldViolation> violations;
    ontology_.CheckEdge(edge, "", &violations);
    Report(number, violations);
    ++edges_;
    status_.Update(rows_.TakeEdge(number, std::move(edge)));
  }

  void Report(int number, const std::vector<graph::FieldViolation>& violations) {
    for (const graph::FieldViolation& violation : violations) {
      problems_.Add(file_, number, violation.field, violation.description);
    }
  }

  void CheckEnd(int number, const v1::End& end) {
    if (end.node_count() == nodes_ && end.edge_count() == edges_) return;
    problems_.Add(file_, number, "end",
                  absl::StrCat("counts ", end.node_count(), " nodes and ", end.edge_count(),
                               " edges, but there are ", nodes_, " and ", edges_));
  }

  const std::string& file_;
  const graph::OntologyIndex& ontology_;
  graph::ProblemLog& problems_;
  RowTaker& rows_;
  int64_t nodes_ = 0;
  int64_t edges_ = 0;
  int last_ = 0;
  bool ended_ = false;
  absl::Status status_;  // Of `rows`.
};

}  // namespace

absl::Status ReadJsonLines(TextFile* text, const std::string& file,
                           const graph::OntologyIndex& ontology, graph::ProblemLog* problems,
                           RowTaker* rows) {
  Reader reader(file, ontology, problems, rows);
  ATTLAS_RETURN_IF_ERROR(ForEachLine(
      text, [&](int number, std::string_view line) { reader.Take(number, line); },
      [&](int number) { reader.RefuseLong(number); }));
  return reader.Finish();
}

}  // namespace attlas::exchange
