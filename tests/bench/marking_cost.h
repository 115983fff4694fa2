// What the filter of markings costs a traversal: the same visits with and without it, in one run.
#ifndef ATTLAS_TESTS_BENCH_MARKING_COST_H_
#define ATTLAS_TESTS_BENCH_MARKING_COST_H_

#include <cstdint>
#include <vector>

#include "tests/bench/ratios.h"

namespace attlas::bench {

// Registers, over a random graph of so many edges that its caller may see in whole:
// * a loop over the lists of a snapshot that tests the marking of each edge, and one that does not;
// * a traversal by a caller from whom a node is hidden, so that the far end of each edge is tested
//   too, and one by a caller from whom none is.
// Ends the program where their answers differ. Adds their ratios.
void RegisterMarkingCost(uint64_t edges, std::vector<Ratio>* ratios);

}  // namespace attlas::bench

#endif  // ATTLAS_TESTS_BENCH_MARKING_COST_H_
