#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/synergy/profiles.h"
#include "services/synergy/synergy_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::synergy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::StatusIs;

absl::StatusOr<v1::FindBridgesResponse> Parsed(const absl::StatusOr<Bridges>& found) {
  if (!found.ok()) return found.status();
  return found->Parse();
}

absl::StatusOr<v1::FindBridgesResponse> Ask(std::string_view state,
                                            v1::BridgeOrder order = v1::BRIDGE_ORDER_UNSPECIFIED,
                                            int page_size = 0) {
  static SynergyQueries queries(&testing::CuratedGraph());
  v1::FindBridgesRequest request;
  *request.mutable_read() = testing::AsOf("2026-02-03");
  request.set_state(std::string(state));
  request.set_target("att");
  request.set_order(order);
  request.set_page_size(page_size);
  return Parsed(queries.FindBridges(testing::OperatorCall(), request));
}

TEST(ProfilesTest, SimilarityIsSharedDividedByEither) {
  EXPECT_DOUBLE_EQ((Similarity{.shared = 2, .either = 4}).value(), 0.5);
  EXPECT_DOUBLE_EQ(Similarity().value(), 0);
}

TEST(FindBridgesTest, WeighsEveryPartyAndOrdersBySimilarity) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("IDN"));
  EXPECT_EQ(response.parties(), 117);
  ASSERT_EQ(response.bridges_size(), 10);
  EXPECT_EQ(response.bridges(0).peer().name(), "states/PHL");
  EXPECT_EQ(response.bridges(0).joined_date().year(), 2022);
  for (const v1::Bridge& bridge : response.bridges()) {
    EXPECT_DOUBLE_EQ(bridge.similarity(), static_cast<double>(bridge.shared_instruments_size()) /
                                              bridge.either_instruments());
    EXPECT_FALSE(bridge.sentence().empty());
    EXPECT_FALSE(bridge.evidence().empty());
    for (const auto& shared : bridge.shared_instruments()) {
      EXPECT_NE(shared.name(), "instruments/att");
    }
  }
  for (int i = 1; i < response.bridges_size(); ++i) {
    EXPECT_GE(response.bridges(i - 1).similarity(), response.bridges(i).similarity());
  }
}

TEST(FindBridgesTest, OrdersByContactWhereAsked) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("IDN", v1::BRIDGE_ORDER_CONTACT, 200));
  EXPECT_EQ(response.bridges_size(), 117);
  for (int i = 1; i < response.bridges_size(); ++i) {
    const auto contacts = [&](int at) {
      return response.bridges(at).organizations_size() + response.bridges(at).events_size();
    };
    EXPECT_GE(contacts(i - 1), contacts(i));
  }
}

TEST(FindBridgesTest, FindsPeersThatHeldTheSameConcernAndJoinedAnyway) {
  // Malaysia had its legislation to mend (as the Philippines had before they ratified in 2022).
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("MYS"));
  bool philippines = false;
  for (const v1::Bridge& bridge : response.same_concern()) {
    ASSERT_FALSE(bridge.concerns().empty());
    if (bridge.peer().name() != "states/PHL") continue;
    philippines = true;
    EXPECT_TRUE(bridge.concerns(0).voiced_before_joining());
    EXPECT_EQ(bridge.concerns(0).peer_joined_date().year(), 2022);
    EXPECT_GT(bridge.concerns(0).peer_voiced_date().year(), 2000);
    EXPECT_THAT(bridge.sentence(), HasSubstr("and it joined afterwards"));
  }
  EXPECT_TRUE(philippines);
}

TEST(FindBridgesTest, NamesOrganizationsBetweenButNotTheBodyOfEverybody) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("IDN"));
  bool asean = false;
  for (const v1::LinkingOrganization& link : response.organizations()) {
    EXPECT_NE(link.organization().name(), "organizations/un");
    asean |= link.organization().name() == "organizations/asean";
    EXPECT_FALSE(link.evidence().empty());
  }
  EXPECT_TRUE(asean);
}

