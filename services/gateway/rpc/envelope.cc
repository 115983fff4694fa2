#include "services/gateway/rpc/envelope.h"

#include "absl/strings/str_cat.h"

namespace attlas::gateway {

EnvelopePrefix ParsePrefix(std::string_view bytes) {
  EnvelopePrefix prefix{.flags = static_cast<uint8_t>(bytes[0])};
  for (size_t i = 1; i < EnvelopePrefix::kBytes; ++i) {
    prefix.length = (prefix.length << 8) | static_cast<uint8_t>(bytes[i]);
  }
  return prefix;
}

absl::Status PrefixIsCut(size_t number) {
  return absl::InvalidArgumentError(
      absl::StrCat("the body ends within the prefix of message ", number));
}

absl::Status MessageIsCut(size_t number, const EnvelopePrefix& prefix, size_t got) {
  return absl::InvalidArgumentError(
      absl::StrCat("message ", number, " promises ", prefix.length, " bytes but has ", got));
}

absl::StatusOr<std::vector<Envelope>> ParseEnvelopes(std::string_view body) {
  std::vector<Envelope> envelopes;
  while (!body.empty()) {
    if (body.size() < EnvelopePrefix::kBytes) return PrefixIsCut(envelopes.size() + 1);
    const EnvelopePrefix prefix = ParsePrefix(body);
    body.remove_prefix(EnvelopePrefix::kBytes);
    if (body.size() < prefix.length) {
      return MessageIsCut(envelopes.size() + 1, prefix, body.size());
    }
    envelopes.push_back({prefix.flags, body.substr(0, prefix.length)});
    body.remove_prefix(prefix.length);
  }
  return envelopes;
}

std::string MakeEnvelope(uint8_t flags, std::string_view message) {
  std::string envelope;
  envelope.reserve(EnvelopePrefix::kBytes + message.size());
  envelope.push_back(static_cast<char>(flags));
  for (int shift = 24; shift >= 0; shift -= 8) {
    envelope.push_back(static_cast<char>((message.size() >> shift) & 0xff));
  }
  envelope += message;
  return envelope;
}

}  // namespace attlas::gateway
