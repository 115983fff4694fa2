// Who stands how towards what, beside a second reckoning from the tables.

#include <map>
#include <string>

#include "gtest/gtest.h"
#include "services/instruments/instrument_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/services/synergy/reference_model.h"
#include "tests/testing/status_matchers.h"

namespace attlas::testing {
namespace {

using instruments::v1::GetStatusResponse;
using instruments::v1::StateStatus;
using instruments::v1::StatusCounts;

const ReferenceModel& Model() {
  static const auto* const model = new ReferenceModel();
  return *model;
}

instruments::InstrumentQueries& Queries() {
  static instruments::InstrumentQueries queries(&CuratedGraph());
  return queries;
}

// A date of an answer as the tables write it.
std::string Written(const graph::v1::Date& date) {
  std::string text = std::to_string(date.year());
  if (date.month() != 0) text += (date.month() < 10 ? "-0" : "-") + std::to_string(date.month());
  if (date.day() != 0) text += (date.day() < 10 ? "-0" : "-") + std::to_string(date.day());
  return date.year() == 0 ? "" : text;
}

void ExpectSame(const StateStatus& row, const ReferenceStanding& expected) {
  EXPECT_EQ(row.status(), expected.status);
  EXPECT_EQ(Written(row.signed_date()), expected.signed_date);
  EXPECT_EQ(Written(row.deposit_date()), expected.deposit_date);
  EXPECT_EQ(Written(row.in_force_date()), expected.in_force_date);
  EXPECT_EQ(Written(row.end_date()), expected.end_date);
  EXPECT_EQ(row.act(), expected.act);
  EXPECT_EQ(row.through(), expected.through);
}

int CountOf(const StatusCounts& counts, instruments::v1::ParticipationStatus status) {
  switch (status) {
    case instruments::v1::PARTICIPATION_STATUS_PARTY:
      return counts.parties();
    case instruments::v1::PARTICIPATION_STATUS_CONSENTED:
      return counts.consented();
    case instruments::v1::PARTICIPATION_STATUS_SIGNATORY:
      return counts.signatories();
    case instruments::v1::PARTICIPATION_STATUS_ENDORSER:
      return counts.endorsers();
    case instruments::v1::PARTICIPATION_STATUS_ADDRESSED:
      return counts.addressed();
    case instruments::v1::PARTICIPATION_STATUS_COMMITTED_THROUGH:
      return counts.committed_through();
    case instruments::v1::PARTICIPATION_STATUS_WITHDRAWN:
      return counts.withdrawn();
    case instruments::v1::PARTICIPATION_STATUS_OUTSIDE:
      return counts.outside();
    default:
      return counts.unknown();
  }
}

// Compares the whole of one instrument's status on one day.
void CompareStatus(const std::string& instrument, const std::string& date, int confidence,
                   bool in_force) {
  const ReferenceReading reading{
      .day = FirstDayOf(date, 0), .confidence = confidence, .count_by_in_force = in_force};
  instruments::v1::GetStatusRequest request;
  *request.mutable_read() = AsOf(date, static_cast<graph::v1::Confidence>(confidence));
  request.set_instrument(instrument);
  request.set_count_by(in_force ? instruments::v1::COUNT_BY_IN_FORCE
                                : instruments::v1::COUNT_BY_DEPOSIT);
  ASSERT_OK_AND_ASSIGN(const GetStatusResponse response,
                       Queries().GetStatus(OperatorCall(), request));
  ASSERT_EQ(response.states_size(), static_cast<int>(Model().states().size()));
  std::map<instruments::v1::ParticipationStatus, int> counts;
  for (const StateStatus& row : response.states()) {
    SCOPED_TRACE(row.state().name());
    const ReferenceStanding expected = Model().StandingOf(row.state().name(), instrument, reading);
    ExpectSame(row, expected);
    ++counts[expected.status];
  }
  for (int status = 1; status < instruments::v1::ParticipationStatus_ARRAYSIZE; ++status) {
    const auto one = static_cast<instruments::v1::ParticipationStatus>(status);
    EXPECT_EQ(CountOf(response.counts(), one), counts[one]) << status;
  }
}

void CompareAllInstruments(const std::string& date, int confidence = 2) {
  for (const std::string& instrument : Model().Instruments()) {
    for (const bool in_force : {false, true}) {
      SCOPED_TRACE(instrument + " " + date + (in_force ? " in force" : " by deposit"));
      CompareStatus(instrument, date, confidence, in_force);
      if (::testing::Test::HasFatalFailure()) return;
    }
  }
}

class ReferenceStatusTest : public ::testing::TestWithParam<const char*> {};

TEST_P(ReferenceStatusTest, EveryStateStandsAsTheTablesSay) { CompareAllInstruments(GetParam()); }

// Before nearly all instruments; around their adoption, entry into force and withdrawals, as days,
// months and years; and after withdrawals that were announced.
INSTANTIATE_TEST_SUITE_P(Dates, ReferenceStatusTest,
                         ::testing::Values("1900", "1979-06", "1991-12-26", "1996-08-15", "2000-11",
                                           "2006-10-13", "2013-06-03", "2014-12-23", "2014-12-24",
                                           "2019-03-17", "2023-11-03", "2025-10-01", "2026-01-10",
                                           "2026-02-20", "2026-11-29", "2028"));

TEST(ReferenceStatusConfidenceTest, EveryGradeOfConfidenceIsReadAlike) {
  for (const int confidence : {1, 3, 4}) CompareAllInstruments("2025-10-01", confidence);
}

// The last counts of a timeline are those of its day, and each change is dated by its day.
TEST(ReferenceTimelineTest, CountsEveryDayOfChangeAsTheTablesSay) {
  for (const std::string& instrument : Model().Instruments()) {
    for (const bool in_force : {false, true}) {
      SCOPED_TRACE(instrument + (in_force ? " in force" : " by deposit"));
      instruments::v1::GetStatusTimelineRequest request;
      *request.mutable_read() = AsOf("2026-11-29");
      request.set_instrument(instrument);
      request.set_count_by(in_force ? instruments::v1::COUNT_BY_IN_FORCE
                                    : instruments::v1::COUNT_BY_DEPOSIT);
      ASSERT_OK_AND_ASSIGN(const auto response,
                           Queries().GetStatusTimeline(OperatorCall(), request));
      StatusCounts counts = response.counts_before();
      if (response.changes_size() > 0) counts = response.changes().rbegin()->counts();
      int parties = 0;
      for (const std::string& state : Model().states()) {
        const ReferenceStanding standing = Model().StandingOf(
            state, instrument, {.day = FirstDayOf("2026-11-29", 0), .count_by_in_force = in_force});
        parties += standing.status == instruments::v1::PARTICIPATION_STATUS_PARTY ? 1 : 0;
      }
      EXPECT_EQ(counts.parties(), parties);
      EXPECT_EQ(response.counts_before().parties(), 0);
    }
  }
}

}  // namespace
}  // namespace attlas::testing
