// Gauges and counters of the daemon itself and of its gateway.
//
// Threads: functions only.
#ifndef ATTLAS_SERVICES_ATTLASD_DAEMON_METRICS_H_
#define ATTLAS_SERVICES_ATTLASD_DAEMON_METRICS_H_

#include <memory>
#include <string>
#include <vector>

#include "services/common/metrics.h"
#include "services/common/service_host.h"
#include "services/gateway/gateway.h"

namespace attlas::services {

// Adds the process, the version that runs, the drain and the log to the metrics of `runtime`.
void AddDaemonMetrics(const std::string& version, ServiceRuntime* runtime);

// Adds what services keep of what questions read, all together. `services` outlives `metrics`' last
// reading.
void AddKeptSubgraphMetrics(const std::vector<std::unique_ptr<HostedService>>* services,
                            RpcMetrics* metrics);

// Adds connections and requests of HTTP. `gateway` outlives `metrics`' last reading.
void AddGatewayMetrics(const gateway::Gateway* gateway, RpcMetrics* metrics);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ATTLASD_DAEMON_METRICS_H_
