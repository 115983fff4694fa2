// Which share of imports comes from parties; the expected sums were made from the table of
// transfers and the list of parties by hand.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/transfers/transfer_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::transfers {
namespace {

using testing::AsOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

v1::GetExposureRequest Request() {
  v1::GetExposureRequest request;
  *request.mutable_read() = AsOf("2026-11-23");
  return request;
}

absl::StatusOr<v1::GetExposureResponse> Ask(const v1::GetExposureRequest& request) {
  return TransferQueries(&testing::CuratedGraph()).GetExposure(testing::OperatorCall(), request);
}

// By code and the share from parties; below 0 where it is not known.
std::vector<std::pair<std::string, double>> PartyShares(const v1::GetExposureResponse& response) {
  std::vector<std::pair<std::string, double>> shares;
  for (const auto& importer : response.importers()) {
    const std::string& name = importer.status().state().name();
    shares.emplace_back(name.substr(name.find('/') + 1),
                        importer.has_shares() ? importer.shares().party_pct() : -1.0);
  }
  return shares;
}

TEST(ExposureTest, RanksTheImportersOfARegionThatAreNoParties) {
  v1::GetExposureRequest request = Request();
  request.set_grouping("canada-indo-pacific-strategy-40");
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  using Row = std::pair<std::string, double>;
  EXPECT_THAT(PartyShares(response),
              ElementsAre(Row("PAK", 84.6), Row("IDN", 54), Row("THA", 49), Row("SGP", 40),
                          Row("IND", 29), Row("TWN", 2.9), Row("VNM", -1)));
  EXPECT_EQ(response.total_size(), 7);
  EXPECT_THAT(response.sentence(), HasSubstr("and 2 of these had more than half"));
  // Vietnam is known as a recipient of Czechia alone.
  const auto& vietnam = response.importers(6);
  ASSERT_EQ(vietnam.suppliers_size(), 1);
  EXPECT_EQ(vietnam.suppliers(0).partner().name(), "states/CZE");
  EXPECT_DOUBLE_EQ(vietnam.suppliers(0).share_of_exports_pct(), 14);
  EXPECT_FALSE(vietnam.suppliers(0).has_share_of_imports_pct());
  EXPECT_THAT(vietnam.sentence(), HasSubstr("names it among the main recipients"));
}

TEST(ExposureTest, ListsAllThatAreNoPartiesByEdition) {
  ASSERT_OK_AND_ASSIGN(const auto now, Ask(Request()));
  EXPECT_EQ(now.total_size(), 23);
  EXPECT_THAT(now.sentence(), HasSubstr("of 19 the edition says from whom they import, and 4 of"));
  EXPECT_EQ(PartyShares(now).front(), (std::pair<std::string, double>("EGY", 87)));
  v1::GetExposureRequest request = Request();
  request.set_dataset("sipri-transfers-2020-2024");
  ASSERT_OK_AND_ASSIGN(const auto before, Ask(request));
  EXPECT_EQ(before.total_size(), 22);
  EXPECT_EQ(PartyShares(before).front(), (std::pair<std::string, double>("PAK", 86.5)));
  request.set_include_parties(true);
  ASSERT_OK_AND_ASSIGN(const auto all, Ask(request));
  EXPECT_EQ(all.total_size(), 52);
}

TEST(ExposureTest, OneStateIsShownWhateverItsStatus) {
  v1::GetExposureRequest request = Request();
  request.set_state("Philippines");
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  ASSERT_EQ(response.importers_size(), 1);
  const auto& importer = response.importers(0);
  EXPECT_EQ(importer.status().status(), instruments::v1::PARTICIPATION_STATUS_PARTY);
  // The Republic of Korea 42; Israel 20 and the United States 15 have signed alone.
  EXPECT_DOUBLE_EQ(importer.shares().party_pct(), 42);
  EXPECT_DOUBLE_EQ(importer.shares().signatory_pct(), 35);
  EXPECT_EQ(response.sentence(), importer.sentence());
}

// Before 4 October 2020 the treaty was not in force for China.
TEST(ExposureTest, ASupplierCountsFromTheEntryIntoForce) {
  v1::GetExposureRequest request = Request();
  request.set_state("PAK");
  request.set_dataset("sipri-transfers-2020-2024");
  *request.mutable_read() = AsOf("2020-10-03");
  ASSERT_OK_AND_ASSIGN(const auto before, Ask(request));
  EXPECT_DOUBLE_EQ(before.importers(0).shares().party_pct(), 5.5);
  EXPECT_DOUBLE_EQ(before.importers(0).shares().signatory_pct(), 84.8);  // China and Turkey.
  *request.mutable_read() = AsOf("2020-10-04");
  ASSERT_OK_AND_ASSIGN(const auto after, Ask(request));
  EXPECT_DOUBLE_EQ(after.importers(0).shares().party_pct(), 86.5);
}

TEST(ExposureTest, NamesTheDutiesOfSuppliersThatAreParties) {
  v1::GetExposureRequest request = Request();
  request.set_state("IDN");
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  std::vector<std::string> provisions;
  for (const auto& duty : response.duties()) {
    provisions.push_back(duty.provision().name());
    EXPECT_EQ(duty.strength(), instruments::v1::STRENGTH_BINDING) << duty.provision().name();
    EXPECT_THAT(duty.evidence(), Not(IsEmpty()));
  }
  for (const char* article : {"6-1", "6-2", "6-3", "7-1", "7-3", "11-2"}) {
    EXPECT_THAT(provisions, Contains(std::string("provisions/att-art-") + article));
  }
}

TEST(ExposureTest, ChoosesImportersByConflictAndMeasures) {
  v1::GetExposureRequest request = Request();
  request.add_context_kinds("arms-embargo");
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  std::vector<std::string> names;
  for (const auto& share : PartyShares(response)) names.push_back(share.first);
  EXPECT_THAT(names, ElementsAre("MMR", "PRK", "RUS"));
  // Iran names Russia as the recipient of 73 % of its exports.
  const auto& russia = response.importers(2);
  ASSERT_EQ(russia.suppliers_size(), 1);
  EXPECT_EQ(russia.suppliers(0).partner().name(), "states/IRN");
  EXPECT_EQ(russia.suppliers(0).status().status(), instruments::v1::PARTICIPATION_STATUS_OUTSIDE);
  EXPECT_FALSE(russia.has_shares());
  // On an earlier date the context of 2023 did not exist.
  *request.mutable_read() = AsOf("2022-06-01");
  request.set_dataset("sipri-transfers-2021-2025");
  ASSERT_OK_AND_ASSIGN(const auto before, Ask(request));
  ASSERT_EQ(before.importers_size(), 1);
  EXPECT_EQ(before.importers(0).status().state().name(), "states/MMR");
}

TEST(ExposureTest, AnotherInstrumentGivesAnotherAnswer) {
  v1::GetExposureRequest request = Request();
  request.set_state("IND");
  request.set_instrument("wassenaar");
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  EXPECT_EQ(response.instrument().name(), "instruments/wassenaar");
  // Russia and France take part; Israel does not.
  EXPECT_DOUBLE_EQ(response.importers(0).shares().party_pct(), 69);
  EXPECT_DOUBLE_EQ(response.importers(0).shares().other_pct(), 15);
}

TEST(ExposureTest, PagesAreOneListAndCarryTheirStatements) {
  TransferQueries queries(&testing::CuratedGraph());
  v1::GetExposureRequest request = Request();
  ASSERT_OK_AND_ASSIGN(const auto whole, queries.GetExposure(testing::OperatorCall(), request));
  request.set_page_size(10);
  int at = 0;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, queries.GetExposure(testing::OperatorCall(), request));
    EXPECT_EQ(page.total_size(), 23);
    std::map<std::string, std::string> statements;
    for (const auto& statement : page.statements()) {
      statements[statement.name()] = statement.type();
      EXPECT_THAT(statement.citations(), Not(IsEmpty()));
    }
    for (const auto& importer : page.importers()) {
      EXPECT_EQ(importer.status().state().name(), whole.importers(at++).status().state().name());
      for (const auto& supplier : importer.suppliers()) {
        ASSERT_THAT(supplier.evidence(), Not(IsEmpty()));
        for (const auto& name : supplier.evidence()) EXPECT_EQ(statements[name], "SUPPLIES");
      }
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(at, 23);
}

}  // namespace
}  // namespace attlas::transfers
