#include "services/common/service_host.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "services/common/status.h"

namespace attlas::services {
namespace {

size_t WorkerThreads(size_t wanted) {
  if (wanted > 0) return wanted;
  return std::max<size_t>(2, std::thread::hardware_concurrency());
}

std::shared_ptr<const AccessControl> AccessOf(const ServiceRuntimeOptions& options) {
  if (options.access != nullptr) return options.access;
  return std::make_shared<const AccessControl>(options.local_clearance);
}

}  // namespace

ServiceRuntime::ServiceRuntime(ServiceRuntimeOptions options)
    : options_(std::move(options)),
      page_tokens_(options_.page_token_key),
      answers_(options_.answer_cache_bytes),
      access_(AccessOf(options_)),
      workers_("reads", {.max_threads = WorkerThreads(options_.worker_threads),
                         .max_queued = options_.worker_queue}),
      writers_("commits",
               {.max_threads = options_.writer_threads, .max_queued = options_.writer_queue}),
      streams_("streams", {.max_threads = options_.stream_threads, .max_queued = 0}) {
  for (WorkerPool* pool : {&workers_, &writers_, &streams_}) {
    metrics_.AddGauge("attlas_" + pool->name() + "_queued",
                      "Calls that wait for a thread of the pool for " + pool->name() + ".",
                      [pool] { return static_cast<double>(pool->queued()); });
  }
  const auto add_counter = [this](const char* what, const char* help,
                                  uint64_t AnswerCache::Statistics::*value) {
    metrics_.AddCounter(std::string("attlas_answer_cache_") + what + "_total", help, [this, value] {
      return static_cast<double>(answers_.statistics().*value);
    });
  };
  add_counter("hits", "Questions answered from what was answered before.",
              &AnswerCache::Statistics::hits);
  add_counter("misses", "Questions that had to be answered anew.",
              &AnswerCache::Statistics::misses);
  add_counter("evicted", "Kept answers that made room for others.",
              &AnswerCache::Statistics::evicted);
  metrics_.AddGauge("attlas_answer_cache_bytes", "Memory of the answers that are kept.",
                    [this] { return static_cast<double>(answers_.statistics().bytes); });
  AddAccessMetrics();
}

void ServiceRuntime::AddAccessMetrics() {
  metrics_.AddCounter("attlas_quota_refused_total", "Calls beyond the quota of their caller.",
                      [this] { return static_cast<double>(quotas_.refused()); });
  if (access_->has_policy()) {
    metrics_.AddCounter("attlas_policy_reloads_total", "Changed policies that were taken.",
                        [this] { return static_cast<double>(access_->reloads()); });
    metrics_.AddCounter("attlas_policy_refused_total",
                        "Changed policies that were not taken, for a fault.",
                        [this] { return static_cast<double>(access_->refused_reloads()); });
    metrics_.AddGauge("attlas_policy_stale",
                      "1 while the policy's files have a fault and an older one is in force.",
                      [this] { return access_->is_stale() ? 1.0 : 0.0; });
  }
  if (audit() != nullptr) {
    metrics_.AddCounter("attlas_audit_records_total", "Records of the audit log on the disk.",
                        [this] { return static_cast<double>(audit()->head().number); });
    metrics_.AddGauge("attlas_audit_failing", "1 while calls cannot be recorded.",
                      [this] { return audit()->Check().ok() ? 0.0 : 1.0; });
  }
}

ServiceRuntime::~ServiceRuntime() { Stop(); }

graph::Clearance ServiceRuntime::ClearanceOf(const Principal& principal) const {
  graph::Clearance clearance = principal.clearance;
  if (admit_to_spaces_ && !clearance.all_spaces) admit_to_spaces_(principal.name, &clearance);
  return clearance;
}

absl::Status ServiceRuntime::CheckServing() const {
  return draining() ? Unavailable("the server is stopping") : absl::OkStatus();
}

absl::Status ServiceRuntime::Enter() {
  if (absl::Status serving = CheckServing(); !serving.ok()) return serving;
  if (in_hand_.fetch_add(1, std::memory_order_relaxed) < options_.max_concurrent) {
    return absl::OkStatus();
  }
  Leave();
  return Overloaded("too many calls at once");
}

void ServiceRuntime::Stop() {
  workers_.Stop();
  writers_.Stop();
  streams_.Stop();
}

}  // namespace attlas::services
