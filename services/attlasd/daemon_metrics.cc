#include "services/attlasd/daemon_metrics.h"

#include "services/common/log.h"
#include "services/common/process_metrics.h"

namespace attlas::services {

void AddDaemonMetrics(const std::string& version, ServiceRuntime* runtime) {
  RpcMetrics& metrics = runtime->metrics();
  AddProcessMetrics(&metrics);
  metrics.AddInfo("attlas_build_info", "Always 1; its labels say what runs.",
                  {{"version", version}});
  metrics.AddGauge("attlas_draining", "1 while the daemon ends.",
                   [runtime] { return runtime->draining() ? 1.0 : 0.0; });
  metrics.AddCounter("attlas_log_lines_lost_total",
                     "Lines of the log that were left out, as nobody read them in time.",
                     [] { return static_cast<double>(LostLogLines()); });
}

void AddKeptSubgraphMetrics(const std::vector<std::unique_ptr<HostedService>>* services,
                            RpcMetrics* metrics) {
  const auto sum = [services](auto BoundedCache::Statistics::*value) {
    return [services, value] {
      double all = 0;
      for (const std::unique_ptr<HostedService>& service : *services) {
        all += static_cast<double>(service->kept_subgraphs().*value);
      }
      return all;
    };
  };
  metrics->AddCounter("attlas_kept_subgraphs_hits_total",
                      "Questions over what one before had read of the graph.",
                      sum(&BoundedCache::Statistics::hits));
  metrics->AddCounter("attlas_kept_subgraphs_misses_total", "Questions that had to read the graph.",
                      sum(&BoundedCache::Statistics::misses));
  metrics->AddCounter("attlas_kept_subgraphs_evicted_total",
                      "Kept reads that made room for others.",
                      sum(&BoundedCache::Statistics::evicted));
  metrics->AddGauge("attlas_kept_subgraphs_bytes", "Memory of the reads that are kept, about.",
                    sum(&BoundedCache::Statistics::bytes));
}

void AddGatewayMetrics(const gateway::Gateway* gateway, RpcMetrics* metrics) {
  metrics->AddGauge("attlas_gateway_connections", "Connections of HTTP that are open.",
                    [gateway] { return static_cast<double>(gateway->statistics().connections); });
  metrics->AddCounter("attlas_gateway_accepted_total", "Connections of HTTP that were taken.",
                      [gateway] { return static_cast<double>(gateway->statistics().accepted); });
  metrics->AddCounter("attlas_gateway_refused_total", "Connections of HTTP beyond a limit.",
                      [gateway] { return static_cast<double>(gateway->statistics().refused); });
  metrics->AddCounter("attlas_gateway_requests_total", "Requests of HTTP.",
                      [gateway] { return static_cast<double>(gateway->requests()); });
}

}  // namespace attlas::services
