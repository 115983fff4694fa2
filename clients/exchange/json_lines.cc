// JSON Lines: one attlas.exchange.v1.Line a line.
#include <utility>

#include "attlas/exchange/v1/line.pb.h"
#include "clients/exchange/stream_writer.h"
#include "google/protobuf/util/json_util.h"
#include "graph/base/status_macros.h"

namespace attlas::exchange {
namespace {

constexpr int kFormatVersion = 1;

class JsonLinesWriter : public StreamWriter {
 public:
  explicit JsonLinesWriter(Sink* sink) : StreamWriter(sink) {}

  absl::Status Begin(const graph::OntologyIndex& ontology, const ExportedView& view) override {
    v1::Line line;
    v1::Header& header = *line.mutable_header();
    header.set_format_version(kFormatVersion);
    header.set_revision(view.revision);
    if (view.read.has_as_of()) *header.mutable_as_of() = view.read.as_of();
    header.set_min_confidence(view.read.min_confidence());
    *header.mutable_ontology() = ontology.proto();
    return Append(line);
  }

  absl::Status AddNode(const graph::Node& node) override {
    v1::Line line;
    *line.mutable_node() = node;
    line.mutable_node()->clear_etag();  // It is that of this store alone.
    end_.set_node_count(end_.node_count() + 1);
    return Append(line);
  }

  absl::Status AddEdge(const graph::Edge& edge) override {
    v1::Line line;
    *line.mutable_edge() = edge;
    line.mutable_edge()->clear_etag();
    end_.set_edge_count(end_.edge_count() + 1);
    return Append(line);
  }

  absl::Status Finish() override {
    v1::Line line;
    *line.mutable_end() = end_;
    ATTLAS_RETURN_IF_ERROR(Append(line));
    return Flush();
  }

 private:
  absl::Status Append(const v1::Line& line) {
    const auto status = google::protobuf::util::MessageToJsonString(line, &text());
    if (!status.ok()) return absl::InternalError("a line cannot be written as JSON");
    text() += '\n';
    return FlushIfLarge();
  }

  v1::End end_;
};

}  // namespace

std::unique_ptr<ExportWriter> NewJsonLinesWriter(Sink* sink) {
  return std::make_unique<JsonLinesWriter>(sink);
}

}  // namespace attlas::exchange
