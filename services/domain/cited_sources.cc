#include "services/domain/cited_sources.h"

#include "graph/base/status_macros.h"

namespace attlas::domain {
namespace {

constexpr size_t kNamesPerCall = 1000;

}  // namespace

std::set<std::string> CitedSources::Names() const {
  std::set<std::string> names(others_.begin(), others_.end());
  for (size_t source = 0; source < of_law_.size(); ++source) {
    if (of_law_[source]) names.emplace(law_.SourceName(source));
  }
  return names;
}

absl::Status ForEachSource(services::GraphApi* graph, const services::CallContext& context,
                           const Scope& scope, std::string_view revision,
                           const std::set<std::string>& names,
                           absl::FunctionRef<void(const graph::Node&)> take) {
  for (auto name = names.begin(); name != names.end();) {
    graph::v1::BatchGetNodesRequest request;
    *request.mutable_read() = scope.graph_read;
    request.mutable_read()->set_at_revision(std::string(revision));
    request.set_allow_missing(true);
    for (size_t i = 0; i < kNamesPerCall && name != names.end(); ++i) request.add_names(*name++);
    ATTLAS_ASSIGN_OR_RETURN(const auto response, graph->BatchGetNodes(context, request));
    for (const graph::Node& node : response->nodes()) take(node);
  }
  return absl::OkStatus();
}

}  // namespace attlas::domain
