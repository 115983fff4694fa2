// The server streams: Traverse, Export and Watch.
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/query/traverse.h"
#include "services/common/handler.h"
#include "services/common/status.h"
#include "services/graph/local_graph.h"
#include "services/graph/request_checks.h"
#include "services/graph/type_filter.h"
#include "services/graph/watch_batch.h"

namespace attlas::services {
namespace {

namespace v1 = graph::v1;
using graph::InvalidField;

constexpr int32_t kDefaultTraverseNodes = 10'000;

// How many records are read from the store at once.
constexpr size_t kReadChunk = 256;

// Keeps of a node what `names_only` asks for.
void KeepNames(graph::Node* node) {
  node->clear_aliases();
  node->clear_properties();
  node->clear_citations();
}

// Reads what `visits` refers to and fills `response` with it.
absl::Status ReadVisits(const graph::Graph& graph, const graph::View& view,
                        const std::vector<graph::Visit>& visits, bool names_only,
                        v1::TraverseResponse* response) {
  std::vector<graph::NodeOrdinal> nodes;
  std::vector<graph::NodeOrdinal> parents;
  std::vector<graph::EdgeOrdinal> edges;
  std::vector<int> with_edge;  // The visits that have an edge, in the order of `edges`.
  for (const graph::Visit& visit : visits) {
    response->add_visits()->set_depth(visit.depth);
    nodes.push_back(visit.node);
    if (visit.via == graph::kNoEdge) continue;
    with_edge.push_back(response->visits_size() - 1);
    edges.push_back(visit.via);
    parents.push_back(visit.from);
  }
  ATTLAS_RETURN_IF_ERROR(graph.ReadNodes(view, nodes, [&](size_t i, graph::Node&& node) {
    if (names_only) KeepNames(&node);
    *response->mutable_visits(static_cast<int>(i))->mutable_node() = std::move(node);
  }));
  ATTLAS_RETURN_IF_ERROR(graph.ReadNodes(view, parents, [&](size_t i, graph::Node&& node) {
    response->mutable_visits(with_edge[i])->set_from_node(node.name());
  }));
  return graph.ReadEdges(view, edges, [&](size_t i, graph::Edge&& edge) {
    response->mutable_visits(with_edge[i])->set_via_edge(edge.name());
  });
}

// Sends nodes and edges in batches of bounded size.
class ExportWriter {
 public:
  ExportWriter(const graph::Graph& graph, const graph::View& view, const ServiceLimits& limits,
               const CallContext& context, GraphApi::Sink<v1::ExportResponse> send)
      : graph_(graph), view_(view), limits_(limits), context_(context), send_(send) {
    *batch_.mutable_ontology() = view.snapshot().ontology()->proto();
  }

  absl::Status AddNode(graph::NodeOrdinal node) {
    nodes_.push_back(node);
    return nodes_.size() < kReadChunk ? absl::OkStatus() : ReadNodes();
  }
  absl::Status AddEdge(graph::EdgeOrdinal edge) {
    edges_.push_back(edge);
    return edges_.size() < kReadChunk ? absl::OkStatus() : ReadEdges();
  }
  absl::Status FinishNodes() { return ReadNodes(); }
  absl::Status Finish() {
    ATTLAS_RETURN_IF_ERROR(ReadEdges());
    if (batch_.has_ontology() || items_ > 0) Send();
    return absl::OkStatus();
  }
  // Whether the caller takes no more.
  bool ended() const { return ended_; }

 private:
  absl::Status ReadNodes() {
    ATTLAS_RETURN_IF_ERROR(CheckCall(context_));
    ATTLAS_RETURN_IF_ERROR(graph_.ReadNodes(view_, nodes_, [&](size_t, graph::Node&& node) {
      Count(node.ByteSizeLong());
      *batch_.add_nodes() = std::move(node);
    }));
    nodes_.clear();
    return absl::OkStatus();
  }
  absl::Status ReadEdges() {
    ATTLAS_RETURN_IF_ERROR(CheckCall(context_));
    ATTLAS_RETURN_IF_ERROR(graph_.ReadEdges(view_, edges_, [&](size_t, graph::Edge&& edge) {
      Count(edge.ByteSizeLong());
      *batch_.add_edges() = std::move(edge);
    }));
    edges_.clear();
    return absl::OkStatus();
  }
  // Makes room for an item of `bytes`.
  void Count(size_t bytes) {
    const bool full = items_ >= limits_.stream_batch_items ||
                      (items_ > 0 && bytes_ + bytes > limits_.stream_batch_bytes);
    if (full) Send();
    ++items_;
    bytes_ += bytes;
  }
  void Send() {
    batch_.set_revision(graph_.RevisionToken(view_.revision()));
    if (!ended_) ended_ = !send_(std::move(batch_));
    batch_ = v1::ExportResponse();
    items_ = 0;
    bytes_ = 0;
  }

