// CreateSpace, GetSpace, ListSpaces.
#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/model/date.h"
#include "services/domain/answer_page.h"
#include "services/domain/scope.h"
#include "services/engagement/space_members.h"
#include "services/engagement/space_node.h"
#include "services/engagement/space_queries.h"
#include "services/engagement/written.h"

namespace attlas::engagement {
namespace {

using graph::InvalidField;

constexpr domain::PageSizes kPageSizes = {.by_default = 50, .at_most = 500};
constexpr size_t kMostOpenSpaces = 1'000;
constexpr size_t kMostNameBytes = 200;
constexpr size_t kMostPurposeBytes = 4'000;

absl::Status CheckText(const std::string& text, size_t most_bytes, std::string_view field) {
  if (text.empty()) return InvalidField(field, "is required");
  if (text.size() <= most_bytes) return absl::OkStatus();
  return InvalidField(field, absl::StrCat("has ", text.size(), " bytes; at most ", most_bytes));
}

absl::Status CheckRange(int32_t value, int32_t most, std::string_view field) {
  if (value >= 1 && value <= most) return absl::OkStatus();
  return InvalidField(field, absl::StrCat(value, " is not between 1 and ", most));
}

// The space as it will be: with what the request leaves open.
absl::StatusOr<v1::Space> SpaceToMake(const services::CallContext& context,
                                      const v1::CreateSpaceRequest& request) {
  v1::Space space = request.space();
  if (!space.name().empty()) {
    return InvalidField("space.name", "is given by the server, so that nobody can guess it");
  }
  ATTLAS_RETURN_IF_ERROR(CheckText(space.display_name(), kMostNameBytes, "space.display_name"));
  ATTLAS_RETURN_IF_ERROR(CheckText(space.purpose(), kMostPurposeBytes, "space.purpose"));
  ATTLAS_RETURN_IF_ERROR(CheckRange(space.retention_days(), 3'650, "space.retention_days"));
  if (space.max_members() == 0) space.set_max_members(50);
  if (space.max_notes() == 0) space.set_max_notes(1'000);
  ATTLAS_RETURN_IF_ERROR(CheckRange(space.max_members(), 500, "space.max_members"));
  ATTLAS_RETURN_IF_ERROR(CheckRange(space.max_notes(), 10'000, "space.max_notes"));
  if (space.traffic_light() == graph::v1::TRAFFIC_LIGHT_UNSPECIFIED) {
    space.set_traffic_light(graph::v1::TRAFFIC_LIGHT_AMBER);
  }
  ATTLAS_RETURN_IF_ERROR(CheckLevel(context, space.traffic_light(), "space.traffic_light"));
  ATTLAS_RETURN_IF_ERROR(CheckMembers(space.members(), "space.members"));
  if (!context.principal.empty()) SetMember(context.principal, true, &space);
  if (space.members_size() > space.max_members()) {
    return InvalidField("space.members", absl::StrCat("are more than ", space.max_members()));
  }
  space.set_state(v1::SPACE_STATE_OPEN);
  *space.mutable_create_date() = graph::Today();
  space.clear_close_date();
  space.clear_erase_date();
  space.set_name(absl::StrCat("spaces/", SecretId(request.request_id(), "space")));
  return space;
}

}  // namespace

absl::StatusOr<v1::CreateSpaceResponse> SpaceQueries::CreateSpace(
    const services::CallContext& context, const v1::CreateSpaceRequest& request) const {
  ATTLAS_RETURN_IF_ERROR(CheckStoreIsHere());
  v1::CreateSpaceResponse response;
  ATTLAS_ASSIGN_OR_RETURN(*response.mutable_space(), SpaceToMake(context, request));
  const v1::Space& space = response.space();
  const absl::MutexLock lock(&keeper_->writing());
  if (keeper_->OpenCount() >= kMostOpenSpaces) {
    return SpaceFull(absl::StrCat(kMostOpenSpaces, " spaces are open; close one first"));
  }
  Written written;
  written.Add(NodeFrom(space), "");
  written.property_field = "space";
  written.commit.set_request_id(request.request_id());
  written.commit.set_validate_only(request.validate_only());
  written.commit.set_reason("new space");
  const absl::StatusOr<graph::v1::CommitResponse> committed =
      graph_->Commit(Inside(context, space.name()), written.commit);
  if (!committed.ok()) return InTermsOf(written, committed.status());
  ATTLAS_RETURN_IF_ERROR(keeper_->Load());
  response.set_revision(committed->revision());
  return response;
}

absl::StatusOr<v1::GetSpaceResponse> SpaceQueries::GetSpace(
    const services::CallContext& context, const v1::GetSpaceRequest& request) const {
  ATTLAS_RETURN_IF_ERROR(AsMember(context, request.name(), "name").status());
  // For its errors alone: a space is what it is at any date.
  ATTLAS_RETURN_IF_ERROR(domain::MakeScope(request.read()).status());
  const graph::Clearance narrowed = graph::Narrow(context.clearance, request.read().ceiling());
  if (!IsMember(narrowed, request.name())) return graph::ResourceNotFound(request.name());
  graph::v1::GetNodeRequest get;
  *get.mutable_read() = WithoutCeiling(request.read());
  get.set_name(request.name());
  absl::StatusOr<graph::v1::GetNodeResponse> got =
      graph_->GetNode(Inside(context, request.name()), get);
  if (absl::IsNotFound(got.status())) return graph::ResourceNotFound(request.name());
  ATTLAS_RETURN_IF_ERROR(got.status());
  v1::GetSpaceResponse response;
  response.set_revision(got->revision());
  *response.mutable_space() = SpaceFrom(got->node());
  response.set_moderated(AsModerator(context, request.name()).ok());
  graph::v1::ReadOptions read;
  read.set_at_revision(got->revision());
  ATTLAS_ASSIGN_OR_RETURN(const size_t notes,
                          keeper_->CountNotes(request.name(), context.clearance.level, read));
  response.set_note_count(static_cast<int32_t>(notes));
  return response;
}

absl::StatusOr<v1::ListSpacesResponse> SpaceQueries::ListSpaces(
    const services::CallContext& context, const v1::ListSpacesRequest& request) const {
  ATTLAS_RETURN_IF_ERROR(CheckStoreIsHere());
  ATTLAS_ASSIGN_OR_RETURN(domain::Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(
      const domain::AnswerPage page,
      domain::StartAnswerPage(*page_tokens_, context, request, kPageSizes, &scope));
  const graph::Clearance narrowed = graph::Narrow(context.clearance, request.read().ceiling());
  std::vector<std::string> names;
  for (const SpacePtr& space : keeper_->All()) {
    if (IsMember(narrowed, space->name())) names.push_back(space->name());
  }
  v1::ListSpacesResponse response;
  const services::CallContext inside = Inside(context, "");
  // One more name than there is, so that there is something to ask for, and a revision comes back.
  graph::v1::BatchGetNodesRequest batch;
  *batch.mutable_read() = WithoutCeiling(scope.graph_read);
  batch.set_allow_missing(true);
  batch.add_names("spaces/none");
  for (size_t i = page.offset; i < page.EndOf(names.size()); ++i) batch.add_names(names[i]);
  ATTLAS_ASSIGN_OR_RETURN(const auto got, graph_->BatchGetNodes(inside, batch));
  response.set_revision(got->revision());
  for (const graph::Node& node : got->nodes()) {
    *response.add_spaces() = SpaceFrom(node);
    response.mutable_spaces(response.spaces_size() - 1)->clear_members();
  }
  response.set_next_page_token(
      domain::NextAnswerPage(*page_tokens_, page, scope, response.revision(), names.size()));
  return response;
}

}  // namespace attlas::engagement
