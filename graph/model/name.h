// Resource names: `<collection>/<id>`.
//
// Thread-safety: functions only; safe from any thread.
#ifndef ATTLAS_GRAPH_MODEL_NAME_H_
#define ATTLAS_GRAPH_MODEL_NAME_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace attlas::graph {

// The two parts of a resource name. They view the text that was parsed.
struct ResourceName {
  std::string_view collection;
  std::string_view id;
};

// The longest name that is accepted, in bytes.
inline constexpr size_t kMaxNameBytes = 128;

// Splits a name. INVALID_ARGUMENT unless it is a collection of lower-case letters, digits and
// hyphens, one slash, and an id of letters, digits and hyphens, at most kMaxNameBytes in all.
absl::StatusOr<ResourceName> ParseResourceName(std::string_view name);

// Whether `name` is that of an edge, `edges/<id>`.
bool IsEdgeName(std::string_view name);

// The name of the statement `type` from `from` to `to` told apart by `qualifier`: `edges/` and 26
// characters of base 32 of a 128-bit hash. The same on every machine and in every version.
std::string DeriveEdgeName(std::string_view type, std::string_view from, std::string_view to,
                           std::string_view qualifier);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_MODEL_NAME_H_
