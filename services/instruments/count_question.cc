#include "services/instruments/count_question.h"

#include <vector>

#include "graph/base/status_macros.h"
#include "services/domain/question.h"

namespace attlas::instruments {

using domain::NameKind;

absl::StatusOr<Counted> AskToCount(services::GraphApi* graph, domain::KeptSubgraphs* subgraphs,
                                   const services::CallContext& context, const domain::Scope& scope,
                                   std::string_view instrument, std::string_view grouping) {
  std::vector<domain::NameArgument> names;
  ATTLAS_RETURN_IF_ERROR(
      domain::AddName(NameKind::kInstrument, "instrument", instrument, &names).status());
  if (!grouping.empty()) {
    ATTLAS_RETURN_IF_ERROR(
        domain::AddName(NameKind::kGrouping, "grouping", grouping, &names).status());
  }
  // Only with the answer is it settled what the names stand for.
  const auto chosen_grouping = [&] { return names.size() > 1 ? names[1].name() : std::string(); };
  Counted counted;
  ATTLAS_ASSIGN_OR_RETURN(counted.index,
                          subgraphs->Ask(context, scope, &names, [&](auto* question) {
                            AddCountPatterns(names[0].name(), chosen_grouping(), question);
                          }));
  counted.instrument = counted.index->FindNode(names[0].name());
  if (counted.instrument == nullptr) return domain::UnknownName(graph, context, scope, names[0]);
  counted.grouping = chosen_grouping();
  counted.acts =
      ActsOf(*counted.index, PopulationOf(*counted.index, counted.grouping, scope.reading),
             counted.instrument->name());
  return counted;
}

}  // namespace attlas::instruments
