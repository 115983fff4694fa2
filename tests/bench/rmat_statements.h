// The random graph of rmat.h as statements that the graph checks and commits: every edge with its
// dates, its marking and a citation.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_TESTS_BENCH_RMAT_STATEMENTS_H_
#define ATTLAS_TESTS_BENCH_RMAT_STATEMENTS_H_

#include <span>
#include <string>
#include <vector>

#include "attlas/graph/v1/mutation.pb.h"
#include "graph/snapshot/snapshot_builder.h"

namespace attlas::bench {

// `things/n<node>`.
std::string RmatNodeName(graph::NodeOrdinal node);

// Creates the source that everything cites and the nodes 0 to nodes - 1, in this order: the ordinal
// of node n in the store is n + 1.
std::vector<graph::v1::Mutation> RmatNodeMutations(graph::NodeOrdinal nodes);

// Creates one edge of the random graph.
graph::v1::Mutation RmatEdgeMutation(const graph::NumberedLink& link);
std::vector<graph::v1::Mutation> RmatEdgeMutations(std::span<const graph::NumberedLink> links);

}  // namespace attlas::bench

#endif  // ATTLAS_TESTS_BENCH_RMAT_STATEMENTS_H_
