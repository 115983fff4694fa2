// What reaches places, over the curated dataset; the expected numbers were counted from its tables
// by hand.
#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "graph/graph.h"
#include "gtest/gtest.h"
#include "services/cooperation/cooperation_queries.h"
#include "services/engagement/engagement_queries.h"
#include "services/graph/local_graph.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::cooperation {
namespace {

using testing::AsOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::StatusIs;
using ::testing::UnorderedElementsAre;

absl::StatusOr<v1::GetReachResponse> Ask(const v1::GetReachRequest& request) {
  static const CooperationQueries queries(&testing::CuratedGraph());
  return queries.GetReach(testing::OperatorCall(), request);
}

v1::GetReachRequest Of(const std::string& state,
                       graph::v1::Confidence confidence = graph::v1::CONFIDENCE_UNSPECIFIED) {
  v1::GetReachRequest request;
  *request.mutable_read() = AsOf("2026-11-23", confidence);
  request.set_state(state);
  return request;
}

v1::GetReachRequest Over(const std::string& grouping,
                         graph::v1::Confidence confidence = graph::v1::CONFIDENCE_UNSPECIFIED) {
  v1::GetReachRequest request = Of("", confidence);
  request.set_grouping(grouping);
  return request;
}

template <typename List>
std::vector<std::string> NamesOf(const List& list) {
  std::vector<std::string> names;
  for (const auto& node : list) names.push_back(node.name());
  return names;
}

const v1::ReachingOrganization* Organization(const v1::PlaceReach& reach, std::string_view name) {
  for (const auto& one : reach.organizations()) {
    if (one.organization().name() == name) return &one;
  }
  return nullptr;
}

const v1::AssistanceOffer* OfferOf(const v1::PlaceReach& reach, std::string_view giver,
                                   std::string_view instrument) {
  for (const auto& one : reach.offers()) {
    if (one.giver().name() == giver && one.instrument().name() == instrument) return &one;
  }
  return nullptr;
}

TEST(GetReachTest, AStateIsReachedByEventsAndTheirOrganizers) {
  ASSERT_OK_AND_ASSIGN(const auto answer, Ask(Of("FJI")));
  ASSERT_EQ(answer.places_size(), 1);
  const v1::PlaceReach& fiji = answer.places(0);
  EXPECT_TRUE(fiji.reached());
  EXPECT_EQ(fiji.contacts_size(), 11);
  EXPECT_EQ(fiji.contacts(0).engagement().name(), "events/fji-mission-2025");
  EXPECT_THAT(NamesOf(fiji.contacts(0).organizers()),
              UnorderedElementsAre("organizations/unrcpd", "organizations/eu-eeas"));
  const v1::ReachingOrganization& first = fiji.organizations(0);
  EXPECT_EQ(first.organization().name(), "organizations/unrcpd");
  EXPECT_EQ(first.organized_contacts(), 5);
  EXPECT_THAT(first.parts(), ElementsAre("mandate-state"));
  EXPECT_EQ(graph::FormatDate(first.latest_contact_date()), "2025-05-19");
  ASSERT_NE(Organization(fiji, "organizations/psaag"), nullptr);
  EXPECT_EQ(Organization(fiji, "organizations/psaag")->organized_contacts(), 4);
  EXPECT_THAT(answer.unreached(), IsEmpty());
  EXPECT_THAT(fiji.sentence(), HasSubstr("Fiji took part in 11 events and activities"));
}

TEST(GetReachTest, NamesWhomNobodyReached) {
  ASSERT_OK_AND_ASSIGN(const auto pacific, Ask(Over("pacific-islands-forum")));
  EXPECT_EQ(pacific.total_places(), 16);
  EXPECT_THAT(NamesOf(pacific.unreached()), ElementsAre("states/MHL", "states/NRU"));
  EXPECT_THAT(pacific.sentence(), HasSubstr("14 were reached"));
  // Brunei attended only events whose attendance is inferred from membership.
  ASSERT_OK_AND_ASSIGN(const auto wide, Ask(Over("canada-indo-pacific-strategy-40")));
  EXPECT_THAT(NamesOf(wide.unreached()),
              UnorderedElementsAre("states/BRN", "states/MHL", "states/NRU", "states/PRK",
                                   "economies/TWN"));
  ASSERT_OK_AND_ASSIGN(const auto every, Ask(Over("canada-indo-pacific-strategy-40",
                                                  graph::v1::CONFIDENCE_UNVERIFIED)));
  EXPECT_THAT(NamesOf(every.unreached()),
              UnorderedElementsAre("states/MHL", "states/NRU", "states/PRK", "economies/TWN"));
  EXPECT_GT(wide.basis().left_out_statements(), 0);
}

TEST(GetReachTest, ThemeAndDatesNarrowWhatCounts) {
  v1::GetReachRequest request = Over("pacific-islands-forum");
  request.set_theme("women-participation");
  ASSERT_OK_AND_ASSIGN(const auto theme, Ask(request));
  EXPECT_THAT(NamesOf(theme.unreached()),
              UnorderedElementsAre("states/AUS", "states/FSM", "states/MHL", "states/NRU",
                                   "states/PLW", "states/TON", "states/VUT"));
  // pga-wsm-2018 and wps-seminar-2020 alone concern members.
  for (const v1::Helper& helper : theme.helpers()) {
    if (helper.organization().name() == "organizations/unscar") {
      EXPECT_EQ(helper.places_reached(), 9);
      EXPECT_EQ(helper.engagements(), 1);
    }
    if (helper.organization().name() == "organizations/unrcpd") {
      EXPECT_EQ(helper.places_reached(), 2);
      EXPECT_EQ(helper.engagements(), 5);
    }
  }
  ASSERT_FALSE(theme.helpers().empty());
  EXPECT_EQ(theme.helpers(0).places_reached(), 9);

  request = Of("FJI");
  *request.mutable_from_date() = graph::ParseDate("2019").value();
  *request.mutable_to_date() = graph::ParseDate("2024-01-23").value();
  ASSERT_OK_AND_ASSIGN(const auto dates, Ask(request));
  // wps-pacific-2019, wps-seminar-2020, webinar-poa-2022; the seminar of 23 January 2024 is out.
  EXPECT_EQ(dates.places(0).contacts_size(), 3);
  *request.mutable_read() = AsOf("2020-01-01");
  ASSERT_OK_AND_ASSIGN(const auto then, Ask(request));
  EXPECT_EQ(then.places(0).contacts_size(), 1);
}

TEST(GetReachTest, ABeneficiaryIsReachedWithoutAnEvent) {
  v1::GetReachRequest request = Of("FJI");
  request.set_theme("legislation");
  ASSERT_OK_AND_ASSIGN(const auto answer, Ask(request));
  const v1::PlaceReach& fiji = answer.places(0);
  EXPECT_THAT(fiji.contacts(), IsEmpty());
  EXPECT_TRUE(fiji.reached());
  const v1::AssistanceOffer* vtf = OfferOf(fiji, "organizations/att-vtf", "instruments/att");
  ASSERT_NE(vtf, nullptr);
  EXPECT_THAT(vtf->parts(), ElementsAre("beneficiary"));
  // The membership has no date, so that it lies within no window.
  *request.mutable_from_date() = graph::ParseDate("2000").value();
  ASSERT_OK_AND_ASSIGN(const auto dated, Ask(request));
  EXPECT_FALSE(dated.places(0).reached());
}

TEST(GetReachTest, TellsToWhomAssistanceIsOpen) {
  const auto eligibility = [](const std::string& state, std::string_view giver,
                              std::string_view instrument) {
    const auto answer = Ask(Of(state));
    EXPECT_OK(answer);
    const v1::AssistanceOffer* offer = OfferOf(answer->places(0), giver, instrument);
    return offer == nullptr ? v1::ELIGIBILITY_UNSPECIFIED : offer->eligibility();
  };
  constexpr std::string_view kVtf = "organizations/att-vtf";
  constexpr std::string_view kAtt = "instruments/att";
  // A party, a signatory, and neither.
  EXPECT_EQ(eligibility("PLW", kVtf, kAtt), v1::ELIGIBILITY_OPEN);
  EXPECT_EQ(eligibility("THA", kVtf, kAtt), v1::ELIGIBILITY_OPEN);
  EXPECT_EQ(eligibility("IDN", kVtf, kAtt), v1::ELIGIBILITY_FOR_GIVER_TO_JUDGE);
  EXPECT_EQ(eligibility("TWN", kVtf, kAtt), v1::ELIGIBILITY_NOT_OPEN);
  // The committee helps members of the United Nations; the Cook Islands are none.
  EXPECT_EQ(eligibility("IDN", "organizations/unsc-1540-committee", "instruments/unscr-1540"),
            v1::ELIGIBILITY_OPEN);
  EXPECT_EQ(eligibility("COK", "organizations/unsc-1540-committee", "instruments/unscr-1540"),
            v1::ELIGIBILITY_NOT_OPEN);
  // Within the mandate of the regional centre, and outside it.
  EXPECT_EQ(eligibility("MHL", "organizations/unrcpd", "instruments/unpoa"), v1::ELIGIBILITY_OPEN);
  EXPECT_EQ(eligibility("CHE", "organizations/unrcpd", "instruments/unpoa"),
            v1::ELIGIBILITY_NOT_OPEN);
  ASSERT_OK_AND_ASSIGN(const auto answer, Ask(Of("IDN")));
  const auto* unscar = OfferOf(answer.places(0), "organizations/unscar", kAtt);
  ASSERT_NE(unscar, nullptr);
  EXPECT_EQ(unscar->asked_by(), v1::ASKER_ORGANIZATION);
  EXPECT_THAT(unscar->sentence(), HasSubstr("together with the state"));
}

TEST(GetReachTest, OffersHelpWithTheThemeThatWasAsked) {
  v1::GetReachRequest request = Of("IDN");
  request.set_theme("dual-use-control");
  ASSERT_OK_AND_ASSIGN(const auto answer, Ask(request));
  std::set<std::string> givers;
  for (const auto& offer : answer.places(0).offers()) givers.insert(offer.giver().name());
  // No provision of the ATT or the PoA serves the theme; one of UNSCR 1540 does.
  EXPECT_THAT(givers,
              UnorderedElementsAre("organizations/exbs", "organizations/unsc-1540-committee"));
  request.set_instrument("att");
  ASSERT_OK_AND_ASSIGN(const auto none, Ask(request));
  EXPECT_THAT(none.places(0).offers(), IsEmpty());
}

TEST(GetReachTest, GenderEqualityOfficesAreNeverForgotten) {
  v1::GetReachRequest request = Over("canada-indo-pacific-strategy-40");
  request.set_agency_kind("gender-equality");
  ASSERT_OK_AND_ASSIGN(const auto answer, Ask(request));
  // All forty are background knowledge: named, and not counted.
  EXPECT_EQ(answer.agencies().linked() + answer.agencies().absent(), 0);
  EXPECT_EQ(answer.agencies().left_out(), 40);
  EXPECT_EQ(answer.agencies().left_out_linked(), 0);
  EXPECT_THAT(answer.agencies().places_without(), IsEmpty());
  ASSERT_EQ(answer.places(0).agencies_size(), 1);
  EXPECT_TRUE(answer.places(0).agencies(0).left_out());
  EXPECT_EQ(answer.places(0).agencies(0).confidence(), graph::v1::CONFIDENCE_UNVERIFIED);
  EXPECT_THAT(answer.places(0).agencies(0).evidence(), IsEmpty());

  request.mutable_read()->set_min_confidence(graph::v1::CONFIDENCE_UNVERIFIED);
  ASSERT_OK_AND_ASSIGN(const auto every, Ask(request));
  EXPECT_EQ(every.agencies().absent(), 40);
  EXPECT_EQ(every.agencies().linked(), 0);
  EXPECT_EQ(every.agencies().places_with_agency(), 40);
  // Switzerland has none here.
  request = Of("CHE");
  request.set_agency_kind("gender-equality");
  ASSERT_OK_AND_ASSIGN(const auto swiss, Ask(request));
  EXPECT_THAT(NamesOf(swiss.agencies().places_without()), ElementsAre("states/CHE"));
  EXPECT_THAT(swiss.sentence(), HasSubstr("No agency of the kind gender-equality is known"));
}

TEST(GetReachTest, OtherKindsOfAgencyAreLinkedByTheirRoles) {
  v1::GetReachRequest request = Of("PHL");
  request.set_agency_kind("foreign-affairs");
  ASSERT_OK_AND_ASSIGN(const auto answer, Ask(request));
  ASSERT_EQ(answer.places(0).agencies_size(), 1);
  const v1::AgencyPart& dfa = answer.places(0).agencies(0);
  EXPECT_EQ(dfa.agency().name(), "agencies/phl-mfa");
  EXPECT_EQ(dfa.presence(), v1::AGENCY_PRESENCE_LINKED);
  EXPECT_FALSE(dfa.left_out());
  EXPECT_FALSE(dfa.roles().empty());
  EXPECT_FALSE(dfa.evidence().empty());
}

TEST(GetReachTest, OrganizationsThatReachedNobodyAreNamed) {
  ASSERT_OK_AND_ASSIGN(const auto answer, Ask(Over("pacific-islands-forum")));
  std::set<std::string> idle;
  for (const auto& one : answer.idle_organizations()) idle.insert(one.organization().name());
  // Its members belong to it, and it organized what is held here without a list of participants.
  EXPECT_TRUE(idle.contains("organizations/picp"));
  EXPECT_TRUE(idle.contains("organizations/cistec"));
  EXPECT_FALSE(idle.contains("organizations/unrcpd"));
  EXPECT_FALSE(idle.contains("organizations/att-vtf"));
  for (const auto& one : answer.idle_organizations()) {
    if (one.organization().name() != "organizations/picp") continue;
    EXPECT_EQ(one.engagements_elsewhere(), 1);
    EXPECT_EQ(one.engagements_without_participants(), 1);
  }
}

TEST(GetReachTest, PagesAreOneListAndEverythingIsCited) {
  v1::GetReachRequest request = Over("canada-indo-pacific-strategy-40");
  request.set_page_size(7);
  request.set_include_sources(true);
  std::vector<std::string> names;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, Ask(request));
    EXPECT_EQ(page.total_places(), 40);
    EXPECT_EQ(page.unreached_size(), 5);
    std::set<std::string> statements;
    for (const auto& one : page.statements()) {
      statements.insert(one.name());
      EXPECT_FALSE(one.citations().empty());
    }
    for (const v1::PlaceReach& reach : page.places()) {
      names.push_back(reach.place().name());
      for (const v1::Contact& contact : reach.contacts()) {
        ASSERT_FALSE(contact.evidence().empty());
        for (const auto& name : contact.evidence()) EXPECT_TRUE(statements.contains(name));
      }
      for (const auto& offer : reach.offers()) {
        for (const auto& name : offer.evidence()) EXPECT_TRUE(statements.contains(name));
      }
    }
    EXPECT_FALSE(page.sources().empty());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(names.size(), 40u);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
}

