// Puts a dataset into the graph.
//
// What: one commit of every node, every statement and every statement that rules derive.
// When not: to change single statements; commit them (graph/graph.h).
// Threads: call it from one thread; readers see nothing of it until it is complete.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(Dataset dataset, ReadDataset("data", &problems));
//   ATTLAS_ASSIGN_OR_RETURN(LoadReport report, LoadDataset(*graph, std::move(dataset)));
#ifndef ATTLAS_GRAPH_INGEST_LOAD_H_
#define ATTLAS_GRAPH_INGEST_LOAD_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"
#include "graph/graph.h"
#include "graph/ingest/dataset.h"

namespace attlas::graph {

// The reason that history gives for what a load changed.
inline constexpr char kLoadReason[] = "load of the curated dataset";

struct LoadOptions {
  // Deletes what an earlier load put and nobody changed since, where it is no longer in the set. A
  // node stays while other statements touch it.
  bool prune = false;
};

struct LoadReport {
  uint64_t revision = 0;  // The revision after the load; the latest one where nothing changed.
  size_t nodes = 0;       // Of the dataset.
  size_t edges = 0;       // Of the dataset, derived ones not counted.
  size_t derived = 0;     // Statements that rules derived.
  size_t created = 0;     // What the commit did.
  size_t updated = 0;
  size_t deleted = 0;
  size_t unchanged = 0;
};

// Loads a dataset, all of it or nothing. Loading the same set again changes nothing and makes no
// revision. FAILED_PRECONDITION where the graph's ontology is another one than the dataset's: open
// the graph with that of the dataset (GraphOptions.ontology). INVALID_ARGUMENT where a rule is
// wrong. Otherwise see Graph::Commit.
absl::StatusOr<LoadReport> LoadDataset(Graph& graph, Dataset dataset,
                                       const Progress& progress = nullptr,
                                       const LoadOptions& options = {});

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_INGEST_LOAD_H_
