#include "services/attlasd/check_options.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "services/attlasd/listen_address.h"
#include "services/attlasd/service_registry.h"

namespace attlas::services {
namespace {

// Whether the daemon hosts no service and passes on what others host.
bool IsGatewayAlone(const DaemonOptions& options) {
  return options.services == std::vector<std::string>{kGatewayAlone};
}

absl::Status CheckGatewayAlone(const DaemonOptions& options) {
  if (options.upstreams.empty()) {
    return absl::InvalidArgumentError(
        "--services=gateway needs to know where the services are: --upstream SERVICE=ADDRESS");
  }
  if (options.data_dir.empty() && options.graph_address.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "--services=gateway has no use for --data_dir or --graph_address");
}

absl::Status CheckAdminAddress(const std::string& address, bool public_allowed, const char* flag) {
  if (address.empty()) return absl::OkStatus();
  // Whoever comes is told of the daemon's work, over plain text.
  if (!public_allowed && CheckListenAddress(address, true, flag).ok() && !IsLocalAddress(address)) {
    return absl::FailedPreconditionError(
        absl::StrCat(flag, " ", address,
                     " would be reached from beyond this machine, by anyone; add --admin_public "
                     "where the network lets nobody in but who may know"));
  }
  return CheckListenAddress(address, true, flag);
}

}  // namespace

absl::Status CheckOptions(const DaemonOptions& options) {
  const bool guarded = !options.tls.empty() && !options.policy.empty();
  ATTLAS_RETURN_IF_ERROR(
      CheckListenAddress(options.listen, guarded || options.insecure_public, "--listen"));
  ATTLAS_RETURN_IF_ERROR(CheckTlsFiles(options.tls));
  const bool admin_public = options.admin_public || options.insecure_public;
  ATTLAS_RETURN_IF_ERROR(CheckAdminAddress(options.admin_listen, admin_public, "--admin_listen"));
  ATTLAS_RETURN_IF_ERROR(
      CheckAdminAddress(options.admin_grpc_listen, admin_public, "--admin_grpc_listen"));
  if (!options.http_listen.empty()) {
    ATTLAS_RETURN_IF_ERROR(CheckListenAddress(options.http_listen,
                                              guarded || options.insecure_public, "--http_listen"));
  }
  if (!options.upstreams.empty() && options.http_listen.empty()) {
    return absl::InvalidArgumentError(
        "--upstream is for the gateway; say where it listens with --http_listen");
  }
  if (IsGatewayAlone(options)) return CheckGatewayAlone(options);
  if (options.data_dir.empty() && options.graph_address.empty()) {
    return absl::InvalidArgumentError(
        "no store: give its directory with --data_dir, or its daemon with --graph_address");
  }
  if (!options.data_dir.empty() && !options.graph_address.empty()) {
    return absl::InvalidArgumentError(
        "two stores: give either --data_dir or --graph_address, not both");
  }
  return absl::OkStatus();
}

}  // namespace attlas::services
