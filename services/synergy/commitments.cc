#include "services/synergy/commitments.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "services/domain/act_table.h"
#include "services/domain/patterns.h"

namespace attlas::synergy {
namespace {

using google::protobuf::RepeatedPtrField;
using instruments::v1::ParticipationStatus;
using instruments::v1::Reach;
using instruments::v1::Strength;

// By class, then strength, then instrument, then provision.
bool IsBetter(const OwnCommitment& a, const OwnCommitment& b) {
  if (a.commitment_class != b.commitment_class) return a.commitment_class < b.commitment_class;
  if (a.strength != b.strength) return a.strength > b.strength;
  if (a.instrument != b.instrument) return a.instrument->name < b.instrument->name;
  return a.link.provision() < b.link.provision();
}

// The instruments that give the best class of a theme.
std::set<std::string_view> BestInstruments(const std::vector<OwnCommitment>& commitments) {
  std::set<std::string_view> names;
  for (const OwnCommitment& commitment : commitments) {
    if (commitment.commitment_class == BestClass(commitments)) {
      names.insert(commitment.instrument->name);
    }
  }
  return names;
}

const std::vector<OwnCommitment>* FindTheme(const ThemeTable& table, std::string_view theme) {
  const auto found = table.find(theme);
  return found == table.end() ? nullptr : &found->second;
}

// Fills in the commitments with the links that `links_of` gives of an instrument, at the places
// that `place_of` gives of a link: null for a theme that is not in the table.
template <typename LinksOf, typename PlaceOf>
void Add(const OwnInstruments& own, LinksOf links_of, PlaceOf place_of, ThemeTable* table) {
  for (const auto& [name, instrument] : own) {
    for (const domain::ProvisionLink& link : links_of(name)) {
      std::vector<OwnCommitment>* const place = place_of(link);
      if (place == nullptr) continue;
      const Strength strength = StrengthForState(link.strength(), instrument.standing.status);
      place->push_back(
          {.instrument = &instrument,
           .link = link,
           .strength = strength,
           .commitment_class = Classify(strength, instrument.goods.relation, instrument.reach)});
    }
  }
  for (auto& [theme, commitments] : *table) {
    std::stable_sort(commitments.begin(), commitments.end(), IsBetter);
  }
}

// Adds the instrument to those of a state, unless the state has no part in it.
void AddInstrument(std::string_view name, const domain::Standing& standing,
                   domain::GoodsMatch goods, Reach reach, OwnInstruments* own) {
  if (!standing.participates()) return;
  own->emplace_hint(
      own->end(), name,
      OwnInstrument{.name = name, .standing = standing, .goods = std::move(goods), .reach = reach});
}

// The place of an instrument among those that carry commitments.
struct Rank {
  const OwnInstrument* instrument = nullptr;
  int shared_themes = 0;
  int best_themes = 0;
  int only_best_themes = 0;
  std::array<int, v1::CommitmentClass_ARRAYSIZE> themes{};  // By class.
  const std::vector<OwnCommitment>* last = nullptr;         // The theme that was counted last.
};
using Ranks = absl::flat_hash_map<const OwnInstrument*, Rank*>;

// Counts one theme, on which an instrument counts by the best of its commitments.
void CountTheme(const std::vector<OwnCommitment>& commitments, const Ranks& ranks) {
  Rank* only_best = nullptr;
  int best = 0;
  // The best come first.
  for (const OwnCommitment& own : commitments) {
    Rank& rank = *ranks.at(own.instrument);
    if (std::exchange(rank.last, &commitments) == &commitments) continue;
    ++rank.shared_themes;
    ++rank.themes[static_cast<size_t>(own.commitment_class)];
    if (own.commitment_class != BestClass(commitments)) continue;
    ++rank.best_themes;
    only_best = &rank;
    ++best;
  }
  if (best == 1) ++only_best->only_best_themes;
}

void FillRanked(const domain::SubgraphIndex& index, const Rank& rank, v1::RankedInstrument* row) {
  const OwnInstrument& own = *rank.instrument;
  domain::FillNamed(index, own.name, row->mutable_instrument());
  row->set_status(own.standing.status);
  row->set_goods(own.goods.relation);
  row->set_reach(own.reach);
  row->set_shared_themes(rank.shared_themes);
  row->set_best_themes(rank.best_themes);
  row->set_only_best_themes(rank.only_best_themes);
  row->set_in_force(own.standing.is_in_force);
  for (size_t value = 0; value < rank.themes.size(); ++value) {
    if (rank.themes[value] == 0) continue;
    v1::ClassTotal* total = row->add_totals();
    total->set_commitment_class(static_cast<v1::CommitmentClass>(value));
    total->set_themes(rank.themes[value]);
  }
}

}  // namespace

Strength StrengthForState(Strength text, ParticipationStatus status) {
  return status == instruments::v1::PARTICIPATION_STATUS_SIGNATORY
             ? std::min(text, instruments::v1::STRENGTH_VOLUNTARY)
             : text;
}

v1::CommitmentClass Classify(Strength strength, v1::GoodsRelation goods, Reach reach) {
  if (reach == instruments::v1::REACH_ONE_STATE) return v1::COMMITMENT_CLASS_ONE_STATE_REACH;
  if (goods == v1::GOODS_RELATION_GENERAL) return v1::COMMITMENT_CLASS_GENERAL;
  if (goods != v1::GOODS_RELATION_SAME) return v1::COMMITMENT_CLASS_OTHER_GOODS;
  switch (strength) {
    case instruments::v1::STRENGTH_BINDING:
      return v1::COMMITMENT_CLASS_BINDING_SAME_GOODS;
    case instruments::v1::STRENGTH_POLITICAL:
      return v1::COMMITMENT_CLASS_POLITICAL_SAME_GOODS;
    default:
      return v1::COMMITMENT_CLASS_VOLUNTARY_SAME_GOODS;
  }
}

OwnInstruments OwnInstrumentsFrom(const domain::SubgraphIndex& index, const domain::NamedActs& acts,
                                  const domain::Reading& reading,
                                  const domain::GoodsTaxonomy& taxonomy,
                                  std::span<const std::string> target_goods) {
  OwnInstruments own;
  for (const auto& [name, acts_to_it] : acts) {
    const graph::Node* node = index.FindNode(name);
    if (node == nullptr) continue;
    AddInstrument(name,
                  domain::Weigh(acts_to_it, reading, instruments::v1::COUNT_BY_DEPOSIT,
                                domain::TermsOf(*node)),
                  taxonomy.Match(domain::TextsProperty(*node, "goods_scope"), target_goods),
                  domain::ReachOf(*node), &own);
  }
  return own;
}

OwnInstruments OwnInstrumentsFrom(const domain::Law& law, const domain::NamedActs& acts,
                                  const domain::Reading& reading,
                                  const domain::GoodsTaxonomy& taxonomy,
                                  std::span<const std::string> target_goods) {
  OwnInstruments own;
  for (const auto& [name, acts_to_it] : acts) {
    const domain::InstrumentOfLaw* const instrument = law.Find(name);
    if (instrument == nullptr || instrument->links.empty()) continue;
    AddInstrument(
        name,
        domain::Weigh(acts_to_it, reading, instruments::v1::COUNT_BY_DEPOSIT, instrument->terms),
        taxonomy.Match(instrument->goods, target_goods), instrument->reach, &own);
  }
  return own;
}

void AddCommitments(const domain::SubgraphIndex& index, const OwnInstruments& own,
                    const domain::Reading& reading, ThemeTable* table) {
  Add(
      own, [&](std::string_view name) { return domain::LinksOf(index, name, reading); },
      [&](const domain::ProvisionLink& link) {
        const auto theme = table->find(link.theme());
        return theme == table->end() ? nullptr : &theme->second;
      },
      table);
}

void AddCommitments(const domain::Law& law, const OwnInstruments& own,
                    const domain::Reading& reading, ThemeTable* table) {
  absl::flat_hash_map<const domain::NodeText*, std::vector<OwnCommitment>*> places;
  for (auto& [theme, commitments] : *table) places.emplace(law.TextOf(theme), &commitments);
  Add(
      own, [&](std::string_view name) { return law.LinksOf(name, reading); },
      [&](const domain::ProvisionLink& link) {
        const auto place = places.find(link.facts->theme);
        return place == places.end() ? nullptr : place->second;
      },
      table);
}

v1::CommitmentClass BestClass(const std::vector<OwnCommitment>& commitments) {
  return commitments.empty() ? v1::COMMITMENT_CLASS_NEW : commitments.front().commitment_class;
}

RepeatedPtrField<v1::ClassTotal> Totals(const ThemeTable& table) {
  std::array<int, v1::CommitmentClass_ARRAYSIZE> themes{};
  for (const auto& [theme, commitments] : table) {
    ++themes[static_cast<size_t>(BestClass(commitments))];
  }
  RepeatedPtrField<v1::ClassTotal> totals;
  for (int value = v1::COMMITMENT_CLASS_BINDING_SAME_GOODS; value <= v1::CommitmentClass_MAX;
       ++value) {
    v1::ClassTotal* total = totals.Add();
    total->set_commitment_class(static_cast<v1::CommitmentClass>(value));
    total->set_themes(themes[static_cast<size_t>(value)]);
  }
  return totals;
}

RepeatedPtrField<v1::ClassChange> ClassChanges(const domain::SubgraphIndex& index,
                                               const ThemeTable& before, const ThemeTable& after) {
  std::set<std::string_view> themes;
  for (const auto& [theme, commitments] : before) themes.insert(theme);
  for (const auto& [theme, commitments] : after) themes.insert(theme);
  RepeatedPtrField<v1::ClassChange> changes;
  for (std::string_view theme : themes) {
    const std::vector<OwnCommitment>* now = FindTheme(before, theme);
    const std::vector<OwnCommitment>* then = FindTheme(after, theme);
    const auto class_of = [](const std::vector<OwnCommitment>* commitments) {
      return commitments == nullptr ? v1::COMMITMENT_CLASS_UNSPECIFIED : BestClass(*commitments);
    };
    if (class_of(now) == class_of(then)) continue;
    v1::ClassChange* change = changes.Add();
    *change->mutable_theme() = domain::Named(index, theme);
    change->set_before(class_of(now));
    change->set_after(class_of(then));
    const bool improves = now == nullptr || (then != nullptr && class_of(then) < class_of(now));
    for (std::string_view name : BestInstruments(improves ? *then : *now)) {
      *change->add_instruments() = domain::Named(index, name);
    }
  }
  return changes;
}

RepeatedPtrField<v1::RankedInstrument> RankInstruments(const domain::SubgraphIndex& index,
                                                       const OwnInstruments& own_instruments,
                                                       const ThemeTable& table) {
  std::vector<Rank> ranks;
  Ranks by_instrument;
  ranks.reserve(own_instruments.size());
  for (const auto& [name, own] : own_instruments) {
    ranks.push_back({.instrument = &own});
    by_instrument.emplace(&own, &ranks.back());
  }
  for (const auto& [theme, commitments] : table) CountTheme(commitments, by_instrument);
  std::erase_if(ranks, [](const Rank& rank) { return rank.shared_themes == 0; });
  std::stable_sort(ranks.begin(), ranks.end(), [](const Rank& a, const Rank& b) {
    return std::tuple(-a.best_themes, -a.shared_themes) <
           std::tuple(-b.best_themes, -b.shared_themes);
  });
  RepeatedPtrField<v1::RankedInstrument> rows;
  rows.Reserve(static_cast<int>(ranks.size()));
  for (const Rank& rank : ranks) FillRanked(index, rank, rows.Add());
  return rows;
}

int TotalOf(const RepeatedPtrField<v1::ClassTotal>& totals, v1::CommitmentClass commitment_class) {
  for (const v1::ClassTotal& total : totals) {
    if (total.commitment_class() == commitment_class) return total.themes();
  }
  return 0;
}

}  // namespace attlas::synergy
