// Whom a count counts, and how each of them stands.
//
// Thread-safety: functions and plain values, which view the index they were made from.
#ifndef ATTLAS_SERVICES_INSTRUMENTS_POPULATION_H_
#define ATTLAS_SERVICES_INSTRUMENTS_POPULATION_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attlas/instruments/v1/status.pb.h"
#include "services/domain/act_table.h"
#include "services/domain/participation.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::instruments {

// Reads a field COUNT_BY; INVALID_ARGUMENT for a value that does not exist.
absl::StatusOr<v1::CountBy> CheckedCountBy(v1::CountBy count_by);

// Adds the patterns that a count needs: the acts towards the instrument, and the members of the
// grouping or, where it is empty, all states.
void AddCountPatterns(const std::string& instrument, const std::string& grouping,
                      graph::v1::MatchPathsRequest* request);

// The names of those to count, in their order: the members of the grouping on the day or, where it
// is empty, all states. A region set is a definition: it is taken whole, whatever the confidence.
std::vector<std::string_view> PopulationOf(const domain::SubgraphIndex& index,
                                           std::string_view grouping,
                                           const domain::Reading& reading);

// The acts of each of them, who are in the order of names, towards one instrument.
domain::NamedActs ActsOf(const domain::SubgraphIndex& index,
                         const std::vector<std::string_view>& population,
                         std::string_view instrument);

// The counts over a population.
v1::StatusCounts CountOver(const domain::NamedActs& acts, const domain::Reading& reading,
                           v1::CountBy count_by, const domain::InstrumentTerms& terms);

}  // namespace attlas::instruments

#endif  // ATTLAS_SERVICES_INSTRUMENTS_POPULATION_H_
