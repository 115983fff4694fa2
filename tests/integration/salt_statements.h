// What salt is made of: statements that few may see, and what hides behind those that all may see.
//
// Threads: functions only.
#ifndef ATTLAS_TESTS_INTEGRATION_SALT_STATEMENTS_H_
#define ATTLAS_TESTS_INTEGRATION_SALT_STATEMENTS_H_

#include <string>
#include <vector>

#include "attlas/graph/v1/mutation.pb.h"
#include "graph/model/marking.h"

namespace attlas::testing::salt {

inline constexpr char kHiddenSource[] = "sources/xq-salt";
inline constexpr char kDeletedSource[] = "sources/xq-deleted";

// Every marking that `caller` may not see.
std::vector<graph::v1::Marking> HiddenMarkings(const graph::Clearance& caller);

// Puts a node; or an edge, whose name follows from its ends.
graph::v1::Mutation Put(graph::v1::Node node);
graph::v1::Mutation Put(graph::v1::Edge edge);

graph::v1::Node Source(const std::string& id, const std::string& display_name);

// Makes `citation` one of `source`.
void Cite(const char* source, graph::v1::Citation* citation);

// Adds citations of sources that few may see: before those that are there, and after them.
void CiteHidden(graph::v1::Node* node);
void CiteHidden(graph::v1::Edge* edge);

// Adds a confidential space, as EngagementService keeps it, and two things that were said there,
// which cite as `citation` does.
void PutSpace(const graph::v1::Citation& citation, std::vector<graph::v1::Mutation>* mutations);

}  // namespace attlas::testing::salt

#endif  // ATTLAS_TESTS_INTEGRATION_SALT_STATEMENTS_H_
