// A dataset as what can be compared, whatever the order of its statements.
#ifndef ATTLAS_TESTS_GRAPH_INGEST_SORTED_BYTES_H_
#define ATTLAS_TESTS_GRAPH_INGEST_SORTED_BYTES_H_

#include <algorithm>
#include <string>
#include <vector>

#include "graph/ingest/dataset.h"

namespace attlas::graph {

// Its nodes and edges as bytes, in the order of these.
inline std::vector<std::string> SortedBytes(const Dataset& dataset) {
  std::vector<std::string> bytes;
  for (const Node& node : dataset.nodes) bytes.push_back(SerializeDeterministic(node));
  for (const Edge& edge : dataset.edges) bytes.push_back(SerializeDeterministic(edge));
  std::sort(bytes.begin(), bytes.end());
  return bytes;
}

}  // namespace attlas::graph

#endif  // ATTLAS_TESTS_GRAPH_INGEST_SORTED_BYTES_H_
