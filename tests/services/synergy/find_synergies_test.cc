#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "graph/base/status_macros.h"
#include "gtest/gtest.h"
#include "services/synergy/synergy_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::synergy {
namespace {

using testing::AsOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::StatusIs;

SynergyQueries& Queries() {
  static SynergyQueries queries(&testing::CuratedGraph());
  return queries;
}

v1::FindSynergiesRequest Request(
    std::string_view state, std::string_view date = "2026-02-03",
    graph::v1::Confidence confidence = graph::v1::CONFIDENCE_UNSPECIFIED) {
  v1::FindSynergiesRequest request;
  *request.mutable_read() = AsOf(date, confidence);
  request.set_state(std::string(state));
  request.set_target("att");
  return request;
}

absl::StatusOr<v1::FindSynergiesResponse> Ask(const v1::FindSynergiesRequest& request) {
  ATTLAS_ASSIGN_OR_RETURN(const auto found,
                          Queries().FindSynergies(testing::OperatorCall(), request));
  return found.Parse();
}

// The totals in the order of the classes.
template <typename Totals>
std::vector<int> Numbers(const Totals& totals) {
  std::vector<int> numbers;
  for (const v1::ClassTotal& total : totals) numbers.push_back(total.themes());
  return numbers;
}

std::map<std::string, v1::CommitmentClass> ClassByTheme(const v1::FindSynergiesResponse& response) {
  std::map<std::string, v1::CommitmentClass> classes;
  for (const v1::ThemeSynergy& theme : response.themes()) {
    classes[theme.theme().name()] = theme.best_class();
  }
  return classes;
}

TEST(FindSynergiesTest, GivesTheClassesOfIndonesiaTowardsTheAtt) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request("IDN")));
  EXPECT_THAT(Numbers(response.totals()), ElementsAre(0, 23, 0, 2, 4, 3, 0));
  EXPECT_EQ(response.target_status().status(), instruments::v1::PARTICIPATION_STATUS_OUTSIDE);
  EXPECT_THAT(response.sentence(), HasSubstr("23 political for the same goods"));
}

TEST(FindSynergiesTest, GivesTheClassesOfTheCookIslandsWhichNoOneAddresses) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request("states/COK")));
  EXPECT_THAT(Numbers(response.totals()), ElementsAre(0, 4, 0, 0, 12, 7, 9));
  for (const v1::ThemeSynergy& theme : response.themes()) {
    for (const v1::Commitment& commitment : theme.commitments()) {
      EXPECT_NE(commitment.status(), instruments::v1::PARTICIPATION_STATUS_ADDRESSED);
    }
  }
}

TEST(FindSynergiesTest, FindsNothingForAnEconomyWithoutCommitments) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request("TWN")));
  EXPECT_EQ(response.state().name(), "economies/TWN");
  EXPECT_THAT(Numbers(response.totals()), ElementsAre(0, 0, 0, 0, 0, 0, 32));
  EXPECT_EQ(response.themes(0).joining_effect(), v1::JOINING_EFFECT_NEW);
}

TEST(FindSynergiesTest, SignatureCapsTheStrength) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request("CHN")));
  EXPECT_THAT(Numbers(response.totals()), ElementsAre(0, 23, 1, 2, 4, 2, 0));
  bool signed_only = false;
  for (const v1::ThemeSynergy& theme : response.themes()) {
    for (const v1::Commitment& commitment : theme.commitments()) {
      if (commitment.status() != instruments::v1::PARTICIPATION_STATUS_SIGNATORY) continue;
      signed_only = true;
      EXPECT_EQ(commitment.strength(), instruments::v1::STRENGTH_VOLUNTARY);
    }
  }
  EXPECT_TRUE(signed_only);
}

TEST(FindSynergiesTest, TotalsAddUpToTheThemesOfEveryPlace) {
  for (const std::string& place : testing::AllPlaces()) {
    ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request(place)));
    int sum = 0;
    for (int number : Numbers(response.totals())) sum += number;
    EXPECT_EQ(sum, 32) << place;
    EXPECT_EQ(response.themes_size(), 32) << place;
    sum = 0;
    for (int number : Numbers(response.left_out().totals())) sum += number;
    EXPECT_EQ(sum, 32) << place;
  }
}

