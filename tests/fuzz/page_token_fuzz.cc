// Page tokens: nothing opens but what was sealed, and that in one spelling alone.
#include "services/common/page_token.h"

#include "tests/fuzz/fuzz_target.h"

namespace attlas::fuzz {
namespace {

constexpr uint64_t kQuery = 0x5eed;

const services::PageTokenCodec& Codec() {
  static const auto* const codec = [] {
    services::PageTokenKey key;
    for (size_t i = 0; i < key.bytes.size(); ++i) key.bytes[i] = static_cast<uint8_t>(i);
    return new services::PageTokenCodec(key);
  }();
  return *codec;
}

}  // namespace

void Fuzz(std::string_view input) {
  const auto position = Codec().Decode(input, kQuery);
  if (!position.ok()) return;
  Require(Codec().Encode(kQuery, *position) == input, "a token opens that was not sealed so");
}

std::vector<std::string> Seeds() {
  return {Codec().Encode(kQuery, {}), Codec().Encode(kQuery, {.revision = 7, .position = 50}),
          Codec().Encode(kQuery + 1, {.revision = 7, .position = 50})};
}

}  // namespace attlas::fuzz
