#include <string>
#include <tuple>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/synergy/synergy_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::synergy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::StatusIs;

absl::StatusOr<v1::CompareInstrumentsResponse> Ask(const v1::CompareInstrumentsRequest& request) {
  static SynergyQueries queries(&testing::CuratedGraph());
  return queries.CompareInstruments(testing::OperatorCall(), request);
}

v1::CompareInstrumentsRequest With(std::initializer_list<const char*> others) {
  v1::CompareInstrumentsRequest request;
  request.set_instrument("att");
  for (const char* other : others) request.add_others(other);
  return request;
}

TEST(CompareInstrumentsTest, CountsTheThemesSharedWithTheAtt) {
  ASSERT_OK_AND_ASSIGN(
      const auto response,
      Ask(With({"unscr-1540", "instruments/unpoa", "firearms-protocol", "wassenaar"})));
  EXPECT_EQ(response.theme_count(), 32);
  ASSERT_EQ(response.columns_size(), 4);
  EXPECT_EQ(response.columns(0).instrument().name(), "instruments/unscr-1540");
  EXPECT_EQ(response.columns(0).shared_themes(), 18);
  EXPECT_EQ(response.columns(1).shared_themes(), 17);
  EXPECT_EQ(response.columns(2).shared_themes(), 15);
  EXPECT_EQ(response.columns(3).shared_themes(), 12);
  EXPECT_EQ(response.columns(0).goods(), v1::GOODS_RELATION_OTHER);
  EXPECT_EQ(response.columns(2).goods(), v1::GOODS_RELATION_SAME);
  EXPECT_TRUE(response.columns(1).addresses_all_members());
  EXPECT_FALSE(response.columns(2).addresses_all_members());
  for (const v1::ComparedInstrument& column : response.columns()) {
    EXPECT_EQ(column.shared_themes() + column.missing_themes(), 32);
  }
}

TEST(CompareInstrumentsTest, InstrumentsThatAddressAllMembersReachTwentyNineTogether) {
  v1::CompareInstrumentsRequest request = With({});
  request.set_addressing_all_members(true);
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  EXPECT_EQ(response.together_shared_themes(), 29);
  for (const v1::ComparedInstrument& column : response.columns()) {
    EXPECT_TRUE(column.addresses_all_members()) << column.instrument().name();
  }
}

TEST(CompareInstrumentsTest, ComparesWithAllInstrumentsWhereNoneIsNamed) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(With({})));
  EXPECT_GE(response.columns_size(), 20);
  for (int i = 1; i < response.columns_size(); ++i) {
    EXPECT_GE(response.columns(i - 1).shared_themes(), response.columns(i).shared_themes());
  }
  int shared = 0;
  for (const v1::ThemeRow& row : response.themes()) {
    EXPECT_EQ(row.others_size(), response.columns_size());
    shared += row.shared() ? 1 : 0;
  }
  EXPECT_EQ(shared, response.together_shared_themes());
}

TEST(CompareInstrumentsTest, IsSymmetric) {
  v1::CompareInstrumentsRequest request;
  request.set_instrument("unpoa");
  request.add_others("att");
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  EXPECT_EQ(response.columns(0).shared_themes(), 17);
}

TEST(CompareInstrumentsTest, RefusesItselfTooManyAndUnknownOnes) {
  auto result = Ask(With({"unpoa", "att"}));
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("compared itself")));
  EXPECT_THAT(testing::BlamedFields(result.status()), ElementsAre("others[1]"));
  v1::CompareInstrumentsRequest many = With({});
  for (int i = 0; i < 65; ++i) many.add_others("unpoa");
  EXPECT_THAT(testing::BlamedFields(Ask(many).status()), ElementsAre("others"));
  EXPECT_THAT(Ask(With({"unpoaa"})),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("`instruments/unpoa`")));
}

TEST(CompareInstrumentsTest, AnInstrumentHasNoThemesBeforeItsAdoption) {
  v1::CompareInstrumentsRequest request = With({});
  *request.mutable_read() = testing::AsOf("2006-10-13");
  request.set_instrument("unpoa");
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  for (const v1::ComparedInstrument& column : response.columns()) {
    EXPECT_NE(column.instrument().name(), "instruments/unscr-1718");  // Of the day after.
    EXPECT_NE(column.instrument().name(), "instruments/att");
  }
  request.set_instrument("att");
  ASSERT_OK_AND_ASSIGN(const auto early, Ask(request));
  EXPECT_EQ(early.theme_count(), 0);
  EXPECT_THAT(early.basis().notes(),
              ::testing::Contains(HasSubstr("before the ATT was adopted on 2013-04-02")));
}

TEST(CompareInstrumentsTest, ALaterResolutionAddsItsThemesFromItsOwnDate) {
  // UNSCR 1718 has six themes of its own; UNSCR 1874 of 12 June 2009 added the exchange with a
  // panel of experts, UNSCR 2270 of 2 March 2016 transit and dual-use goods.
  using Case = std::tuple<const char*, int, int>;
  for (const auto& [date, themes, shared_with_att] :
       {Case("2006-10-14", 6, 0), Case("2009-06-11", 6, 0), Case("2009-06-12", 7, 0),
        Case("2016-03-01", 7, 5), Case("2016-03-02", 9, 6)}) {
    v1::CompareInstrumentsRequest request;
    request.set_instrument("unscr-1718");
    request.add_others("att");
    *request.mutable_read() = testing::AsOf(date);
    ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
    EXPECT_EQ(response.theme_count(), themes) << date;
    EXPECT_EQ(response.columns(0).shared_themes(), shared_with_att) << date;
  }
}

}  // namespace
}  // namespace attlas::synergy
