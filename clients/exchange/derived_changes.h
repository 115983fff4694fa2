// What changed statements change in what rules derive from them, such as entry into force.
//
// Threads: a function only.
#ifndef ATTLAS_CLIENTS_EXCHANGE_DERIVED_CHANGES_H_
#define ATTLAS_CLIENTS_EXCHANGE_DERIVED_CHANGES_H_

#include <functional>
#include <string>
#include <vector>

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

// The changes of derived statements that follow from `changes`. `rules` are all nodes of rules. A
// derived statement that no rule derives any more is deleted; history keeps it.
absl::StatusOr<std::vector<v1::PlannedChange>> PlanDerivedChanges(
    const graph::OntologyIndex& ontology, const std::vector<graph::Node>& rules,
    const std::vector<v1::PlannedChange>& changes, const FindEdges& find, const ShowName& show);

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_DERIVED_CHANGES_H_