TEST(GetReachTest, BadInputBlamesItsField) {
  const auto blamed = [](const v1::GetReachRequest& request) {
    return testing::BlamedFields(Ask(request).status());
  };
  EXPECT_THAT(blamed(Of("")), ElementsAre("state"));
  v1::GetReachRequest both = Of("FJI");
  both.set_grouping("asean");
  EXPECT_THAT(blamed(both), ElementsAre("state"));
  EXPECT_THAT(Ask(Of("FJX")), StatusIs(absl::StatusCode::kNotFound, HasSubstr("states/FJI")));
  v1::GetReachRequest request = Of("FJI");
  request.set_agency_kind("gender-equalty");
  EXPECT_THAT(blamed(request), ElementsAre("agency_kind"));
  EXPECT_THAT(Ask(request).status().message(), HasSubstr("gender-equality"));
  request = Of("FJI");
  request.mutable_from_date()->set_month(3);
  EXPECT_THAT(blamed(request), ElementsAre("from_date"));
  request = Of("FJI");
  *request.mutable_from_date() = graph::ParseDate("2024").value();
  *request.mutable_to_date() = graph::ParseDate("2023").value();
  EXPECT_THAT(blamed(request), ElementsAre("to_date"));
  request = Of("FJI");
  request.set_theme("instruments/att");
  EXPECT_THAT(blamed(request), ElementsAre("theme"));
  request = Of("FJI");
  request.set_page_size(-1);
  EXPECT_THAT(blamed(request), ElementsAre("page_size"));
}

