// Export: a whole revision as a stream that can be resumed.
#include <optional>
#include <utility>
#include <vector>

#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/common/handler.h"
#include "services/graph/edge_place.h"
#include "services/graph/local_graph.h"
#include "services/graph/request_checks.h"
#include "services/graph/type_filter.h"

namespace attlas::services {
namespace {

namespace v1 = graph::v1;

// How many records are read from the store at once.
constexpr size_t kReadChunk = 256;

// How many nodes a scan passes before it looks whether its caller still waits.
constexpr graph::NodeOrdinal kCheckEvery = 4'096;

// Sends nodes and edges in batches of bounded size, each with the cursor that goes on after it.
class ExportWriter {
 public:
  // Makes the cursor of a position, among the nodes or among the edges.
  using MakeCursor = absl::FunctionRef<std::string(bool edges, uint64_t position)>;

  ExportWriter(const graph::Graph& graph, const graph::View& view, const ServiceLimits& limits,
               const CallContext& context, MakeCursor make_cursor,
               GraphApi::Sink<v1::ExportResponse> send)
      : graph_(graph),
        view_(view),
        limits_(limits),
        context_(context),
        make_cursor_(make_cursor),
        send_(send) {}

  void SetOntology() { *batch_.mutable_ontology() = view_.snapshot().ontology()->proto(); }
  absl::Status AddNode(graph::NodeOrdinal node) {
    nodes_.push_back(node);
    return nodes_.size() < kReadChunk ? absl::OkStatus() : ReadNodes();
  }
  absl::Status AddEdge(graph::EdgeOrdinal edge, EdgePlace place) {
    edges_.push_back(edge);
    places_.push_back(place);
    return edges_.size() < kReadChunk ? absl::OkStatus() : ReadEdges();
  }
  absl::Status FinishNodes() { return ReadNodes(); }
  absl::Status Finish() {
    ATTLAS_RETURN_IF_ERROR(ReadEdges());
    Send("");
    return absl::OkStatus();
  }
  // Whether the caller takes no more.
  bool ended() const { return ended_; }

 private:
  absl::Status ReadNodes() {
    ATTLAS_RETURN_IF_ERROR(CheckCall(context_));
    ATTLAS_RETURN_IF_ERROR(graph_.ScanNodes(view_, nodes_, [&](size_t i, graph::Node&& node) {
      MakeRoom(node.ByteSizeLong(), /*edges=*/false, nodes_[i]);
      *batch_.add_nodes() = std::move(node);
    }));
    nodes_.clear();
    return absl::OkStatus();
  }
  absl::Status ReadEdges() {
    ATTLAS_RETURN_IF_ERROR(CheckCall(context_));
    ATTLAS_RETURN_IF_ERROR(graph_.ScanEdges(view_, edges_, [&](size_t i, graph::Edge&& edge) {
      MakeRoom(edge.ByteSizeLong(), /*edges=*/true, places_[i].position());
      *batch_.add_edges() = std::move(edge);
    }));
    edges_.clear();
    places_.clear();
    return absl::OkStatus();
  }
  // Makes room for an item of `bytes`, which is the one at `position`.
  void MakeRoom(size_t bytes, bool edges, uint64_t position) {
    const bool full = items_ >= limits_.stream_batch_items ||
                      (items_ > 0 && bytes_ + bytes > limits_.stream_batch_bytes);
    if (full) Send(make_cursor_(edges, position));
    ++items_;
    bytes_ += bytes;
  }
  void Send(std::string cursor) {
    batch_.set_revision(graph_.RevisionToken(view_.revision()));
    batch_.set_cursor(std::move(cursor));
    if (!ended_) ended_ = !send_(std::move(batch_));
    batch_ = v1::ExportResponse();
    items_ = 0;
    bytes_ = 0;
  }

