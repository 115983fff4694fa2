// Which services there are, and how each is made.
#ifndef ATTLAS_SERVICES_ATTLASD_SERVICE_REGISTRY_H_
#define ATTLAS_SERVICES_ATTLASD_SERVICE_REGISTRY_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/backup/backup_service.h"
#include "services/common/graph_api.h"
#include "services/common/service_host.h"
#include "services/engagement/space_keeper.h"
#include "services/graph/local_graph.h"

namespace attlas::services {

// The names that --services takes beside `all`.
std::vector<std::string> KnownServices();

// The name that --services takes for a daemon that hosts none of them and passes calls on.
inline constexpr char kGatewayAlone[] = "gateway";

// `wanted` with `all` spelled out (without those that need the store, `backup` and `graph`, where
// it is elsewhere), each once, in the order of KnownServices; none for kGatewayAlone.
// INVALID_ARGUMENT for an unknown name, for one of these two where the store is elsewhere, and for
// kGatewayAlone beside others.
absl::StatusOr<std::vector<std::string>> ResolveServices(const std::vector<std::string>& wanted,
                                                         bool graph_is_elsewhere);

// What services are made from.
struct ServiceParts {
  GraphApi* graph = nullptr;
  LocalGraph* local = nullptr;  // This and the next two are null where the store is elsewhere.
  graph::Graph* store = nullptr;
  engagement::SpaceKeeper* keeper = nullptr;
  ServiceRuntime* runtime = nullptr;
  BackupServiceOptions backup;
};

// The service of a resolved name.
std::unique_ptr<HostedService> MakeService(const std::string& name, const ServiceParts& parts);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ATTLASD_SERVICE_REGISTRY_H_
