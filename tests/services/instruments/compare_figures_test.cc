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

using ::testing::HasSubstr;

absl::StatusOr<v1::CompareFiguresResponse> Ask(const v1::CompareFiguresRequest& request) {
  return InstrumentQueries(&testing::CuratedGraph())
      .CompareFigures(testing::OperatorCall(), request);
}

v1::CompareFiguresRequest Request() {
  v1::CompareFiguresRequest request;
  *request.mutable_read() = testing::AsOf("2026-02-03");
  return request;
}

TEST(CompareFiguresTest, SetsEighteenOfFortyBesideOurCounts) {
  v1::CompareFiguresRequest request = Request();
  request.set_figure("figures/sas-18-of-40");
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  ASSERT_EQ(response.comparisons_size(), 1);
  const v1::FigureComparison& comparison = response.comparisons(0);
  EXPECT_EQ(comparison.figure().value(), 18);
  EXPECT_EQ(comparison.figure().total(), 40);
  EXPECT_FALSE(comparison.figure().citations().empty());
  EXPECT_FALSE(comparison.reproduced());
  EXPECT_FALSE(comparison.reproduced_by_other_count());
  EXPECT_THAT(comparison.sentence(), HasSubstr("None of these reproduces the figure"));
  std::map<std::pair<std::string, std::string>, int> ours;
  for (const v1::RegionCount& count : comparison.counts()) {
    ours[{count.grouping().name(), graph::FormatDate(count.as_of())}] = count.our_value();
    EXPECT_EQ(count.difference(), count.our_value() - 18);
    EXPECT_EQ(count.counted_states_size(), count.our_value());
    EXPECT_FALSE(count.definition().empty());
  }
  EXPECT_EQ((ours[{"groupings/sas-indo-pacific-40-candidate-a", "2026-02-03"}]), 13);
  EXPECT_EQ((ours[{"groupings/canada-indo-pacific-strategy-40", "2026-02-03"}]), 12);
  EXPECT_EQ((ours[{"groupings/indo-pacific-wide-indian-ocean", "2026-02-03"}]), 18);
}

TEST(CompareFiguresTest, CountsOverTheSetsAndDatesAskedFor) {
  v1::CompareFiguresRequest request = Request();
  request.set_figure("sas-18-of-40");
  request.add_groupings("sas-indo-pacific-40-candidate-a");
  request.add_groupings("un-asia-pacific-group");
  *request.add_dates() = graph::ParseDate("2024-08-31").value();
  *request.add_dates() = graph::ParseDate("2026-02-03").value();
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  ASSERT_EQ(response.comparisons(0).counts_size(), 4);
  EXPECT_EQ(response.comparisons(0).counts(0).our_value(), 12);
  EXPECT_EQ(response.comparisons(0).counts(1).our_value(), 13);
  EXPECT_EQ(response.comparisons(0).counts(2).our_value(), 13);
  EXPECT_EQ(response.comparisons(0).counts(3).our_value(), 14);
}

TEST(CompareFiguresTest, ComparesEveryFigureOfAnInstrument) {
  v1::CompareFiguresRequest request = Request();
  request.set_instrument("att");
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  std::map<std::string, v1::FigureComparison> by_name;
  for (const v1::FigureComparison& comparison : response.comparisons()) {
    by_name[comparison.figure().name()] = comparison;
  }
  EXPECT_TRUE(by_name["figures/check-att-2026-02-03-parties"].reproduced());
  EXPECT_TRUE(by_name["figures/check-att-2026-02-03-signatories"].reproduced());
  EXPECT_TRUE(by_name["figures/check-att-2018-05-31-parties"].reproduced());
  // 89 parties on 31 January 2017 is a count by in-force.
  EXPECT_FALSE(by_name["figures/check-att-2017-01-31-parties"].reproduced());
  EXPECT_TRUE(by_name["figures/check-att-2017-01-31-parties"].reproduced_by_other_count());
  // 11 signatories come out on another date than the figure's own; that is no reproduction.
  EXPECT_FALSE(by_name["figures/unrcpd-2025-signatories"].reproduced());
  EXPECT_EQ(response.coverages_size(), response.comparisons_size());
}

TEST(CompareFiguresTest, AFigureAboutTransfersIsNoCountOfParticipants) {
  v1::CompareFiguresRequest request = Request();
  request.set_figure("sipri-3-of-25-exporters");
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  EXPECT_EQ(response.comparisons_size(), 0);
}

}  // namespace
}  // namespace attlas::instruments
