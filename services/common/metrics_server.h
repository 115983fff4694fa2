// The admin port: metrics as Prometheus text at http://<address>/metrics.
//
// Threads: thread-safe once started; serves until it is destroyed.
#ifndef ATTLAS_SERVICES_COMMON_METRICS_SERVER_H_
#define ATTLAS_SERVICES_COMMON_METRICS_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/common/metrics.h"

namespace attlas::services {

class MetricsServer {
 public:
  // Serves `metrics` on `address`, such as `127.0.0.1:50152`; port 0 picks a free one.
  // FAILED_PRECONDITION where the address cannot be bound.
  static absl::StatusOr<std::unique_ptr<MetricsServer>> Start(const std::string& address,
                                                              const RpcMetrics& metrics);
  ~MetricsServer();

  int port() const;

 private:
  struct Impl;
  explicit MetricsServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_METRICS_SERVER_H_
