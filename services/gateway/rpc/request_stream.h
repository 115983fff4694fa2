// The messages of a client that streams, one after the other.
//
// What: no message is read before the one before it has been asked for, so that a service that is
// slower than its client slows the client down.
// Threads: as the exchange.
#ifndef ATTLAS_SERVICES_GATEWAY_RPC_REQUEST_STREAM_H_
#define ATTLAS_SERVICES_GATEWAY_RPC_REQUEST_STREAM_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "services/gateway/http/exchange.h"
#include "services/gateway/http/http_limits.h"
#include "services/gateway/rpc/envelope.h"
#include "services/gateway/rpc/rpc_request.h"

namespace attlas::gateway {

class RequestStream {
 public:
  // A message as bytes; nothing after the last one.
  using Message = std::optional<std::string>;
  using Next = std::function<void(absl::StatusOr<Message>)>;

  // `shape` and `limits` outlive this; `gzip` is whether messages may be compressed. The request of
  // `exchange` reads its body in parts.
  RequestStream(std::shared_ptr<Exchange> exchange, const CallShape& shape,
                const HttpLimits& limits, bool gzip);

  // Calls `next` once; before this returns where the message is there already, and never where the
  // client went away. One at a time, none after an error or the end; `next` keeps this alive.
  // Errors as of ReadMessage, and INVALID_ARGUMENT where the body ends within a message.
  void Read(Next next);

 private:
  void OnPrefix(const std::string& bytes, Next next);
  void OnMessage(const EnvelopePrefix& prefix, const std::string& bytes, const Next& next);

  const std::shared_ptr<Exchange> exchange_;
  const CallShape& shape_;
  const HttpLimits& limits_;
  const bool gzip_;
  size_t number_ = 0;  // Of the message in hand, from 1.
};

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_RPC_REQUEST_STREAM_H_
