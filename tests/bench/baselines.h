// What the traversal is measured against: a bare adjacency array, and RocksDB iterators.
//
// Both do exactly the work that a filtered traversal over a view does, with nothing around it.
#ifndef ATTLAS_TESTS_BENCH_BASELINES_H_
#define ATTLAS_TESTS_BENCH_BASELINES_H_

#include <rocksdb/db.h>

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

// Marks of a visit, kept between visits.
class Marks {
 public:
  explicit Marks(size_t nodes) : visit_(nodes, 0) {}
  void Begin() { ++current_; }
  bool Mark(graph::NodeOrdinal node) {
    if (visit_[node] == current_) return false;
    visit_[node] = current_;
    return true;
  }

 private:
  std::vector<uint32_t> visit_;
  uint32_t current_ = 0;
};

// Offsets and 16-byte records, both directions.
class BareArrays {
 public:
  BareArrays(const std::vector<graph::NumberedLink>& links, graph::NodeOrdinal nodes);

  // Distinct nodes within `hops` of the start, the start included.
  uint64_t CountWithin(graph::NodeOrdinal start, int hops, const Filter& filter);
  // Hops of the shortest path, at most `max_hops`; -1 for none.
  int ShortestPath(graph::NodeOrdinal from, graph::NodeOrdinal to, int max_hops,
                   const Filter& filter);

 private:
  struct Direction {
    std::vector<uint64_t> offsets;
    std::vector<graph::HotEdge> edges;
  };
  static Direction Build(const std::vector<graph::NumberedLink>& links, graph::NodeOrdinal nodes,
                         bool out);

  Direction out_;
  Direction in_;
  Marks marks_;
  std::vector<uint32_t> ahead_;
  std::vector<uint32_t> behind_;
  uint32_t visit_ = 0;
  std::vector<graph::NodeOrdinal> frontier_;
  std::vector<graph::NodeOrdinal> next_;
};

// The same edges in RocksDB, key from | type | to | ordinal, read with one reused iterator.
class RocksArrays {
 public:
  RocksArrays(const std::vector<graph::NumberedLink>& links, graph::NodeOrdinal nodes,
              const std::string& directory);

  uint64_t CountWithin(graph::NodeOrdinal start, int hops, const Filter& filter);

 private:
  std::unique_ptr<rocksdb::DB> db_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
  Marks marks_;
};

}  // namespace attlas::bench

#endif  // ATTLAS_TESTS_BENCH_BASELINES_H_
