#include "services/evidence/changes.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "graph/base/status_macros.h"
#include "graph/base/strings.h"

namespace attlas::evidence {
namespace {

using domain::SubgraphIndex;
using graph::Edge;
using graph::Node;

using EdgesByName = absl::flat_hash_map<absl::string_view, const Edge*>;

EdgesByName EdgesOf(const SubgraphIndex& index) {
  EdgesByName edges;
  for (const Edge& edge : index.response().subgraph().edges()) edges[edge.name()] = &edge;
  return edges;
}

void AddEdgeMoves(const SubgraphIndex& then, const SubgraphIndex& now, const TypeFilter& types,
                  std::vector<RecordMove>* moves) {
  const EdgesByName before = EdgesOf(then);
  const EdgesByName after = EdgesOf(now);
  for (const auto& [name, edge] : after) {
    if (!Keeps(types, edge->type())) continue;
    const auto was = before.find(name);
    if (was == before.end()) {
      if (then.response().truncated()) continue;
      moves->push_back({.kind = graph::v1::CHANGE_KIND_CREATED, .edge = edge});
    } else if (was->second->etag() != edge->etag()) {
      moves->push_back({.kind = graph::v1::CHANGE_KIND_UPDATED, .edge = edge});
    }
  }
  if (now.response().truncated()) return;
  for (const auto& [name, edge] : before) {
    if (after.contains(name) || !Keeps(types, edge->type())) continue;
    moves->push_back({.kind = graph::v1::CHANGE_KIND_DELETED, .edge = edge});
  }
}

void AddNodeMoves(const SubgraphIndex& then, const SubgraphIndex& now, std::string_view middle,
                  std::vector<RecordMove>* moves) {
  for (const Node& node : now.response().subgraph().nodes()) {
    const Node* was = then.FindNode(node.name());
    if (was == nullptr) {
      if (node.name() != middle) continue;
      moves->push_back({.kind = graph::v1::CHANGE_KIND_CREATED, .node = &node});
    } else if (was->etag() != node.etag()) {
      moves->push_back({.kind = graph::v1::CHANGE_KIND_UPDATED, .node = &node});
    }
  }
}

}  // namespace

bool Keeps(const TypeFilter& types, std::string_view type) {
  return types.empty() || types.contains(graph::ToAbsl(type));
}

bool IsMeasured(const Edge& edge) {
  return edge.to().starts_with("datasets/") ||
         graph::FindProperty(edge.properties(), "dataset") != nullptr;
}

std::vector<WorldMove> WorldMovesIn(const SubgraphIndex& index, const domain::Reading& reading,
                                    const Window& window, const TypeFilter& types) {
  std::vector<WorldMove> moves;
  const auto add = [&](const Edge& edge, const graph::Date& date, v1::WorldChangeKind kind) {
    const graph::DayNumber first = graph::FirstDay(date);
    const graph::DayNumber last = graph::LastDay(date);
    if (last < window.first || first > window.last) return;
    const bool uncertain = first < window.first || last > window.last;
    moves.push_back({.edge = &edge, .kind = kind, .uncertain = uncertain});
  };
  for (const Edge& edge : index.response().subgraph().edges()) {
    if (!reading.Admits(edge) || IsMeasured(edge) || !Keeps(types, edge.type())) continue;
    if (edge.has_valid_from()) add(edge, edge.valid_from(), v1::WORLD_CHANGE_KIND_BEGAN);
    if (edge.has_valid_to()) add(edge, edge.valid_to(), v1::WORLD_CHANGE_KIND_ENDED);
  }
  std::sort(moves.begin(), moves.end(), [](const WorldMove& a, const WorldMove& b) {
    const auto rank = [](const WorldMove& move) {
      return std::tuple(-static_cast<int64_t>(graph::FirstDay(move.date())),
                        std::string_view(move.edge->type()), std::string_view(move.edge->from()),
                        std::string_view(move.edge->to()), std::string_view(move.edge->name()),
                        move.kind);
    };
    return rank(a) < rank(b);
  });
  return moves;
}

std::vector<RecordMove> RecordMovesBetween(const SubgraphIndex& then, const SubgraphIndex& now,
                                           std::string_view node, const TypeFilter& types) {
  std::vector<RecordMove> moves;
  AddEdgeMoves(then, now, types, &moves);
  if (types.empty()) AddNodeMoves(then, now, node, &moves);
  std::sort(moves.begin(), moves.end(),
            [](const RecordMove& a, const RecordMove& b) { return a.name() < b.name(); });
  return moves;
}

absl::Status DateRecordMoves(services::GraphApi* graph, const services::CallContext& context,
                             const domain::Scope& scope, const std::string& revision,
                             std::vector<RecordMove>* moves) {
  graph::v1::GetHistoryRequest request;
  *request.mutable_read() = scope.graph_read;
  request.mutable_read()->set_at_revision(revision);
  request.set_page_size(1);
  for (RecordMove& move : *moves) {
    request.set_name(move.name());
    absl::StatusOr<graph::v1::GetHistoryResponse> history = graph->GetHistory(context, request);
    // What the caller no longer sees may have no history for them either.
    if (absl::IsNotFound(history.status())) continue;
    ATTLAS_RETURN_IF_ERROR(history.status());
    if (history->changes_size() > 0) move.last = std::move(*history->mutable_changes(0));
  }
  const auto time = [](const RecordMove& move) {
    return std::tuple(move.last.commit_time().seconds(), move.last.commit_time().nanos());
  };
  std::stable_sort(moves->begin(), moves->end(),
                   [&](const RecordMove& a, const RecordMove& b) { return time(a) > time(b); });
  return absl::OkStatus();
}

}  // namespace attlas::evidence
