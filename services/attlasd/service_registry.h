// Which services there are, and how each is made.
#ifndef ATTLAS_SERVICES_ATTLASD_SERVICE_REGISTRY_H_
#define ATTLAS_SERVICES_ATTLASD_SERVICE_REGISTRY_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/graph_api.h"
#include "services/common/service_host.h"
#include "services/engagement/space_keeper.h"
#include "services/graph/local_graph.h"

namespace attlas::services {

// The names that --services takes beside `all`.
std::vector<std::string> KnownServices();

// `wanted` with `all` spelled out (without `graph` where it is elsewhere), each once, in the order
// of KnownServices. INVALID_ARGUMENT for an unknown name, or for `graph` where it is elsewhere.
absl::StatusOr<std::vector<std::string>> ResolveServices(const std::vector<std::string>& wanted,
                                                         bool graph_is_elsewhere);

// The service of a resolved name. `local` is null where the graph is elsewhere.
std::unique_ptr<HostedService> MakeService(const std::string& name, GraphApi* graph,
                                           LocalGraph* local, ServiceRuntime* runtime,
                                           engagement::SpaceKeeper* keeper);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ATTLASD_SERVICE_REGISTRY_H_
