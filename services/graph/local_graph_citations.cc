// Listings of what cites a source.
#include <utility>
#include <vector>

#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/common/handler.h"
#include "services/graph/local_graph.h"

namespace attlas::services {
namespace {

namespace v1 = graph::v1;

template <typename Record>
using Listed = std::vector<std::pair<uint32_t, graph::Shared<Record>>>;

// One page of records and the ordinal of the first that is not on it, if any: at most `size`
// records of `most_bytes` together, but one in any case.
template <typename Record>
struct CitingPage {
  Listed<Record> records;
  std::optional<uint32_t> next;
};

// `ask` reads a part of the listing from an ordinal on; `wants` says whether a record is listed.
template <typename Record, typename Ask, typename Wants>
absl::StatusOr<CitingPage<Record>> ReadPage(const CallContext& context, uint32_t from, size_t size,
                                            size_t most_bytes, Ask ask, Wants wants) {
  CitingPage<Record> page;
  size_t bytes = 0;
  for (std::optional<uint32_t> at = from; at.has_value();) {
    ATTLAS_RETURN_IF_ERROR(CheckCall(context));
    ATTLAS_ASSIGN_OR_RETURN(graph::Graph::Citing<Record> part, ask(*at));
    for (auto& [ordinal, record] : part.found) {
      ATTLAS_ASSIGN_OR_RETURN(const bool wanted, wants(ordinal, *record));
      if (!wanted) continue;
      bytes += record->ByteSizeLong();
      if (page.records.size() == size || (bytes > most_bytes && !page.records.empty())) {
        page.next = ordinal;
        return page;
      }
      page.records.emplace_back(ordinal, std::move(record));
    }
    at = part.next;
  }
  return page;
}

}  // namespace

absl::StatusOr<SharedResponse<v1::ListNodesResponse>> LocalGraph::ListCitingNodes(
    const CallContext& context, const v1::ListNodesRequest& request, const PageStart& start,
    const graph::CompiledSelector& selector) const {
  ATTLAS_ASSIGN_OR_RETURN(const graph::NodeOrdinal source,
                          FindNode(start.view, request.cited_source(), "cited_source"));
  ATTLAS_ASSIGN_OR_RETURN(
      CitingPage<graph::Node> page,
      ReadPage<graph::Node>(
          context, static_cast<uint32_t>(start.position), static_cast<size_t>(start.page_size),
          limits_.max_page_bytes,
          [&](uint32_t from) { return graph_->CitingNodes(start.view, source, from); },
          [&](uint32_t node, const graph::Node&) {
            return graph::Meets(start.view, records_, selector, node);
          }));
  SharedResponse<v1::ListNodesResponse> shared;
  v1::ListNodesResponse& response = *shared.mutable_message();
  for (const auto& [ordinal, node] : page.records) shared.Lend(node, response.mutable_nodes());
  if (page.next.has_value()) response.set_next_page_token(NextPageToken(start, *page.next));
  response.set_revision(Token(start.view));
  return shared;
}

absl::StatusOr<SharedResponse<v1::ListEdgesResponse>> LocalGraph::ListCitingEdges(
    const CallContext& context, const v1::ListEdgesRequest& request, const PageStart& start,
    const std::optional<graph::TypeSet>& types) const {
  if (!request.node().empty()) {
    return graph::InvalidField("cited_source", "not together with `node`; leave one of them empty");
  }
  ATTLAS_ASSIGN_OR_RETURN(const graph::NodeOrdinal source,
                          FindNode(start.view, request.cited_source(), "cited_source"));
  const graph::OntologyIndex& ontology = *start.view.snapshot().ontology();
  const std::vector<v1::PropertyPredicate> predicates(request.predicates().begin(),
                                                      request.predicates().end());
  ATTLAS_ASSIGN_OR_RETURN(
      CitingPage<graph::Edge> page,
      ReadPage<graph::Edge>(
          context, static_cast<uint32_t>(start.position), static_cast<size_t>(start.page_size),
          limits_.max_page_bytes,
          [&](uint32_t from) { return graph_->CitingEdges(start.view, source, from); },
          [&](uint32_t edge, const graph::Edge& record) -> absl::StatusOr<bool> {
            const auto type = ontology.EdgeTypeId(record.type());
            if (types.has_value() && (!type.has_value() || !types->Contains(*type))) return false;
            return graph::MeetsEdge(start.view, records_, predicates, edge);
          }));
  SharedResponse<v1::ListEdgesResponse> shared;
  v1::ListEdgesResponse& response = *shared.mutable_message();
  for (const auto& [ordinal, edge] : page.records) shared.Lend(edge, response.mutable_edges());
  if (page.next.has_value()) response.set_next_page_token(NextPageToken(start, *page.next));
  response.set_revision(Token(start.view));
  return shared;
}

}  // namespace attlas::services
