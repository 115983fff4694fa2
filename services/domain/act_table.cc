#include "services/domain/act_table.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "graph/base/strings.h"
#include "services/domain/patterns.h"

namespace attlas::domain {
namespace {

using graph::Edge;

// Every act with the numbers of its ends, in the order of act types.
NumberedEdges NumberedActs(const SubgraphIndex& index) {
  NumberedEdges acts;
  for (std::string_view type : kActTypes) {
    for (const Edge* edge : index.OfType(type)) {
      acts.push_back({*index.NumberOf(edge->from()), *index.NumberOf(edge->to()), edge});
    }
  }
  return acts;
}

bool IsJoining(const Edge& act) {
  return std::find(std::begin(kJoiningTypes), std::end(kJoiningTypes), act.type()) !=
         std::end(kJoiningTypes);
}

}  // namespace

ActTable::ActTable(const SubgraphIndex& index) : index_(index) {
  NumberedEdges acts = NumberedActs(index);
  // Those of one pair stay in the order of their types, and of one type in that of the index.
  std::stable_sort(acts.begin(), acts.end(), [](const NumberedEdge& a, const NumberedEdge& b) {
    return std::pair(a.from, a.to) < std::pair(b.from, b.to);
  });
  for (const NumberedEdge& act : acts) {
    const bool is_new =
        pairs_.empty() || pairs_.back().actor != act.from || pairs_.back().instrument != act.to;
    if (is_new) pairs_.push_back({.actor = act.from, .instrument = act.to});
    pairs_.back().acts.push_back(act.edge);
    pairs_.back().joins |= IsJoining(*act.edge);
    if (!is_new || terms_.contains(act.to)) continue;
    const graph::Node* instrument = index.FindNode(act.edge->to());
    terms_.emplace(act.to,
                   instrument == nullptr ? InstrumentTerms() : domain::TermsOf(*instrument));
  }
  by_actor_ = Runs(pairs_.size(), index.end_count(), [&](size_t i) { return pairs_[i].actor; });
  towards_.resize(pairs_.size());
  std::iota(towards_.begin(), towards_.end(), 0);
  std::stable_sort(towards_.begin(), towards_.end(), [&](uint32_t a, uint32_t b) {
    return pairs_[a].instrument < pairs_[b].instrument;
  });
  by_instrument_ = Runs(towards_.size(), index.end_count(),
                        [&](size_t i) { return pairs_[towards_[i]].instrument; });
}

std::optional<size_t> ActTable::Find(uint32_t actor, uint32_t instrument) const {
  const auto [first, last] = Of(actor);
  const auto end = pairs_.begin() + static_cast<std::ptrdiff_t>(last);
  const auto found =
      std::lower_bound(pairs_.begin() + static_cast<std::ptrdiff_t>(first), end, instrument,
                       [](const Pair& pair, uint32_t number) { return pair.instrument < number; });
  if (found == end || found->instrument != instrument) return std::nullopt;
  return static_cast<size_t>(found - pairs_.begin());
}

const InstrumentTerms& ActTable::TermsOf(uint32_t instrument) const {
  static const InstrumentTerms kNone;
  const auto found = terms_.find(instrument);
  return found == terms_.end() ? kNone : found->second;
}

Standings::Standings(const ActTable& table, const Reading& reading) : reading_(reading) {
  standings_.reserve(table.pairs().size());
  statuses_.reserve(table.pairs().size());
  std::vector<uint32_t> actors;  // Of `taken_part_`.
  for (const ActTable::Pair& pair : table.pairs()) {
    standings_.push_back(Weigh(pair.acts, reading, instruments::v1::COUNT_BY_DEPOSIT,
                               table.TermsOf(pair.instrument)));
    statuses_.push_back(static_cast<uint8_t>(standings_.back().status));
    if (!standings_.back().takes_part()) continue;
    taken_part_.push_back(
        {.instrument = pair.instrument, .pair = static_cast<uint32_t>(standings_.size() - 1)});
    actors.push_back(pair.actor);
  }
  by_actor_ = Runs(actors.size(), table.index().end_count(), [&](size_t i) { return actors[i]; });
  for (const Edge& edge : table.index().response().subgraph().edges()) {
    if (!reading.Holds(edge) || reading.Admits(edge)) continue;
    left_out_[edge.type()].push_back(
        {{*table.index().NumberOf(edge.from()), *table.index().NumberOf(edge.to()), &edge},
         graph::BestConfidence(edge.citations()) <= graph::v1::CONFIDENCE_UNVERIFIED});
  }
}

std::span<const LeftOutEdge> Standings::LeftOut(std::string_view type) const {
  const auto found = left_out_.find(graph::ToAbsl(type));
  if (found == left_out_.end()) return {};
  return found->second;
}

}  // namespace attlas::domain
