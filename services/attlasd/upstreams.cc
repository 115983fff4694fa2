#include "services/attlasd/upstreams.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/attlasd/service_registry.h"
#include "services/common/peer_channel.h"

namespace attlas::services {

absl::StatusOr<std::vector<UpstreamAddress>> ParseUpstreams(const std::vector<std::string>& flags) {
  std::vector<UpstreamAddress> upstreams;
  for (const std::string& flag : flags) {
    const size_t equals = flag.find('=');
    if (equals == std::string::npos || equals + 1 == flag.size()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--upstream ", flag,
                       " says no address; write SERVICE=ADDRESS, such as "
                       "synergy=dns:///attlas-synergy:50151"));
    }
    UpstreamAddress upstream{flag.substr(0, equals), flag.substr(equals + 1)};
    if (ContractOf(upstream.service) == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat("--upstream names no service '",
                                                     upstream.service, "'; there are ",
                                                     absl::StrJoin(KnownServices(), ", ")));
    }
    const bool twice = std::any_of(
        upstreams.begin(), upstreams.end(),
        [&upstream](const UpstreamAddress& other) { return other.service == upstream.service; });
    if (twice) {
      return absl::InvalidArgumentError(
          absl::StrCat("--upstream names '", upstream.service, "' twice"));
    }
    upstreams.push_back(std::move(upstream));
  }
  return upstreams;
}

const google::protobuf::ServiceDescriptor* ContractOf(const std::string& service) {
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  // The folder is named as the service is, its entry file in the singular.
  const std::string singular = service.ends_with('s') ? service.substr(0, service.size() - 1) : "";
  for (const std::string& name : {service, singular}) {
    const auto* file =
        pool->FindFileByName(absl::StrCat("attlas/", service, "/v1/", name, "_service.proto"));
    if (file != nullptr && file->service_count() == 1) return file->service(0);
  }
  return nullptr;
}

std::vector<gateway::Upstream> ConnectUpstreams(
    const std::vector<UpstreamAddress>& upstreams,
    const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  std::vector<gateway::Upstream> connected;
  for (const UpstreamAddress& upstream : upstreams) {
    std::vector<const google::protobuf::ServiceDescriptor*> services = {
        ContractOf(upstream.service)};
    std::shared_ptr<grpc::Channel> channel = ConnectToPeer(upstream.address, credentials, services);
    connected.push_back({std::move(services), std::move(channel)});
  }
  return connected;
}

}  // namespace attlas::services
