// The questions about the shape of the graph: MatchPaths, FindPaths, GetNeighborhood.
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/query/paths.h"
#include "graph/query/pattern.h"
#include "graph/query/traverse.h"
#include "services/graph/answer_bytes.h"
#include "services/graph/local_graph.h"
#include "services/graph/request_checks.h"

namespace attlas::services {
namespace {

namespace v1 = graph::v1;
using graph::InvalidField;

constexpr int32_t kDefaultMaxPaths = 1'000;
constexpr int32_t kDefaultMaxHops = 6;
constexpr int32_t kDefaultNeighborhoodNodes = 200;
constexpr int32_t kDefaultNeighborhoodFanOut = 100;

template <typename Response>
void SetBounds(const graph::Budget& budget, Response* response) {
  response->set_truncated(budget.truncated());
  for (const v1::Bound bound : budget.reached()) response->add_reached_bounds(bound);
}

const graph::TypeSet* PointerTo(const std::optional<graph::TypeSet>& types) {
  return types ? &*types : nullptr;
}

// Adds a path to the subgraph and its positions to `to`.
template <typename Found>
void AddPath(const Found& found, SubgraphBuilder* subgraph, v1::Path* to) {
  for (const graph::NodeOrdinal node : found.nodes) to->add_node_indexes(subgraph->AddNode(node));
  for (const graph::EdgeOrdinal edge : found.edges) to->add_edge_indexes(subgraph->AddEdge(edge));
}

// Lists the matches of one pattern into `response`, up to `max_paths` over all patterns.
absl::Status ListMatches(const graph::View& view, const graph::RecordSource& records,
                         const graph::CompiledPattern& pattern, int pattern_index,
                         int32_t max_paths, graph::Budget& budget, SubgraphBuilder* subgraph,
                         v1::MatchPathsResponse* response) {
  return graph::MatchPaths(view, records, pattern, budget, [&](const graph::MatchedPath& path) {
    if (response->matches_size() >= max_paths) {
      budget.Reach(v1::BOUND_RESULTS);
      return false;
    }
    v1::MatchPathsResponse::Match* match = response->add_matches();
    match->set_pattern_index(pattern_index);
    AddPath(path, subgraph, match->mutable_path());
    return true;
  });
}

// Adds what lies on a match of one pattern to `response`.
absl::Status AddMatchedSubgraph(const graph::View& view, const graph::RecordSource& records,
                                const graph::CompiledPattern& pattern, graph::Budget& budget,
                                SubgraphBuilder* subgraph, v1::MatchPathsResponse* response) {
  ATTLAS_ASSIGN_OR_RETURN(const graph::MatchedSubgraph matched,
                          graph::MatchSubgraph(view, records, pattern, budget));
  v1::MatchPathsResponse::PatternMatch* match = response->add_pattern_matches();
  for (const graph::NodeOrdinal node : matched.nodes) {
    match->add_node_indexes(subgraph->AddNode(node));
  }
  for (const graph::EdgeOrdinal edge : matched.edges) {
    match->add_edge_indexes(subgraph->AddEdge(edge));
  }
  // Positions are given in the order of discovery over all patterns, so they may come unsorted.
  std::sort(match->mutable_node_indexes()->begin(), match->mutable_node_indexes()->end());
  std::sort(match->mutable_edge_indexes()->begin(), match->mutable_edge_indexes()->end());
  return absl::OkStatus();
}

// The cost of a hop by edge type; empty where every hop costs 1.
absl::StatusOr<std::vector<double>> TypeCosts(const graph::OntologyIndex& ontology,
                                              const v1::FindPathsRequest& request) {
  std::vector<double> costs;
  if (request.costs().empty()) return costs;
  costs.assign(ontology.edge_type_count(), 1.0);
  for (int i = 0; i < request.costs_size(); ++i) {
    const v1::EdgeTypeCost& cost = request.costs(i);
    const std::string field = absl::StrCat("costs[", i, "]");
    const std::optional<graph::TypeId> type = ontology.EdgeTypeId(cost.edge_type());
    if (!type) {
      return UnknownName(absl::StrCat(field, ".edge_type"), "edge type", cost.edge_type(),
                         EdgeTypeNames(ontology));
    }
    if (!(cost.cost() > 0) || !std::isfinite(cost.cost())) {
      return InvalidField(absl::StrCat(field, ".cost"), "a cost must be a number above 0");
    }
    costs[*type] = cost.cost();
  }
  return costs;
}

absl::StatusOr<std::vector<uint8_t>> NodeTypeMask(const graph::OntologyIndex& ontology,
                                                  const Names& types, std::string_view field) {
  std::vector<uint8_t> mask;
  if (types.empty()) return mask;
  mask.assign(ontology.node_type_count(), 0);
  for (int i = 0; i < types.size(); ++i) {
    const std::optional<graph::TypeId> type = ontology.NodeTypeId(types[i]);
    if (!type) {
      return UnknownName(absl::StrCat(std::string(field), "[", i, "]"), "node type", types[i],
                         NodeTypeNames(ontology));
    }
    mask[*type] = 1;
  }
  return mask;
}

}  // namespace

absl::StatusOr<SharedResponse<v1::MatchPathsResponse>> LocalGraph::MatchPaths(
    const CallContext& context, const v1::MatchPathsRequest& request) {
  ATTLAS_RETURN_IF_ERROR(CheckMaxBytes(request.max_bytes(), limits_));
  if (request.patterns().empty()) {
    return InvalidField("patterns", "at least one pattern is required");
  }
  ATTLAS_RETURN_IF_ERROR(CheckCount(static_cast<size_t>(request.patterns_size()),
                                    limits_.max_patterns, "patterns", "patterns"));
  ATTLAS_ASSIGN_OR_RETURN(const int32_t max_paths, Bounded(request.max_paths(), kDefaultMaxPaths,
                                                           limits_.max_results, "max_paths"));
  if (!v1::MatchResult_IsValid(request.result())) {
    return InvalidField("result", "unknown; use MATCH_RESULT_PATHS or MATCH_RESULT_SUBGRAPH");
  }
  ATTLAS_ASSIGN_OR_RETURN(const graph::View view, OpenView(context, request.read()));

  std::vector<graph::CompiledPattern> patterns;
  for (int i = 0; i < request.patterns_size(); ++i) {
    absl::StatusOr<graph::CompiledPattern> pattern = graph::CompilePattern(
        view, records_, request.patterns(i), limits_.max_depth, absl::StrCat("patterns[", i, "]"));
    if (!pattern.ok()) return WithSuggestions(*graph_, view, pattern.status());
    patterns.push_back(*std::move(pattern));
  }

  graph::Budget budget(LimitsFor(context));
  SubgraphBuilder subgraph;
  SharedResponse<v1::MatchPathsResponse> response;
  v1::MatchPathsResponse* const message = response.mutable_message();
  const bool whole = request.result() == v1::MATCH_RESULT_SUBGRAPH;
  for (size_t i = 0; i < patterns.size(); ++i) {
    ATTLAS_RETURN_IF_ERROR(
        whole ? AddMatchedSubgraph(view, records_, patterns[i], budget, &subgraph, message)
              : ListMatches(view, records_, patterns[i], static_cast<int>(i), max_paths, budget,
                            &subgraph, message));
  }
  ATTLAS_RETURN_IF_ERROR(budget.CancellationStatus());
  SetBounds(budget, message);
  message->set_revision(Token(view));
  ATTLAS_RETURN_IF_ERROR(subgraph.Build(*graph_, view, request.omit_node_citations(), &response));
  if (request.max_bytes() > 0) CutToBytes(static_cast<size_t>(request.max_bytes()), message);
  return response;
}

absl::StatusOr<SharedResponse<v1::FindPathsResponse>> LocalGraph::FindPaths(
    const CallContext& context, const v1::FindPathsRequest& request) {
  graph::PathSpec spec;
  ATTLAS_RETURN_IF_ERROR(CheckMaxBytes(request.max_bytes(), limits_));
  ATTLAS_ASSIGN_OR_RETURN(
      spec.max_hops, Bounded(request.max_hops(), kDefaultMaxHops, limits_.max_depth, "max_hops"));
  ATTLAS_ASSIGN_OR_RETURN(spec.max_paths,
                          Bounded(request.max_paths(), 1, limits_.max_paths_between, "max_paths"));
  ATTLAS_ASSIGN_OR_RETURN(spec.direction,
                          DirectionOr(request.direction(), v1::DIRECTION_EITHER, "direction"));
  if (!(request.confidence_penalty() >= 0) || !std::isfinite(request.confidence_penalty())) {
    return InvalidField("confidence_penalty", "must be a number, 0 or more");
  }
  spec.confidence_penalty = request.confidence_penalty();
  ATTLAS_ASSIGN_OR_RETURN(graph::View view, OpenView(context, request.read()));
  if (spec.confidence_penalty > 0) {
    ATTLAS_ASSIGN_OR_RETURN(view, graph_->WithShownConfidences(std::move(view)));
  }
  const graph::OntologyIndex& ontology = *view.snapshot().ontology();
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<graph::TypeSet> types,
                          graph::CompileEdgeTypes(ontology, request.edge_types(), "edge_types"));
  spec.edge_types = PointerTo(types);
  ATTLAS_ASSIGN_OR_RETURN(spec.type_costs, TypeCosts(ontology, request));
  ATTLAS_ASSIGN_OR_RETURN(spec.avoid_node_types,
                          NodeTypeMask(ontology, request.avoid_node_types(), "avoid_node_types"));
  ATTLAS_ASSIGN_OR_RETURN(spec.from, FindNode(view, request.from(), "from"));
  ATTLAS_ASSIGN_OR_RETURN(spec.to, FindNode(view, request.to(), "to"));

