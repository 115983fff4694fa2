#include "services/domain/kept_subgraphs.h"

#include <optional>
#include <string>
#include <utility>

#include "graph/base/status_macros.h"
#include "services/common/answer_key.h"

namespace attlas::domain {
namespace {

// What the places of a record in an index take, and its share of a record that others mostly hold,
// too (1 KB with its citations).
constexpr size_t kRecordBytes = 400;

size_t BytesOf(const SubgraphIndex& index) {
  const graph::v1::Subgraph& subgraph = index.response().subgraph();
  return kRecordBytes *
         (static_cast<size_t>(subgraph.nodes_size()) + static_cast<size_t>(subgraph.edges_size()));
}

// The revision is a part of its own, whether or not the request names it.
std::string KeyOf(const services::CallContext& context, const std::string& revision,
                  const graph::v1::MatchPathsRequest& request) {
  if (!request.read().at_revision().empty()) {
    graph::v1::MatchPathsRequest without = request;
    without.mutable_read()->clear_at_revision();
    return KeyOf(context, revision, without);
  }
  return services::AnswerKey({.method = "MatchPaths",
                              .revision = revision,
                              .today = {},
                              .clearance = context.clearance,
                              .request = request});
}

}  // namespace

absl::StatusOr<std::shared_ptr<const SubgraphIndex>> KeptSubgraphs::Ask(
    const services::CallContext& context, const Scope& scope, std::vector<NameArgument>* names,
    absl::FunctionRef<void(graph::v1::MatchPathsRequest*)> build) {
  return AskBy(
      graph_, context, scope, names, build,
      [&](const graph::v1::MatchPathsRequest& request) { return Match(context, request); });
}

absl::StatusOr<std::shared_ptr<const SubgraphIndex>> KeptSubgraphs::Match(
    const services::CallContext& context, const graph::v1::MatchPathsRequest& request) {
  const std::optional<std::string> revision =
      kept_.enabled() ? graph_->KnownRevision(request.read()) : std::nullopt;
  if (!revision.has_value()) return MatchSubgraph(graph_, context, request);
  const uint64_t generation = kept_.generation();
  const std::string key = KeyOf(context, *revision, request);
  if (auto kept = kept_.Find(key); kept != nullptr) {
    return std::static_pointer_cast<const SubgraphIndex>(std::move(kept));
  }
  ATTLAS_ASSIGN_OR_RETURN(auto index, MatchSubgraph(graph_, context, request));
  // A commit may have come between, and time may have cut what was read.
  if (index->response().revision() == *revision && !index->response().truncated()) {
    kept_.Insert(key, {.value = index, .bytes = BytesOf(*index)}, generation);
  }
  return index;
}

}  // namespace attlas::domain
