// The server streams Traverse and Watch.
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

// How many visits are read from the store at once, at most.
constexpr size_t kReadChunk = 1'024;

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
    if (visit.edge == nullptr) continue;
    with_edge.push_back(response->visits_size() - 1);
    edges.push_back(visit.via());
    parents.push_back(visit.from);
  }
  ATTLAS_ASSIGN_OR_RETURN(const auto visited, graph.ReadNodes(view, nodes));
  for (size_t i = 0; i < visited.size(); ++i) {
    graph::Node* const node = response->mutable_visits(static_cast<int>(i))->mutable_node();
    *node = *visited[i];
    if (names_only) KeepNames(node);
  }
  ATTLAS_ASSIGN_OR_RETURN(const auto from, graph.ReadNodes(view, parents));
  ATTLAS_ASSIGN_OR_RETURN(const auto via, graph.ReadEdges(view, edges));
  for (size_t i = 0; i < via.size(); ++i) {
    v1::TraverseResponse::Visit* const visit = response->mutable_visits(with_edge[i]);
    visit->set_from_node(from[i]->name());
    visit->set_via_edge(via[i]->name());
  }
  return absl::OkStatus();
}

// The visits of `read` in messages of at most `most_bytes`, or of one visit; at least one message.
std::vector<v1::TraverseResponse> SplitVisits(v1::TraverseResponse&& read, size_t most_bytes) {
  std::vector<v1::TraverseResponse> batches(1);
  size_t bytes = 0;
  for (v1::TraverseResponse::Visit& visit : *read.mutable_visits()) {
    const size_t more = visit.ByteSizeLong();
    if (bytes > 0 && bytes + more > most_bytes) {
      batches.emplace_back();
      bytes = 0;
    }
    bytes += more;
    *batches.back().add_visits() = std::move(visit);
  }
  return batches;
}

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
  const size_t batch_items = std::min(limits_.stream_batch_items, kReadChunk);
  size_t met = 0;
  bool ended = false;
  absl::Status status;
  const auto flush = [&](bool last) {
    v1::TraverseResponse read;
    status = ReadVisits(*graph_, view, visits, request.names_only(), &read);
    visits.clear();
    if (!status.ok()) return false;
    std::vector<v1::TraverseResponse> batches =
        SplitVisits(std::move(read), limits_.stream_batch_bytes);
    if (last) {
      batches.back().set_truncated(budget.truncated());
      for (const v1::Bound bound : budget.reached()) batches.back().add_reached_bounds(bound);
    }
    for (v1::TraverseResponse& batch : batches) {
      batch.set_revision(Token(view));
      if (!ended) ended = !send(std::move(batch));
    }
    return !ended;
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
                          graph_->ParseRevisionToken(request.after_revision(), "after_revision"));
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

LocalGraph::WatchStatistics LocalGraph::Watches() const {
  return {.open = watches_open_, .revisions = watched_revisions_, .too_slow = watches_too_slow_};
}

absl::Status LocalGraph::Watch(const CallContext& context, const v1::WatchRequest& request,
                               Sink<v1::WatchResponse> send) {
  ++watches_open_;
  absl::Status ended = RunWatch(context, request, send);
  --watches_open_;
  return ended;
}

absl::Status LocalGraph::RunWatch(const CallContext& context, const v1::WatchRequest& request,
                                  Sink<v1::WatchResponse> send) {
  ATTLAS_RETURN_IF_ERROR(CheckCall(context));
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
        ++watches_too_slow_;
        return WatchTooSlow(graph_->RevisionToken(next - 1));
      }
      ATTLAS_RETURN_IF_ERROR(batch.AddRevision(next));
      ++watched_revisions_;
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
