#include <map>
#include <string>

#include "gmock/gmock.h"
#include "graph/model/date.h"
#include "gtest/gtest.h"
#include "services/instruments/instrument_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::instruments {
namespace {

TEST(StateProfileTest, GathersWhatTiesAStateToOthers) {
  v1::GetStateProfileRequest request;
  *request.mutable_read() = testing::AsOf("2026-02-03");
  request.set_state("PHL");
  InstrumentQueries queries(&testing::CuratedGraph());
  ASSERT_OK_AND_ASSIGN(const auto response,
                       queries.GetStateProfile(testing::OperatorCall(), request));
  EXPECT_EQ(response.state().display_name(), "Philippines");
  EXPECT_TRUE(response.un_member());
  EXPECT_GE(response.instruments_size(), 88);
  std::map<std::string, v1::ParticipationStatus> statuses;
  for (const v1::InstrumentStatus& row : response.instruments()) {
    statuses[row.instrument().name()] = row.status().status();
  }
  EXPECT_EQ(statuses["instruments/att"], v1::PARTICIPATION_STATUS_PARTY);
  EXPECT_EQ(statuses["instruments/unpoa"], v1::PARTICIPATION_STATUS_ADDRESSED);
  EXPECT_EQ(statuses["instruments/asean-arms-smuggling-declaration"],
            v1::PARTICIPATION_STATUS_COMMITTED_THROUGH);
  EXPECT_EQ(statuses["instruments/wassenaar"], v1::PARTICIPATION_STATUS_OUTSIDE);
  EXPECT_GE(response.concerns_size(), 3);
  EXPECT_GE(response.events_size(), 10);
  EXPECT_FALSE(response.agencies().empty());
  EXPECT_FALSE(response.organizations().empty());
  EXPECT_FALSE(response.groupings().empty());
  for (int i = 1; i < response.events_size(); ++i) {
    EXPECT_GE(
        graph::CompareDates(response.events(i - 1).start_date(), response.events(i).start_date()),
        0);
  }
}

TEST(StateProfileTest, KeepsToParticipationWhereAsked) {
  v1::GetStateProfileRequest request;
  *request.mutable_read() = testing::AsOf("2026-02-03");
  request.set_state("economies/TWN");
  request.set_participating_only(true);
  InstrumentQueries queries(&testing::CuratedGraph());
  ASSERT_OK_AND_ASSIGN(const auto response,
                       queries.GetStateProfile(testing::OperatorCall(), request));
  EXPECT_EQ(response.instruments_size(), 0);
  EXPECT_FALSE(response.un_member());
}

TEST(InstrumentTest, ListsAllInstrumentsPageByPage) {
  InstrumentQueries queries(&testing::CuratedGraph());
  v1::ListInstrumentsRequest request;
  request.set_page_size(30);
  int count = 0;
  std::string revision;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page,
                         queries.ListInstruments(testing::OperatorCall(), request));
    count += page.instruments_size();
    if (!revision.empty()) {
      EXPECT_EQ(page.revision(), revision);
    }
    revision = page.revision();
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(count, 88);
  request.set_kind("treaty");
  request.set_page_size(1000);
  ASSERT_OK_AND_ASSIGN(const auto treaties,
                       queries.ListInstruments(testing::OperatorCall(), request));
  EXPECT_GT(treaties.instruments_size(), 10);
  for (const v1::Instrument& instrument : treaties.instruments()) {
    EXPECT_EQ(instrument.kind(), "treaty");
  }
}

TEST(InstrumentTest, ReturnsProvisionsWithThemesAndSources) {
  InstrumentQueries queries(&testing::CuratedGraph());
  v1::GetInstrumentRequest request;
  request.set_name("att");
  request.set_include_sources(true);
  ASSERT_OK_AND_ASSIGN(const auto response,
                       queries.GetInstrument(testing::OperatorCall(), request));
  EXPECT_EQ(response.instrument().display_name(), "ATT");
  EXPECT_EQ(response.instrument().coverage().level(), v1::COVERAGE_LEVEL_COMPLETE);
  EXPECT_EQ(response.instrument().reach(), v1::REACH_ALL_TRANSFERS);
  EXPECT_GT(response.provisions_size(), 32);
  EXPECT_FALSE(response.sources().empty());
  for (const v1::ProvisionTheme& provision : response.provisions()) {
    EXPECT_EQ(provision.evidence_size(), 2);
    EXPECT_FALSE(provision.paraphrase().empty());
    EXPECT_NE(provision.strength(), v1::STRENGTH_UNSPECIFIED);
  }
}

}  // namespace
}  // namespace attlas::instruments
