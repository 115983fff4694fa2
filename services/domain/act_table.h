// How everybody stands towards every instrument, weighed once and kept.
//
// What: the acts of an index by actor and instrument, in arrays over the numbers of its nodes, and
// what they come to on a day from a confidence, so that a question about all states looks things up
// where it would have to weigh.
// An index has its table (SubgraphIndex::acts).
// Complexity: making a table is O(edges), its standings O(acts); Find is O(log instruments of the
// actor).
// Memory: a standing for each actor and instrument between which there is an act.
// Threads: immutable. Both view the index that the table was made from.
//
// Example:
//   const ActTable& table = index.acts();
//   const Standings standings(table, reading);
//   for (const size_t pair : table.Towards(*index.NumberOf("instruments/att"))) {
//     Use(standings.at(pair));
//   }
#ifndef ATTLAS_SERVICES_DOMAIN_ACT_TABLE_H_
#define ATTLAS_SERVICES_DOMAIN_ACT_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/domain/participation.h"
#include "services/domain/runs.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::domain {

// One that holds but is not sure enough.
struct LeftOutEdge : NumberedEdge {
  bool unverified = false;
};

class ActTable {
 public:
  // An actor and an instrument between which there are acts.
  struct Pair {
    uint32_t actor = 0;
    uint32_t instrument = 0;
    Acts acts;  // In the order of their types.
    // Whether one of them is of kJoiningTypes, whatever its dates and confidence.
    bool joins = false;
  };

  explicit ActTable(const SubgraphIndex& index);
  ActTable(const ActTable&) = delete;
  ActTable& operator=(const ActTable&) = delete;

  const SubgraphIndex& index() const { return index_; }
  // By actor, then by instrument.
  std::span<const Pair> pairs() const { return pairs_; }
  // Those of one actor, as the first position and the one after the last.
  std::pair<size_t, size_t> Of(uint32_t actor) const { return by_actor_.Of(actor); }
  // The positions of the pairs of one instrument, by actor.
  std::span<const uint32_t> Towards(uint32_t instrument) const {
    return by_instrument_.In(std::span(towards_), instrument);
  }
  std::optional<size_t> Find(uint32_t actor, uint32_t instrument) const;
  // The default for what is no instrument of this table.
  const InstrumentTerms& TermsOf(uint32_t instrument) const;

 private:
  const SubgraphIndex& index_;
  std::vector<const graph::Edge*> acts_;  // By pair.
  std::vector<Pair> pairs_;
  Runs by_actor_;                  // Of pairs.
  std::vector<uint32_t> towards_;  // Positions of pairs, by instrument.
  Runs by_instrument_;             // Of these.
  absl::flat_hash_map<uint32_t, InstrumentTerms> terms_;
};

// The acts between a state and an instrument; none where either is not in the index. O(log
// instruments of the state).
Acts ActsBetween(const SubgraphIndex& index, std::string_view state, std::string_view instrument);

// The acts towards an instrument, by state, and those of a state, by instrument, in the order of
// names. O(states that act), O(instruments).
using NamedActs = std::vector<std::pair<std::string_view, Acts>>;
NamedActs ActsByState(const SubgraphIndex& index, std::string_view instrument);
NamedActs ActsByInstrument(const SubgraphIndex& index, std::string_view state);

// How all stand on one day from one confidence, counted by deposit. Immutable.
class Standings {
 public:
  struct TakenPart {
    uint32_t instrument = 0;
    uint32_t pair = 0;
  };

  Standings(const ActTable& table, const Reading& reading);

  const Reading& reading() const { return reading_; }
  // Of the pair at a position of the table.
  const Standing& at(size_t pair) const { return standings_[pair]; }
  ParticipationStatus StatusOf(size_t pair) const {
    return static_cast<ParticipationStatus>(statuses_[pair]);
  }
  // The instruments in which an actor takes part by an act of its own or of its organization, in
  // order, each with the position of the pair.
  std::span<const TakenPart> TakenPartBy(uint32_t actor) const {
    return by_actor_.In(std::span(taken_part_), actor);
  }
  // The statements of a type in the whole index that hold on the day but are not sure enough.
  std::span<const LeftOutEdge> LeftOut(std::string_view type) const;

 private:
  const Reading reading_;
  std::vector<Standing> standings_;
  std::vector<uint8_t> statuses_;  // The same again, close together.
  std::vector<TakenPart> taken_part_;
  Runs by_actor_;  // Of `taken_part_`.
  absl::flat_hash_map<absl::string_view, std::vector<LeftOutEdge>> left_out_;
};

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_ACT_TABLE_H_
