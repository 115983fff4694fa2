#include "services/graph/local_graph.h"

#include <algorithm>
#include <optional>
#include <string>

#include "graph/base/status_macros.h"
#include "services/common/handler.h"
#include "services/graph/request_checks.h"

namespace attlas::services {

LocalGraph::LocalGraph(graph::Graph* graph, const ServiceLimits& limits,
                       const PageTokenCodec& page_tokens)
    : graph_(graph), limits_(limits), page_tokens_(page_tokens), records_(graph) {
  subscription_ = graph_->Subscribe([this](uint64_t revision) {
    absl::MutexLock lock(&mutex_);
    latest_ = std::max(latest_, revision);
    published_.SignalAll();
  });
}

LocalGraph::~LocalGraph() { subscription_.reset(); }

void LocalGraph::StopWatches() {
  absl::MutexLock lock(&mutex_);
  stopped_ = true;
  published_.SignalAll();
}

std::optional<std::string> LocalGraph::KnownRevision(const graph::v1::ReadOptions& read) const {
  using Options = graph::v1::ReadOptions;
  const uint64_t latest = graph_->LatestRevision();
  if (read.revision_case() == Options::REVISION_NOT_SET) return graph_->RevisionToken(latest);
  const bool exact = read.revision_case() == Options::kAtRevision;
  const std::string& token = exact ? read.at_revision() : read.at_least_revision();
  const absl::StatusOr<uint64_t> revision = graph_->ParseRevisionToken(token, "read");
  if (!revision.ok() || *revision > latest) return std::nullopt;
  if (!exact) return graph_->RevisionToken(latest);
  if (*revision < graph_->EarliestRevision()) return std::nullopt;
  return token;
}

absl::StatusOr<graph::View> LocalGraph::OpenView(const CallContext& context,
                                                 const graph::v1::ReadOptions& read) const {
  ATTLAS_RETURN_IF_ERROR(CheckCall(context));
  return graph_->Read(read, graph::Narrow(context.clearance, read.ceiling()));
}

absl::StatusOr<graph::NodeOrdinal> LocalGraph::FindNode(const graph::View& view,
                                                        std::string_view name,
                                                        std::string_view field) const {
  ATTLAS_RETURN_IF_ERROR(CheckName(name, field));
  return records_.FindNode(view, name);
}

std::string LocalGraph::Token(const graph::View& view) const {
  return graph_->RevisionToken(view.revision());
}

graph::QueryLimits LocalGraph::LimitsFor(const CallContext& context) const {
  graph::QueryLimits limits;
  limits.max_depth = limits_.max_depth;
  limits.max_nodes_visited = limits_.max_nodes_visited;
  limits.max_results = static_cast<uint64_t>(limits_.max_results);
  limits.cancelled = context.cancelled;
  limits.deadline = context.deadline;
  if (context.deadline != absl::InfiniteFuture()) {
    const absl::Duration left = context.deadline - absl::Now();
    limits.deadline -= std::min(left / 10, absl::Milliseconds(200));
  }
  return limits;
}

}  // namespace attlas::services
