// The gRPC face of the graph: attlas.graph.v1.GraphService over a GraphApi.
#ifndef ATTLAS_SERVICES_GRAPH_GRAPH_SERVICE_H_
#define ATTLAS_SERVICES_GRAPH_GRAPH_SERVICE_H_

#include <memory>

#include "services/common/service_host.h"
#include "services/graph/local_graph.h"

namespace attlas::services {

// A service over `graph`. Both arguments outlive it. Draining it stops the watches of `graph`.
std::unique_ptr<HostedService> MakeGraphService(LocalGraph* graph, ServiceRuntime* runtime);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_GRAPH_GRAPH_SERVICE_H_