TEST(FindSynergiesTest, AskingForMoreConfidenceNeverImprovesAClass) {
  for (const char* state : {"IDN", "COK", "PHL", "IRN", "PLW", "USA", "NIU", "SSD", "DEU"}) {
    std::map<std::string, v1::CommitmentClass> before;
    for (const graph::v1::Confidence confidence :
         {graph::v1::CONFIDENCE_UNVERIFIED, graph::v1::CONFIDENCE_RECALLED,
          graph::v1::CONFIDENCE_STRUCTURE_SEEN, graph::v1::CONFIDENCE_SEEN}) {
      ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request(state, "2026-02-03", confidence)));
      for (const auto& [theme, commitment_class] : ClassByTheme(response)) {
        if (before.contains(theme)) {
          EXPECT_GE(commitment_class, before[theme]) << state << theme;
        }
        before[theme] = commitment_class;
      }
    }
  }
}

TEST(FindSynergiesTest, TellsWhatTheLeftOutStatementsWouldChange) {
  for (const std::string& place : testing::AllPlaces()) {
    ASSERT_OK_AND_ASSIGN(const auto now, Ask(Request(place)));
    ASSERT_OK_AND_ASSIGN(const auto then,
                         Ask(Request(place, "2026-02-03", graph::v1::CONFIDENCE_UNVERIFIED)));
    EXPECT_EQ(Numbers(now.left_out().totals()), Numbers(then.totals())) << place;
    EXPECT_EQ(then.left_out().statements(), 0) << place;
    auto classes = ClassByTheme(now);
    for (const v1::ClassChange& change : now.left_out().changes()) {
      EXPECT_EQ(classes[change.theme().name()], change.before()) << place;
      classes[change.theme().name()] = change.after();
    }
    EXPECT_EQ(classes, ClassByTheme(then)) << place;
    EXPECT_EQ(now.left_out().statements(), now.basis().left_out_statements()) << place;
  }
}

TEST(FindSynergiesTest, EveryLinkLeadsToStatementsWithSources) {
  v1::FindSynergiesRequest request = Request("IDN");
  request.set_include_sources(true);
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  std::set<std::string> statements;
  for (const auto& statement : response.statements()) {
    EXPECT_FALSE(statement.citations().empty()) << statement.name();
    EXPECT_GE(statement.confidence(), graph::v1::CONFIDENCE_RECALLED);
    EXPECT_TRUE(statements.insert(statement.name()).second) << "listed twice";
  }
  std::set<std::string> sources;
  for (const auto& source : response.sources()) sources.insert(source.name());
  for (const auto& statement : response.statements()) {
    for (const auto& citation : statement.citations()) {
      EXPECT_TRUE(sources.contains(citation.source())) << citation.source();
    }
  }
  for (const v1::ThemeSynergy& theme : response.themes()) {
    EXPECT_FALSE(theme.sentence().empty());
    ASSERT_FALSE(theme.target_provisions().empty());
    for (const v1::Commitment& commitment : theme.commitments()) {
      EXPECT_GE(commitment.evidence_size(), 5);
      EXPECT_FALSE(commitment.sentence().empty());
      for (const std::string& name : commitment.evidence()) {
        EXPECT_TRUE(statements.contains(name)) << name;
      }
    }
  }
}

TEST(FindSynergiesTest, ExplainsALinkInOneSentence) {
  v1::FindSynergiesRequest request = Request("IDN");
  request.add_themes("brokering");
  request.add_instruments("unpoa");
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  ASSERT_EQ(response.themes_size(), 1);
  ASSERT_EQ(response.themes(0).commitments_size(), 1);
  EXPECT_EQ(response.themes(0).commitments(0).sentence(),
            "Indonesia is addressed by the UN PoA (political), whose provision Sec. II para. 14 "
            "deals with brokering control; ATT Art. 10 asks the same function for the same goods "
            "(small arms and light weapons).");
}

TEST(FindSynergiesTest, CommitmentsComeBestFirstAndInstrumentsAreRanked) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request("IDN")));
  for (const v1::ThemeSynergy& theme : response.themes()) {
    for (int i = 1; i < theme.commitments_size(); ++i) {
      EXPECT_LE(theme.commitments(i - 1).commitment_class(),
                theme.commitments(i).commitment_class());
    }
  }
  EXPECT_EQ(response.instruments(0).instrument().name(), "instruments/unpoa");
  EXPECT_EQ(response.instruments(0).shared_themes(), 17);
  for (int i = 1; i < response.instruments_size(); ++i) {
    EXPECT_GE(response.instruments(i - 1).best_themes(), response.instruments(i).best_themes());
  }
}

