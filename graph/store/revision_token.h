// Tokens of revisions: opaque, URL-safe, and tied to one store by its id.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_GRAPH_STORE_REVISION_TOKEN_H_
#define ATTLAS_GRAPH_STORE_REVISION_TOKEN_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace attlas::graph {

// The token of a revision of the store whose id is `store_id`.
std::string MakeRevisionToken(std::string_view store_id, uint64_t revision);

// The revision of a token of that store. INVALID_ARGUMENT, blaming the request's `field`:
// REVISION_MALFORMED or REVISION_FROM_OTHER_STORE.
absl::StatusOr<uint64_t> ReadRevisionToken(std::string_view store_id, std::string_view token,
                                           std::string_view field);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_STORE_REVISION_TOKEN_H_
