#include "services/domain/participation.h"

#include <deque>
#include <string>

#include "graph/model/date.h"
#include "gtest/gtest.h"
#include "services/domain/patterns.h"

namespace attlas::domain {
namespace {

using instruments::v1::COUNT_BY_DEPOSIT;
using instruments::v1::COUNT_BY_IN_FORCE;
using instruments::v1::ParticipationStatus;
using namespace instruments::v1;  // NOLINT: the statuses, many of them.

// The acts of one state towards one instrument.
class ActList {
 public:
  ActList& Add(std::string_view type, std::string_view from = "", std::string_view to = "",
               graph::v1::Confidence confidence = graph::v1::CONFIDENCE_SEEN) {
    graph::Edge& edge = edges_.emplace_back();
    edge.set_type(std::string(type));
    if (!from.empty()) *edge.mutable_valid_from() = graph::ParseDate(from).value();
    if (!to.empty()) *edge.mutable_valid_to() = graph::ParseDate(to).value();
    edge.add_citations()->set_confidence(confidence);
    return *this;
  }

  Standing On(std::string_view date, CountBy count_by = COUNT_BY_DEPOSIT,
              const InstrumentTerms& terms = {},
              graph::v1::Confidence confidence = graph::v1::CONFIDENCE_RECALLED) const {
    std::vector<const graph::Edge*> acts;
    for (const graph::Edge& edge : edges_) acts.push_back(&edge);
    return Weigh(acts, {graph::FirstDay(graph::ParseDate(date).value()), confidence}, count_by,
                 terms);
  }
  ParticipationStatus StatusOn(std::string_view date, CountBy count_by = COUNT_BY_DEPOSIT,
                               const InstrumentTerms& terms = {}) const {
    return On(date, count_by, terms).status;
  }

