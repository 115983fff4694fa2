// How far apart two spellings are.
//
// Thread-safety: a function; safe from any thread.
#ifndef ATTLAS_GRAPH_BASE_EDIT_DISTANCE_H_
#define ATTLAS_GRAPH_BASE_EDIT_DISTANCE_H_

#include <cstddef>
#include <string_view>

namespace attlas::graph {

// The number of insertions, deletions, replacements and swaps of neighbouring bytes that turn `a`
// into `b`; any number above `limit` where there are more than that. O(a.size() * b.size()).
size_t EditDistance(std::string_view a, std::string_view b, size_t limit);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_BASE_EDIT_DISTANCE_H_
