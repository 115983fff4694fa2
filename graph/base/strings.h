// The one bridge between std::string_view and absl::string_view, which differ on Debian 12.
#ifndef ATTLAS_GRAPH_BASE_STRINGS_H_
#define ATTLAS_GRAPH_BASE_STRINGS_H_

#include <string_view>

#include "absl/strings/string_view.h"

namespace attlas::graph {

// `text` as Abseil takes it. The result views the same bytes.
inline absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

// `text` as the standard library takes it. The result views the same bytes.
inline std::string_view ToStd(absl::string_view text) { return {text.data(), text.size()}; }

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_BASE_STRINGS_H_
