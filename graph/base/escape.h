// Text within quotes, as JSON and N-Quads alike have it.
//
// Threads: a function only.
#ifndef ATTLAS_GRAPH_BASE_ESCAPE_H_
#define ATTLAS_GRAPH_BASE_ESCAPE_H_

#include <string>
#include <string_view>

namespace attlas::graph {

// Appends `text` with quotes, backslashes and control characters escaped; all else, of whatever
// encoding, as it is. Writes no quotes around it. Returns whether all of it is ASCII. O(bytes), a
// look at each and a copy of what lies between those that are escaped.
bool AppendEscaped(std::string_view text, std::string* out);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_BASE_ESCAPE_H_
