#include "clients/cli/commands/data_changes.h"

#include <algorithm>

#include "clients/cli/dataset_reading.h"
#include "graph/base/strings.h"
#include "graph/ingest/derive.h"

namespace attlas::cli {

absl::Status Refuse(graph::ProblemLog* problems, const std::string& file,
                    std::string_view consequence, Session& session) {
  std::vector<graph::Problem> found = problems->Take();
  // The last may be without a file, and then counts the rest.
  const auto rest = std::find_if(found.begin(), found.end(), [](const graph::Problem& problem) {
    return problem.file.empty();
  });
  std::stable_sort(found.begin(), rest, [](const graph::Problem& a, const graph::Problem& b) {
    return a.line < b.line;
  });
  ATTLAS_RETURN_IF_ERROR(session.console().Write(ProblemLines(found)));
  return absl::FailedPreconditionError(
      absl::StrCat(found.size(), found.size() == 1 ? " problem in " : " problems in ", file, "; ",
                   graph::ToAbsl(consequence)));
}

absl::Status PlanDerived(
    GraphReading& graph, const exchange::ChangedEdges& changed, const exchange::ShowName& show,
    const std::function<absl::Status(std::vector<exchange::v1::PlannedChange>)>& take) {
  ATTLAS_ASSIGN_OR_RETURN(const std::vector<graph::Node> rules, graph.Nodes(graph::kRuleType));
  return exchange::PlanDerivedChanges(
      graph.ontology(), rules, changed,
      [&](const std::string& to, const std::vector<std::string>& types) {
        return graph.Edges(to, graph::v1::DIRECTION_BACKWARD, types);
      },
      show, take);
}

}  // namespace attlas::cli
