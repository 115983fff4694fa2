// Short ways to make the mutations of a commit.
//
// Threads: functions only.
#ifndef ATTLAS_TESTS_TESTING_MUTATIONS_H_
#define ATTLAS_TESTS_TESTING_MUTATIONS_H_

#include <string>
#include <utility>

#include "attlas/graph/v1/mutation.pb.h"

namespace attlas::testing {

inline graph::v1::Mutation Put(graph::v1::Node node) {
  graph::v1::Mutation mutation;
  *mutation.mutable_put_node() = std::move(node);
  return mutation;
}

inline graph::v1::Mutation Put(graph::v1::Edge edge) {
  graph::v1::Mutation mutation;
  *mutation.mutable_put_edge() = std::move(edge);
  return mutation;
}

// Deletes a node or, where the name is that of one, an edge.
inline graph::v1::Mutation Delete(const std::string& name) {
  graph::v1::Mutation mutation;
  if (name.starts_with("edges/")) {
    mutation.set_delete_edge(name);
  } else {
    mutation.set_delete_node(name);
  }
  return mutation;
}

// The same node or edge, marked for the members of a space alone.
template <typename Entity>
Entity InSpace(Entity entity, const std::string& space = "spaces/room") {
  entity.mutable_marking()->set_space(space);
  return entity;
}

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_TESTING_MUTATIONS_H_
