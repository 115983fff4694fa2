// The services that a gateway passes on to other daemons.
//
// Threads: functions only.
#ifndef ATTLAS_SERVICES_ATTLASD_UPSTREAMS_H_
#define ATTLAS_SERVICES_ATTLASD_UPSTREAMS_H_

#include <grpcpp/security/credentials.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/gateway/gateway.h"

namespace attlas::services {

// The service of `--upstream NAME=ADDRESS`.
struct UpstreamAddress {
  std::string service;  // As in --services.
  std::string address;  // As gRPC names targets, such as `dns:///attlas-synergy:50151`.
};

// INVALID_ARGUMENT, naming the flag, for another form, an unknown service, and one named twice.
absl::StatusOr<std::vector<UpstreamAddress>> ParseUpstreams(const std::vector<std::string>& flags);

// The contract of a service that --services names, such as attlas.graph.v1.GraphService; null for
// another name.
const google::protobuf::ServiceDescriptor* ContractOf(const std::string& service);

// Channels to them, as the gateway takes them.
std::vector<gateway::Upstream> ConnectUpstreams(
    const std::vector<UpstreamAddress>& upstreams,
    const std::shared_ptr<grpc::ChannelCredentials>& credentials);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ATTLASD_UPSTREAMS_H_
