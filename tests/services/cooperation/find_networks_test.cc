// Networks, over the curated dataset; memberships were looked up in its tables by hand.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/cooperation/cooperation_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::cooperation {
namespace {

using testing::AsOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::StatusIs;
using ::testing::UnorderedElementsAre;

absl::StatusOr<v1::FindNetworksResponse> Ask(const v1::FindNetworksRequest& request) {
  static const CooperationQueries queries(&testing::CuratedGraph());
  return queries.FindNetworks(testing::OperatorCall(), request);
}

v1::FindNetworksRequest Among(const std::vector<std::string>& states, const std::string& theme) {
  v1::FindNetworksRequest request;
  *request.mutable_read() = AsOf("2026-11-23");
  for (const std::string& state : states) request.add_states(state);
  request.set_theme(theme);
  return request;
}

std::vector<std::string> NetworkNames(const v1::FindNetworksResponse& answer) {
  std::vector<std::string> names;
  for (const v1::Network& network : answer.networks()) {
    names.push_back(network.organization().name());
  }
  return names;
}

TEST(FindNetworksTest, PoliceNetworksConnectTheMelanesianStates) {
  ASSERT_OK_AND_ASSIGN(const auto answer,
                       Ask(Among({"FJI", "VUT", "PNG"}, "law-enforcement-cooperation")));
  EXPECT_THAT(NetworkNames(answer), ElementsAre("organizations/picp", "organizations/ptcn"));
  EXPECT_EQ(answer.networks(0).connected_size(), 3);
  EXPECT_EQ(answer.networks(0).others(), 18);
  EXPECT_EQ(answer.networks(0).themes(0).tie(), v1::THEME_TIE_STANDING_TASK);
  EXPECT_THAT(answer.unconnected(), IsEmpty());
  EXPECT_THAT(answer.sentence(), HasSubstr("2 networks connect them"));
  std::vector<std::string> unlisted;
  for (const auto& node : answer.networks_without_members()) unlisted.push_back(node.name());
  EXPECT_THAT(unlisted, UnorderedElementsAre("organizations/interpol", "organizations/ptccc"));
  ASSERT_EQ(answer.offices_size(), 3);
  EXPECT_EQ(answer.offices(0).place().name(), "states/FJI");
  std::vector<std::string> offices;
  for (const auto& one : answer.offices(0).agencies()) offices.push_back(one.agency().name());
  EXPECT_THAT(offices, UnorderedElementsAre("agencies/fji-customs", "agencies/fji-police"));
}

TEST(FindNetworksTest, ABodyOfAnotherKindCountsByItsStandingTask) {
  ASSERT_OK_AND_ASSIGN(const auto answer,
                       Ask(Among({"IDN", "PHL"}, "law-enforcement-cooperation")));
  EXPECT_THAT(NetworkNames(answer),
              ElementsAre("organizations/asean-somtc-wg-arms", "organizations/aseanapol"));
  // Timor-Leste is an observer of the working group.
  ASSERT_OK_AND_ASSIGN(const auto timor, Ask(Among({"TLS", "PHL"}, "law-enforcement-cooperation")));
  ASSERT_THAT(NetworkNames(timor), ElementsAre("organizations/asean-somtc-wg-arms"));
  EXPECT_FALSE(timor.networks(0).connected(0).member());
  EXPECT_THAT(timor.networks(0).connected(0).parts(), ElementsAre("observer"));
  EXPECT_TRUE(timor.networks(0).connected(1).member());
  EXPECT_THAT(timor.networks(0).sentence(), HasSubstr("Timor-Leste (observer)"));
}

TEST(FindNetworksTest, TellsWhomNoneConnects) {
  ASSERT_OK_AND_ASSIGN(const auto answer, Ask(Among({"FJI", "VUT", "IDN"}, "")));
  ASSERT_EQ(answer.unconnected_size(), 2);
  EXPECT_EQ(answer.unconnected(0).first().name(), "states/FJI");
  EXPECT_EQ(answer.unconnected(0).second().name(), "states/IDN");
  EXPECT_EQ(answer.unconnected(1).first().name(), "states/VUT");
  EXPECT_THAT(answer.networks(0).missing(0).name(), "states/IDN");
  EXPECT_THAT(NetworkNames(answer), UnorderedElementsAre("organizations/oco", "organizations/picp",
                                                         "organizations/ptcn"));
}

TEST(FindNetworksTest, OneStateIsConnectedWithAllOthers) {
  ASSERT_OK_AND_ASSIGN(const auto answer, Ask(Among({"PNG"}, "border-control")));
  // That of the police by the partnership with the customs alone (data/edges/works-on.csv,
  // about.csv).
  ASSERT_THAT(NetworkNames(answer), ElementsAre("organizations/oco", "organizations/picp"));
  EXPECT_EQ(answer.networks(0).partners_size(), 24);
  EXPECT_EQ(answer.networks(0).others(), 24);
  EXPECT_THAT(answer.sentence(), HasSubstr("Papua New Guinea belongs to 2 networks"));
}

TEST(FindNetworksTest, WhatItAdoptedAndOrganizedTiesItToTheTheme) {
  ASSERT_OK_AND_ASSIGN(const auto exchange, Ask(Among({"FJI", "TON"}, "information-exchange")));
  std::vector<std::string> through;
  for (const v1::Network& network : exchange.networks()) {
    if (network.organization().name() != "organizations/oco") continue;
    for (const v1::NetworkTheme& theme : network.themes()) {
      if (theme.tie() == v1::THEME_TIE_ENGAGEMENT) through.push_back(theme.through().name());
    }
  }
  EXPECT_THAT(through, ElementsAre("events/pacific-partnership-2018"));

  v1::FindNetworksRequest request = Among({"FJI", "TON"}, "legislation");
  request.add_organization_kinds("regional-organization");
  ASSERT_OK_AND_ASSIGN(const auto adopted, Ask(request));
  ASSERT_THAT(NetworkNames(adopted), ElementsAre("organizations/pif"));
  std::vector<std::string> instruments;
  for (const v1::NetworkTheme& theme : adopted.networks(0).themes()) {
    EXPECT_EQ(theme.tie(), v1::THEME_TIE_ADOPTED_INSTRUMENT);
    EXPECT_EQ(theme.evidence_size(), 3);
    instruments.push_back(theme.through().name());
  }
  // That the Forum adopted the Nadi Framework is not verified, and is left out.
  EXPECT_THAT(instruments, ElementsAre("instruments/nasonini-declaration"));
}

TEST(FindNetworksTest, EverythingIsCited) {
  v1::FindNetworksRequest request = Among({"FJI", "VUT"}, "law-enforcement-cooperation");
  request.set_include_sources(true);
  ASSERT_OK_AND_ASSIGN(const auto answer, Ask(request));
  EXPECT_FALSE(answer.sources().empty());
  for (const v1::Network& network : answer.networks()) {
    for (const auto& member : network.connected()) EXPECT_FALSE(member.evidence().empty());
    for (const auto& theme : network.themes()) EXPECT_FALSE(theme.evidence().empty());
  }
}

TEST(FindNetworksTest, BadInputBlamesItsField) {
  const auto blamed = [](const v1::FindNetworksRequest& request) {
    return testing::BlamedFields(Ask(request).status());
  };
  EXPECT_THAT(blamed(Among({}, "")), ElementsAre("states"));
  EXPECT_THAT(blamed(Among(std::vector<std::string>(21, "FJI"), "")), ElementsAre("states"));
  EXPECT_THAT(blamed(Among({"FJI", "states/FJI"}, "")), ElementsAre("states[1]"));
  EXPECT_THAT(Ask(Among({"FJI", "VUX"}, "")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("states/VUT")));
  v1::FindNetworksRequest request = Among({"FJI"}, "");
  request.add_organization_kinds("regional-polce");
  EXPECT_THAT(blamed(request), ElementsAre("organization_kinds[0]"));
  for (int i = 0; i < 6; ++i) request.add_organization_kinds("fund");
  EXPECT_THAT(blamed(request), ElementsAre("organization_kinds"));
}

}  // namespace
}  // namespace attlas::cooperation
