#include "services/synergy/commitments.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "services/domain/patterns.h"

namespace attlas::synergy {
namespace {

using google::protobuf::RepeatedPtrField;
using instruments::v1::ParticipationStatus;
using instruments::v1::Reach;
using instruments::v1::Strength;

bool IsBetter(const OwnCommitment& a, const OwnCommitment& b) {
  const auto rank = [](const OwnCommitment& commitment) {
    return std::tuple(static_cast<int>(commitment.commitment_class),
                      -static_cast<int>(commitment.strength), commitment.instrument->name,
                      commitment.link.provision());
  };
  return rank(a) < rank(b);
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

// The place of an instrument among those that carry commitments.
struct Rank {
  int shared_themes = 0;
  int best_themes = 0;
  int only_best_themes = 0;
  std::array<int, v1::CommitmentClass_ARRAYSIZE> themes{};  // By class.
  const std::vector<OwnCommitment>* last = nullptr;         // The theme that was counted last.
};
using Ranks = std::unordered_map<const OwnInstrument*, Rank>;

// Counts one theme, on which an instrument counts by the best of its commitments.
void CountTheme(const std::vector<OwnCommitment>& commitments, Ranks* ranks) {
  Rank* only_best = nullptr;
  int best = 0;
  // The best come first.
  for (const OwnCommitment& own : commitments) {
    Rank& rank = (*ranks)[own.instrument];
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

OwnInstruments OwnInstrumentsFrom(const domain::SubgraphIndex& index, const ActsOfState& acts,
                                  const domain::Reading& reading,
                                  const domain::GoodsTaxonomy& taxonomy,
                                  std::span<const std::string> target_goods) {
  OwnInstruments own;
  for (const auto& [name, acts_to_it] : acts) {
    const graph::Node* node = index.FindNode(name);
    if (node == nullptr) continue;
    OwnInstrument instrument{
        .name = name,
        .standing = domain::Weigh(acts_to_it, reading, instruments::v1::COUNT_BY_DEPOSIT,
                                  domain::TermsOf(*node)),
        .goods = taxonomy.Match(domain::TextsProperty(*node, "goods_scope"), target_goods),
        .reach = domain::ReachOf(*node)};
    if (instrument.standing.participates()) own.emplace(name, std::move(instrument));
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
  Ranks ranks;
  for (const auto& [theme, commitments] : table) CountTheme(commitments, &ranks);
  std::vector<v1::RankedInstrument> rows;
  for (const auto& [name, own] : own_instruments) {
    const auto found = ranks.find(&own);
    if (found == ranks.end()) continue;
    const Rank& rank = found->second;
    v1::RankedInstrument& row = rows.emplace_back();
    domain::FillNamed(index, name, row.mutable_instrument());
    row.set_status(own.standing.status);
    row.set_goods(own.goods.relation);
    row.set_reach(own.reach);
    row.set_shared_themes(rank.shared_themes);
    row.set_best_themes(rank.best_themes);
    row.set_only_best_themes(rank.only_best_themes);
    row.set_in_force(own.standing.is_in_force);
    for (size_t value = 0; value < rank.themes.size(); ++value) {
      if (rank.themes[value] == 0) continue;
      v1::ClassTotal* total = row.add_totals();
      total->set_commitment_class(static_cast<v1::CommitmentClass>(value));
      total->set_themes(rank.themes[value]);
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::tuple(-a.best_themes(), -a.shared_themes()) <
           std::tuple(-b.best_themes(), -b.shared_themes());
  });
  return {rows.begin(), rows.end()};
}

int TotalOf(const RepeatedPtrField<v1::ClassTotal>& totals, v1::CommitmentClass commitment_class) {
  for (const v1::ClassTotal& total : totals) {
    if (total.commitment_class() == commitment_class) return total.themes();
  }
  return 0;
}

}  // namespace attlas::synergy
