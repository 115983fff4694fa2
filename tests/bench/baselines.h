// What the traversal is measured against: a bare adjacency array, and RocksDB iterators.
//
// Both do exactly the work that a filtered traversal over a view does, with nothing around it.
#ifndef ATTLAS_TESTS_BENCH_BASELINES_H_
#define ATTLAS_TESTS_BENCH_BASELINES_H_

#include <rocksdb/db.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "graph/snapshot/snapshot_builder.h"

namespace attlas::bench {

// The filter of every query here: types up to `max_type`, holding on `day`, levels up to
// `max_level`.
struct Filter {
  graph::TypeId max_type = 3;
  graph::DayNumber day = 10'000;
  graph::AccessId max_level = 1;

  bool LetsThrough(const graph::HotEdge& edge) const {
    return edge.type <= max_type && edge.valid_from <= day && edge.valid_to > day &&
           edge.access <= max_level;
  }
};

// What a visit answers.
struct Reach {
  uint64_t count = 0;  // Distinct nodes, the start included.
  bool cut = false;    // Whether an edge leads on from the last level to a node not counted.

  friend bool operator==(const Reach&, const Reach&) = default;
};

// Offsets and 16-byte records, both directions.
class BareArrays {
 public:
  BareArrays(const std::vector<graph::NumberedLink>& links, graph::NodeOrdinal nodes);

  // Calls `visit(neighbor)` for each edge that passes, until it returns false.
  template <typename Visit>
  void ForEach(graph::NodeOrdinal node, bool out, const Filter& filter, Visit&& visit) {
    const Direction& direction = out ? out_ : in_;
    const graph::HotEdge* edge = direction.edges.data() + direction.offsets[node];
    const graph::HotEdge* const end = direction.edges.data() + direction.offsets[node + 1];
    for (; edge != end && edge->type <= filter.max_type; ++edge) {
      if (filter.LetsThrough(*edge) && !visit(edge->neighbor)) return;
    }
  }

 private:
  struct Direction {
    std::vector<uint64_t> offsets;
    std::vector<graph::HotEdge> edges;
  };
  static Direction Build(const std::vector<graph::NumberedLink>& links, graph::NodeOrdinal nodes,
                         bool out);

  Direction out_;
  Direction in_;
};

// The same edges in RocksDB, key direction | node | type | neighbour | ordinal, read with one
// reused iterator whose upper bound moves along.
class RocksArrays {
 public:
  // `directory` must not exist.
  RocksArrays(const std::vector<graph::NumberedLink>& links, const std::string& directory);

  template <typename Visit>
  void ForEach(graph::NodeOrdinal node, bool out, const Filter& filter, Visit&& visit) {
    for (SeekTo(node, out, filter.max_type); iterator_->Valid(); iterator_->Next()) {
      const graph::HotEdge edge = Current();
      if (filter.LetsThrough(edge) && !visit(edge.neighbor)) return;
    }
  }

 private:
  static constexpr size_t kPrefixBytes = 6;  // Direction, node, type.

  void Fill(const std::vector<graph::NumberedLink>& links, bool out);
  void SeekTo(graph::NodeOrdinal node, bool out, graph::TypeId max_type);
  graph::HotEdge Current() const;

  std::unique_ptr<rocksdb::DB> db_;
  std::string upper_bytes_ = std::string(kPrefixBytes, '\0');
  rocksdb::Slice upper_{upper_bytes_};
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

// Breadth-first loops over one of them, with nothing but what the answer needs.
template <typename Edges>
class BareSearch {
 public:
  BareSearch(Edges* edges, graph::NodeOrdinal nodes, const Filter& filter)
      : edges_(edges), filter_(filter), sides_{Side(nodes), Side(nodes)} {}

  Reach VisitWithin(graph::NodeOrdinal start, int hops) {
    Side& side = Begin(0, start);
    size_t begin = 0;
    for (int hop = 0; hop < hops && begin < side.queue.size(); ++hop) {
      for (const size_t end = side.queue.size(); begin < end; ++begin) {
        edges_->ForEach(side.queue[begin], true, filter_, [&](graph::NodeOrdinal neighbor) {
          if (side.visits[neighbor] == visit_) return true;
          side.visits[neighbor] = visit_;
          side.queue.push_back(neighbor);
          return true;
        });
      }
    }
    bool cut = false;
    for (; begin < side.queue.size() && !cut; ++begin) {
      edges_->ForEach(side.queue[begin], true, filter_, [&](graph::NodeOrdinal neighbor) {
        cut = side.visits[neighbor] != visit_;
        return !cut;
      });
    }
    return {side.queue.size(), cut};
  }

  // The nodes of a shortest path of at most `max_hops`; empty for none.
  std::vector<graph::NodeOrdinal> ShortestPath(graph::NodeOrdinal from, graph::NodeOrdinal to,
                                               int max_hops) {
    if (from == to) return {from};
    Side& ahead = Begin(0, from);
    Side& behind = Begin(1, to);
    for (int hop = 0; hop < max_hops && ahead.frontier < ahead.queue.size() &&
                      behind.frontier < behind.queue.size();
         ++hop) {
      const bool forward =
          ahead.queue.size() - ahead.frontier <= behind.queue.size() - behind.frontier;
      graph::NodeOrdinal meeting = 0;
      if (Grow(forward ? ahead : behind, forward ? behind : ahead, forward, meeting)) {
        return Join(ahead, behind, meeting);
      }
    }
    return {};
  }

 private:
  struct Side {
    explicit Side(graph::NodeOrdinal nodes) : visits(nodes, 0), from(nodes, 0) {}

    std::vector<uint32_t> visits;
    std::vector<graph::NodeOrdinal> from;
    std::vector<graph::NodeOrdinal> queue;
    size_t frontier = 0;
  };

  Side& Begin(int index, graph::NodeOrdinal start) {
    if (index == 0) ++visit_;
    Side& side = sides_[index];
    side.queue.assign(1, start);
    side.frontier = 0;
    side.visits[start] = visit_;
    side.from[start] = start;
    return side;
  }

  bool Grow(Side& side, const Side& other, bool forward, graph::NodeOrdinal& meeting) {
    bool met = false;
    for (const size_t end = side.queue.size(); side.frontier < end && !met; ++side.frontier) {
      const graph::NodeOrdinal node = side.queue[side.frontier];
      edges_->ForEach(node, forward, filter_, [&](graph::NodeOrdinal neighbor) {
        if (side.visits[neighbor] == visit_) return true;
        side.visits[neighbor] = visit_;
        side.from[neighbor] = node;
        met = other.visits[neighbor] == visit_;
        if (met) meeting = neighbor;
        side.queue.push_back(neighbor);
        return !met;
      });
    }
    return met;
  }

  static std::vector<graph::NodeOrdinal> Join(const Side& ahead, const Side& behind,
                                              graph::NodeOrdinal meeting) {
    std::vector<graph::NodeOrdinal> path = {meeting};
    while (ahead.from[path.back()] != path.back()) path.push_back(ahead.from[path.back()]);
    std::reverse(path.begin(), path.end());
    while (behind.from[path.back()] != path.back()) path.push_back(behind.from[path.back()]);
    return path;
  }

  Edges* edges_;
  const Filter filter_;
  Side sides_[2];
  uint32_t visit_ = 0;
};

}  // namespace attlas::bench

#endif  // ATTLAS_TESTS_BENCH_BASELINES_H_
