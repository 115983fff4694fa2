// Checks that text is UTF-8, before it is kept or shown.
//
// Thread-safety: functions only; safe from any thread.
#ifndef ATTLAS_GRAPH_BASE_UTF8_H_
#define ATTLAS_GRAPH_BASE_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace attlas::graph {

// The length of the longest prefix of `text` that is well-formed UTF-8: `text.size()` if all of it
// is. Overlong forms, surrogates and code points above U+10FFFF are not well-formed.
size_t ValidUtf8Prefix(std::string_view text);

// Whether all of `text` is well-formed UTF-8.
inline bool IsValidUtf8(std::string_view text) { return ValidUtf8Prefix(text) == text.size(); }

// `text` for a message: at most `max_bytes`, cut between characters and marked by `...`, with
// control characters and bytes that are no UTF-8 written as `\xNN`.
std::string Printable(std::string_view text, size_t max_bytes = 80);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_BASE_UTF8_H_
