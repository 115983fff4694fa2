#include "graph/graph_sources.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "graph/base/status_macros.h"

namespace attlas::graph {
namespace {

// Of a source whose name is erased.
constexpr uint32_t kNoNode = std::numeric_limits<uint32_t>::max();

// Whether every node that was ever made is there, and in sight.
bool ShowsEveryNode(const View& view) {
  const Snapshot& snapshot = view.snapshot();
  return view.filter().all_nodes_visible() && snapshot.node_count() == snapshot.node_limit();
}

// Keeps the citations for whose place `shown` is true.
template <typename Message>
void Keep(const std::vector<bool>& shown, Message* message) {
  auto& citations = *message->mutable_citations();
  int kept = 0;
  for (size_t i = 0; i < shown.size(); ++i) {
    if (shown[i]) citations.SwapElements(kept++, static_cast<int>(i));
  }
  citations.DeleteSubrange(kept, citations.size() - kept);
}

bool All(const std::vector<bool>& shown) {
  return std::find(shown.begin(), shown.end(), false) == shown.end();
}

}  // namespace

SourceSight::SourceSight(const Store& store, RecordCache& records, const View& view)
    : store_(store),
      records_(records),
      view_(view),
      may_hide_(!SeesEverything(view.filter().request().clearance) && !ShowsEveryNode(view)) {}

bool SourceSight::Sees(uint32_t source) const {
  return source < view_.node_limit() && view_.Exists(source);
}

template <typename Message>
absl::StatusOr<std::vector<uint32_t>> SourceSight::SourcesOf(const Message& message) const {
  std::vector<uint32_t> sources;
  sources.reserve(static_cast<size_t>(message.citations_size()));
  for (const Citation& citation : message.citations()) {
    std::optional<EntityId> id = records_.FindName(citation.source());
    if (!id.has_value()) {
      const uint64_t generation = records_.NameGeneration(citation.source());
      ATTLAS_ASSIGN_OR_RETURN(id, store_.FindName(citation.source()));
      if (id.has_value()) records_.InsertName(citation.source(), *id, generation);
    }
    const bool is_node = id.has_value() && id->kind == EntityKind::kNode;
    sources.push_back(is_node ? id->ordinal : kNoNode);
  }
  return sources;
}

template <typename Message>
absl::StatusOr<Shared<Message>> SourceSight::Show(Shared<Message> record) const {
  if (!may_hide_) return record;
  const std::vector<uint32_t>* sources = record.record().sources();
  if (sources == nullptr) {
    ATTLAS_ASSIGN_OR_RETURN(std::vector<uint32_t> found, SourcesOf(*record));
    sources = &record.record().SetSources(std::move(found));
  }
  const auto sees = [this](uint32_t source) { return Sees(source); };
  if (std::all_of(sources->begin(), sources->end(), sees)) return record;
  Message cut = *record;
  std::vector<bool> shown;
  shown.reserve(sources->size());
  for (const uint32_t source : *sources) shown.push_back(Sees(source));
  Keep(shown, &cut);
  return Shared<Message>::Of(std::move(cut));
}

template <typename Message>
absl::Status SourceSight::ShowAll(std::vector<Shared<Message>>* records) const {
  if (!may_hide_) return absl::OkStatus();
  for (Shared<Message>& record : *records) {
    ATTLAS_ASSIGN_OR_RETURN(record, Show(std::move(record)));
  }
  return absl::OkStatus();
}

template <typename Message>
absl::Status SourceSight::Cut(Message* message) const {
  if (!may_hide_) return absl::OkStatus();
  ATTLAS_ASSIGN_OR_RETURN(const std::vector<uint32_t> sources, SourcesOf(*message));
  std::vector<bool> shown;
  shown.reserve(sources.size());
  for (const uint32_t source : sources) shown.push_back(Sees(source));
  if (!All(shown)) Keep(shown, message);
  return absl::OkStatus();
}

absl::StatusOr<bool> PastSourceSight::SeesNamed(const std::string& name) {
  const auto known = seen_.find(name);
  if (known != seen_.end()) return known->second;
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<EntityId> id, store_.FindName(name));
  bool seen = false;
  if (id.has_value() && id->kind == EntityKind::kNode) {
    ATTLAS_ASSIGN_OR_RETURN(seen, sees_(*id));
  }
  seen_.emplace(name, seen);
  return seen;
}

template <typename Message>
absl::Status PastSourceSight::Cut(Message* message) {
  if (sees_everything_) return absl::OkStatus();
  std::vector<bool> shown;
  shown.reserve(static_cast<size_t>(message->citations_size()));
  for (const Citation& citation : message->citations()) {
    ATTLAS_ASSIGN_OR_RETURN(const bool seen, SeesNamed(citation.source()));
    shown.push_back(seen);
  }
  if (!All(shown)) Keep(shown, message);
  return absl::OkStatus();
}

template absl::StatusOr<SharedNode> SourceSight::Show(SharedNode record) const;
template absl::StatusOr<SharedEdge> SourceSight::Show(SharedEdge record) const;
template absl::Status SourceSight::ShowAll(std::vector<SharedNode>* records) const;
template absl::Status SourceSight::ShowAll(std::vector<SharedEdge>* records) const;
template absl::Status SourceSight::Cut(Node* message) const;
template absl::Status SourceSight::Cut(Edge* message) const;
template absl::Status PastSourceSight::Cut(Node* message);
template absl::Status PastSourceSight::Cut(Edge* message);

}  // namespace attlas::graph
