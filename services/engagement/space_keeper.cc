#include "services/engagement/space_keeper.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/model/date.h"
#include "services/access/space_registry.h"
#include "services/common/log.h"
#include "services/engagement/space_node.h"

namespace attlas::engagement {
namespace {

// Everything that keeps spaces, and nothing that was said in them.
graph::Clearance RegistryClearance(graph::TrafficLight level) {
  return {.level = level, .spaces = {services::kSpaceRegistry}};
}

graph::Date DateOf(absl::Time time) {
  return graph::DateOfDay(static_cast<graph::DayNumber>(absl::ToUnixSeconds(time) /
                                                        absl::ToInt64Seconds(absl::Hours(24))));
}

void LogRedaction(const graph::RedactionOutput& output) {
  if (output.erased + output.emptied == 0) return;
  services::Log(
      services::LogLevel::kInfo, "spaces_redacted",
      {{"erased", absl::StrCat(output.erased)}, {"emptied", absl::StrCat(output.emptied)}});
}

}  // namespace

void SpaceKeeper::StopSweeping() {
  {
    const absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (sweeper_.joinable()) sweeper_.join();
}

absl::Status SpaceKeeper::Load() {
  auto loaded = std::make_shared<Contents>();
  ATTLAS_ASSIGN_OR_RETURN(
      const graph::View view,
      graph_->Read(graph::v1::ReadOptions(), RegistryClearance(graph::v1::TRAFFIC_LIGHT_RED)));
  loaded->revision = view.revision();
  const auto type = view.snapshot().ontology()->NodeTypeId(kSpaceType);
  std::vector<graph::NodeOrdinal> nodes;
  for (graph::NodeOrdinal node = 0; type.has_value() && node < view.node_limit(); ++node) {
    if (view.Exists(node) && view.snapshot().node(node).type == *type) nodes.push_back(node);
  }
  ATTLAS_RETURN_IF_ERROR(graph_->ScanNodes(view, nodes, [&](size_t, graph::Node&& node) {
    // A node of this type that is not in the registry was not made by EngagementService.
    if (node.marking().space() != services::kSpaceRegistry) return;
    const auto space = std::make_shared<const v1::Space>(SpaceFrom(node));
    loaded->spaces.push_back(space);
    loaded->by_name.emplace(space->name(), space);
    for (const v1::SpaceMember& member : space->members()) {
      loaded->spaces_of[member.principal()].push_back(space->name());
    }
  }));
  const absl::MutexLock lock(&mutex_);
  // Another thread may have read a later revision meanwhile.
  if (loaded->revision >= contents_->revision) contents_ = std::move(loaded);
  return absl::OkStatus();
}

std::shared_ptr<const SpaceKeeper::Contents> SpaceKeeper::contents() const {
  const absl::MutexLock lock(&mutex_);
  return contents_;
}

void SpaceKeeper::Admit(std::string_view principal, graph::Clearance* clearance) const {
  const std::shared_ptr<const Contents> known = contents();
  const auto own = known->spaces_of.find(principal);
  if (!principal.empty() && own != known->spaces_of.end()) {
    clearance->spaces.insert(clearance->spaces.end(), own->second.begin(), own->second.end());
  }
  for (const std::string& name : clearance->spaces) {
    const auto space = known->by_name.find(name);
    if (space != known->by_name.end() && space->second->state() != v1::SPACE_STATE_OPEN) {
      clearance->read_only_spaces.push_back(name);
    }
  }
}

SpacePtr SpaceKeeper::Find(std::string_view name) const {
  const std::shared_ptr<const Contents> known = contents();
  const auto found = known->by_name.find(name);
  return found == known->by_name.end() ? nullptr : found->second;
}

std::vector<SpacePtr> SpaceKeeper::All() const { return contents()->spaces; }

size_t SpaceKeeper::OpenCount() const {
  const std::vector<SpacePtr> all = All();
  return static_cast<size_t>(std::count_if(all.begin(), all.end(), [](const SpacePtr& space) {
    return space->state() == v1::SPACE_STATE_OPEN;
  }));
}

absl::StatusOr<size_t> SpaceKeeper::CountNotes(std::string_view space, graph::TrafficLight level,
                                               const graph::v1::ReadOptions& read) const {
  graph::Clearance clearance = RegistryClearance(level);
  clearance.spaces.emplace_back(space);
  ATTLAS_ASSIGN_OR_RETURN(const graph::View view, graph_->Read(read, clearance));
  const auto node = graph_->FindNode(view, space);
  const auto type = view.snapshot().ontology()->EdgeTypeId(kPostedIn);
  size_t count = 0;
  if (!node.ok() || !type.has_value()) return count;
  const graph::TypeSet types({*type});
  view.ForEachEdge(*node, graph::v1::DIRECTION_BACKWARD, &types, [&](const graph::EdgeRef&) {
    ++count;
    return true;
  });
  return count;
}

absl::Status SpaceKeeper::Put(const v1::Space& space, std::string_view reason) {
  graph::CommitInput input;
  *input.mutations.emplace_back().mutable_put_node() = NodeFrom(space);
  input.reason = std::string(reason);
  ATTLAS_RETURN_IF_ERROR(graph_->Commit(std::move(input)).status());
  return Load();
}

absl::StatusOr<graph::RedactionOutput> SpaceKeeper::Erase(const std::string& name, absl::Time now) {
  const SpacePtr before = Find(name);
  if (before == nullptr) return absl::NotFoundError("no such space");
  if (before->state() != v1::SPACE_STATE_ERASED) {
    v1::Space left;
    left.set_name(name);
    left.set_state(v1::SPACE_STATE_ERASED);
    *left.mutable_create_date() = before->create_date();
    *left.mutable_close_date() = before->has_close_date() ? before->close_date() : DateOf(now);
    *left.mutable_erase_date() = DateOf(now);
    // First nobody is a member any more; only then does it go.
    ATTLAS_RETURN_IF_ERROR(Put(left, "space erased"));
  }
  ATTLAS_ASSIGN_OR_RETURN(const graph::RedactionOutput output,
                          graph_->Redact({.scopes = {{.space = name,
                                                      .through_revision = graph_->LatestRevision(),
                                                      .history_of = name}},
                                          .reason = "redaction of a space"}));
  LogRedaction(output);
  return output;
}

absl::Status SpaceKeeper::Sweep(absl::Time now) {
  const absl::MutexLock lock(&writing_);
  graph::RedactionInput due;
  due.reason = "redaction by retention";
  for (const SpacePtr& space : All()) {
    if (space->state() == v1::SPACE_STATE_ERASED) {
      // A crash may have come between the two halves of an erasure.
      due.scopes.push_back({.space = space->name(),
                            .through_revision = graph_->LatestRevision(),
                            .history_of = space->name()});
      continue;
    }
    const absl::Time end = now - absl::Hours(24) * space->retention_days();
    if (space->has_close_date() &&
        graph::FirstDay(space->close_date()) < graph::FirstDay(DateOf(end))) {
      ATTLAS_RETURN_IF_ERROR(Erase(space->name(), now).status());
      continue;
    }
    ATTLAS_ASSIGN_OR_RETURN(const uint64_t through, graph_->RevisionAt(end));
    if (through == 0) continue;
    due.scopes.push_back(
        {.space = space->name(), .through_revision = through, .history_of = space->name()});
  }
  if (due.scopes.empty()) return absl::OkStatus();
  ATTLAS_ASSIGN_OR_RETURN(const graph::RedactionOutput output, graph_->Redact(due));
  LogRedaction(output);
  return absl::OkStatus();
}

void SpaceKeeper::StartSweeping(absl::Duration interval) {
  sweeper_ = std::thread([this, interval] { Run(interval); });
}

void SpaceKeeper::Run(absl::Duration interval) {
  while (true) {
    if (const absl::Status swept = Sweep(absl::Now()); !swept.ok()) {
      services::Log(services::LogLevel::kError, "space_retention",
                    {{"message", std::string(swept.message())}});
    }
    const absl::MutexLock lock(&mutex_);
    if (mutex_.AwaitWithTimeout(absl::Condition(&stopping_), interval)) return;
  }
}

}  // namespace attlas::engagement