// An agency that took part reaches its state, and appears.
TEST(GetReachRecordedTest, AgenciesThatTookPartReachTheirState) {
  const testing::TemporaryDirectory directory;
  ASSERT_OK(testing::CopyCuratedStore(directory.file("store")));
  ASSERT_OK_AND_ASSIGN(const auto graph, graph::Graph::Open({.path = directory.file("store")}));
  const services::PageTokenCodec codec(services::PageTokenKey::Random());
  services::LocalGraph api(graph.get(), services::ServiceLimits(), codec);
  engagement::v1::RecordEngagementRequest record;
  record.set_name("events/mhl-women-2026");
  record.set_display_name("Women in arms control, Majuro");
  record.set_term("workshop");
  *record.mutable_start_date() = graph::ParseDate("2026-04-01").value();
  record.add_organizers("organizations/unrcpd");
  record.add_participants("agencies/mhl-gender");
  record.add_topics("themes/women-participation");
  auto* citation = record.add_citations();
  citation->set_source("sources/attlas-analysis");
  citation->set_confidence(graph::v1::CONFIDENCE_SEEN);
  ASSERT_OK(engagement::EngagementQueries(&api, &codec)
                .RecordEngagement(testing::OperatorCall(), record));
  const CooperationQueries queries(&api);
  v1::GetReachRequest request = Of("MHL", graph::v1::CONFIDENCE_UNVERIFIED);
  request.set_agency_kind("gender-equality");
  ASSERT_OK_AND_ASSIGN(const auto answer, queries.GetReach(testing::OperatorCall(), request));
  EXPECT_TRUE(answer.places(0).reached());
  ASSERT_EQ(answer.places(0).contacts_size(), 1);
  EXPECT_THAT(NamesOf(answer.places(0).contacts(0).agencies()), ElementsAre("agencies/mhl-gender"));
  EXPECT_EQ(answer.agencies().linked(), 1);
  // Which office of the state it is, is not sure enough by default: the office appears, the state
  // is not reached by a statement that counts.
  request.mutable_read()->clear_min_confidence();
  ASSERT_OK_AND_ASSIGN(const auto sure, queries.GetReach(testing::OperatorCall(), request));
  EXPECT_FALSE(sure.places(0).reached());
  EXPECT_EQ(sure.agencies().left_out_linked(), 1);
}

}  // namespace
}  // namespace attlas::cooperation
