#include "graph/commit/stage.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/model/name.h"

namespace attlas::graph {
namespace {

Marking MarkingOf(const HotRecord& hot, const std::string& space) {
  Marking marking;
  marking.set_traffic_light(static_cast<TrafficLight>(hot.level));
  marking.set_space(space);
  return marking;
}

absl::Status AlreadyExists(const std::string& name, const std::string& field) {
  return MakeError(
      absl::StatusCode::kAlreadyExists,
      absl::StrCat(field, ": ", name, " exists already; use put or update"),
      {.reason = "RESOURCE_ALREADY_EXISTS", .metadata = {{"resource", name}}, .violations = {}});
}

std::optional<EntityId> Known(const PreparedMutation& mutation, size_t place) {
  return place < mutation.known.size() ? mutation.known[place] : std::nullopt;
}

}  // namespace

bool Stage::Touched::differs() const {
  if (exists != before.has_value()) return true;
  return exists && body != before->body;
}

Stage::Stage(CommitGroup& group, const Clearance& clearance, bool may_remark)
    : group_(group),
      clearance_(clearance),
      sees_everything_(SeesEverything(clearance)),
      may_remark_(may_remark),
      next_node_(group.head.next_node),
      next_edge_(group.head.next_edge) {}

absl::StatusOr<Stage::Touched*> Stage::Find(std::string_view name) {
  const auto known = by_name_.find(ToAbsl(name));
  if (known != by_name_.end()) return known->second;
  auto touched = std::make_unique<Touched>();
  touched->name = std::string(name);
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<EntityId> id, group_.batch.FindName(name));
  touched->is_new_name = !id.has_value();
  if (id.has_value()) {
    touched->id = *id;
    ATTLAS_ASSIGN_OR_RETURN(touched->stored, group_.batch.GetRecord(*id));
    if (touched->stored.has_value() && !touched->stored->deleted) {
      touched->before = touched->stored;
      touched->exists = true;
      touched->body = touched->before->body;
      touched->hot = touched->before->hot;
      touched->space = group_.spaces.Name(touched->hot.space);
    }
    by_id_.emplace(*id, touched.get());
  }
  Touched* result = touched.get();
  by_name_.emplace(touched->name, result);
  touched_.push_back(std::move(touched));
  return result;
}

bool Stage::Visible(const Touched& touched) const {
  return touched.exists &&
         (sees_everything_ || CanSee(clearance_, MarkingOf(touched.hot, touched.space)));
}

absl::StatusOr<Stage::Touched*> Stage::FindVisible(std::string_view name) {
  ATTLAS_ASSIGN_OR_RETURN(Touched * touched, Find(name));
  if (!Visible(*touched)) return ResourceNotFound(name);
  return touched;
}

absl::StatusOr<std::optional<NodeOrdinal>> Stage::FindVisibleNode(
    std::string_view name, const std::optional<EntityId>& known) {
  // What this commit itself did to the node is not in the snapshot yet.
  if (known.has_value() && !by_name_.contains(ToAbsl(name))) {
    const HotNode node =
        known->kind == EntityKind::kNode ? group_.builder.Node(known->ordinal) : HotNode();
    if (!node.exists()) return std::nullopt;
    const AccessClass& access = group_.builder.access_classes().at(node.access);
    Marking marking;
    marking.set_traffic_light(access.level);
    marking.set_space(access.space);
    if (!sees_everything_ && !CanSee(clearance_, marking)) return std::nullopt;
    return known->ordinal;
  }
  ATTLAS_ASSIGN_OR_RETURN(Touched * node, Find(name));
  if (!Visible(*node) || node->id.kind != EntityKind::kNode) return std::nullopt;
  return node->id.ordinal;
}

Stage::Touched* Stage::Number(EntityKind kind, Touched* touched) {
  if (!touched->is_new_name || touched->numbered) return touched;
  touched->numbered = true;
  touched->id = {kind, kind == EntityKind::kNode ? next_node_++ : next_edge_++};
  by_id_.emplace(touched->id, touched);
  return touched;
}

absl::Status Stage::CheckEtag(const PreparedMutation& mutation, const Touched& touched) const {
  if (mutation.expected_etag.empty() || mutation.verb == Verb::kCreate) return absl::OkStatus();
  const std::string actual = touched.before.has_value() ? EtagOf(touched.before->revision) : "";
  if (actual == mutation.expected_etag) return absl::OkStatus();
  return MakeError(absl::StatusCode::kAborted,
                   absl::StrCat(mutation.field, ".etag: ", mutation.name,
                                " changed since it was read; read it again and repeat the change"),
                   {.reason = "ETAG_MISMATCH",
                    .metadata = {{"resource", mutation.name}, {"etag", actual}},
                    .violations = {}});
}

