#include <map>
#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/instruments/instrument_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::instruments {
namespace {

using testing::AsOf;
using ::testing::Contains;
using ::testing::HasSubstr;

absl::StatusOr<v1::GetStatusResponse> Ask(std::string_view instrument, std::string_view date,
                                          std::string_view grouping = "",
                                          v1::CountBy count_by = v1::COUNT_BY_UNSPECIFIED) {
  v1::GetStatusRequest request;
  *request.mutable_read() = AsOf(date);
  request.set_instrument(std::string(instrument));
  request.set_grouping(std::string(grouping));
  request.set_count_by(count_by);
  return InstrumentQueries(&testing::CuratedGraph()).GetStatus(testing::OperatorCall(), request);
}

int Sum(const v1::StatusCounts& counts) {
  return counts.parties() + counts.consented() + counts.signatories() + counts.endorsers() +
         counts.addressed() + counts.committed_through() + counts.withdrawn() + counts.outside() +
         counts.unknown();
}

TEST(GetStatusTest, CountsThePartiesOfTheAttByDeposit) {
  const std::map<std::string, int> expected = {
      {"2018-05-31", 95},  {"2024-02-15", 113}, {"2024-08-31", 115}, {"2024-12-31", 116},
      {"2025-09-04", 116}, {"2025-09-05", 117}, {"2026-02-03", 117}};
  for (const auto& [date, parties] : expected) {
    ASSERT_OK_AND_ASSIGN(const auto response, Ask("att", date));
    EXPECT_EQ(response.counts().parties(), parties) << date;
    EXPECT_EQ(response.counts().signatures(), 130) << date;
    EXPECT_EQ(response.count_by(), v1::COUNT_BY_DEPOSIT);
    EXPECT_EQ(Sum(response.counts()), response.counts().size());
  }
}

TEST(GetStatusTest, CountsByInForceNinetyDaysLater) {
  ASSERT_OK_AND_ASSIGN(const auto early, Ask("att", "2017-01-31", "", v1::COUNT_BY_IN_FORCE));
  EXPECT_EQ(early.counts().parties(), 89);
  ASSERT_OK_AND_ASSIGN(const auto before, Ask("att", "2025-12-03", "", v1::COUNT_BY_IN_FORCE));
  EXPECT_EQ(before.counts().parties(), 116);
  EXPECT_EQ(before.counts().consented(), 1);
  ASSERT_OK_AND_ASSIGN(const auto after, Ask("att", "2025-12-04", "", v1::COUNT_BY_IN_FORCE));
  EXPECT_EQ(after.counts().parties(), 117);
  ASSERT_OK_AND_ASSIGN(const auto never, Ask("att", "2014-12-23", "", v1::COUNT_BY_IN_FORCE));
  EXPECT_EQ(never.counts().parties(), 0);
}

TEST(GetStatusTest, CountsEveryNamedRegionSet) {
  struct Row {
    const char* grouping;
    int size, parties_2024, signatories_2024, parties_2026, signatories_2026;
  };
  for (const Row& row :
       {Row{"sas-indo-pacific-40-candidate-a", 40, 12, 9, 13, 8},
        Row{"sas-indo-pacific-40-candidate-b", 40, 11, 9, 12, 8},
        Row{"canada-indo-pacific-strategy-40", 40, 11, 9, 12, 8},
        Row{"unrcpd-43", 43, 12, 9, 13, 8}, Row{"un-asia-pacific-group", 56, 13, 12, 14, 11},
        Row{"indo-pacific-wide-indian-ocean", 48, 17, 11, 18, 10}}) {
    ASSERT_OK_AND_ASSIGN(const auto then, Ask("att", "2024-08-31", row.grouping));
    EXPECT_EQ(then.counts().size(), row.size) << row.grouping;
    EXPECT_EQ(then.counts().parties(), row.parties_2024) << row.grouping;
    EXPECT_EQ(then.counts().signatories(), row.signatories_2024) << row.grouping;
    EXPECT_FALSE(then.grouping_definition().empty()) << row.grouping;
    ASSERT_OK_AND_ASSIGN(const auto now, Ask("instruments/att", "2026-02-03",
                                             std::string("groupings/") + row.grouping));
    EXPECT_EQ(now.counts().parties(), row.parties_2026) << row.grouping;
    EXPECT_EQ(now.counts().signatories(), row.signatories_2026) << row.grouping;
    EXPECT_EQ(now.states_size(), row.size);
  }
}

TEST(GetStatusTest, GivesDatesAndSourcesOfEachState) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("att", "2026-02-03"));
  std::set<std::string> statements;
  for (const v1::Statement& statement : response.statements()) {
    EXPECT_FALSE(statement.citations().empty());
    statements.insert(statement.name());
  }
  for (const v1::StateStatus& row : response.states()) {
    for (const std::string& name : row.evidence()) EXPECT_THAT(statements, Contains(name));
    if (row.state().name() != "states/VUT") continue;
    EXPECT_EQ(row.status(), v1::PARTICIPATION_STATUS_PARTY);
    EXPECT_EQ(row.deposit_date().ShortDebugString(), "year: 2025 month: 9 day: 5");
    EXPECT_EQ(row.in_force_date().ShortDebugString(), "year: 2025 month: 12 day: 4");
  }
}

TEST(GetStatusTest, AddressesEveryMemberOfTheUnitedNationsAndNoOneElse) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("unpoa", "2026-02-03"));
  EXPECT_EQ(response.counts().addressed(), 193);
  EXPECT_EQ(response.counts().outside(), 4);
  ASSERT_OK_AND_ASSIGN(const auto before, Ask("unpoa", "2001-07-19"));
  EXPECT_EQ(before.counts().addressed(), 0);
}

