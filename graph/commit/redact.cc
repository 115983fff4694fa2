// Redactions: what takes content out for good, as a revision of its own.
#include <utility>

#include "graph/base/status_macros.h"
#include "graph/commit/committer.h"

namespace attlas::graph {

absl::StatusOr<RedactionOutput> Committer::Redact(const RedactionInput& input, Swap swap) {
  RedactionOutput output;
  // Mostly there is nothing to take out; then nobody has to wait.
  ATTLAS_ASSIGN_OR_RETURN(const RedactionPlan plan, store_.PlanRedaction(RulesOf(input)));
  if (plan.empty()) {
    output.revision = latest_.Load()->revision();
    return output;
  }
  const auto own = std::make_shared<Waiting>();
  own->alone = [&] { return RunRedaction(input, swap, &output); };
  Queue(own);
  ATTLAS_RETURN_IF_ERROR(own->result.status());
  return output;
}

std::vector<RedactionRule> Committer::RulesOf(const RedactionInput& input) const {
  std::vector<RedactionRule> rules;
  for (const RedactionScope& scope : input.scopes) {
    RedactionRule rule{.space = spaces_.Find(scope.space), .through = scope.through_revision};
    if (!scope.history_of.empty()) {
      // What cannot be looked up now is an error when the plan is made, from the same store.
      if (auto id = store_.FindName(scope.history_of); id.ok()) rule.history_of = *id;
    }
    rules.push_back(rule);
  }
  return rules;
}

absl::StatusOr<LinkRecord> Committer::LinkOf(SnapshotBuilder& builder, const HotRecord& hot) const {
  Marking marking;
  marking.set_traffic_light(static_cast<TrafficLight>(hot.level));
  marking.set_space(spaces_.Name(hot.space));
  ATTLAS_ASSIGN_OR_RETURN(
      const AccessId access,
      builder.access_classes().FindOrAdd(marking, static_cast<Confidence>(hot.confidence)));
  return LinkRecord{hot.from, hot.to, hot.valid_from, hot.valid_to, hot.type, access};
}

absl::Status Committer::RemoveFrom(SnapshotBuilder& builder, EntityId id) const {
  ATTLAS_ASSIGN_OR_RETURN(const auto record, store_.GetRecord(id));
  if (!record.has_value() || record->deleted) return absl::OkStatus();
  if (id.kind == EntityKind::kNode) {
    builder.RemoveNode(id.ordinal);
    return absl::OkStatus();
  }
  ATTLAS_ASSIGN_OR_RETURN(const LinkRecord link, LinkOf(builder, record->hot));
  builder.RemoveEdge(id.ordinal, link);
  return absl::OkStatus();
}

absl::Status Committer::CutIn(SnapshotBuilder& builder, const CitationCut& cut) const {
  ATTLAS_ASSIGN_OR_RETURN(auto record, store_.GetRecord(cut.id));
  if (!record.has_value() || record->deleted) return absl::OkStatus();
  const HotRecord before = record->hot;
  ATTLAS_RETURN_IF_ERROR(CutCitations(cut.id.kind, cut.sources, &*record).status());
  if (record->hot.confidence == before.confidence) return absl::OkStatus();
  ATTLAS_ASSIGN_OR_RETURN(const LinkRecord old, LinkOf(builder, before));
  ATTLAS_ASSIGN_OR_RETURN(const LinkRecord link, LinkOf(builder, record->hot));
  if (cut.id.kind == EntityKind::kNode) {
    builder.PutNode(cut.id.ordinal, link.type, link.access);
    return absl::OkStatus();
  }
  builder.RemoveEdge(cut.id.ordinal, old);
  builder.PutEdge(cut.id.ordinal, link);
  return absl::OkStatus();
}

absl::Status Committer::RunRedaction(const RedactionInput& input, Swap swap,
                                     RedactionOutput* output) {
  ATTLAS_ASSIGN_OR_RETURN(const RedactionPlan plan, store_.PlanRedaction(RulesOf(input)));
  output->revision = head_.revision;
  if (plan.empty()) return absl::OkStatus();
  const SnapshotPtr base = latest_.Load();
  SnapshotBuilder builder(base, base->ontology());
  // Edges come first, as a node may go only when none touches it.
  for (const EntityId& id : plan.whole) ATTLAS_RETURN_IF_ERROR(RemoveFrom(builder, id));
  for (const CitationCut& cut : plan.cuts) ATTLAS_RETURN_IF_ERROR(CutIn(builder, cut));

  StoreHead head = head_;
  ++head.revision;
  StoreBatch batch(store_, BatchKind::kOneCommit);
  ATTLAS_RETURN_IF_ERROR(batch.Redact(plan, head.revision));
  storage::v1::CommitRecord log;
  log.set_commit_time_us(absl::ToUnixMicros(NextCommitTime()));
  log.set_reason(input.reason);
  batch.PutCommit(head.revision, log);
  batch.PutHead(head);
  const auto write = [&]() -> absl::Status {
    ATTLAS_RETURN_IF_ERROR(store_.Write(batch));
    head_ = head;
    records_.Clear();
    latest_.Publish(std::move(builder).Build(head.revision));
    return absl::OkStatus();
  };
  ATTLAS_RETURN_IF_ERROR(swap(write));
  notify_(head.revision);
  output->revision = head.revision;
  output->erased = plan.whole.size();
  output->emptied = plan.versions.size();
  output->cut = plan.cuts.size();
  return absl::OkStatus();
}

}  // namespace attlas::graph
