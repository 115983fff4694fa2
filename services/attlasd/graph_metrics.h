// Gauges and counters of the store, the writer, what is kept in memory, and those who watch.
//
// Threads: functions only.
#ifndef ATTLAS_SERVICES_ATTLASD_GRAPH_METRICS_H_
#define ATTLAS_SERVICES_ATTLASD_GRAPH_METRICS_H_

#include "graph/graph.h"
#include "services/common/metrics.h"
#include "services/graph/local_graph.h"

namespace attlas::services {

// `graph` and `local` outlive `metrics`' last reading.
void AddGraphMetrics(const graph::Graph* graph, const LocalGraph* local, RpcMetrics* metrics);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ATTLASD_GRAPH_METRICS_H_
