// Two copies of the curated graph: one plain, one with salt that a caller may not see.
//
// What: both take the same commits, so that their revisions are the same; those of the salted one
// hold hidden statements besides, placed where they would matter: a twin of the best linked node of
// every type (with all its statements, near-by names and borrowed aliases), a further copy of every
// seventh statement, a hub that every state belongs to, acts towards instruments, hidden sources
// (which statements cite that all may see), and things that pass in and out of sight.
// Threads: single-thread.
//
// Example:
//   ASSERT_OK_AND_ASSIGN(const SaltedGraph graph, SaltedGraph::Make(directory, caller));
//   Serve(graph.plain_directory()); Serve(graph.salted_directory());
#ifndef ATTLAS_TESTS_INTEGRATION_SALTED_GRAPH_H_
#define ATTLAS_TESTS_INTEGRATION_SALTED_GRAPH_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/graph.h"
#include "graph/model/marking.h"

namespace attlas::testing {

class SaltedGraph {
 public:
  // Makes both in `directory`. The salt takes turns among all markings, of traffic lights and of
  // two spaces, that hide from `caller`. `hidden_commit` adds one commit of salt alone to the
  // salted graph, which is then a revision ahead.
  static absl::StatusOr<SaltedGraph> Make(const std::string& directory,
                                          const graph::Clearance& caller,
                                          bool hidden_commit = false);

  const std::string& plain_directory() const { return plain_; }
  const std::string& salted_directory() const { return salted_; }
  // The token of the last revision; where the salted graph is one ahead, also of the one before,
  // which holds all that the last revision of the plain graph does.
  const std::vector<std::string>& plain_revisions() const { return plain_revisions_; }
  const std::vector<std::string>& salted_revisions() const { return salted_revisions_; }
  // `text` with the names that ReadRequests leaves open.
  std::string Filled(std::string text) const;

 private:
  std::string plain_;
  std::string salted_;
  std::vector<std::string> plain_revisions_;
  std::vector<std::string> salted_revisions_;
  std::string hidden_edge_;
  std::string clear_edge_;
  std::string late_edge_;
  std::string loaded_revision_;  // Of the curated graph, before either copy took a commit.
};

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_INTEGRATION_SALTED_GRAPH_H_
