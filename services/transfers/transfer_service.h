// The gRPC face of the questions about arms transfers (transfer_queries.h).
#ifndef ATTLAS_SERVICES_TRANSFERS_TRANSFER_SERVICE_H_
#define ATTLAS_SERVICES_TRANSFERS_TRANSFER_SERVICE_H_

#include <memory>

#include "services/common/graph_api.h"
#include "services/common/service_host.h"

namespace attlas::services {

// `graph` and `runtime` outlive the service.
std::unique_ptr<HostedService> MakeTransferService(GraphApi* graph, ServiceRuntime* runtime);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_TRANSFERS_TRANSFER_SERVICE_H_
