#include "tests/integration/hosted_methods.h"

#include "absl/strings/str_cat.h"
#include "clients/cli/connection.h"
#include "clients/cli/reflection.h"
#include "google/protobuf/descriptor.pb.h"
#include "graph/base/status_macros.h"
#include "tests/testing/eventually.h"

namespace attlas::testing {

using google::protobuf::DescriptorPool;
using google::protobuf::MethodDescriptor;

absl::StatusOr<std::vector<const MethodDescriptor*>> HostedMethods(const std::string& address) {
  ATTLAS_ASSIGN_OR_RETURN(const std::vector<std::string> names,
                          cli::ListServices(cli::Connection(address, kPatience)));
  std::vector<const MethodDescriptor*> methods;
  for (const std::string& name : names) {
    if (!name.starts_with("attlas.")) continue;
    const auto* const service = DescriptorPool::generated_pool()->FindServiceByName(name);
    if (service == nullptr) {
      return absl::NotFoundError(
          absl::StrCat(name, " is hosted, but not linked into this program"));
    }
    for (int i = 0; i < service->method_count(); ++i) methods.push_back(service->method(i));
  }
  return methods;
}

bool Reads(const MethodDescriptor& method) {
  return method.options().idempotency_level() == google::protobuf::MethodOptions::NO_SIDE_EFFECTS;
}

std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor* type) {
  auto* const factory = google::protobuf::MessageFactory::generated_factory();
  return std::unique_ptr<google::protobuf::Message>(factory->GetPrototype(type)->New());
}

std::string ShortName(const MethodDescriptor& method) {
  return absl::StrCat(method.service()->name(), "/", method.name());
}

}  // namespace attlas::testing
