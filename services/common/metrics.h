// Rate, errors and duration of every RPC, for Prometheus.
//
// Threads: thread-safe.
#ifndef ATTLAS_SERVICES_COMMON_METRICS_H_
#define ATTLAS_SERVICES_COMMON_METRICS_H_

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace prometheus {
class Collectable;
class Counter;
class Gauge;
class Histogram;
class Registry;
}  // namespace prometheus

namespace attlas::services {

// The series of one RPC. Made once, then cheap: no lookup on the path of a call.
class MethodMetrics {
 public:
  static constexpr size_t kCodes = 17;  // OK to UNAUTHENTICATED.

  void Started();
  void Ended(absl::StatusCode code, absl::Duration duration);

 private:
  friend class RpcMetrics;
  prometheus::Gauge* in_flight_ = nullptr;
  prometheus::Histogram* duration_ = nullptr;
  std::array<prometheus::Counter*, kCodes> handled_{};
};

class RpcMetrics {
 public:
  RpcMetrics();
  ~RpcMetrics();

  // The series of `method` of `service`; the object lives as long as this one.
  MethodMetrics ForMethod(std::string_view service, std::string_view method);

  // Adds a gauge, or a counter, that is read by `value` at each scrape. `value` must stay callable
  // as long as this object lives. A counter's name ends in `_total`.
  void AddGauge(const std::string& name, const std::string& help, std::function<double()> value);
  void AddCounter(const std::string& name, const std::string& help, std::function<double()> value);

  // What a metrics endpoint serves.
  std::shared_ptr<prometheus::Collectable> collectable() const;
  // The same as text (tests, and one-off dumps).
  std::string Text() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_METRICS_H_
