// What the breadth-first searches share. Private to graph/query.
//
// Marks on nodes that cost nothing to clear, since each visit has a number of its own, and hints
// that let the processor fetch several nodes at once.
//
// Threads: one set of marks a thread and slot, kept for the next visit. A visit must end before
// another of the same slot begins on the same thread.
#ifndef ATTLAS_GRAPH_QUERY_VISITED_MARKS_H_
#define ATTLAS_GRAPH_QUERY_VISITED_MARKS_H_

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "graph/query/budget.h"
#include "graph/snapshot/view.h"

namespace attlas::graph {

// How a search came to a node: from which place of its queue, by which edge. The edge is pointed
// to, since most are never looked at; good as long as the snapshot.
struct Arrival {
  const EdgeOrdinal* via;
  uint32_t from;
};

// The nodes that a search met, in order. There is room for every node of the graph once, so that a
// node is put down without a look at how much is left; what is not used takes no memory.
class NodeQueue {
 public:
  // REQUIRES: fewer nodes than the limit that the marks were begun with.
  void push_back(NodeOrdinal node) { room_[size_++] = node; }
  size_t size() const { return size_; }
  NodeOrdinal operator[](size_t i) const { return room_[i]; }
  NodeOrdinal back() const { return room_[size_ - 1]; }
  std::span<const NodeOrdinal> nodes() const { return {room_.get(), size_}; }

  void Begin(NodeOrdinal limit) {
    size_ = 0;
    if (limit <= capacity_) return;
    room_ = std::make_unique_for_overwrite<NodeOrdinal[]>(limit);
    capacity_ = limit;
  }

 private:
  std::unique_ptr<NodeOrdinal[]> room_;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

class VisitedMarks {
 public:
  // The marks for a loop: a local copy stays in registers, whatever is called meanwhile.
  class Marker {
   public:
    // Marks the node; false where it was marked already.
    bool Add(NodeOrdinal node) const {
      if (visit_[node] == current_) return false;
      visit_[node] = current_;
      return true;
    }
    // The same for one that is known not to be marked.
    void Put(NodeOrdinal node) const { visit_[node] = current_; }
    bool Contains(NodeOrdinal node) const { return visit_[node] == current_; }

   private:
    friend class VisitedMarks;
    Marker(uint32_t* visit, uint32_t current) : visit_(visit), current_(current) {}

    uint32_t* visit_;
    uint32_t current_;
  };

  // This thread's marks of `slot` (0 or 1), all clear, for nodes below `limit`.
  static VisitedMarks& ForThread(int slot, NodeOrdinal limit) {
    thread_local VisitedMarks marks[2];
    marks[slot].Begin(limit);
    return marks[slot];
  }

  // Good until the next visit of this slot.
  Marker marker() { return {visit_.data(), current_}; }

  // Room for the nodes met, in order, and for how each was met; empty at the start.
  NodeQueue& queue() { return queue_; }
  std::vector<Arrival>& arrivals() { return arrivals_; }

 private:
  void Begin(NodeOrdinal limit) {
    queue_.Begin(limit);
    arrivals_.clear();
    if (visit_.size() < limit) visit_.resize(limit, 0);
    if (++current_ == 0) {
      std::fill(visit_.begin(), visit_.end(), 0);
      current_ = 1;
    }
  }

  std::vector<uint32_t> visit_;
  NodeQueue queue_;
  std::vector<Arrival> arrivals_;
  uint32_t current_ = 0;
};

// The edges that a search may follow from one node.
inline constexpr uint32_t kNoFanOut = std::numeric_limits<uint32_t>::max();
inline uint32_t FanOutOf(const Budget& budget) {
  const uint32_t limit = budget.limits().max_fan_out;
  return limit == 0 ? kNoFanOut : limit;
}

// Asks for the lists of the nodes of a level ahead of their use: first for the place of the lists,
// some nodes later for the lists themselves.
class FetchAhead {
 public:
  FetchAhead(const View& view, v1::Direction direction, const NodeQueue& queue, size_t begin,
             size_t end)
      : view_(view), direction_(direction), queue_(queue), end_(end) {
    // One node is looked at at once.
    if (end - begin > 1) Begin(begin);
  }

  // To be called before the node at `i` of the queue is looked at.
  void Before(size_t i) const {
    if (i + kSlotsAhead < end_) Slots(i + kSlotsAhead);
    if (i + kListsAhead < end_) Lists(i + kListsAhead);
  }

 private:
  static constexpr size_t kSlotsAhead = 8;
  static constexpr size_t kListsAhead = 4;

  [[gnu::noinline]] void Begin(size_t begin) const {
    for (size_t i = begin; i < std::min(begin + kSlotsAhead, end_); ++i) Slots(i);
    for (size_t i = begin; i < std::min(begin + kListsAhead, end_); ++i) Lists(i);
  }
  void Slots(size_t i) const { view_.PrefetchSlots(queue_[i], direction_); }
  void Lists(size_t i) const { view_.PrefetchLists(queue_[i], direction_); }

  const View& view_;
  const v1::Direction direction_;
  const NodeQueue& queue_;  // It grows meanwhile.
  const size_t end_;
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_QUERY_VISITED_MARKS_H_
