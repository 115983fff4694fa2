#include "services/gateway/envelope.h"

#include "absl/strings/str_cat.h"

namespace attlas::gateway {
namespace {

constexpr size_t kPrefixBytes = 5;

uint32_t ReadLength(std::string_view prefix) {
  uint32_t length = 0;
  for (size_t i = 1; i < kPrefixBytes; ++i) {
    length = (length << 8) | static_cast<uint8_t>(prefix[i]);
  }
  return length;
}

}  // namespace

absl::StatusOr<std::vector<Envelope>> ParseEnvelopes(std::string_view body) {
  std::vector<Envelope> envelopes;
  while (!body.empty()) {
    if (body.size() < kPrefixBytes) {
      return absl::InvalidArgumentError(
          absl::StrCat("the body ends within the prefix of message ", envelopes.size() + 1));
    }
    const uint32_t length = ReadLength(body);
    const auto flags = static_cast<uint8_t>(body[0]);
    body.remove_prefix(kPrefixBytes);
    if (body.size() < length) {
      return absl::InvalidArgumentError(absl::StrCat("message ", envelopes.size() + 1, " promises ",
                                                     length, " bytes but has ", body.size()));
    }
    envelopes.push_back({flags, body.substr(0, length)});
    body.remove_prefix(length);
  }
  return envelopes;
}

std::string MakeEnvelope(uint8_t flags, std::string_view message) {
  std::string envelope;
  envelope.reserve(kPrefixBytes + message.size());
  envelope.push_back(static_cast<char>(flags));
  for (int shift = 24; shift >= 0; shift -= 8) {
    envelope.push_back(static_cast<char>((message.size() >> shift) & 0xff));
  }
  envelope += message;
  return envelope;
}

}  // namespace attlas::gateway
