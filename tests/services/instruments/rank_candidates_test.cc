#include <map>
#include <set>
#include <string>
#include <tuple>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/instruments/instrument_queries.h"
#include "services/synergy/synergy_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::instruments {
namespace {

using testing::AsOf;

v1::RankCandidatesRequest Request(std::string_view date, std::string_view grouping = "") {
  v1::RankCandidatesRequest request;
  *request.mutable_read() = AsOf(date);
  request.set_instrument("att");
  request.set_grouping(std::string(grouping));
  request.set_page_size(500);
  return request;
}

absl::StatusOr<v1::RankCandidatesResponse> Ask(const v1::RankCandidatesRequest& request) {
  static InstrumentQueries queries(&testing::CuratedGraph());
  const auto found = queries.RankCandidates(testing::OperatorCall(), request);
  if (!found.ok()) return found.status();
  return found->Parse();
}

int SameGoods(const v1::CarriedThemes& themes) {
  return themes.binding_same_goods() + themes.political_same_goods() +
         themes.voluntary_same_goods();
}

TEST(RankCandidatesTest, AreAllWhoAreNoParty) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request("2026-02-03")));
  EXPECT_EQ(response.counts().size(), 197);
  EXPECT_EQ(response.total_size(), 197 - 117);
  EXPECT_EQ(response.candidates_size(), response.total_size());
  std::set<std::string> states;
  for (const auto& candidate : response.candidates()) {
    EXPECT_NE(candidate.status().status(), v1::PARTICIPATION_STATUS_PARTY);
    states.insert(candidate.status().state().name());
  }
  EXPECT_EQ(states.size(), 80u);
}

// Events about the treaty and concerns, counted by hand from the tables.
TEST(RankCandidatesTest, ShowsEachFactor) {
  struct Row {
    int events, concerns, unanswered;
  };
  const std::map<std::string, Row> expected = {
      {"states/KHM", {5, 1, 1}}, {"states/THA", {7, 2, 1}}, {"states/MYS", {5, 3, 0}},
      {"states/SGP", {2, 1, 0}}, {"states/LAO", {4, 0, 0}}, {"states/VNM", {5, 1, 0}},
      {"states/IDN", {3, 1, 0}}, {"states/KIR", {0, 0, 0}}, {"states/IND", {2, 5, 1}}};
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request("2026-02-03")));
  size_t seen = 0;
  for (const auto& candidate : response.candidates()) {
    const auto it = expected.find(candidate.status().state().name());
    if (it == expected.end()) continue;
    ++seen;
    EXPECT_EQ(candidate.events(), it->second.events) << it->first;
    EXPECT_EQ(candidate.concerns(), it->second.concerns) << it->first;
    EXPECT_EQ(candidate.voiced_challenges_size(), it->second.concerns) << it->first;
    EXPECT_EQ(candidate.unanswered_concerns(), it->second.unanswered) << it->first;
  }
  EXPECT_EQ(seen, expected.size());
}

// One way to count: the classes are those of FindSynergies.
TEST(RankCandidatesTest, CarriesWhatFindSynergiesFinds) {
  synergy::SynergyQueries synergies(&testing::CuratedGraph());
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request("2026-02-03", "unrcpd-43")));
  ASSERT_GT(response.candidates_size(), 10);
  for (const auto& candidate : response.candidates()) {
    synergy::v1::FindSynergiesRequest request;
    *request.mutable_read() = AsOf("2026-02-03");
    request.set_state(candidate.status().state().name());
    request.set_target("att");
    ASSERT_OK_AND_ASSIGN(const auto found,
                         synergies.FindSynergies(testing::OperatorCall(), request));
    const synergy::v1::FindSynergiesResponse synergies_found = found.Parse();
    std::map<synergy::v1::CommitmentClass, int> totals;
    for (const auto& total : synergies_found.totals()) {
      totals[total.commitment_class()] = total.themes();
    }
    const v1::CarriedThemes& themes = candidate.themes();
    const std::string& state = request.state();
    EXPECT_EQ(themes.binding_same_goods(), totals[synergy::v1::COMMITMENT_CLASS_BINDING_SAME_GOODS])
        << state;
    EXPECT_EQ(themes.political_same_goods(),
              totals[synergy::v1::COMMITMENT_CLASS_POLITICAL_SAME_GOODS])
        << state;
    EXPECT_EQ(themes.voluntary_same_goods(),
              totals[synergy::v1::COMMITMENT_CLASS_VOLUNTARY_SAME_GOODS])
        << state;
    EXPECT_EQ(themes.one_state_reach(), totals[synergy::v1::COMMITMENT_CLASS_ONE_STATE_REACH])
        << state;
    EXPECT_EQ(themes.general(), totals[synergy::v1::COMMITMENT_CLASS_GENERAL]) << state;
    EXPECT_EQ(themes.other_goods(), totals[synergy::v1::COMMITMENT_CLASS_OTHER_GOODS]) << state;
    EXPECT_EQ(themes.new_themes(), totals[synergy::v1::COMMITMENT_CLASS_NEW]) << state;
    EXPECT_EQ(themes.total(), 32) << state;
  }
}

