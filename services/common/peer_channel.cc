#include "services/common/peer_channel.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/support/channel_arguments.h>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.pb.h"

namespace attlas::services {
namespace {

using google::protobuf::MethodDescriptor;

constexpr int kSecond = 1'000;

bool IsRetried(const MethodDescriptor& method) {
  return !method.client_streaming() && !method.server_streaming() &&
         method.options().idempotency_level() == google::protobuf::MethodOptions::NO_SIDE_EFFECTS;
}

}  // namespace

std::string PeerServiceConfig(Services services) {
  std::string names;
  for (const google::protobuf::ServiceDescriptor* const service : services) {
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor& method = *service->method(i);
      if (!IsRetried(method)) continue;
      absl::StrAppend(&names, names.empty() ? "" : ",", R"({"service":")", service->full_name(),
                      R"(","method":")", method.name(), R"("})");
    }
  }
  std::string config = R"({"loadBalancingConfig":[{"round_robin":{}}])";
  if (!names.empty()) {
    // The throttle stops asking again where most calls fail, so that a daemon that comes back is
    // not buried.
    absl::StrAppend(&config, R"(,"methodConfig":[{"name":[)", names,
                    R"(],"retryPolicy":{"maxAttempts":5,"initialBackoff":"0.1s",)"
                    R"("maxBackoff":"2s","backoffMultiplier":2.5,)"
                    R"("retryableStatusCodes":["UNAVAILABLE","CANCELLED"]}}],)"
                    R"("retryThrottling":{"maxTokens":100,"tokenRatio":0.5})");
  }
  return config + "}";
}

std::shared_ptr<grpc::Channel> ConnectToPeer(
    const std::string& address, const std::shared_ptr<grpc::ChannelCredentials>& credentials,
    Services services) {
  grpc::ChannelArguments arguments;
  // The daemon that answers bounds its answers.
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetServiceConfigJSON(PeerServiceConfig(services));
  // Not what a name server says.
  arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 20 * kSecond);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10 * kSecond);
  // A daemon that was away is found again within a second or two.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kSecond);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2 * kSecond);
  return grpc::CreateCustomChannel(address, credentials, arguments);
}

}  // namespace attlas::services
