#include "services/graph/graph_records.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/model/name.h"
#include "services/graph/request_checks.h"

namespace attlas::services {
namespace {

constexpr size_t kSuggestions = 3;

// Adds `ordinal` to a list and its position to a map, unless it is there.
template <typename Ordinal>
int32_t AddOnce(Ordinal ordinal, std::vector<Ordinal>* list,
                absl::flat_hash_map<Ordinal, int32_t>* positions) {
  const auto [found, added] = positions->try_emplace(ordinal, static_cast<int32_t>(list->size()));
  if (added) list->push_back(ordinal);
  return found->second;
}

}  // namespace

absl::StatusOr<graph::NodeOrdinal> GraphRecords::FindNode(const graph::View& view,
                                                          std::string_view name) const {
  absl::StatusOr<graph::NodeOrdinal> node = graph_->FindNode(view, name);
  if (!node.ok()) return WithSuggestions(*graph_, view, node.status());
  return node;
}

absl::Status WithSuggestions(const graph::Graph& graph, const graph::View& view,
                             absl::Status status) {
  if (status.code() != absl::StatusCode::kNotFound) return status;
  std::optional<graph::ErrorDetail> detail = graph::GetErrorDetail(status);
  if (!detail) return status;
  const std::string* resource = detail->Find("resource");
  if (resource == nullptr || detail->Find("suggestions") != nullptr) return status;
  if (graph::IsEdgeName(*resource)) return status;
  const std::vector<std::string> nearest = graph.SuggestNames(view, *resource, kSuggestions);
  const std::string message = absl::StrCat("no node ", *resource, DidYouMean(nearest));
  detail->metadata.emplace_back("suggestions", absl::StrJoin(nearest, ","));
  return graph::MakeError(status.code(), message, *detail);
}

int32_t SubgraphBuilder::AddNode(graph::NodeOrdinal node) {
  return AddOnce(node, &nodes_, &node_positions_);
}

int32_t SubgraphBuilder::AddEdge(graph::EdgeOrdinal edge) {
  return AddOnce(edge, &edges_, &edge_positions_);
}

}  // namespace attlas::services