TEST(FindBridgesTest, OnlyMembersShareAnOrganization) {
  // Indonesia is a partner in dialogue of the Pacific Islands Forum, Fiji a member of it.
  ASSERT_OK_AND_ASSIGN(const auto indonesia, Ask("IDN", v1::BRIDGE_ORDER_CONTACT, 200));
  for (const v1::LinkingOrganization& link : indonesia.organizations()) {
    EXPECT_NE(link.organization().name(), "organizations/pif");
  }
  ASSERT_OK_AND_ASSIGN(const auto fiji, Ask("FJI", v1::BRIDGE_ORDER_CONTACT, 200));
  bool forum = false;
  for (const v1::Bridge& bridge : fiji.bridges()) {
    for (const v1::SharedContact& shared : bridge.organizations()) {
      if (shared.node().name() != "organizations/pif") continue;
      forum = true;
      EXPECT_EQ(shared.own_role(), "member");
      EXPECT_EQ(shared.peer_role(), "member") << bridge.peer().name();
      EXPECT_NE(bridge.peer().name(), "states/JPN");  // A partner in dialogue.
    }
  }
  EXPECT_TRUE(forum);
}

std::vector<std::string> PeersOf(const v1::FindBridgesResponse& response) {
  std::vector<std::string> peers;
  for (const v1::Bridge& bridge : response.bridges()) peers.push_back(bridge.peer().name());
  return peers;
}

class BridgePagesTest : public ::testing::Test {
 protected:
  BridgePagesTest() {
    *request_.mutable_read() = testing::AsOf("2026-02-03");
    request_.set_state("IDN");
    request_.set_target("att");
    request_.set_page_size(50);
  }
  auto Ask() { return Parsed(queries_.FindBridges(testing::OperatorCall(), request_)); }

  SynergyQueries queries_{&testing::CuratedGraph()};
  v1::FindBridgesRequest request_;
};

TEST_F(BridgePagesTest, ThePagesTogetherAreTheWholeList) {
  std::vector<std::string> paged;
  std::vector<int> sizes;
  std::string revision;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, Ask());
    EXPECT_EQ(page.parties(), 117);
    EXPECT_EQ(revision.empty() ? page.revision() : revision, page.revision());
    revision = page.revision();
    sizes.push_back(page.bridges_size());
    for (std::string& peer : PeersOf(page)) paged.push_back(std::move(peer));
    request_.set_page_token(page.next_page_token());
  } while (!request_.page_token().empty());
  EXPECT_THAT(sizes, ElementsAre(50, 50, 17));
  request_.set_page_size(1'000);
  ASSERT_OK_AND_ASSIGN(const auto whole, Ask());
  EXPECT_TRUE(whole.next_page_token().empty());
  EXPECT_EQ(PeersOf(whole), paged);
}

TEST_F(BridgePagesTest, ATokenIsOfItsOwnQuestionAlone) {
  ASSERT_OK_AND_ASSIGN(const auto first, Ask());
  request_.set_page_token(first.next_page_token());
  request_.set_page_size(3);  // May change from page to page.
  ASSERT_OK_AND_ASSIGN(const auto second, Ask());
  EXPECT_EQ(second.bridges_size(), 3);
  request_.set_state("MYS");
  EXPECT_EQ(testing::ReasonOf(Ask().status()), "PAGE_TOKEN_MISMATCH");
  request_.set_state("IDN");
  services::CallContext other = testing::OperatorCall();
  other.clearance = {graph::v1::TRAFFIC_LIGHT_GREEN, {}, false};
  EXPECT_EQ(testing::ReasonOf(queries_.FindBridges(other, request_).status()),
            "PAGE_TOKEN_MISMATCH");
  for (const std::string& token :
       {std::string("nonsense"), first.next_page_token() + "x",
        first.next_page_token().substr(0, first.next_page_token().find('.'))}) {
    request_.set_page_token(token);
    const absl::Status status = Ask().status();
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument)) << token;
    EXPECT_EQ(testing::ReasonOf(status), "PAGE_TOKEN_MALFORMED") << token;
    EXPECT_THAT(testing::BlamedFields(status), ElementsAre("page_token"));
  }
}

TEST(FindBridgesTest, LeavesTheStateItselfOut) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("PHL", v1::BRIDGE_ORDER_SIMILARITY, 200));
  EXPECT_EQ(response.parties(), 116);
  for (const v1::Bridge& bridge : response.bridges()) EXPECT_NE(bridge.peer().name(), "states/PHL");
}

TEST(FindBridgesTest, RefusesANegativePageSizeAndUnknownStates) {
  auto result = Ask("IDN", v1::BRIDGE_ORDER_UNSPECIFIED, -1);
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(testing::BlamedFields(result.status()), ElementsAre("page_size"));
  EXPECT_THAT(Ask("XXX"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("states/XXX")));
}

}  // namespace
}  // namespace attlas::synergy