TEST(RankCandidatesTest, KeepsTheStatedOrder) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request("2026-02-03")));
  const auto rank = [](const v1::Candidate& candidate) {
    return std::tuple(candidate.status().status() != v1::PARTICIPATION_STATUS_SIGNATORY,
                      -SameGoods(candidate.themes()), -candidate.themes().binding_same_goods(),
                      -candidate.themes().political_same_goods(), -candidate.events(),
                      candidate.unanswered_concerns(), candidate.status().state().name());
  };
  for (int i = 1; i < response.candidates_size(); ++i) {
    EXPECT_LT(rank(response.candidates(i - 1)), rank(response.candidates(i)));
  }
}

TEST(RankCandidatesTest, KeepsToSignatoriesWhereAsked) {
  v1::RankCandidatesRequest request = Request("2026-02-03");
  request.set_signatories_only(true);
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  EXPECT_EQ(response.total_size(), 25);
  for (const auto& candidate : response.candidates()) {
    EXPECT_EQ(candidate.status().status(), v1::PARTICIPATION_STATUS_SIGNATORY);
  }
}

// What happened after the date of the question is not known on it.
TEST(RankCandidatesTest, KnowsNothingOfTheFuture) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request("2014-06-30")));
  for (const auto& candidate : response.candidates()) {
    if (candidate.events() > 0) {
      EXPECT_LE(candidate.latest_event_date().year(), 2014);
    }
    if (candidate.concerns() > 0) {
      EXPECT_LE(candidate.latest_concern_date().year(), 2014);
    }
  }
}

TEST(RankCandidatesTest, PagesJoinToTheWhole) {
  ASSERT_OK_AND_ASSIGN(const auto whole, Ask(Request("2026-02-03", "unrcpd-43")));
  v1::RankCandidatesRequest request = Request("2026-02-03", "unrcpd-43");
  request.set_page_size(7);
  std::vector<std::string> states;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, Ask(request));
    EXPECT_LE(page.candidates_size(), 7);
    EXPECT_EQ(page.total_size(), whole.total_size());
    for (const auto& candidate : page.candidates()) {
      states.push_back(candidate.status().state().name());
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  ASSERT_EQ(static_cast<int>(states.size()), whole.candidates_size());
  for (int i = 0; i < whole.candidates_size(); ++i) {
    EXPECT_EQ(states[static_cast<size_t>(i)], whole.candidates(i).status().state().name());
  }
}

TEST(RankCandidatesTest, AreNeitherEndorsersNorAddressed) {
  v1::RankCandidatesRequest request = Request("2026-02-03");
  request.set_instrument("safe-schools-declaration");
  ASSERT_OK_AND_ASSIGN(const auto endorsed, Ask(request));
  EXPECT_EQ(endorsed.total_size(), 197 - 120);
  request.set_instrument("unpoa");  // Addresses the 193 members of the United Nations.
  ASSERT_OK_AND_ASSIGN(const auto addressed, Ask(request));
  EXPECT_EQ(addressed.total_size(), 197 - 193);
}

}  // namespace
}  // namespace attlas::instruments