TEST(FindSynergiesTest, FiltersNarrowThemesInstrumentsAndClasses) {
  v1::FindSynergiesRequest request = Request("IDN");
  request.add_classes(v1::COMMITMENT_CLASS_ONE_STATE_REACH);
  request.set_max_commitments_per_theme(1);
  ASSERT_OK_AND_ASSIGN(const auto by_class, Ask(request));
  EXPECT_EQ(by_class.themes_size(), 2);
  EXPECT_EQ(by_class.themes(0).commitments_size(), 1);
  EXPECT_THAT(Numbers(by_class.totals()), ElementsAre(0, 23, 0, 2, 4, 3, 0));
  request = Request("IDN");
  request.add_instruments("instruments/unscr-1540");
  ASSERT_OK_AND_ASSIGN(const auto by_instrument, Ask(request));
  EXPECT_THAT(Numbers(by_instrument.totals()), ElementsAre(0, 0, 0, 0, 0, 18, 14));
}

TEST(FindSynergiesTest, AConsentThatIsNotInForceYetKeepsItsStrengthAndSaysSo) {
  // Vanuatu deposited on 2025-09-05; the treaty is in force for it 90 days later.
  v1::FindSynergiesRequest request = Request("VUT", "2025-10-01");
  request.set_target("unpoa");
  request.add_instruments("att");
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  ASSERT_GT(response.themes_size(), 0);
  bool seen = false;
  for (const v1::ThemeSynergy& theme : response.themes()) {
    for (const v1::Commitment& commitment : theme.commitments()) {
      seen = true;
      EXPECT_FALSE(commitment.in_force());
      EXPECT_EQ(commitment.in_force_date().month(), 12);
      EXPECT_EQ(commitment.strength(), commitment.text_strength());
      EXPECT_THAT(commitment.sentence(), HasSubstr("in force for it from 2025-12-04"));
    }
  }
  EXPECT_TRUE(seen);
}

TEST(FindSynergiesTest, SaysWhichDateItUsed) {
  v1::FindSynergiesRequest request = Request("IDN");
  ASSERT_OK_AND_ASSIGN(const auto dated, Ask(request));
  EXPECT_FALSE(dated.basis().as_of_defaulted());
  EXPECT_EQ(dated.basis().as_of().year(), 2026);
  EXPECT_FALSE(dated.revision().empty());
  request.mutable_read()->clear_as_of();
  ASSERT_OK_AND_ASSIGN(const auto today, Ask(request));
  EXPECT_TRUE(today.basis().as_of_defaulted());
  EXPECT_GE(today.basis().as_of().year(), 2026);
}

TEST(FindSynergiesTest, TakesNamesAsPeopleWriteThem) {
  for (const char* name : {"states/KOR", "KOR", "kor", "South Korea", "south korea",
                           "Republic of Korea", " republic-of-KOREA "}) {
    ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request(name)));
    EXPECT_EQ(response.state().name(), "states/KOR") << name;
  }
  ASSERT_OK_AND_ASSIGN(const auto ivory, Ask(Request("Côte d'Ivoire")));
  EXPECT_EQ(ivory.state().name(), "states/CIV");
  v1::FindSynergiesRequest request = Request("IDN");
  request.set_target("Arms Trade Treaty");
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  EXPECT_EQ(response.target().name(), "instruments/att");
}

TEST(FindSynergiesTest, SuggestsTheNearestOfANameThatIsNone) {
  const auto result = Ask(Request("Suoth Korea"));
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kNotFound,
                               HasSubstr("state: there is no state `Suoth Korea`; nearest: "
                                         "`states/KOR` (Republic of Korea)")));
  EXPECT_EQ(testing::ReasonOf(result.status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(testing::MetadataOf(result.status(), "resource"), "Suoth Korea");
  EXPECT_THAT(testing::MetadataOf(result.status(), "suggestions"), HasSubstr("states/KOR"));
  EXPECT_THAT(testing::BlamedFields(result.status()), ElementsAre("state"));
  EXPECT_THAT(Ask(Request("a\nb")), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(FindSynergiesTest, SaysPlainlyWhenNothingWasLeftOut) {
  v1::FindSynergiesRequest request = Request("IDN");
  request.mutable_read()->set_min_confidence(graph::v1::CONFIDENCE_UNVERIFIED);
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  EXPECT_EQ(response.left_out().statements(), 0);
  EXPECT_EQ(response.left_out().sentence(), "No statement was left out for low confidence.");
}

TEST(FindSynergiesTest, NamesAProvisionThatNamesItsResolutionOnce) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request("IDN")));
  bool seen = false;
  for (const v1::ThemeSynergy& theme : response.themes()) {
    EXPECT_THAT(theme.sentence(), Not(HasSubstr("UNSCR 1718 UNSCR")));
    for (const v1::Commitment& commitment : theme.commitments()) {
      if (commitment.provision().name() != "provisions/unscr-1718-unscr-1718-op11") continue;
      seen = true;
      EXPECT_EQ(commitment.provision().display_name(), "UNSCR 1718 OP11");
    }
  }
  EXPECT_TRUE(seen);
}

