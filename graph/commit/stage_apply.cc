// Preconditions, and the writing of what a stage holds.
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/commit/stage.h"

namespace attlas::graph {
namespace {

absl::Status Failed(const std::string& field, const std::string& subject, const std::string& what) {
  return MakeError(absl::StatusCode::kAborted, absl::StrCat(field, ": ", what),
                   {.reason = "PRECONDITION_FAILED",
                    .metadata = {{"resource", subject}},
                    .violations = {{field, what}}});
}

}  // namespace

absl::Status Stage::CheckPreconditions(const std::vector<v1::Precondition>& preconditions) {
  for (size_t i = 0; i < preconditions.size(); ++i) {
    ATTLAS_RETURN_IF_ERROR(
        CheckPrecondition(preconditions[i], absl::StrCat("preconditions[", i, "]")));
  }
  return absl::OkStatus();
}

absl::Status Stage::CheckPrecondition(const v1::Precondition& precondition,
                                      const std::string& field) {
  switch (precondition.condition_case()) {
    case v1::Precondition::kMustExist: {
      ATTLAS_ASSIGN_OR_RETURN(Touched * touched, Find(precondition.must_exist()));
      if (Visible(*touched)) return absl::OkStatus();
      return Failed(field, touched->name, touched->name + " does not exist");
    }
    case v1::Precondition::kMustNotExist: {
      ATTLAS_ASSIGN_OR_RETURN(Touched * touched, Find(precondition.must_not_exist()));
      if (!Visible(*touched)) return absl::OkStatus();
      return Failed(field, touched->name, touched->name + " exists");
    }
    case v1::Precondition::kEtagMatches: {
      const v1::EtagMatch& match = precondition.etag_matches();
      ATTLAS_ASSIGN_OR_RETURN(Touched * touched, Find(match.name()));
      if (Visible(*touched) && EtagOf(touched->before->revision) == match.etag()) {
        return absl::OkStatus();
      }
      return Failed(field, match.name(), match.name() + " does not have this etag");
    }
    case v1::Precondition::kNoEdgeMatches: {
      const v1::EdgeMatch& match = precondition.no_edge_matches();
      ATTLAS_ASSIGN_OR_RETURN(const bool any, AnyEdgeMatches(match));
      if (!any) return absl::OkStatus();
      return Failed(field, match.from(), absl::StrCat("an edge from ", match.from(), " matches"));
    }
    case v1::Precondition::CONDITION_NOT_SET:
      break;
  }
  return InvalidField(field, "names no condition; set one, such as must_exist");
}

absl::StatusOr<bool> Stage::AnyEdgeMatches(const v1::EdgeMatch& match) {
  ATTLAS_ASSIGN_OR_RETURN(Touched * from, Find(match.from()));
  if (!Visible(*from)) return false;
  std::optional<uint32_t> to;
  if (!match.to().empty()) {
    ATTLAS_ASSIGN_OR_RETURN(Touched * node, Find(match.to()));
    if (!Visible(*node)) return false;
    to = node->id.ordinal;
  }
  const std::optional<TypeId> type = group_.ontology.EdgeTypeId(match.type());
  if (!match.type().empty() && !type.has_value()) {
    return InvalidField("preconditions.no_edge_matches.type",
                        absl::StrCat("there is no edge type '", match.type(), "'"));
  }
  SnapshotBuilder& builder = group_.builder;
  const Snapshot& working = builder.Working();
  if (from->id.ordinal >= working.node_limit()) return false;
  const AdjacencyList* list = working.out(from->id.ordinal);
  if (list == nullptr) return false;
  for (const HotEdge& edge : list->edges()) {
    if (type.has_value() && edge.type != *type) continue;
    if (to.has_value() && edge.neighbor != *to) continue;
    const AccessClass& access = working.access_classes().at(edge.access);
    Marking marking;
    marking.set_traffic_light(access.level);
    marking.set_space(access.space);
    if (CanSee(clearance_, marking)) return true;
  }
  return false;
}

absl::StatusOr<LinkRecord> Stage::LinkOf(const HotRecord& hot, const std::string& space) {
  Marking marking;
  marking.set_traffic_light(static_cast<TrafficLight>(hot.level));
  marking.set_space(space);
  ATTLAS_ASSIGN_OR_RETURN(
      const AccessId access,
      group_.builder.access_classes().FindOrAdd(marking, static_cast<Confidence>(hot.confidence)));
  return LinkRecord{hot.from, hot.to, hot.valid_from, hot.valid_to, hot.type, access};
}

absl::Status Stage::ApplyOne(Touched& touched, uint64_t revision) {
  if (touched.is_new_name) group_.batch.PutName(touched.name, touched.id);
  ATTLAS_ASSIGN_OR_RETURN(const auto space, group_.spaces.FindOrAdd(touched.space));
  if (space.second) group_.batch.PutSpace(space.first, touched.space);
  touched.hot.space = space.first;
  const StoredRecord record{revision, !touched.exists, touched.hot, std::move(touched.body)};
  group_.batch.PutRecord(touched.id, record,
                         touched.stored.has_value() ? &*touched.stored : nullptr);
  if (touched.exists) {
    for (const NodeOrdinal source : touched.sources) group_.batch.PutCitation(source, touched.id);
  }
  SnapshotBuilder& builder = group_.builder;
  ATTLAS_ASSIGN_OR_RETURN(const LinkRecord link, LinkOf(touched.hot, touched.space));
  if (touched.id.kind == EntityKind::kNode) {
    if (touched.exists) {
      builder.PutNode(touched.id.ordinal, link.type, link.access);
    } else {
      builder.RemoveNode(touched.id.ordinal);
    }
    return absl::OkStatus();
  }
  if (touched.before.has_value()) {
    const HotRecord& before = touched.before->hot;
    ATTLAS_ASSIGN_OR_RETURN(const LinkRecord old, LinkOf(before, group_.spaces.Name(before.space)));
    builder.RemoveEdge(touched.id.ordinal, old);
  }
  if (touched.exists) builder.PutEdge(touched.id.ordinal, link);
  return absl::OkStatus();
}

absl::Status Stage::Apply(uint64_t revision, storage::v1::CommitRecord* log) {
  std::string kinds;
  for (const auto& touched : touched_) {
    if (!touched->differs()) continue;
    ATTLAS_RETURN_IF_ERROR(ApplyOne(*touched, revision));
    if (touched->stored.has_value()) group_.superseded.push_back(touched->id);
    log->add_ordinals(touched->id.ordinal);
    kinds.push_back(static_cast<char>(touched->id.kind));
  }
  log->set_kinds(std::move(kinds));
  group_.head.next_node = next_node_;
  group_.head.next_edge = next_edge_;
  group_.head.revision = revision;
  return absl::OkStatus();
}

}  // namespace attlas::graph
