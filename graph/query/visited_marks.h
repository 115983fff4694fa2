// Marks on nodes that cost nothing to clear: each visit has a number of its own.
//
// Threads: one set of marks a thread and slot, kept for the next visit. A visit must end before
// another of the same slot begins on the same thread.
#ifndef ATTLAS_GRAPH_QUERY_VISITED_MARKS_H_
#define ATTLAS_GRAPH_QUERY_VISITED_MARKS_H_

#include <cstdint>
#include <vector>

#include "graph/snapshot/snapshot.h"

namespace attlas::graph {

// Entries of kind T by node, each with the number of the visit that it belongs to. T has a member
// `visit`, 0 in an entry that was never used.
template <typename T>
class VisitTable {
 public:
  // This thread's table of `slot` (0 or 1), empty, for nodes below `limit`.
  static VisitTable& ForThread(int slot, NodeOrdinal limit) {
    thread_local VisitTable tables[2];
    tables[slot].Begin(limit);
    return tables[slot];
  }

  bool Contains(NodeOrdinal node) const { return entries_[node].visit == current_; }
  // Whether the node was not in the table; it is from now on.
  bool Add(NodeOrdinal node) {
    if (entries_[node].visit == current_) return false;
    entries_[node].visit = current_;
    return true;
  }
  // REQUIRES: Contains(node).
  T& at(NodeOrdinal node) { return entries_[node]; }
  const T& at(NodeOrdinal node) const { return entries_[node]; }

  void Prefetch(NodeOrdinal node) const { __builtin_prefetch(&entries_[node]); }

  // Room for a list of nodes, such as a frontier; empty at the start.
  std::vector<NodeOrdinal>& queue() { return queue_; }

 private:
  void Begin(NodeOrdinal limit) {
    queue_.clear();
    if (entries_.size() < limit) entries_.resize(limit);
    if (++current_ == 0) {
      entries_.assign(entries_.size(), T());
      current_ = 1;
    }
  }

  std::vector<T> entries_;
  std::vector<NodeOrdinal> queue_;
  uint32_t current_ = 0;
};

struct VisitedMark {
  uint32_t visit = 0;
};
using VisitedMarks = VisitTable<VisitedMark>;

// How far ahead of its use a loop over a frontier asks for the place of the lists of a node, and
// for the lists.
inline constexpr size_t kSlotsAhead = 8;
inline constexpr size_t kListsAhead = 4;

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_QUERY_VISITED_MARKS_H_
