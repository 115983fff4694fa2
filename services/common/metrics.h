// Rate, errors and duration of every RPC, for Prometheus.
//
// Threads: thread-safe.
#ifndef ATTLAS_SERVICES_COMMON_METRICS_H_
#define ATTLAS_SERVICES_COMMON_METRICS_H_

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace attlas::services {

// What kind of caller, for the label `caller`: how it showed who it is. No name of anyone's becomes
// a label.
enum class CallerClass {
  kUnknown,      // Refused before that was known.
  kOperator,     // Whoever works on this machine, where there is no policy.
  kCertificate,  // A client certificate.
  kToken,        // A bearer token.
  kAnyone,       // Neither.
};

// The class of a caller of this name (services/access/principal.h).
CallerClass ClassOfCaller(std::string_view principal);

// The series of one RPC. Each is made when it is first needed, then cheap: no lookup and no lock on
// the path of a call.
class MethodMetrics {
 public:
  void Started();
  void Ended(CallerClass caller, absl::StatusCode code, absl::Duration duration);

 private:
  friend class RpcMetrics;
  struct Series;
  std::shared_ptr<Series> series_;
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

  // Adds a gauge that is always 1 and says something by its labels.
  void AddInfo(const std::string& name, const std::string& help,
               const std::map<std::string, std::string>& labels);

  // What a metrics endpoint serves: the text format of Prometheus.
  std::string Text() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_METRICS_H_
