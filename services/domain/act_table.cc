#include "services/domain/act_table.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "graph/base/strings.h"
#include "services/domain/patterns.h"

namespace attlas::domain {
namespace {

using graph::Edge;

// The place of a type among the types of acts; past the last for any other.
size_t PlaceOf(std::string_view type) {
  return static_cast<size_t>(std::find(std::begin(kActTypes), std::end(kActTypes), type) -
                             std::begin(kActTypes));
}

bool IsJoining(const Edge& act) {
  return std::find(std::begin(kJoiningTypes), std::end(kJoiningTypes), act.type()) !=
         std::end(kJoiningTypes);
}

}  // namespace

ActTable::ActTable(const SubgraphIndex& index) : index_(index) {
  struct Act {
    NumberedEdge edge;
    size_t place = 0;
  };
  std::vector<Act> acts;
  for (const NumberedEdge& edge : index.ByEnds()) {
    const size_t place = PlaceOf(edge.edge->type());
    if (place < std::size(kActTypes)) acts.push_back({edge, place});
  }
  // Those of one pair by their types, and of one type in the order of the index.
  const auto same_pair = [](const Act& a, const Act& b) {
    return a.edge.from == b.edge.from && a.edge.to == b.edge.to;
  };
  acts_.reserve(acts.size());
  for (auto first = acts.begin(), last = first; first != acts.end(); first = last) {
    while (last != acts.end() && same_pair(*first, *last)) ++last;
    std::stable_sort(first, last, [](const Act& a, const Act& b) { return a.place < b.place; });
    Pair pair{.actor = first->edge.from, .instrument = first->edge.to};
    const size_t begin = acts_.size();
    for (auto act = first; act != last; ++act) {
      acts_.push_back(act->edge.edge);
      pair.joins |= IsJoining(*act->edge.edge);
    }
    // The memory of `acts_` is reserved, so that its edges keep their places.
    pair.acts = std::span(acts_).subspan(begin);
    pairs_.push_back(pair);
    if (terms_.contains(pair.instrument)) continue;
    const graph::Node* instrument = index.FindNode(index.EndNames()[pair.instrument]);
    terms_.emplace(pair.instrument,
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

Acts ActsBetween(const SubgraphIndex& index, std::string_view state, std::string_view instrument) {
  const std::optional<uint32_t> actor = index.NumberOf(state);
  const std::optional<uint32_t> towards = index.NumberOf(instrument);
  if (!actor.has_value() || !towards.has_value()) return {};
  const std::optional<size_t> pair = index.acts().Find(*actor, *towards);
  return pair.has_value() ? index.acts().pairs()[*pair].acts : Acts();
}

NamedActs ActsByState(const SubgraphIndex& index, std::string_view instrument) {
  NamedActs acts;
  const std::optional<uint32_t> number = index.NumberOf(instrument);
  if (!number.has_value()) return acts;
  for (const uint32_t position : index.acts().Towards(*number)) {
    const ActTable::Pair& pair = index.acts().pairs()[position];
    acts.emplace_back(index.EndNames()[pair.actor], pair.acts);
  }
  return acts;
}

NamedActs ActsByInstrument(const SubgraphIndex& index, std::string_view state) {
  NamedActs acts;
  const std::optional<uint32_t> number = index.NumberOf(state);
  if (!number.has_value()) return acts;
  const auto [first, last] = index.acts().Of(*number);
  for (const ActTable::Pair& pair : index.acts().pairs().subspan(first, last - first)) {
    acts.emplace_back(index.EndNames()[pair.instrument], pair.acts);
  }
  return acts;
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
  for (const NumberedEdge& edge : table.index().ByEnds()) {
    if (!reading.Holds(*edge.edge) || reading.Admits(*edge.edge)) continue;
    left_out_[edge.edge->type()].push_back(
        {edge, graph::BestConfidence(edge.edge->citations()) <= graph::v1::CONFIDENCE_UNVERIFIED});
  }
}

std::span<const LeftOutEdge> Standings::LeftOut(std::string_view type) const {
  const auto found = left_out_.find(graph::ToAbsl(type));
  if (found == left_out_.end()) return {};
  return found->second;
}

}  // namespace attlas::domain
