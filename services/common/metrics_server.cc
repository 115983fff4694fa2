#include "services/common/metrics_server.h"

#include <prometheus/collectable.h>
#include <prometheus/exposer.h>

#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"

namespace attlas::services {

struct MetricsServer::Impl {
  std::shared_ptr<prometheus::Collectable> collectable;  // The exposer holds it weakly.
  prometheus::Exposer exposer;
};

MetricsServer::MetricsServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MetricsServer::~MetricsServer() = default;

absl::StatusOr<std::unique_ptr<MetricsServer>> MetricsServer::Start(const std::string& address,
                                                                    const RpcMetrics& metrics) {
  try {
    std::unique_ptr<Impl> impl(new Impl{metrics.collectable(), prometheus::Exposer(address, 1)});
    impl->exposer.RegisterCollectable(impl->collectable);
    return std::unique_ptr<MetricsServer>(new MetricsServer(std::move(impl)));
  } catch (const std::exception&) {
    return absl::FailedPreconditionError(
        absl::StrCat("cannot serve metrics on ", address,
                     "; is the address in use? Choose another with --admin_listen, or none with "
                     "--admin_listen="));
  }
}

int MetricsServer::port() const { return impl_->exposer.GetListeningPorts().at(0); }

}  // namespace attlas::services
