// Who supplies whom; the expected shares were read from the table of transfers.
#include <optional>
#include <string>
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
using ::testing::Not;

constexpr char kEarlier[] = "sipri-transfers-2020-2024";

absl::StatusOr<v1::GetSuppliersResponse> Suppliers(
    std::string_view state, std::string_view dataset = "",
    graph::v1::Confidence confidence = graph::v1::CONFIDENCE_UNSPECIFIED) {
  v1::GetSuppliersRequest request;
  *request.mutable_read() = AsOf("2026-11-23", confidence);
  request.set_state(std::string(state));
  request.set_dataset(std::string(dataset));
  return TransferQueries(&testing::CuratedGraph()).GetSuppliers(testing::OperatorCall(), request);
}

absl::StatusOr<v1::GetCustomersResponse> Customers(std::string_view state,
                                                   std::string_view dataset = "") {
  v1::GetCustomersRequest request;
  *request.mutable_read() = AsOf("2026-11-23");
  request.set_state(std::string(state));
  request.set_dataset(std::string(dataset));
  return TransferQueries(&testing::CuratedGraph()).GetCustomers(testing::OperatorCall(), request);
}

// Such as `RUS 40/48`: the share of imports, of exports.
template <typename Partners>
std::vector<std::string> Shares(const Partners& partners) {
  std::vector<std::string> texts;
  for (const v1::TradePartner& partner : partners) {
    const auto text = [](bool has, double share) {
      std::string digits = std::to_string(share);
      digits.erase(digits.find_last_not_of('0') + 1);
      if (digits.ends_with('.')) digits.pop_back();
      return has ? digits : std::string("-");
    };
    const std::string& name = partner.partner().name();
    texts.push_back(name.substr(name.find('/') + 1) + " " +
                    text(partner.has_share_of_imports_pct(), partner.share_of_imports_pct()) + "/" +
                    text(partner.has_share_of_exports_pct(), partner.share_of_exports_pct()));
  }
  return texts;
}

template <typename Contexts>
std::vector<std::string> Names(const Contexts& contexts) {
  std::vector<std::string> names;
  for (const v1::PlaceContext& context : contexts) {
    names.push_back(context.context().name() + (context.on_date() ? "" : " past"));
  }
  return names;
}

TEST(SuppliersTest, JoinsWhatBothSidesOfAFlowSay) {
  ASSERT_OK_AND_ASSIGN(const auto response, Suppliers("IND"));
  const v1::ImporterExposure& importer = response.importer();
  EXPECT_THAT(Shares(importer.suppliers()),
              ElementsAre("RUS 40/48", "FRA 29/24", "ISR 15/29", "UKR -/23"));
  EXPECT_EQ(importer.rank(), 2);
  EXPECT_DOUBLE_EQ(importer.share_of_world_pct(), 8.2);
  EXPECT_DOUBLE_EQ(importer.shares().party_pct(), 29);
  EXPECT_DOUBLE_EQ(importer.shares().signatory_pct(), 15);
  EXPECT_DOUBLE_EQ(importer.shares().other_pct(), 40);
  EXPECT_DOUBLE_EQ(importer.shares().unnamed_pct(), 16);
  EXPECT_DOUBLE_EQ(importer.shares().party_at_most_pct(), 45);
  EXPECT_EQ(response.total_size(), 4);
  EXPECT_EQ(response.party_count(), 1);
  EXPECT_EQ(response.edition().period(), "2021-2025");
  EXPECT_EQ(importer.suppliers(0).status().status(), instruments::v1::PARTICIPATION_STATUS_OUTSIDE);
  EXPECT_EQ(importer.suppliers(3).status().status(),
            instruments::v1::PARTICIPATION_STATUS_SIGNATORY);
  EXPECT_THAT(Names(importer.suppliers(0).contexts()),
              Contains("security-contexts/sc-prk-arms-russia"));
}

TEST(SuppliersTest, FollowsTheEdition) {
  ASSERT_OK_AND_ASSIGN(const auto now, Suppliers("IDN"));
  EXPECT_THAT(Shares(now.importer().suppliers()), ElementsAre("ITA 40/12", "USA 16/-", "FRA 14/-"));
  EXPECT_DOUBLE_EQ(now.importer().shares().party_pct(), 54);
  EXPECT_DOUBLE_EQ(now.importer().shares().unnamed_pct(), 30);
  EXPECT_DOUBLE_EQ(now.importer().shares().party_at_most_pct(), 84);
  EXPECT_THAT(now.importer().sentence(),
              HasSubstr("54% of the imports of Indonesia in 2021-2025 came from those to which "
                        "the ATT applies (Italy 40%, France 14%), 16% from signatories"));
  ASSERT_OK_AND_ASSIGN(const auto before, Suppliers("IDN", kEarlier));
  EXPECT_THAT(Shares(before.importer().suppliers()),
              ElementsAre("USA 33/-", "FRA 15/-", "KOR 12/-", "CZE -/6.1"));
  EXPECT_DOUBLE_EQ(before.importer().shares().party_pct(), 27);
  EXPECT_EQ(before.party_count(), 3);
}

TEST(SuppliersTest, AnEconomyHasSuppliersToo) {
  ASSERT_OK_AND_ASSIGN(const auto response, Suppliers("TWN"));
  EXPECT_EQ(response.importer().status().state().name(), "economies/TWN");
  EXPECT_FALSE(response.importer().un_member());
  EXPECT_DOUBLE_EQ(response.importer().shares().party_pct(), 2.9);
  EXPECT_DOUBLE_EQ(response.importer().shares().signatory_pct(), 96);
}

