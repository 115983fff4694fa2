// Seeded random graphs with the skew of real ones (RMAT, parameters of Graph500), for benchmarks.
//
// The same arguments give the same edges on every machine. Ids are scrambled, so that neighbours in
// the graph are no neighbours in memory.
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_TESTS_BENCH_RMAT_H_
#define ATTLAS_TESTS_BENCH_RMAT_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "graph/ontology/ontology.h"
#include "graph/snapshot/snapshot_builder.h"

namespace attlas::bench {

inline constexpr int kTypeCount = 24;   // Edge types; the first four make up half of the edges.
inline constexpr int kLevelCount = 4;   // Markings, from CLEAR to AMBER+STRICT.
inline constexpr int kFirstDay = 4525;  // Statements begin on a day of the 20 years from here on,
inline constexpr int kDayCount = 7300;  // and three of five end within 20 years more.

// A power of two; about ten edges a node.
graph::NodeOrdinal RmatNodes(uint64_t edges);

// The edges, numbered in order; the access of an edge is its level, 0 to kLevelCount - 1.
std::vector<graph::NumberedLink> MakeRmat(uint64_t edges, uint64_t seed);

// An ontology of one node type, kTypeCount edge types between such nodes, and sources.
std::shared_ptr<const graph::OntologyIndex> RmatOntology();

// The snapshot of these edges; every node is CLEAR. `hidden_nodes` more are AMBER+STRICT and have
// no edges.
graph::SnapshotPtr MakeRmatSnapshot(const std::vector<graph::NumberedLink>& links,
                                    graph::NodeOrdinal nodes, graph::NodeOrdinal hidden_nodes = 0);

}  // namespace attlas::bench

#endif  // ATTLAS_TESTS_BENCH_RMAT_H_
