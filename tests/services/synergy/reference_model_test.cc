// Synergies, simulations and comparisons, beside a second reckoning from the tables.

#include "tests/services/synergy/reference_model.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "gtest/gtest.h"
#include "services/synergy/synergy_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::testing {
namespace {

using synergy::v1::CompareInstrumentsResponse;
using synergy::v1::FindSynergiesResponse;
using synergy::v1::SimulateParticipationResponse;
using synergy::v1::SupposedAct;

constexpr char kAtt[] = "instruments/att";
// No ATT; signed by many; before and after its entry into force; the last day it is known; today.
const char* const kDates[] = {"2003-12-01", "2013-07-01", "2014-12-23", "2026-02-03", "2026-11-29"};

const ReferenceModel& Model() {
  static const auto* const model = new ReferenceModel();
  return *model;
}

synergy::SynergyQueries& Queries() {
  static synergy::SynergyQueries queries(&CuratedGraph());
  return queries;
}

ReferenceReading On(const std::string& date, int confidence = 2) {
  return {.day = FirstDayOf(date, 0), .confidence = confidence};
}

template <typename Totals>
std::vector<int> Numbers(const Totals& totals) {
  std::vector<int> numbers;
  for (const synergy::v1::ClassTotal& total : totals) numbers.push_back(total.themes());
  return numbers;
}

// What a state has beside the target itself.
ReferencePortfolio PortfolioBeside(const std::string& state, const std::string& target) {
  ReferencePortfolio portfolio = Model().PortfolioOf(state);
  portfolio.erase(target);
  return portfolio;
}

using CommitmentFacts = std::multiset<std::tuple<std::string, std::string, int, int, bool>>;

CommitmentFacts FactsOf(const std::vector<ReferenceCommitment>& commitments) {
  CommitmentFacts facts;
  for (const ReferenceCommitment& one : commitments) {
    facts.emplace(one.instrument, one.provision, one.strength, one.commitment_class, one.in_force);
  }
  return facts;
}

CommitmentFacts FactsOf(const synergy::v1::ThemeSynergy& theme) {
  CommitmentFacts facts;
  for (const synergy::v1::Commitment& one : theme.commitments()) {
    facts.emplace(one.instrument().name(), one.provision().name(), one.strength(),
                  one.commitment_class(), one.in_force());
  }
  return facts;
}

// Shared themes, themes with the best class, and those with it alone, by instrument.
using Ranks = std::map<std::string, std::tuple<int, int, int>>;

Ranks RanksOf(const ReferenceThemes& themes) {
  Ranks ranks;
  for (const auto& [theme, commitments] : themes) {
    std::set<std::string> all;
    std::set<std::string> best;
    for (const ReferenceCommitment& one : commitments) {
      all.insert(one.instrument);
      if (one.commitment_class == BestOf(commitments)) best.insert(one.instrument);
    }
    for (const std::string& name : all) ++std::get<0>(ranks[name]);
    for (const std::string& name : best) ++std::get<1>(ranks[name]);
    if (best.size() == 1) ++std::get<2>(ranks[*best.begin()]);
  }
  return ranks;
}

Ranks RanksOf(const FindSynergiesResponse& response) {
  Ranks ranks;
  for (const synergy::v1::RankedInstrument& row : response.instruments()) {
    ranks[row.instrument().name()] = {row.shared_themes(), row.best_themes(),
                                      row.only_best_themes()};
  }
  return ranks;
}

void CompareSynergies(const std::string& state, const std::string& target, const std::string& date,
                      int confidence = 2) {
  SCOPED_TRACE(state + " " + target + " " + date);
  const ReferenceReading reading = On(date, confidence);
  synergy::v1::FindSynergiesRequest request;
  *request.mutable_read() = AsOf(date, static_cast<graph::v1::Confidence>(confidence));
  request.set_state(state);
  request.set_target(target);
  ASSERT_OK_AND_ASSIGN(const auto found, Queries().FindSynergies(OperatorCall(), request));
  const FindSynergiesResponse response = found.Parse();
  EXPECT_FALSE(response.truncated());
  const ReferenceStanding standing = Model().StandingOf(state, target, reading);
  EXPECT_EQ(response.target_status().status(), standing.status);
  const ReferencePortfolio portfolio = PortfolioBeside(state, target);
  const ReferenceThemes themes = Model().Commitments(portfolio, target, reading);
  const auto asked = Model().ThemesOf(target, reading);
  EXPECT_EQ(Numbers(response.totals()), TotalsOf(themes));
  ASSERT_EQ(response.themes_size(), static_cast<int>(themes.size()));
  for (const synergy::v1::ThemeSynergy& row : response.themes()) {
    SCOPED_TRACE(row.theme().name());
    const std::vector<ReferenceCommitment>& commitments = themes.at(row.theme().name());
    EXPECT_EQ(row.best_class(), BestOf(commitments));
    EXPECT_EQ(row.joining_effect(),
              Model().EffectOf(commitments, asked.at(row.theme().name()), standing));
    EXPECT_EQ(FactsOf(row), FactsOf(commitments));
  }
  EXPECT_EQ(RanksOf(response), RanksOf(themes));
  const ReferenceThemes unsure = Model().Commitments(portfolio, target, On(date, 0));
  EXPECT_EQ(Numbers(response.left_out().totals()), TotalsOf(unsure));
}

TEST(ReferenceModelTest, EveryStateHasTheSynergiesWithTheAttThatTheTablesGive) {
  for (const char* date : kDates) {
    for (const std::string& state : Model().states()) CompareSynergies(state, kAtt, date);
  }
}

TEST(ReferenceModelTest, EveryTargetHasTheSynergiesThatTheTablesGive) {
  const std::vector<std::string>& states = Model().states();
  size_t next = 0;
  for (const std::string& target : Model().InstrumentsWithProvisions()) {
    for (int i = 0; i < 12; ++i, next += 17) {
      const std::string& state = states[next % states.size()];
      CompareSynergies(state, target, kDates[next % std::size(kDates)]);
      CompareSynergies(state, target, "2026-02-03", 1 + i % 4);
    }
  }
}

struct Supposition {
  std::string instrument;
  SupposedAct act;
};

void CompareRegions(const std::string& state, const ReferencePortfolio& after,
                    const ReferenceReading& reading,
                    const SimulateParticipationResponse& response) {
  std::set<std::string> groupings = Model().GroupingsOf(state);
  groupings.insert("");
  for (const synergy::v1::RegionEffect& region : response.regions()) {
    SCOPED_TRACE(region.grouping().name() + " " + region.instrument().name());
    EXPECT_TRUE(groupings.contains(region.grouping().name()));
    const std::set<std::string> members =
        region.has_grouping()
            ? Model().MembersOf(region.grouping().name())
            : std::set<std::string>(Model().states().begin(), Model().states().end());
    int parties_before = 0;
    int parties_after = 0;
    for (const std::string& member : members) {
      ReferencePortfolio own = Model().PortfolioOf(member);
      const auto is_party = [&](const ReferenceActs& acts) {
        return Model().Weigh(acts, region.instrument().name(), reading).status ==
               instruments::v1::PARTICIPATION_STATUS_PARTY;
      };
      const bool party = is_party(own[region.instrument().name()]);
      ReferencePortfolio then = member == state ? after : own;
      parties_before += party ? 1 : 0;
      parties_after += is_party(then[region.instrument().name()]) ? 1 : 0;
    }
    EXPECT_EQ(region.before().size(), static_cast<int>(members.size()));
    EXPECT_EQ(region.before().parties(), parties_before);
    EXPECT_EQ(region.after().parties(), parties_after);
  }
}

void CompareSimulation(const std::string& state, const std::vector<Supposition>& suppositions,
                       const std::string& target, const std::string& date) {
  std::string trace = state + " " + target + " " + date;
  synergy::v1::SimulateParticipationRequest request;
  *request.mutable_read() = AsOf(date);
  request.set_state(state);
  request.set_target(target);
  const ReferenceReading reading = On(date);
  const ReferencePortfolio before = Model().PortfolioOf(state);
  ReferencePortfolio after = before;
  bool possible = true;
  for (const Supposition& one : suppositions) {
    trace += " " + one.instrument + " " + std::to_string(one.act);
    synergy::v1::SupposedChange* change = request.add_changes();
    change->set_instrument(one.instrument);
    change->set_act(one.act);
    possible = possible && Model().Suppose(one.act, one.instrument, reading, &after);
  }
  SCOPED_TRACE(trace);
  const auto response = Queries().SimulateParticipation(OperatorCall(), request);
  ASSERT_EQ(response.ok(), possible) << response.status();
  if (!possible) return;
  for (const synergy::v1::StatusEffect& effect : response->statuses()) {
    const std::string& name = effect.instrument().name();
    EXPECT_EQ(effect.before(), Model().StandingOf(state, name, reading).status);
    EXPECT_EQ(effect.after(), Model().Weigh(after[name], name, reading).status) << name;
  }
  EXPECT_EQ(Numbers(response->totals_before()),
            TotalsOf(Model().Commitments(before, target, reading)));
  EXPECT_EQ(Numbers(response->totals_after()),
            TotalsOf(Model().Commitments(after, target, reading)));
  CompareRegions(state, after, reading, *response);
}

TEST(ReferenceModelTest, JoiningSigningAndLeavingChangeWhatTheTablesGive) {
  const std::vector<std::string> instruments = Model().Instruments();
  const std::vector<std::string> targets = Model().InstrumentsWithProvisions();
  size_t next = 0;
  for (const std::string& state : Model().states()) {
    for (const SupposedAct act : {synergy::v1::SUPPOSED_ACT_JOIN, synergy::v1::SUPPOSED_ACT_SIGN,
                                  synergy::v1::SUPPOSED_ACT_LEAVE}) {
      const char* date = kDates[next % std::size(kDates)];
      CompareSimulation(state, {{kAtt, act}}, kAtt, date);
      const std::string& target = targets[next % targets.size()];
      CompareSimulation(state, {{target, act}}, kAtt, "2026-02-03");
      CompareSimulation(state, {{instruments[next % instruments.size()], act}}, target, date);
      ++next;
    }
  }
}

TEST(ReferenceModelTest, LeavingEndsTheSignatureOfWhatIsInForce) {
  for (const std::string& state : Model().states()) {
    CompareSimulation(state, {{"instruments/ctbt", synergy::v1::SUPPOSED_ACT_LEAVE}}, kAtt,
                      "2026-02-03");
    CompareSimulation(
        state, {{kAtt, synergy::v1::SUPPOSED_ACT_LEAVE}, {kAtt, synergy::v1::SUPPOSED_ACT_JOIN}},
        kAtt, "2026-02-03");
  }
}

void CompareComparison(const std::string& base, const std::string& date) {
  SCOPED_TRACE(base + " " + date);
  synergy::v1::CompareInstrumentsRequest request;
  *request.mutable_read() = AsOf(date);
  request.set_instrument(base);
  ASSERT_OK_AND_ASSIGN(const CompareInstrumentsResponse response,
                       Queries().CompareInstruments(OperatorCall(), request));
  const auto themes = Model().ThemesOf(base, On(date));
  EXPECT_EQ(response.theme_count(), static_cast<int>(themes.size()));
  std::set<std::string> together;
  std::set<std::string> columns;
  for (const synergy::v1::ComparedInstrument& column : response.columns()) {
    const std::string& name = column.instrument().name();
    SCOPED_TRACE(name);
    columns.insert(name);
    int shared = 0;
    const auto others = Model().ThemesOf(name, On(date));
    for (const auto& [theme, strength] : others) {
      if (!themes.contains(theme)) continue;
      ++shared;
      together.insert(theme);
    }
    EXPECT_EQ(column.shared_themes(), shared);
    EXPECT_EQ(column.own_themes(), static_cast<int>(others.size()) - shared);
    EXPECT_EQ(column.missing_themes(), static_cast<int>(themes.size()) - shared);
    EXPECT_EQ(column.goods(), Model().GoodsOf(name, base));
  }
  EXPECT_EQ(response.together_shared_themes(), static_cast<int>(together.size()));
  for (const std::string& name : Model().InstrumentsWithProvisions()) {
    if (name != base && !Model().ThemesOf(name, On(date)).empty()) {
      EXPECT_TRUE(columns.contains(name)) << name;
    }
  }
}

TEST(ReferenceModelTest, InstrumentsShareTheThemesThatTheTablesGive) {
  for (const std::string& base : Model().InstrumentsWithProvisions()) {
    for (const char* date : {"1990", "2003-12-01", "2006-10-14", "2026-02-03"}) {
      CompareComparison(base, date);
    }
  }
}

// Published with the fact tables, reckoned there by hand.
TEST(ReferenceModelTest, GivesTheFiguresThatTheTablesWerePublishedWith) {
  const auto att = Model().ThemesOf(kAtt, On("2026-02-03"));
  EXPECT_EQ(att.size(), 32);
  const std::map<std::string, int> published = {{"unscr-1540", 18},
                                                {"unpoa", 17},
                                                {"firearms-protocol", 15},
                                                {"wassenaar", 12},
                                                {"cwc", 11},
                                                {"iti", 9},
                                                {"global-framework-ammunition", 10},
                                                {"ccm", 8},
                                                {"ccw", 8},
                                                {"untoc", 8},
                                                {"bwc", 7},
                                                {"apmbc", 7},
                                                {"unscr-1718", 6},
                                                {"cedaw", 4}};
  for (const auto& [id, themes] : published) {
    const auto others = Model().ThemesOf("instruments/" + id, On("2026-02-03"));
    EXPECT_EQ(std::count_if(others.begin(), others.end(),
                            [&](const auto& entry) { return att.contains(entry.first); }),
              themes)
        << id;
  }
}

}  // namespace
}  // namespace attlas::testing
