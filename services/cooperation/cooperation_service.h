// The gRPC face of the questions about cooperation (cooperation_queries.h).
#ifndef ATTLAS_SERVICES_COOPERATION_COOPERATION_SERVICE_H_
#define ATTLAS_SERVICES_COOPERATION_COOPERATION_SERVICE_H_

#include <memory>

#include "services/common/graph_api.h"
#include "services/common/service_host.h"

namespace attlas::services {

// `graph` and `runtime` outlive the service.
std::unique_ptr<HostedService> MakeCooperationService(GraphApi* graph, ServiceRuntime* runtime);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COOPERATION_COOPERATION_SERVICE_H_
