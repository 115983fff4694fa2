// The rows of one import: gathered from the stream, checked, and turned into mutations.
//
// Threads: single-thread.
#ifndef ATTLAS_SERVICES_GRAPH_IMPORT_ROWS_H_
#define ATTLAS_SERVICES_GRAPH_IMPORT_ROWS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "attlas/graph/v1/graph_service.pb.h"
#include "graph/base/error.h"
#include "graph/graph.h"
#include "services/common/limits.h"

namespace attlas::services {

class ImportRows {
 public:
  // All references outlive this object.
  ImportRows(const ServiceLimits& limits, const graph::OntologyIndex& ontology,
             const graph::Clearance& clearance);

  // Takes a batch. Faults of rows are noted; INVALID_FIELD past max_import_rows.
  absl::Status Take(graph::v1::ImportRequest&& batch);

  // Notes edges whose ends neither come with the import nor are there for this caller.
  void CheckEnds(const graph::Graph& graph, const graph::View& view);

  // The mutations: nodes, what is cited before what cites it, then edges. Takes the rows along.
  std::vector<graph::v1::Mutation> TakeMutations();

  // Notes the violations of a refused commit by row; false if one belongs to no row.
  bool NoteCommitError(const absl::Status& status);

  bool faulty() const { return !errors_.empty(); }
  const std::vector<graph::v1::ImportResponse::RowError>& errors() const { return errors_; }

 private:
  // Where a mutation came from.
  struct Origin {
    size_t index;  // Among the nodes, or among the edges.
    std::string name;
  };

  void TakeNode(graph::Node&& node);
  void TakeEdge(graph::Edge&& edge);
  void CheckRow(const std::string& name, const graph::Marking& marking, size_t index,
                const std::vector<graph::FieldViolation>& violations);
  void Note(size_t index, const std::string& name, std::string_view field,
            std::string_view message);
  // Positions of nodes, each after those that it cites; a circle stays in the order of the stream.
  std::vector<size_t> CitedFirst() const;

  const ServiceLimits& limits_;
  const graph::OntologyIndex& ontology_;
  const graph::Clearance& clearance_;
  std::vector<graph::Node> nodes_;
  std::vector<graph::Edge> edges_;
  absl::flat_hash_map<std::string, size_t> node_positions_;  // By name.
  absl::flat_hash_set<std::string> edge_names_;
  std::vector<Origin> origins_;  // By mutation.
  std::vector<graph::v1::ImportResponse::RowError> errors_;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_GRAPH_IMPORT_ROWS_H_
