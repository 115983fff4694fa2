#include "graph/base/utf8.h"

#include <cstdint>

namespace attlas::graph {
namespace {

// The length in bytes of the character that `text` starts with; 0 where it is malformed or cut off.
// REQUIRES: text is not empty.
size_t CharacterLength(std::string_view text) {
  const auto byte = [text](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t lead = byte(0);
  if (lead < 0x80) return 1;
  // The lowest and highest second byte: this is where overlong forms and surrogates are refused.
  uint8_t lowest = 0x80;
  uint8_t highest = 0xbf;
  size_t length = 0;
  if (lead >= 0xc2 && lead <= 0xdf) {
    length = 2;
  } else if (lead >= 0xe0 && lead <= 0xef) {
    length = 3;
    if (lead == 0xe0) lowest = 0xa0;
    if (lead == 0xed) highest = 0x9f;
  } else if (lead >= 0xf0 && lead <= 0xf4) {
    length = 4;
    if (lead == 0xf0) lowest = 0x90;
    if (lead == 0xf4) highest = 0x8f;
  } else {
    return 0;
  }
  if (text.size() < length || byte(1) < lowest || byte(1) > highest) return 0;
  for (size_t i = 2; i < length; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xbf) return 0;
  }
  return length;
}

void AppendEscaped(char character, std::string* out) {
  static constexpr char kDigits[] = "0123456789abcdef";
  const auto byte = static_cast<uint8_t>(character);
  *out += "\\x";
  *out += kDigits[byte >> 4];
  *out += kDigits[byte & 0xf];
}

}  // namespace

size_t ValidUtf8Prefix(std::string_view text) {
  size_t position = 0;
  while (position < text.size()) {
    const size_t length = CharacterLength(text.substr(position));
    if (length == 0) break;
    position += length;
  }
  return position;
}

std::string Printable(std::string_view text, size_t max_bytes) {
  std::string out;
  size_t position = 0;
  while (position < text.size()) {
    const std::string_view rest = text.substr(position);
    const size_t length = CharacterLength(rest);
    if (out.size() + (length == 0 ? 4 : length) > max_bytes) return out + "...";
    const auto lead = static_cast<uint8_t>(rest[0]);
    if (length == 0 || lead < 0x20 || lead == 0x7f) {
      AppendEscaped(rest[0], &out);
      ++position;
    } else {
      out.append(rest.substr(0, length));
      position += length;
    }
  }
  return out;
}

}  // namespace attlas::graph