TEST(FindSynergiesTest, JoiningBindsWhoHasOnlySigned) {
  // Thailand signed the ATT on 2014-11-25 and has not ratified it.
  ASSERT_OK_AND_ASSIGN(const auto signatory, Ask(Request("THA")));
  EXPECT_EQ(signatory.target_status().status(), instruments::v1::PARTICIPATION_STATUS_SIGNATORY);
  int becomes_binding = 0;
  for (const v1::ThemeSynergy& theme : signatory.themes()) {
    becomes_binding += theme.joining_effect() == v1::JOINING_EFFECT_BECOMES_BINDING ? 1 : 0;
  }
  EXPECT_GT(becomes_binding, 10);
  // Whom an instrument addresses, it commits: nobody can join a resolution.
  v1::FindSynergiesRequest request = Request("THA");
  request.set_target("unscr-1540");
  ASSERT_OK_AND_ASSIGN(const auto addressed, Ask(request));
  for (const v1::ThemeSynergy& theme : addressed.themes()) {
    EXPECT_EQ(theme.joining_effect(), v1::JOINING_EFFECT_ALREADY_COMMITTED);
  }
}

TEST(FindSynergiesTest, WhatIsOnlySignedIsNotInForce) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request("CHN")));
  bool seen = false;
  for (const v1::RankedInstrument& row : response.instruments()) {
    if (row.status() != instruments::v1::PARTICIPATION_STATUS_SIGNATORY) continue;
    seen = true;
    EXPECT_FALSE(row.in_force()) << row.instrument().name();
  }
  EXPECT_TRUE(seen);
}

TEST(FindSynergiesTest, ATargetHasNoThemesBeforeItsAdoption) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request("IDN", "2013-04-01")));
  EXPECT_THAT(Numbers(response.totals()), ElementsAre(0, 0, 0, 0, 0, 0, 0));
  EXPECT_THAT(response.basis().notes(),
              ::testing::Contains("This answer is about 2013-04-01, before the ATT was adopted on "
                                  "2013-04-02: it had no provisions yet."));
}

TEST(FindSynergiesTest, RefusesUnknownAndMalformedNames) {
  auto result = Ask(Request("IDX"));
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kNotFound, HasSubstr("there is no `states/IDX`")));
  EXPECT_EQ(testing::ReasonOf(result.status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(testing::MetadataOf(result.status(), "resource"), "states/IDX");
  EXPECT_FALSE(testing::MetadataOf(result.status(), "suggestions").empty());

  result = Ask(Request("Indonesa"));
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kNotFound, HasSubstr("`states/IDN` (Indonesia)")));
  EXPECT_THAT(testing::BlamedFields(result.status()), ElementsAre("state"));

  v1::FindSynergiesRequest request = Request("IDN");
  request.set_target("atx");
  result = Ask(request);
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kNotFound, HasSubstr("instruments/att")));

  request = Request("");
  EXPECT_THAT(Ask(request), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("is required")));
  EXPECT_THAT(testing::BlamedFields(Ask(request).status()), ElementsAre("state"));

  request = Request("instruments/att");
  EXPECT_THAT(Ask(request), StatusIs(absl::StatusCode::kInvalidArgument,
                                     HasSubstr("`instruments/att` does not name a state")));
  EXPECT_THAT(testing::BlamedFields(Ask(request).status()), ElementsAre("state"));

  request = Request("IDN");
  request.add_themes("control-list");
  request.add_themes("no such theme");
  EXPECT_THAT(testing::BlamedFields(Ask(request).status()), ElementsAre("themes[1]"));
}

}  // namespace
}  // namespace attlas::synergy
