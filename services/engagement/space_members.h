// The members of a space, as lists.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_ENGAGEMENT_SPACE_MEMBERS_H_
#define ATTLAS_SERVICES_ENGAGEMENT_SPACE_MEMBERS_H_

#include <string_view>

#include "absl/status/status.h"
#include "attlas/engagement/v1/space.pb.h"

namespace attlas::engagement {

using Members = google::protobuf::RepeatedPtrField<v1::SpaceMember>;

// INVALID_ARGUMENT, naming `field[i]`, for what is no caller, for one that stands there twice and
// for too many.
absl::Status CheckMembers(const Members& members, std::string_view field);

// Adds a member, or changes what it is.
void SetMember(std::string_view principal, bool moderator, v1::Space* space);

}  // namespace attlas::engagement

#endif  // ATTLAS_SERVICES_ENGAGEMENT_SPACE_MEMBERS_H_
