// Asking the graph what a count of those towards one instrument is made of.
//
// Thread-safety: functions and plain values.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(const Counted counted,
//                           AskToCount(graph_, &subgraphs_, context, scope, request.instrument(),
//                                      request.grouping()));
#ifndef ATTLAS_SERVICES_INSTRUMENTS_COUNT_QUESTION_H_
#define ATTLAS_SERVICES_INSTRUMENTS_COUNT_QUESTION_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/common/graph_api.h"
#include "services/domain/act_table.h"
#include "services/domain/kept_subgraphs.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"
#include "services/instruments/population.h"

namespace attlas::instruments {

// What a count goes over. The other parts view the index.
struct Counted {
  std::shared_ptr<const domain::SubgraphIndex> index;
  const graph::Node* instrument = nullptr;
  std::string grouping;    // The name of the region set; empty for all states.
  domain::NamedActs acts;  // Of each to count, towards the instrument.
};

// Reads the names that the fields `instrument` and `grouping` of a request give, of which the
// second may be empty, and asks once. Fails as domain::AddName and domain::Ask do; NOT_FOUND, with
// the nearest names, for an instrument that is not there.
absl::StatusOr<Counted> AskToCount(services::GraphApi* graph, domain::KeptSubgraphs* subgraphs,
                                   const services::CallContext& context, const domain::Scope& scope,
                                   std::string_view instrument, std::string_view grouping);

}  // namespace attlas::instruments

#endif  // ATTLAS_SERVICES_INSTRUMENTS_COUNT_QUESTION_H_
