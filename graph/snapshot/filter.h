// What a read lets through, compiled into tables for the inner loop.
//
// Thread-safety: plain immutable values.
#ifndef ATTLAS_GRAPH_SNAPSHOT_FILTER_H_
#define ATTLAS_GRAPH_SNAPSHOT_FILTER_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "graph/model/date.h"
#include "graph/model/marking.h"
#include "graph/ontology/ontology.h"
#include "graph/snapshot/access.h"

namespace attlas::graph {

class Snapshot;

// Edge types that follow one another, both ends included.
struct TypeRun {
  TypeId first = 0;
  TypeId last = 0xffff;
};

// A set of edge types. Sorted, so that a narrow set selects ranges of a sorted adjacency list.
class TypeSet {
 public:
  TypeSet() = default;
  explicit TypeSet(std::vector<TypeId> types);

  bool Contains(TypeId type) const { return type < mask_.size() && mask_[type] != 0; }
  std::span<const TypeId> types() const { return types_; }
  // The same as the fewest runs, in order.
  std::span<const TypeRun> runs() const { return runs_; }
  bool empty() const { return types_.empty(); }

 private:
  std::vector<TypeId> types_;  // Sorted, each once.
  std::vector<TypeRun> runs_;
  std::vector<uint8_t> mask_;  // By type.
};

// What a caller asks to see.
struct ReadRequest {
  std::optional<DayNumber> as_of;  // The day on which statements must hold; none for any.
  Clearance clearance;             // What the caller may see, already narrowed.
  Confidence min_confidence = v1::CONFIDENCE_UNSPECIFIED;  // The lowest confidence of an edge.
};

// A ReadRequest compiled against the access classes of one snapshot.
class ReadFilter {
 public:
  ReadFilter(const ReadRequest& request, const Snapshot& snapshot);

  // The test of an edge by itself, for a loop. Good as long as the filter.
  struct EdgeTest {
    const uint8_t* access_lets_through;  // By access class: 1 or 0.
    // With as_of D: from <= D and to > D. Without: from <= max and to > min, that is, always.
    DayNumber as_of_hi;
    DayNumber as_of_lo;

    // One outcome to guess for the processor, not three: compilers make a branch of each
    // comparison, but not of a difference.
    bool LetsThrough(AccessId access, DayNumber from, DayNumber to) const {
      const int64_t days_since_start = int64_t{as_of_hi} - from;
      const int64_t days_left = int64_t{to} - as_of_lo - 1;
      // Negative where one of them is.
      const auto is_out =
          static_cast<uint8_t>(static_cast<uint64_t>(days_since_start | days_left) >> 63);
      return access_lets_through[access] > is_out;
    }
  };
  EdgeTest edge_test() const { return {edge_access_.data(), as_of_hi_, as_of_lo_}; }

  // Whether an edge of this access class that holds during [from, to) is let through.
  bool LetsThrough(AccessId access, DayNumber from, DayNumber to) const {
    return edge_test().LetsThrough(access, from, to);
  }
  // REQUIRES: the access class of a node that exists.
  bool NodeVisible(uint16_t access) const { return node_access_[access] != 0; }

  // Whether nodes need no check, because every node of the snapshot is visible to this caller.
  bool all_nodes_visible() const { return all_nodes_visible_; }

  const ReadRequest& request() const { return request_; }

 private:
  ReadRequest request_;
  DayNumber as_of_hi_;  // See EdgeTest.
  DayNumber as_of_lo_;
  bool all_nodes_visible_ = true;
  std::vector<uint8_t> edge_access_;  // By access class.
  // By access class; confidence is not looked at.
  std::vector<uint8_t> node_access_;
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_SNAPSHOT_FILTER_H_
