// What a request itself says to access control: the fields that ask for more than the RPC does, and
// the resources that it names.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_ACCESS_REQUEST_NEEDS_H_
#define ATTLAS_SERVICES_ACCESS_REQUEST_NEEDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "services/access/requirement.h"

namespace attlas::services {

// PERMISSION_DENIED (ROLE_INSUFFICIENT) where the request sets a field that declares, with
// `(attlas.access.v1.field_needs)`, more than `role`. O(1) for types that have no such field;
// otherwise O(request) without its other parts.
absl::Status CheckFieldNeeds(const google::protobuf::Message& request, Role role);

// Whether messages of this type, or what is in them, may have such a field.
bool HasFieldNeeds(const google::protobuf::Descriptor& type);

// PERMISSION_DENIED (ROLE_INSUFFICIENT). `field` is empty where it is the RPC that needs the role.
absl::Status RoleInsufficient(Role needs, std::string_view field = "");

// The resource names in the request's own fields, and the names of what it would change; at most
// kMostNamedResources.
std::vector<std::string> NamedResources(const google::protobuf::Message& request);
inline constexpr size_t kMostNamedResources = 1'000;

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ACCESS_REQUEST_NEEDS_H_
