// Reads of records: GetNode, BatchGetNodes, the lists, GetHistory, GetOntology, GetStatistics.
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/model/name.h"
#include "services/common/handler.h"
#include "services/graph/answer_bytes.h"
#include "services/graph/edge_place.h"
#include "services/graph/local_graph.h"
#include "services/graph/request_checks.h"

namespace attlas::services {
namespace {

namespace v1 = graph::v1;
using graph::InvalidField;

// How often a scan looks whether its caller still waits.
constexpr uint32_t kCheckEvery = 4'096;

struct ListedEdge {
  graph::EdgeOrdinal edge;
  EdgePlace place;
};

// Which edges a listing wants.
struct EdgeListing {
  v1::Direction direction;
  std::optional<graph::TypeSet> types;
  std::vector<v1::PropertyPredicate> predicates;
};

// Appends the edges of `start.node` from `start.index` on, until there are `most`.
absl::Status CollectEdges(const graph::View& view, const graph::RecordSource& records,
                          const EdgeListing& listing, EdgePlace start, size_t most,
                          std::vector<ListedEdge>* edges) {
  absl::Status status;
  uint32_t index = 0;
  const graph::TypeSet* types = listing.types ? &*listing.types : nullptr;
  view.ForEachEdge(start.node, listing.direction, types, [&](const graph::EdgeRef& edge) {
    const EdgePlace place{start.node, index++};
    if (place.index < start.index) return true;
    // A loop stands in both lists of its node; it is listed once.
    const bool again =
        listing.direction == v1::DIRECTION_EITHER && !edge.forward && edge.neighbor == start.node;
    if (again) return true;
    if (!listing.predicates.empty()) {
      const absl::StatusOr<bool> meets =
          graph::MeetsEdge(view, records, listing.predicates, edge.edge);
      if (!meets.ok()) {
        status = meets.status();
        return false;
      }
      if (!*meets) return true;
    }
    edges->push_back({edge.edge, place});
    return edges->size() < most;
  });
  return status;
}

// How many of `sizes` fit into a page; at least one.
size_t Fitting(const std::vector<size_t>& sizes, size_t most_bytes) {
  size_t bytes = 0;
  for (size_t i = 0; i < sizes.size(); ++i) {
    bytes += sizes[i];
    if (bytes > most_bytes && i > 0) return i;
  }
  return sizes.size();
}

}  // namespace

template <typename Request>
absl::StatusOr<LocalGraph::PageStart> LocalGraph::StartPage(const CallContext& context,
                                                            const Request& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const int32_t page_size, PageSize(request.page_size(), limits_));
  Request query = request;
  query.clear_page_size();
  query.clear_page_token();
  const uint64_t hash =
      HashQuery(query, graph::Narrow(context.clearance, request.read().ceiling()));
  PagePosition at;
  v1::ReadOptions read = request.read();
  if (!request.page_token().empty()) {
    ATTLAS_ASSIGN_OR_RETURN(at, page_tokens_.Decode(request.page_token(), hash));
    read.set_at_revision(graph_->RevisionToken(at.revision));
  }
  ATTLAS_ASSIGN_OR_RETURN(graph::View view, OpenView(context, read));
  return PageStart{std::move(view), hash, at.position, page_size};
}

std::string LocalGraph::NextPageToken(const PageStart& page, uint64_t position) const {
  return page_tokens_.Encode(page.query_hash,
                             {.revision = page.view.revision(), .position = position});
}

absl::StatusOr<v1::GetNodeResponse> LocalGraph::GetNode(const CallContext& context,
                                                        const v1::GetNodeRequest& request) {
  ATTLAS_RETURN_IF_ERROR(CheckName(request.name(), "name"));
  ATTLAS_ASSIGN_OR_RETURN(const graph::View view, OpenView(context, request.read()));
  ATTLAS_ASSIGN_OR_RETURN(const graph::NodeOrdinal node, records_.FindNode(view, request.name()));
  v1::GetNodeResponse response;
  ATTLAS_ASSIGN_OR_RETURN(const graph::SharedNode record, graph_->ReadNode(view, node));
  *response.mutable_node() = *record;
  response.set_revision(Token(view));
  return response;
}

absl::StatusOr<SharedResponse<v1::BatchGetNodesResponse>> LocalGraph::BatchGetNodes(
    const CallContext& context, const v1::BatchGetNodesRequest& request) {
  ATTLAS_RETURN_IF_ERROR(CheckNames(request.names(), "names", limits_.max_batch_names));
  ATTLAS_RETURN_IF_ERROR(CheckMaxBytes(request.max_bytes(), limits_));
  ATTLAS_ASSIGN_OR_RETURN(const graph::View view, OpenView(context, request.read()));
  SharedResponse<v1::BatchGetNodesResponse> response;
  v1::BatchGetNodesResponse* const message = response.mutable_message();
  std::vector<graph::NodeOrdinal> nodes;
  for (const std::string& name : request.names()) {
    const absl::StatusOr<graph::NodeOrdinal> node = graph_->FindNode(view, name);
    if (node.ok()) {
      nodes.push_back(*node);
    } else if (request.allow_missing() && absl::IsNotFound(node.status())) {
      message->add_missing_names(name);
    } else {
      return WithSuggestions(*graph_, view, node.status());
    }
  }
  ATTLAS_ASSIGN_OR_RETURN(const auto records, graph_->ReadNodes(view, nodes));
  for (const graph::SharedNode& node : records) response.Lend(node, message->mutable_nodes());
  message->set_revision(Token(view));
  if (request.max_bytes() > 0) CutToBytes(static_cast<size_t>(request.max_bytes()), message);
  return response;
}