 private:
  std::deque<graph::Edge> edges_;
};

TEST(ParticipationTest, SignatureThenConsentThenWithdrawal) {
  ActList acts;
  acts.Add(kSigned, "2013-06-03", "2020-02-20").Add(kConsentedTo, "2014-04-02", "2020-02-20");
  EXPECT_EQ(acts.StatusOn("2013-06-02"), PARTICIPATION_STATUS_OUTSIDE);
  EXPECT_EQ(acts.StatusOn("2013-06-03"), PARTICIPATION_STATUS_SIGNATORY);
  EXPECT_EQ(acts.StatusOn("2014-04-02"), PARTICIPATION_STATUS_PARTY);
  EXPECT_EQ(acts.StatusOn("2020-02-19"), PARTICIPATION_STATUS_PARTY);
  EXPECT_EQ(acts.StatusOn("2020-02-20"), PARTICIPATION_STATUS_WITHDRAWN);
}

TEST(ParticipationTest, SignatureOutlivesAConsentOnlyByItsOwnValidity) {
  ActList acts;
  acts.Add(kSigned, "2013").Add(kConsentedTo, "2014", "2020");
  EXPECT_EQ(acts.StatusOn("2021"), PARTICIPATION_STATUS_SIGNATORY);
}

TEST(ParticipationTest, CountedByInForceAConsentWaits) {
  ActList acts;
  acts.Add(kConsentedTo, "2024-06-01").Add(kInForceFor, "2024-08-30");
  EXPECT_EQ(acts.StatusOn("2024-08-29", COUNT_BY_IN_FORCE), PARTICIPATION_STATUS_CONSENTED);
  EXPECT_EQ(acts.StatusOn("2024-08-30", COUNT_BY_IN_FORCE), PARTICIPATION_STATUS_PARTY);
  EXPECT_EQ(acts.StatusOn("2024-08-29", COUNT_BY_DEPOSIT), PARTICIPATION_STATUS_PARTY);
  EXPECT_FALSE(acts.On("2024-08-29").is_in_force);
}

TEST(ParticipationTest, WithoutARuleInForceFollowsTheInstrument) {
  ActList acts;
  acts.Add(kConsentedTo, "2000-01-01");
  const InstrumentTerms later{
      .complete = true, .in_force_from = graph::FirstDay(graph::ParseDate("2005-01-01").value())};
  EXPECT_EQ(acts.StatusOn("2004-12-31", COUNT_BY_IN_FORCE, later), PARTICIPATION_STATUS_CONSENTED);
  EXPECT_EQ(acts.StatusOn("2005-01-01", COUNT_BY_IN_FORCE, later), PARTICIPATION_STATUS_PARTY);
  const InstrumentTerms never{.complete = true, .in_force_from = graph::kEndOfTime};
  EXPECT_EQ(acts.StatusOn("2026-01-01", COUNT_BY_IN_FORCE, never), PARTICIPATION_STATUS_CONSENTED);
}

TEST(ParticipationTest, UndatedStatementsHoldAtAnyDate) {
  ActList acts;
  acts.Add(kConsentedTo);
  EXPECT_EQ(acts.StatusOn("1900"), PARTICIPATION_STATUS_PARTY);
  EXPECT_TRUE(acts.On("1900").undated());
  StatusCounts counts;
  CountStanding(acts.On("1900"), &counts);
  EXPECT_EQ(counts.undated(), 1);
}

TEST(ParticipationTest, AbsenceMeansOutsideOnlyWhereTheListIsComplete) {
  const ActList none;
  EXPECT_EQ(none.StatusOn("2026", COUNT_BY_DEPOSIT, {.complete = true}),
            PARTICIPATION_STATUS_OUTSIDE);
  EXPECT_EQ(none.StatusOn("2026", COUNT_BY_DEPOSIT, {.complete = false}),
            PARTICIPATION_STATUS_UNKNOWN);
}

TEST(ParticipationTest, StatementsBelowTheConfidenceDoNotCount) {
  ActList acts;
  acts.Add(kConsentedTo, "2000", "", graph::v1::CONFIDENCE_UNVERIFIED);
  EXPECT_EQ(acts.StatusOn("2026"), PARTICIPATION_STATUS_OUTSIDE);
  EXPECT_EQ(acts.On("2026", COUNT_BY_DEPOSIT, {}, graph::v1::CONFIDENCE_UNVERIFIED).status,
            PARTICIPATION_STATUS_PARTY);
}

TEST(ParticipationTest, BeingAddressedOrCommittedThroughIsNoOwnAct) {
  ActList addressed;
  addressed.Add(kAddressedBy, "2001-07-20");
  EXPECT_EQ(addressed.StatusOn("2026"), PARTICIPATION_STATUS_ADDRESSED);
  EXPECT_TRUE(addressed.On("2026").participates());
  EXPECT_FALSE(addressed.On("2026").takes_part());
  ActList committed;
  committed.Add(kCommittedThrough, "2018-09").Add(kAddressedBy, "2001");
  EXPECT_EQ(committed.StatusOn("2026"), PARTICIPATION_STATUS_COMMITTED_THROUGH);
}

TEST(ParticipationTest, SignaturesCountWhateverCameOfThem) {
  ActList acts;
  acts.Add(kSigned, "2013", "2020").Add(kConsentedTo, "2014", "2020");
  StatusCounts counts;
  CountStanding(acts.On("2021"), &counts);
  EXPECT_EQ(counts.signatures(), 1);
  EXPECT_EQ(counts.withdrawn(), 1);
  EXPECT_EQ(counts.size(), 1);
}

TEST(ParticipationTest, NobodyTakesPartBeforeTheAdoption) {
  ActList acts;
  acts.Add(kConsentedTo).Add(kSigned);
  const InstrumentTerms terms{.complete = true,
                              .adopted_from = graph::FirstDay(graph::ParseDate("1996-07").value())};
  EXPECT_EQ(acts.StatusOn("1996-06-30", COUNT_BY_DEPOSIT, terms), PARTICIPATION_STATUS_OUTSIDE);
  EXPECT_EQ(acts.StatusOn("1996-07-01", COUNT_BY_DEPOSIT, terms), PARTICIPATION_STATUS_PARTY);
  EXPECT_EQ(acts.On("1996-06-30", COUNT_BY_DEPOSIT, terms).ever_signed, nullptr);
}

TEST(ParticipationTest, AnUndatedEntryIntoForceIsNotOlderThanThatOfTheInstrument) {
  ActList acts;
  acts.Add(kConsentedTo).Add(kInForceFor);
  const InstrumentTerms terms{
      .complete = true, .in_force_from = graph::FirstDay(graph::ParseDate("1950-10-21").value())};
  EXPECT_EQ(acts.StatusOn("1950-10-20", COUNT_BY_IN_FORCE, terms), PARTICIPATION_STATUS_CONSENTED);
  EXPECT_EQ(acts.StatusOn("1950-10-21", COUNT_BY_IN_FORCE, terms), PARTICIPATION_STATUS_PARTY);
}

TEST(ParticipationTest, AWithdrawalIsFromTheConsentAndNotFromTheSignature) {
  ActList acts;
  acts.Add(kSigned, "2000-12-28", "2019-03-17").Add(kConsentedTo, "2011-08-30", "2019-03-17");
  const Standing standing = acts.On("2020-01-01");
  ASSERT_EQ(standing.status, PARTICIPATION_STATUS_WITHDRAWN);
  EXPECT_EQ(standing.ended->type(), kConsentedTo);
  StateStatus status;
  FillStateStatus(standing, &status);
  EXPECT_EQ(status.deposit_date().year(), 2011);
  EXPECT_EQ(status.signed_date().year(), 2000);
  EXPECT_EQ(status.end_date().year(), 2019);
}

TEST(ParticipationTest, ASignatureAndAWithdrawalPutNothingInForce) {
  ActList acts;
  acts.Add(kSigned, "2013").Add(kConsentedTo, "2014", "2020");
  EXPECT_FALSE(acts.On("2013-06").is_in_force);
  EXPECT_FALSE(acts.On("2013-06").committed());
  EXPECT_TRUE(acts.On("2014-06").is_in_force);
  EXPECT_TRUE(acts.On("2014-06").committed());
  EXPECT_FALSE(ActList().Add(kConsentedTo, "2014", "2020").On("2021").is_in_force);
}

}  // namespace
}  // namespace attlas::domain
