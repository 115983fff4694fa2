// UpdateSpaceMembers and CloseSpace: who may be in a space, and until when.
#include "services/engagement/space_members.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/model/date.h"
#include "services/engagement/space_queries.h"

namespace attlas::engagement {
namespace {

using graph::InvalidField;

constexpr int kMostChanges = 500;
constexpr size_t kMostPrincipalBytes = 1'000;

// Callers as the audit log names them (services/access/principal.h).
bool IsPrincipal(std::string_view text) {
  if (text.size() > kMostPrincipalBytes) return false;
  constexpr std::string_view kCertificate = "certificate:";
  constexpr std::string_view kToken = "token:";
  if (text.starts_with(kCertificate)) return text.size() > kCertificate.size();
  const size_t hash = text.find('#');
  return text.starts_with(kToken) && hash != std::string_view::npos && hash > kToken.size() &&
         hash + 1 < text.size();
}

bool HasModerator(const v1::Space& space) {
  return std::any_of(space.members().begin(), space.members().end(),
                     [](const v1::SpaceMember& member) { return member.moderator(); });
}

}  // namespace

absl::Status CheckMembers(const Members& members, std::string_view field) {
  if (members.size() > kMostChanges) {
    return InvalidField(field,
                        absl::StrCat("has ", members.size(), " members; at most ", kMostChanges));
  }
  std::set<std::string_view> known;
  for (int i = 0; i < members.size(); ++i) {
    const std::string at = absl::StrCat(graph::ToAbsl(field), "[", i, "].principal");
    if (!IsPrincipal(members[i].principal())) {
      return InvalidField(at,
                          "names no caller; write `certificate:<URI>` or "
                          "`token:<issuer>#<subject>`");
    }
    if (!known.insert(members[i].principal()).second) {
      return InvalidField(at, "stands there twice");
    }
  }
  return absl::OkStatus();
}

void SetMember(std::string_view principal, bool moderator, v1::Space* space) {
  for (v1::SpaceMember& member : *space->mutable_members()) {
    if (member.principal() != principal) continue;
    member.set_moderator(moderator);
    return;
  }
  v1::SpaceMember* added = space->add_members();
  added->set_principal(std::string(principal));
  added->set_moderator(moderator);
}

absl::StatusOr<v1::UpdateSpaceMembersResponse> SpaceQueries::UpdateSpaceMembers(
    const services::CallContext& context, const v1::UpdateSpaceMembersRequest& request) const {
  ATTLAS_RETURN_IF_ERROR(AsMember(context, request.space()).status());
  ATTLAS_RETURN_IF_ERROR(CheckMembers(request.set(), "set"));
  if (request.remove_size() > kMostChanges) {
    return InvalidField(
        "remove", absl::StrCat("has ", request.remove_size(), " members; at most ", kMostChanges));
  }
  const absl::MutexLock lock(&keeper_->writing());
  ATTLAS_ASSIGN_OR_RETURN(const SpacePtr before, AsModerator(context, request.space()));
  if (before->state() == v1::SPACE_STATE_ERASED) return CheckOpen(*before);
  v1::UpdateSpaceMembersResponse response;
  v1::Space& space = *response.mutable_space();
  space = *before;
  for (const v1::SpaceMember& member : request.set()) {
    SetMember(member.principal(), member.moderator(), &space);
  }
  const std::set<std::string_view> removed(request.remove().begin(), request.remove().end());
  auto& members = *space.mutable_members();
  members.erase(std::remove_if(members.begin(), members.end(),
                               [&](const auto& one) { return removed.contains(one.principal()); }),
                members.end());
  if (members.size() > space.max_members()) {
    return SpaceFull(absl::StrCat("the space takes ", space.max_members(), " members"));
  }
  if (HasModerator(*before) && !HasModerator(space)) {
    return InvalidField("remove", "leaves no moderator; make another one first");
  }
  ATTLAS_ASSIGN_OR_RETURN(*response.mutable_revision(),
                          Replace(context, space, "members of a space"));
  space = *keeper_->Find(request.space());
  return response;
}

absl::StatusOr<v1::CloseSpaceResponse> SpaceQueries::CloseSpace(
    const services::CallContext& context, const v1::CloseSpaceRequest& request) const {
  ATTLAS_RETURN_IF_ERROR(AsMember(context, request.space()).status());
  const absl::MutexLock lock(&keeper_->writing());
  ATTLAS_ASSIGN_OR_RETURN(const SpacePtr before, AsModerator(context, request.space()));
  v1::CloseSpaceResponse response;
  if (request.erase()) {
    ATTLAS_ASSIGN_OR_RETURN(const graph::RedactionOutput erased,
                            keeper_->Erase(request.space(), absl::Now()));
    response.set_erased_count(static_cast<int64_t>(erased.erased));
  } else if (before->state() == v1::SPACE_STATE_OPEN) {
    v1::Space space = *before;
    space.set_state(v1::SPACE_STATE_CLOSED);
    *space.mutable_close_date() = graph::Today();
    ATTLAS_RETURN_IF_ERROR(Replace(context, space, "space closed").status());
  }
  response.set_revision(graph_->KnownRevision(graph::v1::ReadOptions()).value_or(""));
  *response.mutable_space() = *keeper_->Find(request.space());
  return response;
}

}  // namespace attlas::engagement
