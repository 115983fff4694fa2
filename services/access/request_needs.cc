#include "services/access/request_needs.h"

#include <algorithm>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "google/protobuf/descriptor.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/model/name.h"

namespace attlas::services {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// The names of a request stand at the top, as in `name`, or further down, as in
// `mutations[3].create_node.name`; what else is that deep is contents, even if it looks like a
// name.
constexpr int kDepthOfNames = 3;

bool MayName(const FieldDescriptor& field, int depth) {
  return depth < kDepthOfNames || field.name() == "name" || field.name() == "from" ||
         field.name() == "to";
}

bool Search(const Descriptor& type, std::vector<const Descriptor*>* seen) {
  if (std::find(seen->begin(), seen->end(), &type) != seen->end()) return false;
  seen->push_back(&type);
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (RequiredRole(field) != access::v1::ROLE_UNSPECIFIED) return true;
    if (field.message_type() != nullptr && Search(*field.message_type(), seen)) return true;
  }
  return false;
}

// What was found out about each type of message.
class KnownTypes {
 public:
  bool HasNeeds(const Descriptor& type) ABSL_LOCKS_EXCLUDED(mutex_) {
    {
      const absl::ReaderMutexLock lock(&mutex_);
      const auto known = known_.find(&type);
      if (known != known_.end()) return known->second;
    }
    std::vector<const Descriptor*> seen;
    const bool has = Search(type, &seen);
    const absl::MutexLock lock(&mutex_);
    known_[&type] = has;
    return has;
  }

 private:
  absl::Mutex mutex_;
  absl::flat_hash_map<const Descriptor*, bool> known_ ABSL_GUARDED_BY(mutex_);
};

absl::Status CheckFields(const Message& message, Role role, const std::string& path);

absl::Status CheckField(const Message& message, const FieldDescriptor& field, Role role,
                        const std::string& path) {
  const std::string at = absl::StrCat(path, field.name());
  const Role needs = RequiredRole(field);
  if (needs != access::v1::ROLE_UNSPECIFIED && !Suffices(role, needs)) {
    return RoleInsufficient(needs, at);
  }
  if (field.message_type() == nullptr || !HasFieldNeeds(*field.message_type())) {
    return absl::OkStatus();
  }
  const Reflection& reflection = *message.GetReflection();
  if (!field.is_repeated()) {
    return CheckFields(reflection.GetMessage(message, &field), role, at + ".");
  }
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    ATTLAS_RETURN_IF_ERROR(CheckFields(reflection.GetRepeatedMessage(message, &field, i), role,
                                       absl::StrCat(at, "[", i, "].")));
  }
  return absl::OkStatus();
}

absl::Status CheckFields(const Message& message, Role role, const std::string& path) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    ATTLAS_RETURN_IF_ERROR(CheckField(message, *field, role, path));
  }
  return absl::OkStatus();
}

void CollectNames(const Message& message, int depth, std::vector<std::string>* names) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const bool is_text = field->type() == FieldDescriptor::TYPE_STRING;
    if (!is_text && (field->message_type() == nullptr || depth == kDepthOfNames)) continue;
    if (is_text && !MayName(*field, depth)) continue;
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count && names->size() < kMostNamedResources; ++i) {
      if (!is_text) {
        CollectNames(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                          : reflection.GetMessage(message, field),
                     depth + 1, names);
        continue;
      }
      std::string text = field->is_repeated() ? reflection.GetRepeatedString(message, field, i)
                                              : reflection.GetString(message, field);
      if (graph::ParseResourceName(text).ok()) names->push_back(std::move(text));
    }
  }
}

}  // namespace

bool HasFieldNeeds(const Descriptor& type) {
  static auto* const known = new KnownTypes();
  return known->HasNeeds(type);
}

absl::Status CheckFieldNeeds(const Message& request, Role role) {
  if (role == access::v1::ROLE_OPERATOR || !HasFieldNeeds(*request.GetDescriptor())) {
    return absl::OkStatus();
  }
  return CheckFields(request, role, "");
}

absl::Status RoleInsufficient(Role needs, std::string_view field) {
  graph::ErrorDetail detail = {.reason = "ROLE_INSUFFICIENT"};
  detail.metadata.emplace_back("needs", std::string(RoleName(needs)));
  if (!field.empty()) detail.metadata.emplace_back("field", std::string(field));
  return graph::MakeError(
      absl::StatusCode::kPermissionDenied,
      absl::StrCat(graph::ToAbsl(field), field.empty() ? "this needs" : ": needs", " the role ",
                   graph::ToAbsl(RoleName(needs))),
      detail);
}

std::vector<std::string> NamedResources(const Message& request) {
  std::vector<std::string> names;
  CollectNames(request, 1, &names);
  return names;
}

}  // namespace attlas::services
