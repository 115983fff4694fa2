// What an RPC, or a field of a request, asks of its caller: read from the options of its proto.
//
// Threads: functions only; safe from any thread. What they return lives as long as the descriptor.
#ifndef ATTLAS_SERVICES_ACCESS_REQUIREMENT_H_
#define ATTLAS_SERVICES_ACCESS_REQUIREMENT_H_

#include <string_view>

#include "absl/status/status.h"
#include "attlas/access/v1/access.pb.h"
#include "google/protobuf/descriptor.h"

namespace attlas::services {

using access::v1::Role;

// The lowest role that may call the RPC; ROLE_UNSPECIFIED where it declares none.
Role RequiredRole(const google::protobuf::MethodDescriptor& method);

// The lowest role that may set the field; ROLE_UNSPECIFIED where the RPC's own role is enough.
Role RequiredRole(const google::protobuf::FieldDescriptor& field);

// Whether `role` may do what asks for `required`. Nobody may do what asks for ROLE_UNSPECIFIED.
bool Suffices(Role role, Role required);

// Such as `editor`.
std::string_view RoleName(Role role);

// OK where every RPC of the service declares a role. FAILED_PRECONDITION that names the others.
absl::Status CheckDeclared(const google::protobuf::ServiceDescriptor& service);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ACCESS_REQUIREMENT_H_
