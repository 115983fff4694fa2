// The page that tells an operator at a glance what a daemon is and does.
//
// What: build, uptime, services, limits, sizes. Nothing of what the graph says, of who calls, or of
// where keys lie; what it tells is in the flags and in the metrics, too.
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_ATTLASD_STATUSZ_H_
#define ATTLAS_SERVICES_ATTLASD_STATUSZ_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "graph/graph.h"
#include "services/common/limits.h"

namespace attlas::services {

// What a daemon is, from its start to its end.
struct DaemonFacts {
  std::string version;
  absl::Time start;
  std::vector<std::string> services;
  std::vector<std::pair<std::string, std::string>> elsewhere;  // Service and its address.
  bool has_tls = false;
  bool has_policy = false;
  bool has_audit = false;
  ServiceLimits limits;
};

// The page, in HTML. `graph` is null where the store is elsewhere.
std::string StatuszPage(const DaemonFacts& facts, const graph::Graph* graph, bool serving,
                        absl::Time now);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ATTLASD_STATUSZ_H_
