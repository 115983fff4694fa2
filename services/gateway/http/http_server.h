// Listens for HTTP/1.1 and keeps the connections within their limits.
//
// Threads: Start, Drain and Stop from one thread; the handler is called on threads of the server.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(auto server, HttpServer::Start({.listen = "127.0.0.1:0"},
//                                                          [](const auto& exchange) { ... }));
//   server->Drain();
//   server->Stop(absl::Seconds(5));
#ifndef ATTLAS_SERVICES_GATEWAY_HTTP_HTTP_SERVER_H_
#define ATTLAS_SERVICES_GATEWAY_HTTP_HTTP_SERVER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/gateway/http/exchange.h"
#include "services/gateway/http/http_limits.h"
#include "services/gateway/http/tls_context.h"

namespace attlas::gateway {

struct HttpServerOptions {
  std::string listen;  // `host:port`; port 0 picks one.
  TlsFileNames tls;
  HttpLimits limits;
  // 0 for one a core, at least 2. In plain text half of them read and the others do longer tasks.
  size_t threads = 0;
  // Whether a request is handed over as soon as its header is there, and reads its body itself;
  // empty for none. Called on threads of the server.
  std::function<bool(const HttpRequest&)> reads_in_parts;
};

class HttpServer {
 public:
  using Handler = std::function<void(const std::shared_ptr<Exchange>&)>;
  struct Statistics {
    uint64_t connections = 0;  // Open now.
    uint64_t accepted = 0;
    uint64_t refused = 0;  // Beyond a limit.
  };

  // FAILED_PRECONDITION where the address cannot be bound; INVALID_ARGUMENT for what is none, and
  // for faults of the TLS files.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Start(HttpServerOptions options,
                                                           Handler handler);
  // Stops at once, where that was not done.
  ~HttpServer();

  int port() const;
  Statistics statistics() const;

  // Takes no more connections and no more requests; those in hand go on.
  void Drain();
  // Waits up to `grace` for the requests in hand, ends the rest, and returns when the threads have
  // ended. Whatever the handler began must end by itself once its client is gone.
  void Stop(absl::Duration grace);

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_HTTP_HTTP_SERVER_H_
