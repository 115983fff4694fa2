// What a caller is in a space, and the names and keys that nobody can guess.
#include <openssl/rand.h>

#include <algorithm>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/model/name.h"
#include "services/access/sha256.h"
#include "services/access/space_registry.h"
#include "services/engagement/space_node.h"
#include "services/engagement/space_queries.h"

namespace attlas::engagement {
namespace {

// 160 bits in 40 hexadecimal digits.
constexpr size_t kIdBytes = 20;

absl::Status ModeratorRequired(std::string_view space) {
  return graph::MakeError(
      absl::StatusCode::kPermissionDenied, "a moderator of the space may do this",
      {.reason = "MODERATOR_REQUIRED", .metadata = {{"resource", std::string(space)}}});
}

}  // namespace

bool IsMember(const graph::Clearance& clearance, std::string_view space) {
  return clearance.all_spaces || std::find(clearance.spaces.begin(), clearance.spaces.end(),
                                           space) != clearance.spaces.end();
}

services::CallContext Inside(const services::CallContext& context, std::string_view space) {
  services::CallContext inside = context;
  inside.clearance = {.level = context.clearance.level,
                      .spaces = {services::kSpaceRegistry, std::string(space)}};
  inside.role = access::v1::ROLE_STEWARD;
  return inside;
}

absl::Status CheckLevel(const services::CallContext& context, graph::TrafficLight level,
                        std::string_view field) {
  if (!graph::v1::TrafficLight_IsValid(level)) {
    return graph::InvalidField(field, "is no traffic light");
  }
  if (graph::EffectiveLevel(level) <= graph::EffectiveLevel(context.clearance.level)) {
    return absl::OkStatus();
  }
  const std::string most(graph::TrafficLightName(context.clearance.level));
  return graph::MakeError(
      absl::StatusCode::kPermissionDenied,
      absl::StrCat(std::string(field), ": you may set markings up to ", most),
      {.reason = "MARKING_ABOVE_CLEARANCE", .metadata = {{"field", std::string(field)}}});
}

graph::v1::ReadOptions WithoutCeiling(graph::v1::ReadOptions read) {
  read.clear_ceiling();
  return read;
}

absl::Status SpaceFull(std::string_view what) {
  return graph::MakeError(absl::StatusCode::kResourceExhausted, what, {.reason = "SPACE_FULL"});
}

absl::Status CheckOpen(const v1::Space& space) {
  if (space.state() == v1::SPACE_STATE_OPEN) return absl::OkStatus();
  return graph::MakeError(absl::StatusCode::kFailedPrecondition, "the space is closed",
                          {.reason = "SPACE_CLOSED", .metadata = {{"resource", space.name()}}});
}

std::string SecretId(std::string_view request_id, std::string_view what) {
  std::string bytes;
  if (request_id.empty()) {
    bytes.resize(kIdBytes);
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), kIdBytes) != 1) std::abort();
  } else {
    // A UUID may be written in either case and means the same.
    const std::string id = absl::AsciiStrToLower(graph::ToAbsl(request_id));
    bytes = services::Sha256(absl::StrCat(graph::ToAbsl(what), "\n", id)).substr(0, kIdBytes);
  }
  return absl::BytesToHexString(bytes);
}

std::string HashOfKey(std::string_view key) {
  return absl::BytesToHexString(services::Sha256(key));
}

absl::Status SpaceQueries::CheckStoreIsHere() const {
  if (keeper_ != nullptr) return absl::OkStatus();
  return graph::MakeError(absl::StatusCode::kFailedPrecondition,
                          "spaces are kept by the daemon that has the store; call that one",
                          {.reason = "SPACES_ELSEWHERE"});
}

absl::StatusOr<SpacePtr> SpaceQueries::AsMember(const services::CallContext& context,
                                                std::string_view name,
                                                std::string_view field) const {
  ATTLAS_RETURN_IF_ERROR(CheckStoreIsHere());
  const auto parsed = graph::ParseResourceName(name);
  if (!parsed.ok() || parsed->collection != "spaces") {
    return graph::InvalidField(field, "does not name a space; write `spaces/<id>`");
  }
  SpacePtr space = IsMember(context.clearance, name) ? keeper_->Find(name) : nullptr;
  if (space == nullptr) return graph::ResourceNotFound(name);
  return space;
}

absl::StatusOr<SpacePtr> SpaceQueries::AsModerator(const services::CallContext& context,
                                                   std::string_view name) const {
  ATTLAS_ASSIGN_OR_RETURN(SpacePtr space, AsMember(context, name));
  if (context.clearance.all_spaces || IsModerator(*space, context.principal)) return space;
  return ModeratorRequired(name);
}

absl::StatusOr<graph::Edge> SpaceQueries::FindPosting(const services::CallContext& inside,
                                                      std::string_view space,
                                                      const std::string& note) const {
  const auto parsed = graph::ParseResourceName(note);
  if (!parsed.ok()) {
    return graph::InvalidField("note",
                               "does not name a note; write `notes/<id>` as ListNotes does");
  }
  graph::v1::ListEdgesRequest request;
  request.set_node(note);
  request.set_direction(graph::v1::DIRECTION_FORWARD);
  request.add_types(kPostedIn);
  const auto postings = graph_->ListEdges(inside, request);
  // Suggestions would be of what stands in the space; the caller has names from ListNotes.
  if (absl::IsNotFound(postings.status())) return graph::ResourceNotFound(note);
  ATTLAS_RETURN_IF_ERROR(postings.status());
  for (const graph::Edge& edge : (*postings)->edges()) {
    if (edge.to() == space) return edge;
  }
  return graph::ResourceNotFound(note);
}

absl::StatusOr<std::string> SpaceQueries::Replace(const services::CallContext& context,
                                                  const v1::Space& space,
                                                  std::string_view reason) const {
  graph::v1::CommitRequest commit;
  *commit.add_mutations()->mutable_update_node() = NodeFrom(space);
  commit.set_reason(std::string(reason));
  ATTLAS_ASSIGN_OR_RETURN(const graph::v1::CommitResponse committed,
                          graph_->Commit(Inside(context, space.name()), commit));
  ATTLAS_RETURN_IF_ERROR(keeper_->Load());
  return committed.revision();
}

}  // namespace attlas::engagement
