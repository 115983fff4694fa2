// Writes what a caller may see of the graph as a dataset.
//
// What: a directory in the form of dataset.h. Reading it back gives the same nodes and statements.
// When not: to copy a store whole, with its history; see Graph::Checkpoint.
// Threads: reads an immutable view; safe from any thread.
#ifndef ATTLAS_GRAPH_INGEST_EXPORT_CSV_H_
#define ATTLAS_GRAPH_INGEST_EXPORT_CSV_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "graph/graph.h"
#include "graph/ingest/dataset.h"

namespace attlas::graph {

struct ExportOptions {
  // Also writes statements that rules derived. A later load derives them again by itself, and finds
  // them unchanged.
  bool include_derived = false;
};

struct ExportReport {
  size_t nodes = 0;    // Written.
  size_t edges = 0;    // Written.
  size_t derived = 0;  // Derived statements that were left out.
  size_t uncited = 0;  // Nodes and statements left out because no source of theirs is visible.
};

// The nodes and statements of a view, in the order in which they were created. Citations of sources
// that the view hides are left out, and what has no other citation with them.
absl::StatusOr<Dataset> CollectDataset(const Graph& graph, const View& view,
                                       const ExportOptions& options, ExportReport* report);

// Writes them to a directory: see WriteDataset for its errors.
absl::StatusOr<ExportReport> ExportDataset(const Graph& graph, const View& view,
                                           const std::string& directory,
                                           const ExportOptions& options = {});

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_INGEST_EXPORT_CSV_H_
