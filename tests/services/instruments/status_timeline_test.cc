#include <string>

#include "gmock/gmock.h"
#include "graph/model/date.h"
#include "gtest/gtest.h"
#include "services/instruments/instrument_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::instruments {
namespace {

v1::GetStatusTimelineRequest Request(std::string_view instrument, std::string_view date) {
  v1::GetStatusTimelineRequest request;
  *request.mutable_read() = testing::AsOf(date);
  request.set_instrument(std::string(instrument));
  return request;
}

absl::StatusOr<v1::GetStatusTimelineResponse> Ask(const v1::GetStatusTimelineRequest& request) {
  return InstrumentQueries(&testing::CuratedGraph())
      .GetStatusTimeline(testing::OperatorCall(), request);
}

TEST(StatusTimelineTest, EndsWithTheCountsOfGetStatusOnEveryDate) {
  InstrumentQueries queries(&testing::CuratedGraph());
  for (const char* instrument : {"att", "apmbc", "ccm"}) {
    for (const v1::CountBy count_by : {v1::COUNT_BY_DEPOSIT, v1::COUNT_BY_IN_FORCE}) {
      v1::GetStatusTimelineRequest request = Request(instrument, "2026-12-31");
      request.set_count_by(count_by);
      ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
      ASSERT_GT(response.changes_size(), 10);
      for (int i = 0; i < response.changes_size(); i += 7) {
        v1::GetStatusRequest status;
        *status.mutable_read()->mutable_as_of() = response.changes(i).date();
        status.set_instrument(instrument);
        status.set_count_by(count_by);
        status.set_counts_only(true);
        ASSERT_OK_AND_ASSIGN(const auto counts, queries.GetStatus(testing::OperatorCall(), status));
        EXPECT_EQ(response.changes(i).counts().ShortDebugString(),
                  counts.counts().ShortDebugString())
            << instrument << graph::FormatDate(response.changes(i).date());
      }
    }
  }
}

TEST(StatusTimelineTest, DatesRiseAndCountsAddUp) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request("att", "2026-02-03")));
  EXPECT_EQ(response.changes(response.changes_size() - 1).counts().parties(), 117);
  EXPECT_EQ(response.counts_before().parties(), 0);
  int parties = 0;
  for (int i = 0; i < response.changes_size(); ++i) {
    const v1::StatusChange& change = response.changes(i);
    if (i > 0) {
      EXPECT_LT(graph::FirstDay(response.changes(i - 1).date()), graph::FirstDay(change.date()));
    }
    for (const auto& state : change.changes()) {
      if (state.after() == v1::PARTICIPATION_STATUS_PARTY) ++parties;
      if (state.before() == v1::PARTICIPATION_STATUS_PARTY) --parties;
    }
    EXPECT_EQ(change.counts().parties(), parties);
  }
}

TEST(StatusTimelineTest, StartsWhereAsked) {
  v1::GetStatusTimelineRequest request = Request("att", "2026-02-03");
  *request.mutable_start_date() = graph::ParseDate("2024-02-16").value();
  request.set_grouping("asean");
  ASSERT_OK_AND_ASSIGN(const auto none, Ask(request));
  EXPECT_EQ(none.changes_size(), 0);
  EXPECT_EQ(none.counts_before().parties(), 1);
  request.clear_grouping();
  ASSERT_OK_AND_ASSIGN(const auto some, Ask(request));
  EXPECT_EQ(some.counts_before().parties(), 113);
  EXPECT_EQ(some.changes_size(), 4);
}

TEST(StatusTimelineTest, TellsWhenTheInstrumentItselfEntersIntoForce) {
  // No rule is held for the Treaty of Semipalatinsk: its five parties wait for 21 March 2009.
  v1::GetStatusTimelineRequest request = Request("semipalatinsk", "2026-02-03");
  request.set_count_by(v1::COUNT_BY_IN_FORCE);
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  ASSERT_GT(response.changes_size(), 0);
  const v1::StatusChange& last = *response.changes().rbegin();
  EXPECT_EQ(graph::FormatDate(last.date()), "2009-03-21");
  EXPECT_EQ(last.changes_size(), 5);
  EXPECT_EQ(last.counts().parties(), 5);
  EXPECT_EQ(last.counts().consented(), 0);
}

TEST(StatusTimelineTest, UndatedMembersAppearWithTheAdoption) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(Request("wassenaar", "2026-02-03")));
  EXPECT_EQ(response.counts_before().parties(), 0);
  ASSERT_EQ(response.changes_size(), 1);
  EXPECT_EQ(graph::FormatDate(response.changes(0).date()), "1996-07");
  EXPECT_EQ(response.changes(0).counts().parties(), 42);
}

}  // namespace
}  // namespace attlas::instruments
