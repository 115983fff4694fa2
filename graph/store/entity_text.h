// What a node or an edge is called where only its number is known.
//
// Thread-safety: a function; safe from any thread.
#ifndef ATTLAS_GRAPH_STORE_ENTITY_TEXT_H_
#define ATTLAS_GRAPH_STORE_ENTITY_TEXT_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "graph/store/record.h"

namespace attlas::graph {

// Such as `edge 12`.
inline std::string EntityText(EntityId id) {
  return absl::StrCat(id.kind == EntityKind::kNode ? "node " : "edge ", id.ordinal);
}

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_STORE_ENTITY_TEXT_H_