absl::StatusOr<SharedResponse<v1::ListNodesResponse>> LocalGraph::ListNodes(
    const CallContext& context, const v1::ListNodesRequest& request) {
  if (!request.selector().names().empty()) {
    return InvalidField("selector.names", "not used by ListNodes; BatchGetNodes takes names");
  }
  ATTLAS_ASSIGN_OR_RETURN(const PageStart page, StartPage(context, request));
  ATTLAS_ASSIGN_OR_RETURN(const graph::CompiledSelector selector,
                          graph::CompileSelector(page.view, records_, request.selector(),
                                                 "selector", /*names_must_exist=*/true));
  if (!request.cited_source().empty()) return ListCitingNodes(context, request, page, selector);
  const auto size = static_cast<size_t>(page.page_size);
  std::vector<graph::NodeOrdinal> found;  // One more than a page, to know whether it is the last.
  const graph::NodeOrdinal limit = page.view.node_limit();
  for (auto node = static_cast<graph::NodeOrdinal>(page.position);
       node < limit && found.size() <= size; ++node) {
    if (node % kCheckEvery == 0) ATTLAS_RETURN_IF_ERROR(CheckCall(context));
    if (!page.view.Exists(node)) continue;
    ATTLAS_ASSIGN_OR_RETURN(const bool meets, graph::Meets(page.view, records_, selector, node));
    if (meets) found.push_back(node);
  }

  SharedResponse<v1::ListNodesResponse> shared;
  v1::ListNodesResponse& response = *shared.mutable_message();
  std::vector<size_t> sizes;
  const std::span<const graph::NodeOrdinal> shown(found.data(), std::min(size, found.size()));
  ATTLAS_ASSIGN_OR_RETURN(const auto nodes, graph_->ReadNodes(page.view, shown));
  sizes.reserve(nodes.size());
  for (const graph::SharedNode& node : nodes) sizes.push_back(node->ByteSizeLong());
  const size_t fitting = Fitting(sizes, limits_.max_page_bytes);
  for (size_t i = 0; i < fitting; ++i) shared.Lend(nodes[i], response.mutable_nodes());
  if (fitting < found.size()) response.set_next_page_token(NextPageToken(page, found[fitting]));
  response.set_revision(Token(page.view));
  return shared;
}

absl::StatusOr<SharedResponse<v1::ListEdgesResponse>> LocalGraph::ListEdges(
    const CallContext& context, const v1::ListEdgesRequest& request) {
  ATTLAS_ASSIGN_OR_RETURN(const v1::Direction direction,
                          DirectionOr(request.direction(), v1::DIRECTION_EITHER, "direction"));
  ATTLAS_RETURN_IF_ERROR(CheckCount(static_cast<size_t>(request.predicates_size()),
                                    limits_.max_predicates, "predicates", "predicates"));
  ATTLAS_ASSIGN_OR_RETURN(const PageStart page, StartPage(context, request));
  const graph::OntologyIndex& ontology = *page.view.snapshot().ontology();
  EdgeListing listing{.direction = direction, .types = {}, .predicates = {}};
  ATTLAS_ASSIGN_OR_RETURN(listing.types,
                          graph::CompileEdgeTypes(ontology, request.types(), "types"));
  ATTLAS_RETURN_IF_ERROR(
      CheckEdgePredicates(ontology, request.types(), request.predicates(), "predicates"));
  if (!request.cited_source().empty()) {
    return ListCitingEdges(context, request, page, listing.types);
  }
  listing.predicates.assign(request.predicates().begin(), request.predicates().end());

  const auto size = static_cast<size_t>(page.page_size);
  EdgePlace place = EdgePlace::Of(page.position);
  std::vector<ListedEdge> found;
  if (!request.node().empty()) {
    ATTLAS_ASSIGN_OR_RETURN(place.node, FindNode(page.view, request.node(), "node"));
    ATTLAS_RETURN_IF_ERROR(CollectEdges(page.view, records_, listing, place, size + 1, &found));
  } else {
    // Every edge is an outgoing edge of one node, so that the whole graph lists each once.
    listing.direction = v1::DIRECTION_FORWARD;
    for (; place.node < page.view.node_limit() && found.size() <= size;
         place = {place.node + 1, 0}) {
      if (place.node % kCheckEvery == 0) ATTLAS_RETURN_IF_ERROR(CheckCall(context));
      ATTLAS_RETURN_IF_ERROR(CollectEdges(page.view, records_, listing, place, size + 1, &found));
    }
  }

  std::vector<graph::EdgeOrdinal> shown;
  for (size_t i = 0; i < std::min(size, found.size()); ++i) shown.push_back(found[i].edge);
  SharedResponse<v1::ListEdgesResponse> shared;
  v1::ListEdgesResponse& response = *shared.mutable_message();
  std::vector<size_t> sizes;
  ATTLAS_ASSIGN_OR_RETURN(const auto edges, graph_->ReadEdges(page.view, shown));
  sizes.reserve(edges.size());
  for (const graph::SharedEdge& edge : edges) sizes.push_back(edge->ByteSizeLong());
  const size_t fitting = Fitting(sizes, limits_.max_page_bytes);
  for (size_t i = 0; i < fitting; ++i) shared.Lend(edges[i], response.mutable_edges());
  if (fitting < found.size()) {
    response.set_next_page_token(NextPageToken(page, found[fitting].place.position()));
  }
  response.set_revision(Token(page.view));
  return shared;
}

