// Everything of one revision, as a command reads it: GraphService.Export.
//
// What: streams nodes, then edges, with progress; a stream that breaks off is taken up where it
// was. Threads: single-thread.
//
// Example:
//   GraphExport source(session);
//   ATTLAS_RETURN_IF_ERROR(source.Start({}));
//   ATTLAS_RETURN_IF_ERROR(source.ForEach(take_node, take_edge));
#ifndef ATTLAS_CLIENTS_CLI_GRAPH_EXPORT_H_
#define ATTLAS_CLIENTS_CLI_GRAPH_EXPORT_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "clients/cli/program.h"
#include "clients/exchange/export_writer.h"
#include "graph/ontology/ontology.h"

namespace attlas::cli {

class GraphExport {
 public:
  // `session` must outlive it.
  explicit GraphExport(Session& session);
  ~GraphExport();

  // Asks for everything, or for nodes and edges of these types. Reads up to the first message, so
  // that ontology and revision are known.
  absl::Status Start(const std::vector<std::string>& types);

  // After Start.
  const graph::OntologyIndex& ontology() const { return *ontology_; }
  const exchange::ExportedView& view() const { return view_; }

  // Gives every node, then every edge. The first error of the two ends it.
  absl::Status ForEach(const std::function<absl::Status(const graph::Node&)>& take_node,
                       const std::function<absl::Status(const graph::Edge&)>& take_edge);

 private:
  struct Stream;

  void Open();
  // Reads the names of all that may be cited.
  absl::Status FindSources();
  // Drops citations of what is not there: the service leaves out those that the caller may not see,
  // not those of nodes that were dropped here or deleted. Whether the node or edge may be given on:
  // whether it has a citation left, or needs none (`optional`).
  template <typename Statement>
  bool KeepCited(bool optional, Statement* statement);
  bool MayCiteNothing(const graph::Node& node) const;
  // How many rows there will be, for progress alone.
  size_t CountRows();

  Session& session_;
  std::unique_ptr<graph::v1::GraphService::Stub> stub_;
  std::shared_ptr<const graph::OntologyIndex> ontology_;
  exchange::ExportedView view_;
  absl::flat_hash_set<std::string> sources_;  // What may be cited.
  absl::flat_hash_set<std::string> dropped_;  // Nodes that were not given on.
  graph::v1::ExportRequest request_;
  graph::v1::ExportResponse first_;
  std::unique_ptr<Stream> stream_;
};

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_GRAPH_EXPORT_H_
