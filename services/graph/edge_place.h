// A place in a listing of edges: a node, and a position among its edges that the caller sees.
//
// Threads: a plain value.
#ifndef ATTLAS_SERVICES_GRAPH_EDGE_PLACE_H_
#define ATTLAS_SERVICES_GRAPH_EDGE_PLACE_H_

#include <cstdint>

#include "graph/graph.h"

namespace attlas::services {

struct EdgePlace {
  graph::NodeOrdinal node = 0;
  uint32_t index = 0;

  // The inverse of position().
  static EdgePlace Of(uint64_t position) {
    return {static_cast<graph::NodeOrdinal>(position >> 32), static_cast<uint32_t>(position)};
  }
  uint64_t position() const { return uint64_t{node} << 32 | index; }
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_GRAPH_EDGE_PLACE_H_