absl::Status Stage::Take(PreparedMutation& mutation) {
  ATTLAS_ASSIGN_OR_RETURN(Touched * touched, Find(mutation.name));
  results_.push_back(touched);
  const bool visible = Visible(*touched);
  if (mutation.verb == Verb::kUpdate || mutation.verb == Verb::kDelete) {
    if (!visible) return ResourceNotFound(mutation.name);
  } else if (touched->exists && (mutation.verb == Verb::kCreate || !visible)) {
    return AlreadyExists(mutation.name, mutation.field + ".name");
  }
  ATTLAS_RETURN_IF_ERROR(CheckEtag(mutation, *touched));
  return mutation.verb == Verb::kDelete ? Delete(mutation, touched) : Put(mutation, touched);
}

absl::Status Stage::Put(PreparedMutation& mutation, Touched* touched) {
  ATTLAS_RETURN_IF_ERROR(CheckMarking(mutation, *touched));
  ATTLAS_RETURN_IF_ERROR(CheckImmutable(mutation, *touched));
  ATTLAS_RETURN_IF_ERROR(ResolveSources(mutation, touched));
  ATTLAS_RETURN_IF_ERROR(KeepHiddenCitations(mutation, *touched));
  HotRecord hot = mutation.hot;
  if (mutation.kind == EntityKind::kEdge) {
    ATTLAS_RETURN_IF_ERROR(ResolveEnds(mutation, &hot));
    if (!touched->exists) ATTLAS_RETURN_IF_ERROR(CheckCardinality(mutation, hot));
  }
  Number(mutation.kind, touched);
  if (!touched->exists) {
    if (IsNewLimitedEdge(*touched, mutation.kind, hot.type)) ++made_from_[{hot.type, hot.from}];
    ++created_;
  } else if (touched->body != mutation.body) {
    ++updated_;
  } else {
    ++unchanged_;
  }
  touched->exists = true;
  touched->body = std::move(mutation.body);
  touched->hot = hot;
  touched->space = mutation.space;
  return absl::OkStatus();
}

absl::Status Stage::ResolveEnds(const PreparedMutation& mutation, HotRecord* hot) {
  std::vector<FieldViolation> violations;
  const auto resolve = [&](const std::string& name, size_t place, const char* end,
                           uint32_t* ordinal) -> absl::Status {
    ATTLAS_ASSIGN_OR_RETURN(const auto node, FindVisibleNode(name, Known(mutation, place)));
    if (node.has_value()) {
      *ordinal = *node;
    } else {
      violations.push_back({absl::StrCat(mutation.field, ".", end),
                            absl::StrCat("there is no node ", name, "; create it first")});
    }
    return absl::OkStatus();
  };
  ATTLAS_RETURN_IF_ERROR(resolve(mutation.from, 0, "from", &hot->from));
  ATTLAS_RETURN_IF_ERROR(resolve(mutation.to, 1, "to", &hot->to));
  if (!violations.empty()) return InvalidFields(std::move(violations));
  return absl::OkStatus();
}

absl::Status Stage::ResolveSources(const PreparedMutation& mutation, Touched* touched) {
  std::vector<FieldViolation> violations;
  touched->sources.clear();
  for (size_t i = 0; i < mutation.sources.size(); ++i) {
    // A thing may cite itself in the mutation that creates it.
    if (mutation.sources[i] == mutation.name) {
      touched->sources.push_back(Number(mutation.kind, touched)->id.ordinal);
      continue;
    }
    ATTLAS_ASSIGN_OR_RETURN(const auto source,
                            FindVisibleNode(mutation.sources[i], Known(mutation, 2 + i)));
    if (source.has_value()) {
      touched->sources.push_back(*source);
      continue;
    }
    violations.push_back(
        {absl::StrCat(mutation.field, ".citations[", i, "].source"),
         absl::StrCat("there is no node ", mutation.sources[i], "; create the source first")});
  }
  if (!violations.empty()) return InvalidFields(std::move(violations), "CITATION_REQUIRED");
  // Several citations may name one source, each another place in it.
  std::sort(touched->sources.begin(), touched->sources.end());
  touched->sources.erase(std::unique(touched->sources.begin(), touched->sources.end()),
                         touched->sources.end());
  return absl::OkStatus();
}

absl::Status Stage::CheckMarking(const PreparedMutation& mutation, const Touched& touched) const {
  if (may_remark_ || !touched.exists ||
      (touched.hot.level == mutation.hot.level && touched.space == mutation.space)) {
    return absl::OkStatus();
  }
  const std::string field = mutation.field + ".marking";
  return MakeError(absl::StatusCode::kPermissionDenied,
                   absl::StrCat(field, ": only a steward may change who may see ", mutation.name),
                   {.reason = "ROLE_INSUFFICIENT",
                    .metadata = {{"needs", "steward"}, {"field", field}},
                    .violations = {}});
}

