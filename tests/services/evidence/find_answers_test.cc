// FindAnswers and ListUnanswered over the curated dataset; the expected rows were read from its
// tables by hand.
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "graph/model/date.h"
#include "gtest/gtest.h"
#include "services/evidence/evidence_queries.h"
#include "services/evidence/peers.h"
#include "tests/services/common/random_codec.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::evidence {
namespace {

using testing::AsOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::RandomCodec;
using testing::StatusIs;
using ::testing::UnorderedElementsAre;

v1::FindAnswersRequest Request(std::string_view concern, std::string_view date = "2026-11-29") {
  v1::FindAnswersRequest request;
  *request.mutable_read() = AsOf(date);
  request.set_concern(std::string(concern));
  return request;
}

absl::StatusOr<v1::FindAnswersResponse> Find(const v1::FindAnswersRequest& request) {
  return EvidenceQueries(&testing::CuratedGraph(), &RandomCodec())
      .FindAnswers(testing::OperatorCall(), request);
}

std::vector<std::string> PeersOf(const v1::FindAnswersResponse& response) {
  std::vector<std::string> peers;
  for (const v1::PeerAnswer& peer : response.peers()) {
    peers.push_back(peer.peer().name() + " " + peer.concern().name());
  }
  return peers;
}

TEST(FindAnswersTest, AClauseAnswersTheConcernOnDefenceContracts) {
  ASSERT_OK_AND_ASSIGN(const auto answer, Find(Request("ch-ind-contracts")));
  EXPECT_EQ(answer.target().name(), "instruments/att");
  ASSERT_EQ(answer.clauses_size(), 1);
  const v1::ClauseAnswer& clause = answer.clauses(0);
  EXPECT_EQ(clause.ref(), "Art. 26(2)");
  EXPECT_EQ(clause.instrument().name(), "instruments/att");
  EXPECT_THAT(clause.sentence(),
              HasSubstr("Art. 26(2) of the ATT: Treaty may not be used to void"));
  EXPECT_EQ(clause.evidence_size(), 2);
  EXPECT_THAT(answer.publications(), IsEmpty());
  EXPECT_THAT(answer.peers(), IsEmpty());
  EXPECT_EQ(answer.concern().voices(0).holder().name(), "states/IND");
  EXPECT_THAT(answer.sentence(), HasSubstr("1 provision answers"));
}

TEST(FindAnswersTest, ClausesMayBeOfSeveralInstruments) {
  ASSERT_OK_AND_ASSIGN(const auto answer, Find(Request("challenges/ch-ind-nonstate")));
  std::vector<std::pair<std::string, std::string>> clauses;
  for (const auto& one : answer.clauses()) clauses.emplace_back(one.instrument().name(), one.ref());
  EXPECT_THAT(clauses, ElementsAre(std::pair("instruments/att", "Art. 11(1)"),
                                   std::pair("instruments/att", "Art. 7(1)(b)(iii)"),
                                   std::pair("instruments/unscr-1540", "OP2")));
  ASSERT_EQ(answer.publications_size(), 1);
  EXPECT_EQ(answer.publications(0).publication().name(), "evidence/ev-gcsp-2019");
  EXPECT_TRUE(answer.publications(0).about_holder());
  // China voiced it in 2020 and joined in July of that year: nobody can tell which came first.
  ASSERT_THAT(PeersOf(answer), ElementsAre("states/CHN challenges/ch-chn-nonstate-position"));
  EXPECT_EQ(answer.peers(0).timing(), v1::PEER_TIMING_UNKNOWN);
  EXPECT_THAT(answer.peers(0).sentence(), HasSubstr("which came first is not known"));
  EXPECT_THAT(answer.sentence(), HasSubstr("0 states voiced a concern of the same theme"));
}

TEST(FindAnswersTest, TheHolderItselfJoinedAnyway) {
  ASSERT_OK_AND_ASSIGN(const auto answer, Find(Request("ch-phl-paperwork")));
  EXPECT_THAT(PeersOf(answer), ElementsAre("states/PHL challenges/ch-phl-paperwork",
                                           "states/PHL challenges/ch-phl-denials"));
  const v1::PeerAnswer& peer = answer.peers(0);
  EXPECT_TRUE(peer.same_concern());
  EXPECT_FALSE(answer.peers(1).same_concern());
  EXPECT_EQ(peer.timing(), v1::PEER_TIMING_VOICED_BEFORE);
  EXPECT_EQ(graph::FormatDate(peer.joined_date()), "2022-03-24");
  EXPECT_EQ(graph::FormatDate(peer.voiced_date()), "2021");
  EXPECT_EQ(peer.publications_size(), 2);
  ASSERT_EQ(answer.publications_size(), 2);
  EXPECT_EQ(answer.publications(0).publication().name(), "evidence/ev-att-trade-dfa-2024");
  EXPECT_EQ(answer.publications(1).publication().name(), "evidence/ev-phl-dti-2022");
  EXPECT_THAT(answer.sentence(), HasSubstr("1 state voiced a concern of the same theme and joined "
                                           "the ATT afterwards."));
}

TEST(FindAnswersTest, APeerOfAnotherStateCountsFromTheDayItJoined) {
  ASSERT_OK_AND_ASSIGN(const auto answer, Find(Request("ch-mys-legislation")));
  EXPECT_THAT(answer.clauses(), IsEmpty());
  ASSERT_EQ(answer.publications_size(), 2);
  // The one that is about Malaysia comes first, though it is older.
  EXPECT_EQ(answer.publications(0).publication().name(), "evidence/ev-rand-2016");
  EXPECT_FALSE(answer.publications(1).about_holder());
  EXPECT_THAT(PeersOf(answer), ElementsAre("states/PHL challenges/ch-phl-delay"));
  ASSERT_OK_AND_ASSIGN(const auto before, Find(Request("ch-mys-legislation", "2022-03-23")));
  EXPECT_THAT(before.peers(), IsEmpty());
  EXPECT_EQ(before.concern().age_years(), 6);
  // Another target: nobody joined it.
  v1::FindAnswersRequest request = Request("ch-mys-legislation");
  request.set_target("hcoc");
  ASSERT_OK_AND_ASSIGN(const auto other, Find(request));
  EXPECT_EQ(other.target().name(), "instruments/hcoc");
}

TEST(FindAnswersTest, WhatAnswersTheSameThemeComesAfterAndIsNamed) {
  v1::FindAnswersRequest request = Request("ch-chn-nonstate-position");
  ASSERT_OK_AND_ASSIGN(const auto own, Find(request));
  EXPECT_THAT(own.clauses(), IsEmpty());
  request.set_include_same_theme(true);
  ASSERT_OK_AND_ASSIGN(const auto all, Find(request));
  EXPECT_GE(all.clauses_size(), 4);
  for (const v1::ClauseAnswer& clause : all.clauses()) {
    EXPECT_THAT(clause.other_concern().name(),
                ::testing::AnyOf("challenges/ch-ind-nonstate", "challenges/ch-asia-nonstate"));
  }
  EXPECT_EQ(all.sentence(), own.sentence());
}

TEST(FindAnswersTest, AConcernOfLaterIsShownAsSuch) {
  ASSERT_OK_AND_ASSIGN(const auto answer, Find(Request("ch-ind-contracts", "2012-01-01")));
  ASSERT_EQ(answer.concern().voices_size(), 1);
  EXPECT_EQ(answer.concern().latest_voiced_date().year(), 2013);
  EXPECT_FALSE(answer.concern().has_age_years());
}

TEST(FindAnswersTest, EveryAnswerIsCited) {
  v1::FindAnswersRequest request = Request("ch-sea-system");
  request.set_include_same_theme(true);
  request.set_include_sources(true);
  ASSERT_OK_AND_ASSIGN(const auto answer, Find(request));
  std::vector<std::string> statements;
  for (const auto& statement : answer.statements()) statements.push_back(statement.name());
  const auto expect_cited = [&](const auto& answers) {
    EXPECT_FALSE(answers.empty());
    for (const auto& one : answers) {
      EXPECT_FALSE(one.evidence().empty());
      for (const std::string& name : one.evidence()) {
        EXPECT_THAT(statements, ::testing::Contains(name));
      }
    }
  };
  expect_cited(answer.clauses());
  expect_cited(answer.publications());
  expect_cited(answer.peers());
  EXPECT_FALSE(answer.sources().empty());
}

TEST(FindAnswersTest, BadInputBlamesItsField) {
  EXPECT_THAT(testing::BlamedFields(Find(Request("")).status()), ElementsAre("concern"));
  EXPECT_THAT(testing::BlamedFields(Find(Request("states/IND")).status()), ElementsAre("concern"));
  EXPECT_THAT(Find(Request("ch-ind-contract")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("challenges/ch-ind-contracts")));
  v1::FindAnswersRequest request = Request("ch-ind-contracts");
  request.set_target("atx");
  EXPECT_THAT(Find(request), StatusIs(absl::StatusCode::kNotFound, HasSubstr("instruments/att")));
}

TEST(PeerTimingTest, AYearTellsOnlyWhatItCan) {
  const auto timing = [](std::string_view voiced, std::string_view joined) {
    return TimingOf(graph::ParseDate(voiced).value(), graph::ParseDate(joined).value());
  };
  EXPECT_EQ(timing("2019", "2020-01-01"), v1::PEER_TIMING_VOICED_BEFORE);
  EXPECT_EQ(timing("2020", "2020-12-31"), v1::PEER_TIMING_UNKNOWN);
  EXPECT_EQ(timing("2020-06", "2020-07-01"), v1::PEER_TIMING_VOICED_BEFORE);
  EXPECT_EQ(timing("2020-07-02", "2020-07-01"), v1::PEER_TIMING_VOICED_AFTER);
  EXPECT_EQ(timing("2021", "2020"), v1::PEER_TIMING_VOICED_AFTER);
  EXPECT_EQ(TimingOf(std::nullopt, graph::ParseDate("2020").value()), v1::PEER_TIMING_UNKNOWN);
}

absl::StatusOr<v1::ListUnansweredResponse> Unanswered(const v1::ListUnansweredRequest& request) {
  return EvidenceQueries(&testing::CuratedGraph(), &RandomCodec())
      .ListUnanswered(testing::OperatorCall(), request);
}

v1::ListUnansweredRequest UnansweredRequest() {
  v1::ListUnansweredRequest request;
  *request.mutable_read() = AsOf("2026-11-29");
  request.set_page_size(500);
  return request;
}

std::vector<std::string> NamesOf(const v1::ListUnansweredResponse& response) {
  std::vector<std::string> names;
  for (const auto& row : response.concerns()) names.push_back(row.concern().name());
  return names;
}

TEST(ListUnansweredTest, ByDefaultThoseOnWhichNoPublicationBears) {
  ASSERT_OK_AND_ASSIGN(const auto answer, Unanswered(UnansweredRequest()));
  EXPECT_EQ(answer.total(), 19);
  EXPECT_EQ(answer.missing().concerns(), 66);
  EXPECT_EQ(answer.missing().without_clause(), 66 - 24);
  EXPECT_EQ(answer.missing().without_publication(), 19);
  EXPECT_EQ(answer.missing().without_peer(), 44);
  EXPECT_EQ(answer.missing().without_any(), 7);
  for (const auto& row : answer.concerns()) {
    EXPECT_EQ(row.concern().publications(), 0);
    EXPECT_THAT(row.missing(), ::testing::Contains(v1::ANSWER_KIND_PUBLICATION));
  }
}

TEST(ListUnansweredTest, ThoseThatLackEveryKind) {
  v1::ListUnansweredRequest request = UnansweredRequest();
  request.add_missing(v1::ANSWER_KIND_CLAUSE);
  request.add_missing(v1::ANSWER_KIND_PUBLICATION);
  ASSERT_OK_AND_ASSIGN(const auto neither, Unanswered(request));
  EXPECT_EQ(neither.total(), 12);
  request.add_missing(v1::ANSWER_KIND_PEER);
  ASSERT_OK_AND_ASSIGN(const auto none, Unanswered(request));
  EXPECT_THAT(NamesOf(none),
              UnorderedElementsAre("challenges/ch-chn-nonstate-position",
                                   "challenges/ch-global-uneven", "challenges/ch-npl-wmd-capacity",
                                   "challenges/ch-pak-process", "challenges/ch-southasia-imbalance",
                                   "challenges/ch-southasia-transit", "challenges/ch-tha-timing"));
}

TEST(ListUnansweredTest, AFilterDoesNotHideThePeers) {
  v1::ListUnansweredRequest request = UnansweredRequest();
  request.set_state("BRN");
  ASSERT_OK_AND_ASSIGN(const auto brunei, Unanswered(request));
  ASSERT_EQ(brunei.total(), 1);
  // The Philippines voiced one of the same theme and joined.
  EXPECT_EQ(brunei.concerns(0).peers(), 1);
  EXPECT_EQ(brunei.missing().without_peer(), 0);
  request.set_target("instruments/tpnw");
  ASSERT_OK_AND_ASSIGN(const auto other, Unanswered(request));
  EXPECT_EQ(other.target().name(), "instruments/tpnw");
}

TEST(ListUnansweredTest, BadInputBlamesItsField) {
  v1::ListUnansweredRequest request = UnansweredRequest();
  request.add_missing(v1::ANSWER_KIND_PEER);
  request.add_missing(static_cast<v1::AnswerKind>(9));
  EXPECT_THAT(testing::BlamedFields(Unanswered(request).status()), ElementsAre("missing[1]"));
  request = UnansweredRequest();
  request.set_target("states/IND");
  EXPECT_THAT(testing::BlamedFields(Unanswered(request).status()), ElementsAre("target"));
}

}  // namespace
}  // namespace attlas::evidence
