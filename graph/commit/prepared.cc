#include "graph/commit/prepared.h"

#include <algorithm>
#include <iterator>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/model/name.h"

namespace attlas::graph {
namespace {

// What one thread prepares.
struct Preparation {
  const OntologyIndex& ontology;
  const Clearance& clearance;
  std::vector<FieldViolation> violations;
  absl::Status denied;
};

// A thread is worth while for so many mutations.
constexpr size_t kMutationsPerThread = 5000;

size_t PartsOf(size_t mutations) {
  // To count the processors takes longer than to prepare a small commit.
  if (mutations < 2 * kMutationsPerThread) return 1;
  const size_t processors = std::max(1u, std::thread::hardware_concurrency());
  return std::clamp<size_t>(mutations / kMutationsPerThread, 1, processors);
}

absl::Status CheckMarking(const Preparation& preparation, const Marking& marking,
                          const std::string& field) {
  const auto& closed = preparation.clearance.read_only_spaces;
  if (std::find(closed.begin(), closed.end(), marking.space()) != closed.end()) {
    return MakeError(
        absl::StatusCode::kFailedPrecondition,
        absl::StrCat(field, ".marking: ", marking.space(), " is closed"),
        {.reason = "SPACE_CLOSED", .metadata = {{"resource", marking.space()}}, .violations = {}});
  }
  if (CanSee(preparation.clearance, marking)) return absl::OkStatus();
  return MakeError(absl::StatusCode::kPermissionDenied,
                   absl::StrCat(field, ".marking: you may set markings up to ",
                                std::string(TrafficLightName(preparation.clearance.level)),
                                " and spaces that you are a member of"),
                   {.reason = "MARKING_ABOVE_CLEARANCE",
                    .metadata = {{"field", field + ".marking"}},
                    .violations = {}});
}

template <typename Entity>
void FillCommon(Entity& entity, PreparedMutation* out) {
  out->name = entity.name();
  out->hot.level = static_cast<uint8_t>(EffectiveLevel(entity.marking().traffic_light()));
  out->hot.confidence = static_cast<uint8_t>(BestConfidence(entity.citations()));
  out->space = entity.marking().space();
  for (const Citation& citation : entity.citations()) out->sources.push_back(citation.source());
  out->body = SerializeDeterministic(entity);
}

absl::Status Prepare(Preparation& preparation, Node&& node, PreparedMutation* out) {
  out->kind = EntityKind::kNode;
  out->expected_etag = node.etag();
  Canonicalize(&node);
  preparation.ontology.CheckNode(node, out->field, &preparation.violations);
  if (const auto type = preparation.ontology.NodeTypeId(node.type())) out->hot.type = *type;
  FillCommon(node, out);
  return CheckMarking(preparation, node.marking(), out->field);
}

absl::Status Prepare(Preparation& preparation, Edge&& edge, PreparedMutation* out) {
  out->kind = EntityKind::kEdge;
  out->expected_etag = edge.etag();
  if (std::string problem = EdgeNameProblem(edge); !problem.empty()) {
    preparation.violations.push_back({absl::StrCat(out->field, ".name"), std::move(problem)});
  }
  Canonicalize(&edge);
  preparation.ontology.CheckEdge(edge, out->field, &preparation.violations);
  if (const auto type = preparation.ontology.EdgeTypeId(edge.type())) out->hot.type = *type;
  if (edge.has_valid_from() && IsValidDate(edge.valid_from())) {
    out->hot.valid_from = FirstDay(edge.valid_from());
  }
  if (edge.has_valid_to() && IsValidDate(edge.valid_to())) {
    out->hot.valid_to = FirstDay(edge.valid_to());
  }
  out->from = edge.from();
  out->to = edge.to();
  FillCommon(edge, out);
  return CheckMarking(preparation, edge.marking(), out->field);
}

void PrepareDeletion(Preparation& preparation, EntityKind kind, std::string name,
                     PreparedMutation* out) {
  out->kind = kind;
  const absl::StatusOr<ResourceName> parsed = ParseResourceName(name);
  const bool edge_name = IsEdgeName(name);
  if (!parsed.ok()) {
    preparation.violations.push_back({out->field, std::string(ToStd(parsed.status().message()))});
  } else if (edge_name != (kind == EntityKind::kEdge)) {
    preparation.violations.push_back(
        {out->field, absl::StrCat("'", name, "' is not the name of ",
                                  kind == EntityKind::kEdge ? "an edge (edges/…)" : "a node")});
  }
  out->name = std::move(name);
}

absl::Status PrepareOne(Preparation& preparation, v1::Mutation& mutation, PreparedMutation* out) {
  using Action = v1::Mutation::ActionCase;
  switch (mutation.action_case()) {
    case Action::kCreateNode:
      out->verb = Verb::kCreate;
      out->field += "create_node";
      return Prepare(preparation, std::move(*mutation.mutable_create_node()), out);
    case Action::kUpdateNode:
      out->verb = Verb::kUpdate;
      out->field += "update_node";
      return Prepare(preparation, std::move(*mutation.mutable_update_node()), out);
    case Action::kPutNode:
      out->verb = Verb::kPut;
      out->field += "put_node";
      return Prepare(preparation, std::move(*mutation.mutable_put_node()), out);
    case Action::kDeleteNode:
      out->verb = Verb::kDelete;
      out->field += "delete_node";
      PrepareDeletion(preparation, EntityKind::kNode, mutation.delete_node(), out);
      return absl::OkStatus();
    case Action::kCreateEdge:
      out->verb = Verb::kCreate;
      out->field += "create_edge";
      return Prepare(preparation, std::move(*mutation.mutable_create_edge()), out);
    case Action::kUpdateEdge:
      out->verb = Verb::kUpdate;
      out->field += "update_edge";
      return Prepare(preparation, std::move(*mutation.mutable_update_edge()), out);
    case Action::kPutEdge:
      out->verb = Verb::kPut;
      out->field += "put_edge";
      return Prepare(preparation, std::move(*mutation.mutable_put_edge()), out);
    case Action::kDeleteEdge:
      out->verb = Verb::kDelete;
      out->field += "delete_edge";
      PrepareDeletion(preparation, EntityKind::kEdge, mutation.delete_edge(), out);
      return absl::OkStatus();
    case Action::ACTION_NOT_SET:
      break;
  }
  out->field.pop_back();
  preparation.violations.push_back({out->field, "names no change; set one, such as create_node"});
  return absl::OkStatus();
}

std::string ReasonFor(const std::vector<FieldViolation>& violations) {
  const bool all_citations = std::all_of(
      violations.begin(), violations.end(),
      [](const FieldViolation& violation) { return violation.field.ends_with(".citations"); });
  return all_citations ? "CITATION_REQUIRED" : "ONTOLOGY_VIOLATION";
}

}  // namespace

absl::StatusOr<std::vector<PreparedMutation>> PrepareMutations(std::vector<v1::Mutation> mutations,
                                                               const OntologyIndex& ontology,
                                                               const Clearance& clearance) {
  std::vector<PreparedMutation> prepared(mutations.size());
  const size_t parts = PartsOf(mutations.size());
  std::vector<Preparation> preparations(parts, Preparation{ontology, clearance, {}, {}});
  const auto prepare = [&](size_t part) {
    const size_t end = mutations.size() * (part + 1) / parts;
    for (size_t i = mutations.size() * part / parts; i < end; ++i) {
      prepared[i].field = absl::StrCat("mutations[", i, "].");
      preparations[part].denied.Update(PrepareOne(preparations[part], mutations[i], &prepared[i]));
    }
  };
  std::vector<std::thread> threads;
  for (size_t part = 1; part < parts; ++part) threads.emplace_back(prepare, part);
  prepare(0);
  for (std::thread& thread : threads) thread.join();

  std::vector<FieldViolation> violations;
  absl::Status denied;
  for (Preparation& part : preparations) {
    violations.insert(violations.end(), std::make_move_iterator(part.violations.begin()),
                      std::make_move_iterator(part.violations.end()));
    denied.Update(part.denied);
  }
  if (!violations.empty()) {
    const std::string reason = ReasonFor(violations);
    return InvalidFields(std::move(violations), reason);
  }
  ATTLAS_RETURN_IF_ERROR(denied);
  return prepared;
}

std::string EtagOf(uint64_t revision) { return absl::StrCat("\"", absl::Hex(revision), "\""); }

}  // namespace attlas::graph
