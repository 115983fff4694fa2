// The gRPC face of EvidenceService.
#ifndef ATTLAS_SERVICES_EVIDENCE_EVIDENCE_SERVICE_H_
#define ATTLAS_SERVICES_EVIDENCE_EVIDENCE_SERVICE_H_

#include <memory>

#include "services/common/graph_api.h"
#include "services/common/service_host.h"

namespace attlas::services {

// `graph` and `runtime` outlive the service.
std::unique_ptr<HostedService> MakeEvidenceService(GraphApi* graph, ServiceRuntime* runtime);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_EVIDENCE_EVIDENCE_SERVICE_H_
