// Rules, as their nodes state them. Private to graph/ingest/; derive.h says what they do.
//
// Thread-safety: functions only; safe from any thread.
#ifndef ATTLAS_GRAPH_INGEST_RULE_H_
#define ATTLAS_GRAPH_INGEST_RULE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/ingest/derive.h"
#include "graph/model/date.h"
#include "graph/model/date_shift.h"
#include "graph/model/statement.h"
#include "graph/ontology/ontology.h"

namespace attlas::graph {

enum class RuleKind { kOffset, kThroughMembers };

// A rule node, read. Pins the node and the ontology.
struct Rule {
  const Node* node = nullptr;
  RuleKind kind = RuleKind::kOffset;
  std::string instrument;
  std::string organization;
  std::string role;
  std::string article;
  const v1::EdgeType* derives = nullptr;
  const v1::EdgeType* from_edge = nullptr;
  DateShift shift;
  std::optional<Date> not_before;
};

// Reads a rule node. Nothing, and its problems appended to `problems` (which may be null), where it
// is not a rule that can be applied.
std::optional<Rule> ParseRule(const OntologyIndex& ontology, const Node& node,
                              std::vector<RuleProblem>* problems);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_INGEST_RULE_H_
