// Channels to the other daemons of one installation.
//
// What: a channel that spreads its calls over every address that a name has, keeps itself alive,
// takes large answers, and asks reads again while a daemon is away for a moment. Writes are never
// asked again here: whether one was applied is the caller's to find out (`request_id`).
// Threads: functions only; a channel is thread-safe.
//
// Example:
//   auto channel = ConnectToPeer("dns:///attlas-graph:50151", credentials,
//                                {graph::v1::GraphService's descriptor});
#ifndef ATTLAS_SERVICES_COMMON_PEER_CHANNEL_H_
#define ATTLAS_SERVICES_COMMON_PEER_CHANNEL_H_

#include <grpcpp/channel.h>
#include <grpcpp/security/credentials.h>

#include <memory>
#include <span>
#include <string>

#include "google/protobuf/descriptor.h"

namespace attlas::services {

using Services = std::span<const google::protobuf::ServiceDescriptor* const>;

// How calls of these services are balanced and asked again: a gRPC service config. Asked again are
// calls that are unary, free of side effects by their proto, and UNAVAILABLE; or CANCELLED while
// their caller still waits, as gRPC ends a call that reaches a server which has begun to stop.
std::string PeerServiceConfig(Services services);

// A channel to `address`, as gRPC names targets, with that configuration.
std::shared_ptr<grpc::Channel> ConnectToPeer(
    const std::string& address, const std::shared_ptr<grpc::ChannelCredentials>& credentials,
    Services services);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_PEER_CHANNEL_H_