  const graph::Graph& graph_;
  const graph::View& view_;
  const ServiceLimits& limits_;
  const CallContext& context_;
  GraphApi::Sink<v1::ExportResponse> send_;
  std::vector<graph::NodeOrdinal> nodes_;
  std::vector<graph::EdgeOrdinal> edges_;
  v1::ExportResponse batch_;
  size_t items_ = 0;
  size_t bytes_ = 0;
  bool ended_ = false;
};

}  // namespace

absl::Status LocalGraph::Traverse(const CallContext& context, const v1::TraverseRequest& request,
                                  Sink<v1::TraverseResponse> send) {
  ATTLAS_RETURN_IF_ERROR(CheckNames(request.start_nodes(), "start_nodes", limits_.max_batch_names));
  graph::TraverseSpec spec;
  ATTLAS_ASSIGN_OR_RETURN(spec.max_depth,
                          Bounded(request.max_depth(), 1, limits_.max_depth, "max_depth"));
  ATTLAS_ASSIGN_OR_RETURN(
      const int32_t max_nodes,
      Bounded(request.max_nodes(), kDefaultTraverseNodes, limits_.max_results, "max_nodes"));
  ATTLAS_ASSIGN_OR_RETURN(const int32_t fan_out,
                          Bounded(request.max_fan_out(), 0, limits_.max_fan_out, "max_fan_out"));
  ATTLAS_ASSIGN_OR_RETURN(spec.direction,
                          DirectionOr(request.direction(), v1::DIRECTION_FORWARD, "direction"));
  ATTLAS_ASSIGN_OR_RETURN(const graph::View view, OpenView(context, request.read()));
  ATTLAS_ASSIGN_OR_RETURN(
      const std::optional<graph::TypeSet> types,
      graph::CompileEdgeTypes(*view.snapshot().ontology(), request.edge_types(), "edge_types"));
  spec.edge_types = types ? &*types : nullptr;
  for (const std::string& name : request.start_nodes()) {
    ATTLAS_ASSIGN_OR_RETURN(const graph::NodeOrdinal node, records_.FindNode(view, name));
    spec.starts.push_back(node);
  }

  graph::QueryLimits limits = LimitsFor(context);
  limits.max_fan_out = static_cast<uint32_t>(fan_out);
  graph::Budget budget(std::move(limits));
  std::vector<graph::Visit> visits;
  const size_t batch_items = std::min(limits_.stream_batch_items, kReadChunk * 4);
  size_t met = 0;
  bool ended = false;
  absl::Status status;
  const auto flush = [&](bool last) {
    v1::TraverseResponse batch;
    status = ReadVisits(*graph_, view, visits, request.names_only(), &batch);
    visits.clear();
    batch.set_revision(Token(view));
    if (last) {
      batch.set_truncated(budget.truncated());
      for (const v1::Bound bound : budget.reached()) batch.add_reached_bounds(bound);
    }
    if (status.ok()) ended = !send(std::move(batch));
    return status.ok() && !ended;
  };
  graph::Traverse(view, spec, budget, [&](const graph::Visit& visit) {
    if (met == static_cast<size_t>(max_nodes)) {
      budget.Reach(v1::BOUND_RESULTS);
      return false;
    }
    ++met;
    if (visits.size() == batch_items && !flush(/*last=*/false)) return false;
    visits.push_back(visit);
    return true;
  });
  ATTLAS_RETURN_IF_ERROR(status);
  ATTLAS_RETURN_IF_ERROR(budget.CancellationStatus());
  if (!ended) flush(/*last=*/true);
  return status;
}

absl::Status LocalGraph::Export(const CallContext& context, const v1::ExportRequest& request,
                                Sink<v1::ExportResponse> send) {
  ATTLAS_RETURN_IF_ERROR(CheckCount(static_cast<size_t>(request.types_size()),
                                    limits_.max_type_names, "types", "types"));
  ATTLAS_ASSIGN_OR_RETURN(const graph::View view, OpenView(context, request.read()));
  ATTLAS_ASSIGN_OR_RETURN(const TypeFilter types,
                          TypeFilter::Create(view.snapshot().ontology(), request.types(), "types"));
  ExportWriter writer(*graph_, view, limits_, context, send);
  for (graph::NodeOrdinal node = 0; node < view.node_limit() && !writer.ended(); ++node) {
    if (!view.Exists(node) || !types.WantsNodeType(view.NodeType(node))) continue;
    ATTLAS_RETURN_IF_ERROR(writer.AddNode(node));
  }
  ATTLAS_RETURN_IF_ERROR(writer.FinishNodes());
  for (graph::NodeOrdinal node = 0; node < view.node_limit() && !writer.ended(); ++node) {
    absl::Status status;
    view.ForEachEdge(node, v1::DIRECTION_FORWARD, nullptr, [&](const graph::EdgeRef& edge) {
      if (types.WantsEdgeType(edge.type)) status = writer.AddEdge(edge.edge);
      return status.ok() && !writer.ended();
    });
    ATTLAS_RETURN_IF_ERROR(status);
  }
  return writer.ended() ? absl::OkStatus() : writer.Finish();
}

absl::StatusOr<uint64_t> LocalGraph::WatchStart(const v1::WatchRequest& request) const {
  const uint64_t earliest = graph_->EarliestRevision();
  const uint64_t latest = graph_->LatestRevision();
  if (request.from_earliest() && !request.after_revision().empty()) {
    return InvalidField("after_revision", "cannot be set together with from_earliest");
  }
  // Revision 0 is the empty graph; the first change is revision 1.
  if (request.from_earliest()) return std::max<uint64_t>(earliest, 1);
  if (request.after_revision().empty()) return latest + 1;
  ATTLAS_ASSIGN_OR_RETURN(const uint64_t after,
                          graph_->ParseRevisionToken(request.after_revision()));
  const bool future = after > latest;
  if (!future && after + 1 >= earliest) return after + 1;
  return graph::MakeError(absl::StatusCode::kOutOfRange,
                          future ? "the revision has not been committed yet"
                                 : "the revision is no longer kept; start with from_earliest",
                          {.reason = future ? "REVISION_IN_FUTURE" : "REVISION_COMPACTED",
                           .metadata = {{"earliest_revision", graph_->RevisionToken(earliest)},
                                        {"latest_revision", graph_->RevisionToken(latest)}},
                           .violations = {}});
}

absl::Status LocalGraph::WaitForRevision(const CallContext& context, uint64_t next,
                                         absl::Time until) {
  // A caller that leaves wakes nobody, so it is looked for now and then.
  constexpr absl::Duration kLook = absl::Milliseconds(100);
  while (true) {
    ATTLAS_RETURN_IF_ERROR(CheckCall(context));
    absl::MutexLock lock(&mutex_);
    if (stopped_) return Unavailable("the server is stopping; resume elsewhere or later");
    const absl::Time now = absl::Now();
    if (latest_ >= next || now >= until) return absl::OkStatus();
    published_.WaitWithDeadline(&mutex_, std::min({until, context.deadline, now + kLook}));
  }
}

absl::Status LocalGraph::Watch(const CallContext& context, const v1::WatchRequest& request,
                               Sink<v1::WatchResponse> send) {
  const graph::Clearance clearance = graph::Narrow(context.clearance, request.read().ceiling());
  ATTLAS_RETURN_IF_ERROR(CheckWatchOptions(request));
  ATTLAS_ASSIGN_OR_RETURN(const TypeFilter types,
                          TypeFilter::Create(graph_->ontology(), request.types(), "types"));
  ATTLAS_ASSIGN_OR_RETURN(uint64_t next, WatchStart(request));
  WatchBatch batch(*graph_, limits_, types, clearance, send, next - 1);
  // A watcher that reads the past may take its time; one that had caught up must keep up.
  bool caught_up = next > graph_->LatestRevision();
  // The first message tells where the stream starts, so that it may be resumed from there.
  if (!batch.SendSignOfLife()) return absl::OkStatus();
  while (true) {
    const uint64_t latest = graph_->LatestRevision();
    for (; next <= latest; ++next) {
      ATTLAS_RETURN_IF_ERROR(WaitForRevision(context, 0, absl::InfinitePast()));
      if (caught_up && graph_->LatestRevision() - next >= limits_.watch_max_lag) {
        return WatchTooSlow(graph_->RevisionToken(next - 1));
      }
      ATTLAS_RETURN_IF_ERROR(batch.AddRevision(next));
      if (batch.ended()) return absl::OkStatus();
    }
    if (!batch.Flush()) return absl::OkStatus();
    caught_up = true;
    ATTLAS_RETURN_IF_ERROR(
        WaitForRevision(context, next, batch.last_sent() + limits_.watch_heartbeat));
    const bool idle = graph_->LatestRevision() < next;
    if (idle && !batch.SendSignOfLife()) return absl::OkStatus();
  }
}

}  // namespace attlas::services