  graph::Budget budget(LimitsFor(context));
  SubgraphBuilder subgraph;
  SharedResponse<v1::FindPathsResponse> response;
  v1::FindPathsResponse* const message = response.mutable_message();
  for (const graph::ScoredPath& found : graph::FindPaths(view, spec, budget)) {
    v1::Path* path = message->add_paths();
    AddPath(found, &subgraph, path);
    path->set_cost(found.cost);
  }
  ATTLAS_RETURN_IF_ERROR(budget.CancellationStatus());
  SetBounds(budget, message);
  message->set_revision(Token(view));
  ATTLAS_RETURN_IF_ERROR(subgraph.Build(*graph_, view, /*omit_node_citations=*/false, &response));
  if (request.max_bytes() > 0) CutToBytes(static_cast<size_t>(request.max_bytes()), message);
  return response;
}

absl::StatusOr<SharedResponse<v1::GetNeighborhoodResponse>> LocalGraph::GetNeighborhood(
    const CallContext& context, const v1::GetNeighborhoodRequest& request) {
  graph::TraverseSpec spec;
  ATTLAS_RETURN_IF_ERROR(CheckMaxBytes(request.max_bytes(), limits_));
  ATTLAS_ASSIGN_OR_RETURN(spec.max_depth,
                          Bounded(request.max_depth(), 1, limits_.max_depth, "max_depth"));
  ATTLAS_ASSIGN_OR_RETURN(const int32_t max_nodes,
                          Bounded(request.max_nodes(), kDefaultNeighborhoodNodes,
                                  limits_.max_neighborhood_nodes, "max_nodes"));
  ATTLAS_ASSIGN_OR_RETURN(const int32_t fan_out,
                          Bounded(request.max_fan_out(), kDefaultNeighborhoodFanOut,
                                  limits_.max_fan_out, "max_fan_out"));
  ATTLAS_ASSIGN_OR_RETURN(spec.direction,
                          DirectionOr(request.direction(), v1::DIRECTION_EITHER, "direction"));
  ATTLAS_ASSIGN_OR_RETURN(const graph::View view, OpenView(context, request.read()));
  ATTLAS_ASSIGN_OR_RETURN(
      const std::optional<graph::TypeSet> types,
      graph::CompileEdgeTypes(*view.snapshot().ontology(), request.edge_types(), "edge_types"));
  spec.edge_types = PointerTo(types);
  ATTLAS_ASSIGN_OR_RETURN(const graph::NodeOrdinal middle, FindNode(view, request.node(), "node"));
  spec.starts = {middle};

  graph::QueryLimits limits = LimitsFor(context);
  limits.max_fan_out = static_cast<uint32_t>(fan_out);
  graph::Budget budget(std::move(limits));
  const graph::Neighborhood found =
      graph::ExtractNeighborhood(view, spec, static_cast<size_t>(max_nodes), budget);
  ATTLAS_RETURN_IF_ERROR(budget.CancellationStatus());
  SubgraphBuilder subgraph;
  SharedResponse<v1::GetNeighborhoodResponse> response;
  v1::GetNeighborhoodResponse* const message = response.mutable_message();
  for (const graph::Visit& visit : found.visits) {
    subgraph.AddNode(visit.node);
    message->add_depths(visit.depth);
  }
  for (const graph::EdgeOrdinal edge : found.edges) subgraph.AddEdge(edge);
  SetBounds(budget, message);
  message->set_revision(Token(view));
  ATTLAS_RETURN_IF_ERROR(subgraph.Build(*graph_, view, /*omit_node_citations=*/false, &response));
  if (request.max_bytes() > 0) CutToBytes(static_cast<size_t>(request.max_bytes()), message);
  return response;
}

}  // namespace attlas::services