absl::StatusOr<v1::GetHistoryResponse> LocalGraph::GetHistory(
    const CallContext& context, const v1::GetHistoryRequest& request) {
  ATTLAS_RETURN_IF_ERROR(CheckName(request.name(), "name"));
  ATTLAS_ASSIGN_OR_RETURN(const PageStart page, StartPage(context, request));
  const auto size = static_cast<size_t>(page.page_size);
  absl::StatusOr<std::vector<v1::Change>> changes =
      graph_->History(page.view, request.name(), page.position, size + 1);
  if (!changes.ok()) return WithSuggestions(*graph_, page.view, changes.status());
  if (changes->empty() && page.position == 0) {
    return WithSuggestions(*graph_, page.view, graph::ResourceNotFound(request.name()));
  }
  std::vector<size_t> sizes;
  for (const v1::Change& change : *changes) sizes.push_back(change.ByteSizeLong());
  const size_t fitting = std::min(size, Fitting(sizes, limits_.max_page_bytes));
  v1::GetHistoryResponse response;
  for (size_t i = 0; i < std::min(fitting, changes->size()); ++i) {
    *response.add_changes() = std::move((*changes)[i]);
  }
  if (fitting < changes->size()) {
    const std::string& last = response.changes(response.changes_size() - 1).revision();
    ATTLAS_ASSIGN_OR_RETURN(const uint64_t before, graph_->ParseRevisionToken(last, "page_token"));
    response.set_next_page_token(NextPageToken(page, before));
  }
  response.set_revision(Token(page.view));
  return response;
}

absl::StatusOr<v1::GetOntologyResponse> LocalGraph::GetOntology(
    const CallContext& context, const v1::GetOntologyRequest& request) {
  ATTLAS_ASSIGN_OR_RETURN(const graph::View view, OpenView(context, request.read()));
  v1::GetOntologyResponse response;
  *response.mutable_ontology() = view.snapshot().ontology()->proto();
  response.set_revision(Token(view));
  return response;
}

absl::StatusOr<v1::GetStatisticsResponse> LocalGraph::GetStatistics(
    const CallContext& context, const v1::GetStatisticsRequest& request) {
  ATTLAS_ASSIGN_OR_RETURN(const graph::View view, OpenView(context, request.read()));
  const graph::OntologyIndex& ontology = *view.snapshot().ontology();
  std::vector<int64_t> nodes(ontology.node_type_count(), 0);
  std::vector<int64_t> edges(ontology.edge_type_count(), 0);
  for (graph::NodeOrdinal node = 0; node < view.node_limit(); ++node) {
    if (node % kCheckEvery == 0) ATTLAS_RETURN_IF_ERROR(CheckCall(context));
    if (!view.Exists(node)) continue;
    ++nodes[view.NodeType(node)];
    view.ForEachEdge(node, v1::DIRECTION_FORWARD, nullptr, [&](const graph::EdgeRef& edge) {
      ++edges[edge.type];
      return true;
    });
  }
  v1::GetStatisticsResponse response;
  for (size_t type = 0; type < nodes.size(); ++type) {
    auto* count = response.add_node_counts();
    count->set_type(ontology.node_type(static_cast<graph::TypeId>(type)).name());
    count->set_count(nodes[type]);
  }
  for (size_t type = 0; type < edges.size(); ++type) {
    auto* count = response.add_edge_counts();
    count->set_type(ontology.edge_type(static_cast<graph::TypeId>(type)).name());
    count->set_count(edges[type]);
  }
  // The memory of the whole snapshot would tell others how much they do not see.
  if (view.filter().request().clearance.all_spaces) {
    response.set_snapshot_memory_bytes(static_cast<int64_t>(view.snapshot().MemoryBytes()));
  }
  response.set_revision(Token(view));
  return response;
}

}  // namespace attlas::services
