// What the process takes of the machine, by the names that every exporter of Prometheus uses.
//
// Threads: thread-safe.
#ifndef ATTLAS_SERVICES_COMMON_PROCESS_METRICS_H_
#define ATTLAS_SERVICES_COMMON_PROCESS_METRICS_H_

#include "services/common/metrics.h"

namespace attlas::services {

// Adds process_cpu_seconds_total, process_resident_memory_bytes, process_open_fds,
// process_max_fds and process_start_time_seconds, read at each scrape.
void AddProcessMetrics(RpcMetrics* metrics);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_PROCESS_METRICS_H_
