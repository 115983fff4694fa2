// What one caller may search, read from the graph.
//
// What: all nodes, and the statements whose type requires a text, at one revision, as far as the
// call's clearance goes: the graph leaves out the rest before anything here sees it. A property
// that names a node, such as the state of an agency, brings in the name that people read.
// Complexity: one listing of nodes and of some statements: a few milliseconds for ten thousand.
// Threads: a function; it blocks.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(Gathered gathered, GatherDocuments(graph, call, read, 200'000));
#ifndef ATTLAS_SERVICES_SEARCH_GATHER_H_
#define ATTLAS_SERVICES_SEARCH_GATHER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/graph_api.h"
#include "services/search/document.h"

namespace attlas::search {

struct Gathered {
  std::vector<Document> documents;  // Nodes by name, then statements by name.
  // The same for the same documents of one store, whatever the revision and the caller.
  std::string fingerprint;
  // The types that there may be documents of, by the ontology.
  std::vector<std::string> types;
  // The themes and themes of concern that are among the documents, by name.
  std::vector<NamedEntity> themes;
  bool truncated = false;  // Whether `max_documents` left some out.
};

// Errors: those of GraphService.Export.
absl::StatusOr<Gathered> GatherDocuments(services::GraphApi* graph,
                                         const services::CallContext& context,
                                         const graph::v1::ReadOptions& read, size_t max_documents);

}  // namespace attlas::search

#endif  // ATTLAS_SERVICES_SEARCH_GATHER_H_
