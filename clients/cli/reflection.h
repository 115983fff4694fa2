// Asks a server what it serves: gRPC server reflection, v1alpha.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_CLIENTS_CLI_REFLECTION_H_
#define ATTLAS_CLIENTS_CLI_REFLECTION_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/connection.h"
#include "google/protobuf/descriptor.h"

namespace attlas::cli {

// The full names of the services that the server hosts. UNIMPLEMENTED where it does not say.
absl::StatusOr<std::vector<std::string>> ListServices(const Connection& connection);

// The descriptors of a service and of all that it uses; null where the server does not know it or
// does not describe its services.
absl::StatusOr<std::shared_ptr<const google::protobuf::DescriptorPool>> DescribeService(
    const Connection& connection, std::string_view service);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_REFLECTION_H_
