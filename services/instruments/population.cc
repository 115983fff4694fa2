#include "services/instruments/population.h"

#include <algorithm>

#include "graph/base/error.h"
#include "services/domain/act_table.h"
#include "services/domain/patterns.h"

namespace attlas::instruments {

using domain::Backward;
using domain::Forward;
using domain::PatternFrom;
using graph::Edge;

absl::StatusOr<v1::CountBy> CheckedCountBy(v1::CountBy count_by) {
  if (!v1::CountBy_IsValid(count_by)) {
    return graph::InvalidField("count_by", "no such way to count; use `deposit` or `in-force`");
  }
  return count_by == v1::COUNT_BY_UNSPECIFIED ? v1::COUNT_BY_DEPOSIT : count_by;
}

void AddCountPatterns(const std::string& instrument, const std::string& grouping,
                      graph::v1::MatchPathsRequest* request) {
  *request->add_patterns() = PatternFrom(instrument, {});
  if (grouping.empty()) {
    *request->add_patterns() = PatternFrom(instrument, {Backward(domain::kActTypes)});
    *request->add_patterns() = domain::PatternFromType("state", {});
    return;
  }
  *request->add_patterns() = PatternFrom(grouping, {});
  *request->add_patterns() = PatternFrom(grouping, {Backward(domain::kMemberOfGrouping)});
  *request->add_patterns() = PatternFrom(
      grouping,
      {Backward(domain::kMemberOfGrouping), domain::To(Forward(domain::kActTypes), instrument)});
}

std::vector<std::string_view> PopulationOf(const domain::SubgraphIndex& index,
                                           std::string_view grouping,
                                           const domain::Reading& reading) {
  std::vector<std::string_view> population;
  if (grouping.empty()) {
    for (const graph::Node* node : index.NodesOfType("state")) population.push_back(node->name());
    return population;
  }
  for (const Edge* member : index.In(grouping, domain::kMemberOfGrouping)) {
    if (reading.Holds(*member)) population.push_back(member->from());
  }
  population.erase(std::unique(population.begin(), population.end()), population.end());
  return population;
}

domain::NamedActs ActsOf(const domain::SubgraphIndex& index,
                         const std::vector<std::string_view>& population,
                         std::string_view instrument) {
  // Both are in the order of names.
  const domain::NamedActs by_state = domain::ActsByState(index, instrument);
  auto acting = by_state.begin();
  domain::NamedActs result;
  result.reserve(population.size());
  for (std::string_view state : population) {
    while (acting != by_state.end() && acting->first < state) ++acting;
    const bool acts = acting != by_state.end() && acting->first == state;
    result.emplace_back(state, acts ? acting->second : domain::Acts());
  }
  return result;
}

v1::StatusCounts CountOver(const domain::NamedActs& acts, const domain::Reading& reading,
                           v1::CountBy count_by, const domain::InstrumentTerms& terms) {
  v1::StatusCounts counts;
  for (const auto& [state, acts_of_state] : acts) {
    domain::CountStanding(domain::Weigh(acts_of_state, reading, count_by, terms), &counts);
  }
  return counts;
}

}  // namespace attlas::instruments
