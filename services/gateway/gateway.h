// The gateway: the page, and every public RPC over HTTP/1.1, on one port.
//
// What: speaks the Connect protocol and gRPC-Web, and passes calls on to the services of its
// process by descriptors alone. Serves the built page, health, metrics, and a description of the
// RPCs. When not: clients with gRPC call the services themselves, which costs half as much.
// Threads: Start, Drain and Stop from one thread.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(auto gateway, Gateway::Start({.http = {.listen = "127.0.0.1:0"},
//                                                         .services = {descriptor},
//                                                         .channel = server->InProcessChannel({}),
//                                                         .callers = &runtime->callers()}));
#ifndef ATTLAS_SERVICES_GATEWAY_GATEWAY_H_
#define ATTLAS_SERVICES_GATEWAY_GATEWAY_H_

#include <grpcpp/channel.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"
#include "services/common/forwarded_caller.h"
#include "services/gateway/http/http_server.h"

namespace attlas::gateway {

// Services that another daemon hosts.
struct Upstream {
  std::vector<const google::protobuf::ServiceDescriptor*> services;
  std::shared_ptr<grpc::Channel> channel;
};

struct GatewayOptions {
  HttpServerOptions http;
  bool local_only = true;          // `http.listen` is an address of this machine alone.
  std::vector<std::string> hosts;  // By which it is reached beside the names of this machine.
  std::string web_dir;             // The built page; empty for none.
  std::vector<const google::protobuf::ServiceDescriptor*> services;
  std::shared_ptr<grpc::Channel> channel;               // To the services.
  std::vector<Upstream> upstreams;                      // What is passed on to other daemons.
  const services::ForwardedCallers* callers = nullptr;  // What they believe of callers.
  size_t json_bytes = size_t{32} << 20;  // Of answers whose JSON is kept; 0 for none.
  std::function<bool()> ready;           // Whether calls are taken.
  std::function<std::string()> metrics;  // As text; empty for not here.
};

class Gateway {
 public:
  // Errors as HttpServer::Start and StaticFiles::Load.
  static absl::StatusOr<std::unique_ptr<Gateway>> Start(GatewayOptions options);
  ~Gateway();

  int port() const;
  HttpServer::Statistics statistics() const;
  // Requests answered so far.
  uint64_t requests() const;

  // Drops what is kept of answers: a redaction changed the past. Thread-safe.
  void Forget();

  // As of HttpServer. Stop after the services have ended the calls in hand.
  void Drain();
  void Stop(absl::Duration grace);

 private:
  struct Impl;
  explicit Gateway(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_GATEWAY_H_
