// What is refused, with the field at fault.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/transfers/transfer_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::transfers {
namespace {

using testing::AsOf;
using testing::BlamedFields;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::StatusIs;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;
constexpr absl::StatusCode kNotFound = absl::StatusCode::kNotFound;

TransferQueries& Queries() {
  static auto* const queries = new TransferQueries(&testing::CuratedGraph());
  return *queries;
}

absl::Status Rank(const v1::GetRankingRequest& request) {
  return Queries().GetRanking(testing::OperatorCall(), request).status();
}
absl::Status CountOf(const v1::CountInRegionRequest& request) {
  return Queries().CountInRegion(testing::OperatorCall(), request).status();
}
absl::Status Expose(const v1::GetExposureRequest& request) {
  return Queries().GetExposure(testing::OperatorCall(), request).status();
}

TEST(BadInputTest, ARankingNeedsADirectionAndARankThatCanBe) {
  v1::GetRankingRequest request;
  EXPECT_THAT(BlamedFields(Rank(request)), ElementsAre("direction"));
  request.set_direction(static_cast<v1::TransferDirection>(9));
  EXPECT_THAT(Rank(request), StatusIs(kInvalid, HasSubstr("exporters or importers")));
  request.set_direction(v1::TRANSFER_DIRECTION_EXPORT);
  for (int top : {-1, 10'001}) {
    request.set_top(top);
    EXPECT_THAT(Rank(request), StatusIs(kInvalid));
    EXPECT_THAT(BlamedFields(Rank(request)), ElementsAre("top"));
  }
  request.set_top(0);
  request.set_page_size(-1);
  EXPECT_THAT(BlamedFields(Rank(request)), ElementsAre("page_size"));
  request.set_page_size(0);
  request.set_page_token("nonsense");
  EXPECT_THAT(Rank(request), StatusIs(kInvalid));
}

TEST(BadInputTest, UnknownNamesSuggestTheNearest) {
  v1::GetRankingRequest request;
  request.set_direction(v1::TRANSFER_DIRECTION_EXPORT);
  request.set_dataset("sipri-transfers-2020-2025");
  EXPECT_THAT(Rank(request),
              StatusIs(kNotFound, HasSubstr("dataset: there is no "
                                            "`datasets/sipri-transfers-2020-2025`; nearest: ")));
  EXPECT_EQ(testing::ReasonOf(Rank(request)), "RESOURCE_NOT_FOUND");
  EXPECT_THAT(testing::MetadataOf(Rank(request), "suggestions"),
              HasSubstr("datasets/sipri-transfers-2020-2024"));
  request.set_dataset("states/IDN");
  EXPECT_THAT(Rank(request), StatusIs(kInvalid, HasSubstr("does not name a dataset")));
  request.clear_dataset();
  request.set_grouping("aseen");
  EXPECT_THAT(Rank(request), StatusIs(kNotFound, HasSubstr("groupings/asean")));
  request.clear_grouping();
  request.set_instrument("atr");
  EXPECT_THAT(Rank(request), StatusIs(kNotFound, HasSubstr("instruments/att")));
}

TEST(BadInputTest, PartnersNeedAState) {
  v1::GetSuppliersRequest suppliers;
  EXPECT_THAT(BlamedFields(Queries().GetSuppliers(testing::OperatorCall(), suppliers).status()),
              ElementsAre("state"));
  v1::GetCustomersRequest customers;
  customers.set_state("QQQ");
  EXPECT_THAT(Queries().GetCustomers(testing::OperatorCall(), customers).status(),
              StatusIs(kNotFound, HasSubstr("state: there is no")));
}

TEST(BadInputTest, BeforeTheFirstEditionOneMustBeNamed) {
  v1::GetExposureRequest request;
  *request.mutable_read() = AsOf("2019-01-01");
  EXPECT_THAT(Expose(request),
              StatusIs(kInvalid, HasSubstr("no edition of transfer statistics had been published "
                                           "by 2019-01-01; there are "
                                           "`datasets/sipri-transfers-2020-2024` and")));
  EXPECT_THAT(BlamedFields(Expose(request)), ElementsAre("dataset"));
  v1::CountInRegionRequest count;
  *count.mutable_read() = AsOf("2019-01-01");
  count.add_groupings("asean");
  EXPECT_THAT(BlamedFields(CountOf(count)), ElementsAre("datasets"));
}

TEST(BadInputTest, CountsNeedFromOneToEightRegionSets) {
  v1::CountInRegionRequest request;
  EXPECT_THAT(BlamedFields(CountOf(request)), ElementsAre("groupings"));
  for (int i = 0; i < 9; ++i) request.add_groupings("asean");
  EXPECT_THAT(BlamedFields(CountOf(request)), ElementsAre("groupings"));
  request.clear_groupings();
  request.add_groupings("asean");
  request.add_groupings("");
  EXPECT_THAT(BlamedFields(CountOf(request)), ElementsAre("groupings[1]"));
  request.mutable_groupings()->RemoveLast();
  request.set_top_importers(-5);
  EXPECT_THAT(BlamedFields(CountOf(request)), ElementsAre("top_importers"));
  request.clear_top_importers();
  for (int i = 0; i < 9; ++i) request.add_datasets("sipri-transfers-2020-2024");
  EXPECT_THAT(BlamedFields(CountOf(request)), ElementsAre("datasets"));
}

TEST(BadInputTest, OneImporterTakesNoFilters) {
  v1::GetExposureRequest request;
  request.set_state("IDN");
  request.set_grouping("asean");
  EXPECT_THAT(BlamedFields(Expose(request)), ElementsAre("grouping"));
  request.clear_grouping();
  request.add_context_kinds("arms-embargo");
  EXPECT_THAT(BlamedFields(Expose(request)), ElementsAre("context_kinds"));
  request.clear_context_kinds();
  request.set_include_parties(true);
  EXPECT_THAT(BlamedFields(Expose(request)), ElementsAre("include_parties"));
}

TEST(BadInputTest, AnUnknownKindOfContextListsThoseThatAre) {
  v1::GetExposureRequest request;
  request.add_context_kinds("arms-embargo");
  request.add_context_kinds("embargo");
  EXPECT_THAT(Expose(request),
              StatusIs(kInvalid, HasSubstr("there are armed-conflict, arms-embargo, "
                                           "sanctions-regime and transnational-organized-crime")));
  EXPECT_THAT(BlamedFields(Expose(request)), ElementsAre("context_kinds[1]"));
}

}  // namespace
}  // namespace attlas::transfers
