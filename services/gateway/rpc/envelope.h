// Messages in a row: a byte of flags, four bytes of length (big-endian), then the message.
//
// What: the framing that streams of the Connect protocol and all of gRPC-Web share.
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_GATEWAY_RPC_ENVELOPE_H_
#define ATTLAS_SERVICES_GATEWAY_RPC_ENVELOPE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace attlas::gateway {

inline constexpr uint8_t kCompressedFlag = 0x01;
inline constexpr uint8_t kEndStreamFlag = 0x02;  // Connect.
inline constexpr uint8_t kTrailersFlag = 0x80;   // gRPC-Web.

struct Envelope {
  uint8_t flags = 0;
  std::string_view message;  // Views what was parsed.
};

// What stands before a message.
struct EnvelopePrefix {
  static constexpr size_t kBytes = 5;
  uint8_t flags = 0;
  uint32_t length = 0;
};

// REQUIRES: `bytes` are at least EnvelopePrefix::kBytes.
EnvelopePrefix ParsePrefix(std::string_view bytes);

// Bodies that end within message `number` (from 1), of which there is `got`.
absl::Status PrefixIsCut(size_t number);
absl::Status MessageIsCut(size_t number, const EnvelopePrefix& prefix, size_t got);

// The envelopes of a whole body. INVALID_ARGUMENT where it ends within one.
absl::StatusOr<std::vector<Envelope>> ParseEnvelopes(std::string_view body);

std::string MakeEnvelope(uint8_t flags, std::string_view message);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_RPC_ENVELOPE_H_