  const graph::Graph& graph_;
  const graph::View& view_;
  const ServiceLimits& limits_;
  const CallContext& context_;
  MakeCursor make_cursor_;
  GraphApi::Sink<v1::ExportResponse> send_;
  std::vector<graph::NodeOrdinal> nodes_;
  std::vector<graph::EdgeOrdinal> edges_;
  std::vector<EdgePlace> places_;  // Of `edges_`.
  v1::ExportResponse batch_;
  size_t items_ = 0;
  size_t bytes_ = 0;
  bool ended_ = false;
};

// Adds the edges of `start.node` from `start.index` on.
absl::Status AddEdgesOf(const graph::View& view, const TypeFilter& types, EdgePlace start,
                        ExportWriter* writer) {
  absl::Status status;
  uint32_t index = 0;
  view.ForEachEdge(start.node, v1::DIRECTION_FORWARD, nullptr, [&](const graph::EdgeRef& edge) {
    const EdgePlace place{start.node, index++};
    if (place.index >= start.index && types.WantsEdgeType(edge.type)) {
      status = writer->AddEdge(edge.edge, place);
    }
    return status.ok() && !writer->ended();
  });
  return status;
}

}  // namespace

// Nodes and edges are two listings, one after the other, so each has cursors of its own.
absl::StatusOr<LocalGraph::ExportStart> LocalGraph::StartExport(
    const CallContext& context, const v1::ExportRequest& request) const {
  const graph::Clearance clearance = graph::Narrow(context.clearance, request.read().ceiling());
  v1::ExportRequest query = request;
  query.clear_cursor();
  const uint64_t nodes_hash = HashQuery(query, clearance, "nodes");
  const uint64_t edges_hash = HashQuery(query, clearance, "edges");
  v1::ReadOptions read = request.read();
  bool edges = false;
  PagePosition at;
  if (!request.cursor().empty()) {
    absl::StatusOr<PagePosition> found =
        page_tokens_.Decode(request.cursor(), nodes_hash, "cursor");
    if (!found.ok()) {
      edges = true;
      found = page_tokens_.Decode(request.cursor(), edges_hash, "cursor");
    }
    ATTLAS_ASSIGN_OR_RETURN(at, std::move(found));
    read.set_at_revision(graph_->RevisionToken(at.revision));
  }
  ATTLAS_ASSIGN_OR_RETURN(graph::View view, OpenView(context, read));
  return ExportStart{std::move(view), nodes_hash, edges_hash, edges, at.position};
}

absl::Status LocalGraph::Export(const CallContext& context, const v1::ExportRequest& request,
                                Sink<v1::ExportResponse> send) {
  ATTLAS_RETURN_IF_ERROR(CheckCount(static_cast<size_t>(request.types_size()),
                                    limits_.max_type_names, "types", "types"));
  ATTLAS_ASSIGN_OR_RETURN(const ExportStart start, StartExport(context, request));
  const graph::View& view = start.view;
  ATTLAS_ASSIGN_OR_RETURN(const TypeFilter types,
                          TypeFilter::Create(view.snapshot().ontology(), request.types(), "types"));
  const auto make_cursor = [&](bool edges, uint64_t position) {
    return page_tokens_.Encode(edges ? start.edges_hash : start.nodes_hash,
                               {.revision = view.revision(), .position = position});
  };
  ExportWriter writer(*graph_, view, limits_, context, make_cursor, send);
  if (request.cursor().empty()) writer.SetOntology();
  graph::NodeOrdinal node =
      start.edges ? view.node_limit() : static_cast<graph::NodeOrdinal>(start.position);
  for (; node < view.node_limit() && !writer.ended(); ++node) {
    if (node % kCheckEvery == 0) ATTLAS_RETURN_IF_ERROR(CheckCall(context));
    if (!view.Exists(node) || !types.WantsNodeType(view.NodeType(node))) continue;
    ATTLAS_RETURN_IF_ERROR(writer.AddNode(node));
  }
  ATTLAS_RETURN_IF_ERROR(writer.FinishNodes());
  EdgePlace place = start.edges ? EdgePlace::Of(start.position) : EdgePlace();
  for (; place.node < view.node_limit() && !writer.ended(); place = {place.node + 1, 0}) {
    if (place.node % kCheckEvery == 0) ATTLAS_RETURN_IF_ERROR(CheckCall(context));
    ATTLAS_RETURN_IF_ERROR(AddEdgesOf(view, types, place, &writer));
  }
  return writer.ended() ? absl::OkStatus() : writer.Finish();
}

}  // namespace attlas::services