absl::Status Stage::CheckImmutable(const PreparedMutation& mutation, const Touched& touched) const {
  if (!touched.before.has_value()) return absl::OkStatus();
  if (touched.before->hot.type != mutation.hot.type) {
    return InvalidField(mutation.field + ".type",
                        "cannot be changed; delete it and create another");
  }
  if (mutation.kind == EntityKind::kNode) return absl::OkStatus();
  Edge before;
  if (!before.ParseFromString(touched.before->body)) {
    return absl::DataLossError(absl::StrCat("the record of ", mutation.name, " cannot be read"));
  }
  if (before.from() != mutation.from || before.to() != mutation.to) {
    return InvalidField(mutation.field + (before.from() != mutation.from ? ".from" : ".to"),
                        "cannot be changed; delete the edge and create another");
  }
  return absl::OkStatus();
}

bool Stage::IsNewLimitedEdge(const Touched& touched, EntityKind kind, TypeId type) const {
  return kind == EntityKind::kEdge && !touched.before.has_value() &&
         group_.ontology.edge_type(type).max_per_from() != 0;
}

absl::Status Stage::CheckCardinality(const PreparedMutation& mutation, const HotRecord& hot) {
  const v1::EdgeType& type = group_.ontology.edge_type(hot.type);
  if (type.max_per_from() == 0) return absl::OkStatus();
  int count = 0;
  const Snapshot& working = group_.builder.Working();
  if (hot.from < working.node_limit() && working.out(hot.from) != nullptr) {
    const AdjacencyList& list = *working.out(hot.from);
    for (size_t i = 0; i < list.edges().size(); ++i) {
      if (list.edges()[i].type == hot.type && EdgeStillThere(list.ordinals()[i])) ++count;
    }
  }
  const auto made = made_from_.find(std::pair(hot.type, hot.from));
  if (made != made_from_.end()) count += made->second;
  if (count < type.max_per_from()) return absl::OkStatus();
  return InvalidFields(
      {{mutation.field + ".from", absl::StrCat(mutation.from, " has ", count, " ", type.name(),
                                               " already and may have no more")}},
      "ONTOLOGY_VIOLATION");
}

bool Stage::EdgeStillThere(EdgeOrdinal edge) const {
  const auto it = by_id_.find(EntityId{EntityKind::kEdge, edge});
  return it == by_id_.end() || it->second->exists;
}

absl::Status Stage::CheckNoEdges(const Touched& touched) {
  const Snapshot& working = group_.builder.Working();
  const NodeOrdinal node = touched.id.ordinal;
  const auto blocked = [&](const AdjacencyList* list) {
    if (list == nullptr) return false;
    return std::any_of(list->ordinals().begin(), list->ordinals().end(),
                       [&](EdgeOrdinal edge) { return EdgeStillThere(edge); });
  };
  bool any =
      node < working.node_limit() && (blocked(working.out(node)) || blocked(working.in(node)));
  for (const auto& other : touched_) {
    any = any || (other->id.kind == EntityKind::kEdge && other->exists &&
                  (other->hot.from == node || other->hot.to == node));
  }
  if (!any) return absl::OkStatus();
  return MakeError(
      absl::StatusCode::kFailedPrecondition,
      absl::StrCat(touched.name, " cannot be deleted while edges touch it; delete them first"),
      {.reason = "NODE_HAS_EDGES", .metadata = {{"resource", touched.name}}, .violations = {}});
}

absl::Status Stage::Delete(const PreparedMutation& mutation, Touched* touched) {
  if (touched->id.kind != mutation.kind) return ResourceNotFound(mutation.name);
  if (mutation.kind == EntityKind::kNode) ATTLAS_RETURN_IF_ERROR(CheckNoEdges(*touched));
  if (IsNewLimitedEdge(*touched, mutation.kind, touched->hot.type)) {
    --made_from_[{touched->hot.type, touched->hot.from}];
  }
  touched->exists = false;
  touched->body.clear();
  ++deleted_;
  return absl::OkStatus();
}

bool Stage::changed() const {
  return std::any_of(touched_.begin(), touched_.end(),
                     [](const auto& touched) { return touched->differs(); });
}

CommitOutput Stage::Output(uint64_t revision) const {
  CommitOutput output;
  output.revision = revision;
  for (const Touched* touched : results_) {
    output.names.push_back(touched->name);
    if (!touched->exists) {
      output.etags.emplace_back();
    } else {
      output.etags.push_back(EtagOf(touched->differs() ? revision : touched->before->revision));
    }
  }
  output.created = created_;
  output.updated = updated_;
  output.deleted = deleted_;
  output.unchanged = unchanged_;
  return output;
}

}  // namespace attlas::graph
