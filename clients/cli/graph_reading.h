// Reading nodes and statements for a command that works out changes, all at one revision.
//
// Threads: single-thread.
#ifndef ATTLAS_CLIENTS_CLI_GRAPH_READING_H_
#define ATTLAS_CLIENTS_CLI_GRAPH_READING_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "clients/cli/program.h"
#include "graph/ontology/ontology.h"

namespace attlas::cli {

class GraphReading {
 public:
  // `session` must outlive it.
  explicit GraphReading(Session& session);

  // Reads the ontology; all else is then read at the revision of it.
  absl::Status Start();

  const graph::OntologyIndex& ontology() const { return *ontology_; }
  const std::string& revision() const { return read_.at_revision(); }

  // Every node of a type.
  absl::StatusOr<std::vector<graph::Node>> Nodes(const std::string& type);
  // Those of these names that are there, by name.
  absl::StatusOr<std::map<std::string, graph::Node>> NodesNamed(
      const std::vector<std::string>& names);
  // The statements of these types of a node, in one direction; none where there is no such node.
  absl::StatusOr<std::vector<graph::Edge>> Edges(const std::string& node,
                                                 graph::v1::Direction direction,
                                                 const std::vector<std::string>& types);

 private:
  Session& session_;
  std::shared_ptr<const graph::OntologyIndex> ontology_;
  graph::v1::ReadOptions read_;
};

// A new UUID (version 4), for a commit that may be sent twice.
std::string NewRequestId();

// The bytes of a file. NOT_FOUND, naming it, where it cannot be read.
absl::StatusOr<std::string> ReadWholeFile(const std::string& path);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_GRAPH_READING_H_
