// What makes a state likely to join an instrument: commitments on the same themes, events about it,
// concerns.
//
// What: what depends on a day and a confidence alone is told once for all states (CountedLinks,
// VoicedConcerns), and what depends on a target too once for that target (ThemeCounts,
// EventsAbout). Nodes are told by their numbers in the index. Threads: immutable. They view the
// index.
#ifndef ATTLAS_SERVICES_INSTRUMENTS_CANDIDATE_FACTORS_H_
#define ATTLAS_SERVICES_INSTRUMENTS_CANDIDATE_FACTORS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "attlas/instruments/v1/instrument.pb.h"
#include "attlas/synergy/v1/commitment.pb.h"
#include "graph/model/date.h"
#include "services/domain/act_table.h"
#include "services/domain/goods.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::instruments {

inline constexpr std::string_view kAnsweredBy = "ANSWERED_BY";
inline constexpr std::string_view kAddresses = "ADDRESSES";

// The links of each instrument that count on a day from a confidence.
class CountedLinks {
 public:
  struct Link {
    uint32_t theme = 0;
    v1::Strength strength = v1::STRENGTH_UNSPECIFIED;  // Of the text.
  };
  struct OfInstrument {
    std::vector<std::string> goods;
    v1::Reach reach = v1::REACH_ALL_TRANSFERS;
    std::vector<Link> links;
  };

  // O(links log links).
  CountedLinks(const domain::SubgraphIndex& index, const domain::Reading& reading);

  // Without links for what is no instrument, or had not been adopted.
  const OfInstrument& Of(uint32_t node) const;

 private:
  absl::flat_hash_map<uint32_t, OfInstrument> instruments_;
};

// What states voiced by a day, from a confidence.
class VoicedConcerns {
 public:
  struct OfState {
    std::vector<const graph::Edge*> voiced;  // Latest first, as the challenges.
    std::vector<uint32_t> challenges;
    std::optional<graph::Date> latest;
    int unanswered = 0;
  };

  // O(concerns log concerns).
  VoicedConcerns(const domain::SubgraphIndex& index, const domain::Reading& reading);

  const OfState& Of(uint32_t state) const;

 private:
  absl::flat_hash_map<uint32_t, OfState> states_;
};

// The events about one instrument, by who attended them.
class EventsAbout {
 public:
  struct Attended {
    const graph::Edge* attended = nullptr;
    const graph::Edge* about = nullptr;
    const std::optional<graph::Date>* date = nullptr;
  };

  // O(attendances of these events).
  EventsAbout(const domain::SubgraphIndex& index, const domain::Reading& reading,
              std::string_view instrument);

  // By name of the event.
  std::span<const Attended> Of(uint32_t state) const;

 private:
  std::deque<std::optional<graph::Date>> dates_;
  absl::flat_hash_map<uint32_t, std::vector<Attended>> states_;
};

// On how many themes of a target each state has commitments, by the best class of each.
class ThemeCounts {
 public:
  static constexpr size_t kClasses = synergy::v1::CommitmentClass_ARRAYSIZE;

  struct OfState {
    std::array<int32_t, kClasses> by_class{};
    int32_t total = 0;
    int32_t none = 0;  // Themes on which it has no commitment.

    int32_t Of(synergy::v1::CommitmentClass commitment_class) const {
      return by_class[static_cast<size_t>(commitment_class)];
    }
    // In all three classes for the same goods.
    int32_t SameGoods() const;
  };

  // No theme without a target. O(links + acts).
  ThemeCounts(const domain::ActTable& acts, const domain::Standings& standings,
              const CountedLinks& links, const domain::GoodsTaxonomy& taxonomy,
              std::optional<uint32_t> target);

  const OfState& Of(uint32_t state) const;
  // Of a state without an act.
  const OfState& OfNobody() const { return nobody_; }

 private:
  OfState nobody_;
  absl::flat_hash_map<uint32_t, OfState> states_;  // Those with any commitment.
};

}  // namespace attlas::instruments

#endif  // ATTLAS_SERVICES_INSTRUMENTS_CANDIDATE_FACTORS_H_
