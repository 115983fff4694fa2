// Confidential spaces, without gRPC: see the RPCs of the same names in engagement_service.proto.
//
// What: each method first settles what the caller is in the space, by the clearance of its call and
// by the space's own list of moderators; then it acts on the graph with the clearance of a member
// and of the registry (services/access/space_registry.h), at the caller's level.
// Threads: thread-safe. Calls block: make them from a worker.
// Errors: those of EngagementService, with an ErrorDetail payload.
#ifndef ATTLAS_SERVICES_ENGAGEMENT_SPACE_QUERIES_H_
#define ATTLAS_SERVICES_ENGAGEMENT_SPACE_QUERIES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "attlas/engagement/v1/note.pb.h"
#include "attlas/engagement/v1/space.pb.h"
#include "services/common/graph_api.h"
#include "services/common/page_token.h"
#include "services/engagement/space_keeper.h"

namespace attlas::engagement {

class SpaceQueries {
 public:
  // All outlive this. `keeper` is null where the store is elsewhere.
  SpaceQueries(services::GraphApi* graph, const services::PageTokenCodec* page_tokens,
               SpaceKeeper* keeper)
      : graph_(graph), page_tokens_(page_tokens), keeper_(keeper) {}

  absl::StatusOr<v1::CreateSpaceResponse> CreateSpace(const services::CallContext& context,
                                                      const v1::CreateSpaceRequest& request) const;
  absl::StatusOr<v1::GetSpaceResponse> GetSpace(const services::CallContext& context,
                                                const v1::GetSpaceRequest& request) const;
  absl::StatusOr<v1::ListSpacesResponse> ListSpaces(const services::CallContext& context,
                                                    const v1::ListSpacesRequest& request) const;
  absl::StatusOr<v1::UpdateSpaceMembersResponse> UpdateSpaceMembers(
      const services::CallContext& context, const v1::UpdateSpaceMembersRequest& request) const;
  absl::StatusOr<v1::CloseSpaceResponse> CloseSpace(const services::CallContext& context,
                                                    const v1::CloseSpaceRequest& request) const;
  absl::StatusOr<v1::PostToSpaceResponse> PostToSpace(const services::CallContext& context,
                                                      const v1::PostToSpaceRequest& request) const;
  absl::StatusOr<v1::ListNotesResponse> ListNotes(const services::CallContext& context,
                                                  const v1::ListNotesRequest& request) const;
  absl::StatusOr<v1::SetAttributionResponse> SetAttribution(
      const services::CallContext& context, const v1::SetAttributionRequest& request) const;
  absl::StatusOr<v1::ReleaseStatementResponse> ReleaseStatement(
      const services::CallContext& context, const v1::ReleaseStatementRequest& request) const;

 private:
  // FAILED_PRECONDITION (SPACES_ELSEWHERE).
  absl::Status CheckStoreIsHere() const;
  // The space, for one of its members. NOT_FOUND for others, whether it exists or not.
  absl::StatusOr<SpacePtr> AsMember(const services::CallContext& context, std::string_view name,
                                    std::string_view field = "space") const;
  // The same for one of its moderators. PERMISSION_DENIED (MODERATOR_REQUIRED) for other members.
  absl::StatusOr<SpacePtr> AsModerator(const services::CallContext& context,
                                       std::string_view name) const;
  // The statement that a note was posted in the space. NOT_FOUND where `inside` may not know of it.
  absl::StatusOr<graph::Edge> FindPosting(const services::CallContext& inside,
                                          std::string_view space, const std::string& note) const;
  // The answer to a release that was answered before.
  absl::StatusOr<v1::ReleaseStatementResponse> RepeatedAnswer(const services::CallContext& inside,
                                                              const std::string& released,
                                                              const std::string& decision) const;
  // What a note is about, as far as readers of `level` outside the space may know of it.
  absl::StatusOr<std::vector<std::string>> OpenTopics(const services::CallContext& inside,
                                                      const std::string& note,
                                                      graph::TrafficLight level) const;
  // Replaces the space's node, and learns of it; returns the revision.
  absl::StatusOr<std::string> Replace(const services::CallContext& context, const v1::Space& space,
                                      std::string_view reason) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(keeper_->writing());

  services::GraphApi* const graph_;
  const services::PageTokenCodec* const page_tokens_;
  SpaceKeeper* const keeper_;
};

// Whether a caller of this clearance is a member of the space.
bool IsMember(const graph::Clearance& clearance, std::string_view space);

// The call of a member as it acts in the space: it sees the space and what keeps it, up to the
// caller's own level, and no other space.
services::CallContext Inside(const services::CallContext& context, std::string_view space);

// PERMISSION_DENIED (MARKING_ABOVE_CLEARANCE) where the caller may not set this marking.
absl::Status CheckLevel(const services::CallContext& context, graph::TrafficLight level,
                        std::string_view field);

// The reading of a member: what `read` says, without its ceiling, which has been looked at.
graph::v1::ReadOptions WithoutCeiling(graph::v1::ReadOptions read);

// RESOURCE_EXHAUSTED (SPACE_FULL).
absl::Status SpaceFull(std::string_view what);

// FAILED_PRECONDITION (SPACE_CLOSED) unless the space is open.
absl::Status CheckOpen(const v1::Space& space);

// A name that nobody can guess: of a request with an id the same each time, otherwise random.
// `what` tells the things of one request apart.
std::string SecretId(std::string_view request_id, std::string_view what);

// Hides a key: what the store keeps of it.
std::string HashOfKey(std::string_view key);

}  // namespace attlas::engagement

#endif  // ATTLAS_SERVICES_ENGAGEMENT_SPACE_QUERIES_H_
