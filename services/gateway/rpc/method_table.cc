#include "services/gateway/rpc/method_table.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.pb.h"

namespace attlas::gateway {

std::string PathOf(const MethodDescriptor& method) {
  return absl::StrCat("/", method.service()->full_name(), "/", method.name());
}

bool IsStream(const MethodDescriptor& method) {
  return method.client_streaming() || method.server_streaming();
}

bool TakesGet(const MethodDescriptor& method) {
  return !IsStream(method) &&
         method.options().idempotency_level() == google::protobuf::MethodOptions::NO_SIDE_EFFECTS;
}

MethodTable::MethodTable(std::vector<const ServiceDescriptor*> services)
    : services_(std::move(services)) {
  for (const ServiceDescriptor* service : services_) {
    for (int i = 0; i < service->method_count(); ++i) {
      methods_[PathOf(*service->method(i))] = service->method(i);
    }
  }
}

const MethodDescriptor* MethodTable::Find(std::string_view path) const {
  const auto found = methods_.find(path);
  return found == methods_.end() ? nullptr : found->second;
}

}  // namespace attlas::gateway
