// Marks on nodes that cost nothing to clear: each visit has a number of its own.
//
// Threads: one set of marks a thread and slot, kept for the next visit. A visit must end before
// another of the same slot begins on the same thread.
#ifndef ATTLAS_GRAPH_QUERY_VISITED_MARKS_H_
#define ATTLAS_GRAPH_QUERY_VISITED_MARKS_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "graph/snapshot/snapshot.h"

namespace attlas::graph {

class VisitedMarks {
 public:
  // This thread's marks of `slot` (0 or 1), all clear, for nodes below `limit`.
  static VisitedMarks& ForThread(int slot, NodeOrdinal limit) {
    thread_local VisitedMarks marks[2];
    marks[slot].Begin(limit);
    return marks[slot];
  }

  // Marks the node; false where it was marked already.
  bool Add(NodeOrdinal node) {
    if (visit_[node] == current_) return false;
    visit_[node] = current_;
    return true;
  }
  bool Contains(NodeOrdinal node) const { return visit_[node] == current_; }

  // Room for the nodes met, in order, and for a number beside each; empty at the start.
  std::vector<NodeOrdinal>& queue() { return queue_; }
  std::vector<uint32_t>& links() { return links_; }

 private:
  void Begin(NodeOrdinal limit) {
    queue_.clear();
    links_.clear();
    if (visit_.size() < limit) visit_.resize(limit, 0);
    if (++current_ == 0) {
      std::fill(visit_.begin(), visit_.end(), 0);
      current_ = 1;
    }
  }

  std::vector<uint32_t> visit_;
  std::vector<NodeOrdinal> queue_;
  std::vector<uint32_t> links_;
  uint32_t current_ = 0;
};

// How far ahead of its use a loop over a frontier asks for the place of the lists of a node, and
// for the lists.
inline constexpr size_t kSlotsAhead = 8;
inline constexpr size_t kListsAhead = 4;

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_QUERY_VISITED_MARKS_H_
