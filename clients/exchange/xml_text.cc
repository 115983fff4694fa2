#include "clients/exchange/xml_text.h"

namespace attlas::exchange {
namespace {

constexpr char kReplacement[] = "\xef\xbf\xbd";

}  // namespace

void AppendXmlText(std::string_view text, std::string* out) {
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    switch (c) {
      case '&':
        *out += "&amp;";
        continue;
      case '<':
        *out += "&lt;";
        continue;
      case '>':
        *out += "&gt;";
        continue;
      case '"':
        *out += "&quot;";
        continue;
      // A parser would make spaces of these in attributes, and line feeds of carriage returns.
      case '\t':
        *out += "&#9;";
        continue;
      case '\n':
        *out += "&#10;";
        continue;
      case '\r':
        *out += "&#13;";
        continue;
      default:
        break;
    }
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("\xef\xbf\xbe") || rest.starts_with("\xef\xbf\xbf")) {
      *out += kReplacement;
      i += 2;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      *out += kReplacement;
    } else {
      *out += c;
    }
  }
}

}  // namespace attlas::exchange
