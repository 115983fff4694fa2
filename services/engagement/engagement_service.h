// The gRPC face of EngagementService.
#ifndef ATTLAS_SERVICES_ENGAGEMENT_ENGAGEMENT_SERVICE_H_
#define ATTLAS_SERVICES_ENGAGEMENT_ENGAGEMENT_SERVICE_H_

#include <memory>

#include "services/common/graph_api.h"
#include "services/common/service_host.h"
#include "services/engagement/space_keeper.h"

namespace attlas::services {

// All outlive the service. `keeper` is null where the store is elsewhere; then there are no spaces.
std::unique_ptr<HostedService> MakeEngagementService(GraphApi* graph, ServiceRuntime* runtime,
                                                     engagement::SpaceKeeper* keeper);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ENGAGEMENT_ENGAGEMENT_SERVICE_H_
