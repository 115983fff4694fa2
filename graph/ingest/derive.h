// Statements that follow from others by a stated rule, such as 'in force 90 days after consent'.
//
// What: reads nodes of type `rule` and applies them. It knows no treaty; all that it does is said
// by the properties of the rule:
//   kind                `offset` or `through-members`
//   instrument          the node that derived edges point to
//   derives             the type of the derived edges
//   from_edge           the type of the edges that they are derived from
//   organization, role  through-members: the node that `from_edge` points to, and the value of its
//                       property `role` (any where the rule gives none)
//   add_days, add_months, first_day_of_month
//                       offset: what is added to the start, in that order: days, then months
//                       (clamped to the end of the month), then the first day of the month reached
//   not_before          the earliest start
//   article             where the rule is stated; the locator of the derived citation
// `offset` derives, from each edge that points to `instrument`, an edge from the same node; it
// starts at the shifted date and ends with the original. `through-members` derives an edge from
// each member of `organization`; it starts with the membership, at the earliest at `not_before`,
// and ends with it. A partial date counts from its first day and keeps its precision; what has no
// date stays without one. An edge that would end before it starts is not derived, nor one that the
// ontology does not allow between the two types.
//
// A derived edge cites the rule, with the lower of the two confidences, and carries the stricter of
// the two markings. Where its type declares them, `derived_from` names the original edge and
// `through` the organization. From one node to another only the earliest edge is kept; a later one
// is kept beside it, with a qualifier, if it lasts longer, is better sourced or may be seen by more
// people, so that no read filter loses what another one finds.
//
// Thread-safety: functions only; safe from any thread.
#ifndef ATTLAS_GRAPH_INGEST_DERIVE_H_
#define ATTLAS_GRAPH_INGEST_DERIVE_H_

#include <span>
#include <string>
#include <vector>

#include "graph/model/statement.h"
#include "graph/ontology/ontology.h"

namespace attlas::graph {

// The node type of rules.
inline constexpr char kRuleType[] = "rule";

// What is wrong with a rule.
struct RuleProblem {
  std::string rule;      // The name of its node.
  std::string property;  // The property at fault.
  std::string text;      // What is wrong and how to mend it.
};

// Applies every rule among `nodes` to `edges` and to what other rules derive. All are canonical,
// and so are the derived edges. Rules with problems are left out; `problems` may be null.
std::vector<Edge> DeriveStatements(const OntologyIndex& ontology, std::span<const Node> nodes,
                                   std::span<const Edge> edges, std::vector<RuleProblem>* problems);

// Whether an edge was derived: whether it cites a rule.
bool IsDerived(const Edge& edge);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_INGEST_DERIVE_H_
