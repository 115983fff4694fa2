// What one connection, and all of them, may cost the gateway.
//
// Threads: a plain value, fixed before the first connection.
#ifndef ATTLAS_SERVICES_GATEWAY_HTTP_HTTP_LIMITS_H_
#define ATTLAS_SERVICES_GATEWAY_HTTP_HTTP_LIMITS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace attlas::gateway {

struct HttpLimits {
  // The first line and the fields of a request. GET carries its message in the first line.
  uint32_t header_bytes = 32 << 10;
  // The body of a request, as sent, and a message once it is decompressed.
  size_t body_bytes = (4 << 20) + 1024;
  size_t message_bytes = 4 << 20;
  // What a client may send ahead while its request is in hand; past it nothing more is read.
  size_t ahead_bytes = 64 << 10;

  size_t connections = 4'096;
  size_t connections_per_address = 512;

  absl::Duration handshake = absl::Seconds(10);  // All of TLS's.
  absl::Duration idle = absl::Seconds(75);       // Between requests.
  absl::Duration header = absl::Seconds(10);     // From the first byte of a request.
  absl::Duration body = absl::Seconds(60);       // From the end of its header.
  absl::Duration write = absl::Seconds(30);      // For each `write_bytes` of an answer.
  size_t write_bytes = 256 << 10;
  // After the last answer: how long, and how much, is read and dropped so that the client gets it.
  absl::Duration linger = absl::Seconds(2);
  size_t linger_bytes = size_t{64} << 20;

  // How often a connection looks at its deadline, which may so be late by as much.
  absl::Duration ShortestWait() const {
    return std::min({handshake, idle, header, body, write, linger});
  }
};

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_HTTP_HTTP_LIMITS_H_