TEST(SuppliersTest, SaysWhatIsNotKnownOfAStateInConflict) {
  ASSERT_OK_AND_ASSIGN(const auto response, Suppliers("MMR"));
  EXPECT_EQ(response.total_size(), 0);
  EXPECT_FALSE(response.importer().has_shares());
  EXPECT_FALSE(response.importer().has_rank());
  EXPECT_THAT(response.importer().sentence(), HasSubstr("do not say from whom Myanmar imports"));
  EXPECT_THAT(Names(response.importer().contexts()),
              ElementsAre("security-contexts/sc-asean-smuggling",
                          "security-contexts/sc-mmr-conflict", "security-contexts/sc-mmr-supply",
                          "security-contexts/sc-mmr-unga", "security-contexts/sc-sea-toc"));
  EXPECT_EQ(response.importer().contexts(3).kind(), "arms-embargo");
  EXPECT_THAT(response.basis().notes(), Contains(HasSubstr("no finding about a state")));
}

// The fighting of May 2025 is background knowledge; it ended before the date of the answer.
TEST(SuppliersTest, ContextsOfThePeriodAreShownAndUnsureOnesLeftOut) {
  constexpr char kFighting[] = "security-contexts/sc-ind-pak-2025 past";
  ASSERT_OK_AND_ASSIGN(const auto sure, Suppliers("IND"));
  EXPECT_THAT(Names(sure.importer().contexts()), Not(Contains(kFighting)));
  EXPECT_EQ(sure.basis().left_out_statements(), 1);
  EXPECT_EQ(sure.basis().left_out_unverified_statements(), 1);
  ASSERT_OK_AND_ASSIGN(const auto all, Suppliers("IND", "", graph::v1::CONFIDENCE_UNVERIFIED));
  EXPECT_THAT(Names(all.importer().contexts()), Contains(kFighting));
  EXPECT_EQ(all.basis().left_out_statements(), 0);
  // Its period is 2025, outside no edition; that of 2019 is before this one.
  EXPECT_THAT(Names(all.importer().contexts()),
              Not(Contains(HasSubstr("security-contexts/sc-asia-2019"))));
}

TEST(CustomersTest, ListsThemWithWhatTouchesThem) {
  ASSERT_OK_AND_ASSIGN(const auto response, Customers("CHN"));
  EXPECT_THAT(Shares(response.customers()),
              ElementsAre("PAK 80/61", "SRB 61/6.8", "THA 49/4.7", "DZA 27/-", "BLR 0.04/-"));
  EXPECT_EQ(response.ranking().rank(), 5);
  EXPECT_EQ(response.exporter().status(), instruments::v1::PARTICIPATION_STATUS_PARTY);
  EXPECT_EQ(response.party_count(), 1);  // Serbia.
  EXPECT_DOUBLE_EQ(response.shares().party_pct(), 6.8);
  EXPECT_DOUBLE_EQ(response.shares().signatory_pct(), 4.7);
  EXPECT_DOUBLE_EQ(response.shares().other_pct(), 61);
  EXPECT_DOUBLE_EQ(response.shares().unnamed_pct(), 27.5);
  EXPECT_EQ(response.in_context_count(), 1);  // Thailand: its south.
  EXPECT_THAT(Names(response.customers(2).contexts()), Contains("security-contexts/sc-tha-south"));
  EXPECT_THAT(Names(response.customers(2).contexts()),
              Contains("security-contexts/sc-khm-tha-2025 past"));
}

TEST(CustomersTest, AnArmedGroupIsACustomerWithoutAStatus) {
  ASSERT_OK_AND_ASSIGN(const auto response, Customers("IRN"));
  ASSERT_EQ(Shares(response.customers()).size(), 4u);
  EXPECT_EQ(response.customers(2).partner().name(), "armed-groups/houthi-forces");
  EXPECT_DOUBLE_EQ(response.customers(2).share_of_exports_pct(), 9.1);
  EXPECT_EQ(response.customers(2).status().status(),
            instruments::v1::PARTICIPATION_STATUS_UNSPECIFIED);
}

TEST(CustomersTest, SaysWhereNothingIsHeld) {
  ASSERT_OK_AND_ASSIGN(const auto response, Customers("FJI"));
  EXPECT_EQ(response.total_size(), 0);
  EXPECT_FALSE(response.has_ranking());
  EXPECT_FALSE(response.has_shares());
  EXPECT_THAT(response.sentence(), HasSubstr("do not say whom Fiji supplies"));
}

TEST(CustomersTest, PagesAreOneList) {
  TransferQueries queries(&testing::CuratedGraph());
  v1::GetCustomersRequest request;
  *request.mutable_read() = AsOf("2026-11-23");
  request.set_state("USA");
  ASSERT_OK_AND_ASSIGN(const auto whole, queries.GetCustomers(testing::OperatorCall(), request));
  EXPECT_EQ(whole.customers_size(), whole.total_size());
  request.set_page_size(7);
  std::vector<std::string> names;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, queries.GetCustomers(testing::OperatorCall(), request));
    EXPECT_EQ(page.shares().SerializeAsString(), whole.shares().SerializeAsString());
    for (const auto& customer : page.customers()) names.push_back(customer.partner().name());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  ASSERT_EQ(names.size(), static_cast<size_t>(whole.customers_size()));
  for (int i = 0; i < whole.customers_size(); ++i) {
    EXPECT_EQ(names[static_cast<size_t>(i)], whole.customers(i).partner().name());
  }
}

}  // namespace
}  // namespace attlas::transfers
