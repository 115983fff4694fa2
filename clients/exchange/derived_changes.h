// What changed statements change in what rules derive from them, such as entry into force.
//
// Threads: a function only.
#ifndef ATTLAS_CLIENTS_EXCHANGE_DERIVED_CHANGES_H_
#define ATTLAS_CLIENTS_EXCHANGE_DERIVED_CHANGES_H_

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attlas/exchange/v1/change_set.pb.h"
#include "graph/model/statement.h"
#include "graph/ontology/ontology.h"

namespace attlas::exchange {

// The statements of these types that point to a node, with etags.
using FindEdges = std::function<absl::StatusOr<std::vector<graph::Edge>>(
    const std::string& to, const std::vector<std::string>& types)>;

// What people call a node, by its name.
using ShowName = std::function<std::string(const std::string& name)>;

// The statements that are set, new or not, and the names of those that are taken away.
struct ChangedEdges {
  // Calls `take` with each that is set, until it returns an error. Asked more than once.
  std::function<absl::Status(const std::function<absl::Status(const graph::Edge&)>& take)> visit;
  std::set<std::string> deleted;
};

// Those of planned changes, which must outlive it.
ChangedEdges ChangedEdgesOf(const std::vector<v1::PlannedChange>& changes);

// Calls `take` with the changes of derived statements that follow, for one instrument after another
// so that no more than what is said of one is held at once. `rules` are all nodes of rules. A
// derived statement that no rule derives any more is deleted; history keeps it.
absl::Status PlanDerivedChanges(
    const graph::OntologyIndex& ontology, const std::vector<graph::Node>& rules,
    const ChangedEdges& changed, const FindEdges& find, const ShowName& show,
    const std::function<absl::Status(std::vector<v1::PlannedChange>)>& take);

// The name of the statement that a mutation of one is about.
const std::string& EdgeNameOf(const graph::v1::Mutation& mutation);

// Whether two statements, or two nodes, say the same, their etags apart.
bool SaySame(graph::Edge a, graph::Edge b);
bool SaySame(graph::Node a, graph::Node b);

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_DERIVED_CHANGES_H_
