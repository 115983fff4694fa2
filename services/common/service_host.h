// What a service gives to the daemon that hosts it, and what the daemon gives to its services.
//
// Example (services/instruments/instrument_service.h):
//   std::unique_ptr<HostedService> MakeInstrumentService(GraphApi* graph, ServiceRuntime* runtime);
// The implementation derives from v1::InstrumentService::CallbackService and HostedService, holds
// one Method (handler.h) for each RPC, and returns itself from grpc_service().
#ifndef ATTLAS_SERVICES_COMMON_SERVICE_HOST_H_
#define ATTLAS_SERVICES_COMMON_SERVICE_HOST_H_

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "graph/model/marking.h"
#include "services/access/access_control.h"
#include "services/access/audit_log.h"
#include "services/access/caller_quotas.h"
#include "services/common/answer_cache.h"
#include "services/common/bounded_cache.h"
#include "services/common/forwarded_caller.h"
#include "services/common/limits.h"
#include "services/common/metrics.h"
#include "services/common/page_token.h"
#include "services/common/worker_pool.h"

namespace grpc {
class Service;
}  // namespace grpc

namespace attlas::services {

// A service as the daemon sees it. It outlives the gRPC server that it is registered with.
class HostedService {
 public:
  virtual ~HostedService() = default;
  // As in the flag --services, such as `instruments`.
  virtual std::string_view name() const = 0;
  // As in the proto, such as `attlas.instruments.v1.InstrumentService`; also its name for health.
  virtual std::string_view full_name() const = 0;
  // What to register. Owned by this object.
  virtual grpc::Service* grpc_service() = 0;
  // Ends streams that would never end by themselves. Called once, when the daemon starts to drain.
  virtual void Drain() {}
  // Drops what is kept of what was read, beside the answers of the runtime: a redaction changed the
  // past. Thread-safe.
  virtual void Forget() {}
  // What is kept of what questions read (services/domain/kept_subgraphs.h). Thread-safe.
  virtual BoundedCache::Statistics kept_subgraphs() const { return {}; }
};

struct ServiceRuntimeOptions {
  size_t worker_threads = 0;  // For reads and questions; 0 for one a core, at least 2.
  size_t worker_queue = 512;
  size_t writer_threads = 64;  // Commits wait for the disk, not for a core; they share its syncs.
  size_t writer_queue = 512;
  size_t stream_threads = 256;    // Streams that are open at once.
  size_t max_concurrent = 2'048;  // Calls in hand or queued, streams apart.
  ServiceLimits limits;
  // Who callers are; where absent, everyone is the local operator, cleared for `local_clearance`.
  std::shared_ptr<AccessControl> access;
  graph::Clearance local_clearance = graph::Clearance::Operator();
  std::shared_ptr<AuditLog> audit;               // Where calls are recorded; null for nowhere.
  size_t answer_cache_bytes = size_t{64} << 20;  // Answers kept for the next caller; 0 for none.
  PageTokenKey page_token_key = PageTokenKey::Random();
};

// What the services of one daemon share. Thread-safe.
class ServiceRuntime {
 public:
  explicit ServiceRuntime(ServiceRuntimeOptions options);
  ~ServiceRuntime();

  const ServiceLimits& limits() const { return options_.limits; }
  const AccessControl& access() const { return *access_; }
  CallerQuotas& quotas() { return quotas_; }
  // Null where calls are not recorded.
  AuditLog* audit() const { return options_.audit.get(); }

  // Adds to a caller's clearance the spaces that it is a member of by what the graph says, beside
  // those of the policy. Quick, thread-safe, and good as long as this object. Before the first
  // call.
  using AdmitToSpaces =
      std::function<void(std::string_view principal, graph::Clearance* clearance)>;
  void SetAdmitToSpaces(AdmitToSpaces admit) { admit_to_spaces_ = std::move(admit); }
  // What a caller may see now: what the policy says, and its spaces.
  graph::Clearance ClearanceOf(const Principal& principal) const;

  RpcMetrics& metrics() { return metrics_; }
  // How the gateway of this process says for whom it calls.
  const ForwardedCallers& callers() const { return callers_; }
  const PageTokenCodec& page_tokens() const { return page_tokens_; }
  AnswerCache& answers() { return answers_; }

  WorkerPool& workers() { return workers_; }
  WorkerPool& writers() { return writers_; }
  WorkerPool& streams() { return streams_; }

  // Counts a call in; RESOURCE_EXHAUSTED (OVERLOADED) beyond max_concurrent, UNAVAILABLE while
  // draining. Leave is called once for every Enter that returned OK.
  absl::Status Enter();
  // The second half of Enter alone: UNAVAILABLE while draining.
  absl::Status CheckServing() const;
  void Leave() { in_hand_.fetch_sub(1, std::memory_order_relaxed); }

  // Refuses calls that come from now on.
  void StartDraining() { draining_.store(true, std::memory_order_relaxed); }
  bool draining() const { return draining_.load(std::memory_order_relaxed); }

  // Finishes what is queued. After the gRPC server has ended.
  void Stop();

 private:
  void AddAccessMetrics();

  const ServiceRuntimeOptions options_;
  RpcMetrics metrics_;
  const ForwardedCallers callers_;
  PageTokenCodec page_tokens_;
  AnswerCache answers_;
  const std::shared_ptr<const AccessControl> access_;
  CallerQuotas quotas_;
  AdmitToSpaces admit_to_spaces_;
  std::atomic<size_t> in_hand_{0};
  std::atomic<bool> draining_{false};
  WorkerPool workers_;
  WorkerPool writers_;
  WorkerPool streams_;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_SERVICE_HOST_H_
