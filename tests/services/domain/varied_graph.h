// The curated dataset with statements of every type in several confidences and markings, in a store
// of its own that tests write to.
//
// What: some of the statements of each edge type become unverified, some surer than they are, and
// some are marked for few eyes, by their position: the same in every run. Whoever keeps answers or
// what they are made from is compared with whoever keeps nothing, over this.
// Threads: thread-safe after construction.
#ifndef ATTLAS_TESTS_SERVICES_DOMAIN_VARIED_GRAPH_H_
#define ATTLAS_TESTS_SERVICES_DOMAIN_VARIED_GRAPH_H_

#include <memory>
#include <string>

#include "graph/graph.h"
#include "services/common/graph_api.h"
#include "services/common/page_token.h"
#include "services/graph/local_graph.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::testing {

class VariedGraph {
 public:
  // Ends the program where the store cannot be made.
  VariedGraph();

  services::GraphApi& api() { return *api_; }
  graph::Graph& graph() { return *graph_; }

  // Puts an edge as it is given.
  void Put(graph::Edge edge);
  // Some edge of this type that leaves the node.
  graph::Edge EdgeFrom(const std::string& node, const std::string& type);
  std::string LatestToken() const { return graph_->RevisionToken(graph_->LatestRevision()); }

 private:
  TemporaryDirectory directory_;
  services::PageTokenCodec page_tokens_{services::PageTokenKey::Random()};
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<services::LocalGraph> api_;
};

// One that is only read, made once for a test program.
VariedGraph& SharedVariedGraph();

// A call of one who sees what is not marked.
services::CallContext ReaderCall();

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_SERVICES_DOMAIN_VARIED_GRAPH_H_
