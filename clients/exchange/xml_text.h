// Text within an XML 1.0 document.
//
// Threads: a function only; safe from any thread.
#ifndef ATTLAS_CLIENTS_EXCHANGE_XML_TEXT_H_
#define ATTLAS_CLIENTS_EXCHANGE_XML_TEXT_H_

#include <string>
#include <string_view>

namespace attlas::exchange {

// Appends UTF-8 text so that a parser gives it back, in content and in quoted attributes alike:
// markup and line ends as references. What XML 1.0 cannot hold (most control characters, U+FFFE and
// U+FFFF) becomes U+FFFD.
void AppendXmlText(std::string_view text, std::string* out);

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_XML_TEXT_H_
