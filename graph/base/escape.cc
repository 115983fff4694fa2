#include "graph/base/escape.h"

#include <array>
#include <cstddef>

#include "absl/strings/str_cat.h"

namespace attlas::graph {
namespace {

enum class ByteClass : char { kPlain, kEscaped, kBeyondAscii };

constexpr std::array<ByteClass, 256> kByteClasses = [] {
  std::array<ByteClass, 256> classes{};
  for (size_t c = 0; c < classes.size(); ++c) {
    const bool escaped = c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
    classes[c] = escaped     ? ByteClass::kEscaped
                 : c >= 0x80 ? ByteClass::kBeyondAscii
                             : ByteClass::kPlain;
  }
  return classes;
}();

void AppendEscape(char c, std::string* out) {
  switch (c) {
    case '"':
      *out += "\\\"";
      break;
    case '\\':
      *out += "\\\\";
      break;
    case '\n':
      *out += "\\n";
      break;
    case '\r':
      *out += "\\r";
      break;
    case '\t':
      *out += "\\t";
      break;
    default:
      absl::StrAppend(out, "\\u00", absl::Hex(static_cast<unsigned char>(c), absl::kZeroPad2));
  }
}

}  // namespace

bool AppendEscaped(std::string_view text, std::string* out) {
  size_t begin = 0;
  bool ascii = true;
  for (size_t i = 0; i < text.size(); ++i) {
    const ByteClass byte_class = kByteClasses[static_cast<unsigned char>(text[i])];
    if (byte_class == ByteClass::kPlain) continue;
    if (byte_class == ByteClass::kBeyondAscii) {
      ascii = false;
      continue;
    }
    out->append(text, begin, i - begin);
    AppendEscape(text[i], out);
    begin = i + 1;
  }
  out->append(text, begin, text.size() - begin);
  return ascii;
}

}  // namespace attlas::graph