TEST(GetStatusTest, CollectiveActsReachTheMembersOfTheOrganization) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("asean-arms-smuggling-declaration", "2026-02-03"));
  EXPECT_EQ(response.counts().committed_through(), 11);
  EXPECT_EQ(response.counts().unknown(), 186);
  ASSERT_EQ(response.states(0).status(), v1::PARTICIPATION_STATUS_COMMITTED_THROUGH);
  EXPECT_EQ(response.states(0).through(), "organizations/asean");
}

TEST(GetStatusTest, AbsenceIsUnknownWhereTheListIsNotComplete) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("firearms-protocol", "2026-02-03"));
  EXPECT_EQ(response.coverage().level(), v1::COVERAGE_LEVEL_PARTIAL);
  EXPECT_TRUE(response.coverage().answer_is_later());
  EXPECT_EQ(response.counts().outside(), 0);
  EXPECT_GT(response.counts().unknown(), 0);
  ASSERT_FALSE(response.basis().notes().empty());
  EXPECT_THAT(response.basis().notes(0), HasSubstr("known only up to 2014-07-10"));
}

TEST(GetStatusTest, SaysUpToWhenItIsKnown) {
  ASSERT_OK_AND_ASSIGN(const auto later, Ask("att", "2026-06-01"));
  EXPECT_TRUE(later.coverage().answer_is_later());
  EXPECT_THAT(later.basis().notes(0), HasSubstr("known only up to 2026-02-03"));
  ASSERT_OK_AND_ASSIGN(const auto in_time, Ask("att", "2026-02-03"));
  EXPECT_FALSE(in_time.coverage().answer_is_later());
  EXPECT_TRUE(in_time.basis().notes().empty());
}

TEST(GetStatusTest, WithdrawalsEndOnTheirDateAlsoInTheFuture) {
  ASSERT_OK_AND_ASSIGN(const auto before, Ask("apmbc", "2026-02-19"));
  ASSERT_OK_AND_ASSIGN(const auto after, Ask("apmbc", "2026-02-20"));
  EXPECT_EQ(after.counts().parties(), before.counts().parties() - 1);
  EXPECT_EQ(after.counts().withdrawn(), before.counts().withdrawn() + 1);
}

TEST(GetStatusTest, CountsUndatedStatementsAndWhatWasLeftOut) {
  ASSERT_OK_AND_ASSIGN(const auto wassenaar, Ask("wassenaar", "2026-05-17"));
  EXPECT_EQ(wassenaar.counts().parties(), 42);
  EXPECT_EQ(wassenaar.counts().undated(), 42);
  EXPECT_EQ(wassenaar.basis().undated_statements(), 42);
  ASSERT_OK_AND_ASSIGN(const auto epwa, Ask("epwa-declaration", "2026-02-03"));
  EXPECT_EQ(epwa.counts().endorsers(), 0);
  EXPECT_EQ(epwa.counts_with_left_out().endorsers(), 20);
  EXPECT_EQ(epwa.basis().left_out_unverified_statements(), 20);
}

TEST(GetStatusTest, ATreatyThatIsNotInForceHasNoPartiesByThatCount) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("ctbt", "2026-02-03", "", v1::COUNT_BY_IN_FORCE));
  EXPECT_EQ(response.counts().parties(), 0);
  EXPECT_GT(response.counts().consented(), 150);
  EXPECT_THAT(response.basis().notes(0), HasSubstr("not in force itself"));
}

TEST(GetStatusTest, FiltersStatesAndCanReturnCountsAlone) {
  v1::GetStatusRequest request;
  *request.mutable_read() = AsOf("2026-02-03");
  request.set_instrument("att");
  request.add_statuses(v1::PARTICIPATION_STATUS_SIGNATORY);
  InstrumentQueries queries(&testing::CuratedGraph());
  ASSERT_OK_AND_ASSIGN(const auto some, queries.GetStatus(testing::OperatorCall(), request));
  EXPECT_EQ(some.states_size(), some.counts().signatories());
  EXPECT_EQ(some.counts().parties(), 117);
  request.set_counts_only(true);
  ASSERT_OK_AND_ASSIGN(const auto none, queries.GetStatus(testing::OperatorCall(), request));
  EXPECT_EQ(none.states_size(), 0);
  EXPECT_EQ(none.statements_size(), 0);
  EXPECT_EQ(none.counts().parties(), 117);
}

TEST(GetStatusTest, CountsNobodyBeforeTheAdoption) {
  ASSERT_OK_AND_ASSIGN(const auto before, Ask("wassenaar", "1996-06-30"));
  EXPECT_EQ(before.counts().outside(), 197);
  EXPECT_EQ(before.counts().undated(), 0);
  ASSERT_OK_AND_ASSIGN(const auto after, Ask("wassenaar", "1996-07-01"));
  EXPECT_EQ(after.counts().parties(), 42);
}

TEST(GetStatusTest, SaysWhenTheRuleOfEntryIntoForceIsLessSureThanAskedFor) {
  v1::GetStatusRequest request;
  *request.mutable_read() = AsOf("2025-10-01", graph::v1::CONFIDENCE_SEEN);
  request.set_instrument("att");
  request.set_count_by(v1::COUNT_BY_IN_FORCE);
  ASSERT_OK_AND_ASSIGN(
      const auto response,
      InstrumentQueries(&testing::CuratedGraph()).GetStatus(testing::OperatorCall(), request));
  EXPECT_THAT(response.basis().notes(),
              Contains(HasSubstr("No rule is held of the confidence asked for by which the ATT")));
}

}  // namespace
}  // namespace attlas::instruments
