#include "services/common/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <atomic>
#include <mutex>
#include <utility>
#include <vector>

#include "services/access/principal.h"

namespace attlas::services {
namespace {

const prometheus::Histogram::BucketBoundaries& Buckets() {
  static const auto* const kBuckets = new prometheus::Histogram::BucketBoundaries{
      0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30};
  return *kBuckets;
}

}  // namespace

struct RpcMetrics::Impl {
  // A value that is read at each scrape.
  struct ReadValue {
    std::string name;
    std::string help;
    prometheus::MetricType type;
    std::function<double()> value;
  };

  std::vector<prometheus::MetricFamily> Collect() const {
    std::vector<prometheus::MetricFamily> families = registry.Collect();
    const std::lock_guard<std::mutex> lock(mutex);
    for (const ReadValue& read : read_values) {
      prometheus::ClientMetric metric;
      const bool counts = read.type == prometheus::MetricType::Counter;
      (counts ? metric.counter.value : metric.gauge.value) = read.value();
      prometheus::MetricFamily family;
      family.name = read.name;
      family.help = read.help;
      family.type = read.type;
      family.metric.push_back(std::move(metric));
      families.push_back(std::move(family));
    }
    return families;
  }

  prometheus::Registry registry;
  prometheus::Family<prometheus::Gauge>& in_flight = prometheus::BuildGauge()
                                                         .Name("attlas_rpc_in_flight")
                                                         .Help("Calls in hand.")
                                                         .Register(registry);
  prometheus::Family<prometheus::Histogram>& duration =
      prometheus::BuildHistogram()
          .Name("attlas_rpc_duration_seconds")
          .Help("Time from the arrival of a call to its status.")
          .Register(registry);
  prometheus::Family<prometheus::Counter>& handled =
      prometheus::BuildCounter()
          .Name("attlas_rpc_handled_total")
          .Help("Calls that ended, by status code and kind of caller.")
          .Register(registry);
  mutable std::mutex mutex;
  std::vector<ReadValue> read_values;
};

// What one RPC has. The families outlive it, for both are of one RpcMetrics.
struct MethodMetrics::Series {
  static constexpr size_t kCodes = 17;  // OK to UNAUTHENTICATED.
  static constexpr size_t kCallers = 5;

  prometheus::Labels LabelsOf(size_t caller) const {
    static constexpr std::array<const char*, kCallers> kNames = {"unknown", "operator",
                                                                 "certificate", "token", "anyone"};
    prometheus::Labels with_caller = labels;
    with_caller["caller"] = kNames[caller];
    return with_caller;
  }
  prometheus::Histogram& Duration(size_t caller) {
    std::atomic<prometheus::Histogram*>& slot = durations[caller];
    prometheus::Histogram* made = slot.load(std::memory_order_acquire);
    // Two who come at once are given the same one.
    if (made == nullptr) slot = made = &duration.Add(LabelsOf(caller), Buckets());
    return *made;
  }
  prometheus::Counter& Handled(size_t caller, size_t code) {
    std::atomic<prometheus::Counter*>& slot = handled_by_code[caller][code];
    prometheus::Counter* made = slot.load(std::memory_order_acquire);
    if (made != nullptr) return *made;
    prometheus::Labels with_code = LabelsOf(caller);
    with_code["code"] = absl::StatusCodeToString(static_cast<absl::StatusCode>(code));
    slot = made = &handled.Add(with_code);
    return *made;
  }

  const prometheus::Labels labels;
  prometheus::Gauge& in_flight;
  prometheus::Family<prometheus::Histogram>& duration;
  prometheus::Family<prometheus::Counter>& handled;
  std::array<std::atomic<prometheus::Histogram*>, kCallers> durations{};
  std::array<std::array<std::atomic<prometheus::Counter*>, kCodes>, kCallers> handled_by_code{};
};

CallerClass ClassOfCaller(std::string_view principal) {
  if (principal.empty()) return CallerClass::kOperator;
  if (principal == kAnyoneName) return CallerClass::kAnyone;
  return principal.starts_with("token:") ? CallerClass::kToken : CallerClass::kCertificate;
}

void MethodMetrics::Started() { series_->in_flight.Increment(); }

void MethodMetrics::Ended(CallerClass caller, absl::StatusCode code, absl::Duration duration) {
  const auto who = static_cast<size_t>(caller);
  const auto index = static_cast<size_t>(code);
  series_->in_flight.Decrement();
  series_->Duration(who).Observe(absl::ToDoubleSeconds(duration));
  const auto unknown = static_cast<size_t>(absl::StatusCode::kUnknown);
  series_->Handled(who, index < Series::kCodes ? index : unknown).Increment();
}

RpcMetrics::RpcMetrics() : impl_(std::make_shared<Impl>()) {}
RpcMetrics::~RpcMetrics() = default;

MethodMetrics RpcMetrics::ForMethod(std::string_view service, std::string_view method) {
  const prometheus::Labels labels = {{"service", std::string(service)},
                                     {"method", std::string(method)}};
  MethodMetrics metrics;
  metrics.series_.reset(new MethodMetrics::Series{.labels = labels,
                                                  .in_flight = impl_->in_flight.Add(labels),
                                                  .duration = impl_->duration,
                                                  .handled = impl_->handled});
  return metrics;
}

void RpcMetrics::AddGauge(const std::string& name, const std::string& help,
                          std::function<double()> value) {
  const std::lock_guard<std::mutex> lock(impl_->mutex);
  impl_->read_values.push_back({name, help, prometheus::MetricType::Gauge, std::move(value)});
}

void RpcMetrics::AddCounter(const std::string& name, const std::string& help,
                            std::function<double()> value) {
  const std::lock_guard<std::mutex> lock(impl_->mutex);
  impl_->read_values.push_back({name, help, prometheus::MetricType::Counter, std::move(value)});
}

void RpcMetrics::AddInfo(const std::string& name, const std::string& help,
                         const std::map<std::string, std::string>& labels) {
  prometheus::BuildGauge().Name(name).Help(help).Register(impl_->registry).Add(labels).Set(1);
}

std::string RpcMetrics::Text() const {
  return prometheus::TextSerializer().Serialize(impl_->Collect());
}

}  // namespace attlas::services
