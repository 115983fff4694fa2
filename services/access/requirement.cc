#include "services/access/requirement.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace attlas::services {

Role RequiredRole(const google::protobuf::MethodDescriptor& method) {
  return method.options().GetExtension(access::v1::needs).role();
}

Role RequiredRole(const google::protobuf::FieldDescriptor& field) {
  return field.options().GetExtension(access::v1::field_needs).role();
}

bool Suffices(Role role, Role required) {
  return required != access::v1::ROLE_UNSPECIFIED && role >= required;
}

std::string_view RoleName(Role role) {
  switch (role) {
    case access::v1::ROLE_READER:
      return "reader";
    case access::v1::ROLE_CONTRIBUTOR:
      return "contributor";
    case access::v1::ROLE_EDITOR:
      return "editor";
    case access::v1::ROLE_STEWARD:
      return "steward";
    case access::v1::ROLE_OPERATOR:
      return "operator";
    default:
      return "none";
  }
}

absl::Status CheckDeclared(const google::protobuf::ServiceDescriptor& service) {
  std::vector<std::string> silent;
  for (int i = 0; i < service.method_count(); ++i) {
    const Role role = RequiredRole(*service.method(i));
    if (role == access::v1::ROLE_UNSPECIFIED || !access::v1::Role_IsValid(role)) {
      silent.push_back(service.method(i)->full_name());
    }
  }
  if (silent.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("these RPCs do not say which role may call them: ", absl::StrJoin(silent, ", "),
                   "; add `option (attlas.access.v1.needs)` to each"));
}

}  // namespace attlas::services
