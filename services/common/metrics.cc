#include "services/common/metrics.h"

#include <prometheus/collectable.h>
#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

namespace attlas::services {
namespace {

const prometheus::Histogram::BucketBoundaries& Buckets() {
  static const auto* const kBuckets = new prometheus::Histogram::BucketBoundaries{
      0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30};
  return *kBuckets;
}

}  // namespace

struct RpcMetrics::Impl final : public prometheus::Collectable {
  // A value that is read at each scrape.
  struct ReadValue {
    std::string name;
    std::string help;
    prometheus::MetricType type;
    std::function<double()> value;
  };

  std::vector<prometheus::MetricFamily> Collect() const override {
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
  prometheus::Family<prometheus::Counter>& handled = prometheus::BuildCounter()
                                                         .Name("attlas_rpc_handled_total")
                                                         .Help("Calls that ended, by status code.")
                                                         .Register(registry);
  mutable std::mutex mutex;
  std::vector<ReadValue> read_values;
};

void MethodMetrics::Started() { in_flight_->Increment(); }

void MethodMetrics::Ended(absl::StatusCode code, absl::Duration duration) {
  in_flight_->Decrement();
  duration_->Observe(absl::ToDoubleSeconds(duration));
  const auto index = static_cast<size_t>(code);
  handled_[index < kCodes ? index : static_cast<size_t>(absl::StatusCode::kUnknown)]->Increment();
}

RpcMetrics::RpcMetrics() : impl_(std::make_shared<Impl>()) {}
RpcMetrics::~RpcMetrics() = default;

MethodMetrics RpcMetrics::ForMethod(std::string_view service, std::string_view method) {
  const prometheus::Labels labels = {{"service", std::string(service)},
                                     {"method", std::string(method)}};
  MethodMetrics metrics;
  metrics.in_flight_ = &impl_->in_flight.Add(labels);
  metrics.duration_ = &impl_->duration.Add(labels, Buckets());
  for (size_t code = 0; code < MethodMetrics::kCodes; ++code) {
    prometheus::Labels with_code = labels;
    with_code["code"] = absl::StatusCodeToString(static_cast<absl::StatusCode>(code));
    metrics.handled_[code] = &impl_->handled.Add(with_code);
  }
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

std::shared_ptr<prometheus::Collectable> RpcMetrics::collectable() const { return impl_; }

std::string RpcMetrics::Text() const {
  return prometheus::TextSerializer().Serialize(impl_->Collect());
}

}  // namespace attlas::services
