#include <map>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/cooperation/cooperation_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::cooperation {
namespace {

using testing::AsOf;
using testing::BlamedFields;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

v1::GetRoleMapRequest RequestOf(std::string_view state, std::string_view instrument) {
  v1::GetRoleMapRequest request;
  *request.mutable_read() = AsOf("2026-02-03");
  request.set_state(std::string(state));
  request.set_instrument(std::string(instrument));
  return request;
}

absl::StatusOr<v1::GetRoleMapResponse> Ask(const v1::GetRoleMapRequest& request) {
  return CooperationQueries(&testing::CuratedGraph()).GetRoleMap(testing::OperatorCall(), request);
}

const v1::ThemeRoles* FindTheme(const v1::GetRoleMapResponse& response, std::string_view id) {
  for (const v1::ThemeRoles& theme : response.themes()) {
    if (theme.theme().name() == absl::StrCat("themes/", std::string(id))) return &theme;
  }
  return nullptr;
}

// `role:agency` of all who hold a role on a theme.
std::set<std::string> HoldersOn(const v1::ThemeRoles& theme) {
  std::set<std::string> holders;
  for (const v1::RoleEntry& role : theme.roles()) {
    for (const v1::RoleHolder& holder : role.holders()) {
      holders.insert(absl::StrCat(role.role().name(), ":", holder.agency().name()));
    }
  }
  return holders;
}

TEST(GetRoleMapTest, TellsWhoHoldsTheRolesOfThePhilippines) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(RequestOf("PHL", "att")));
  EXPECT_EQ(response.themes_size(), 32);
  EXPECT_EQ(response.totals().held(), 11);
  EXPECT_EQ(response.totals().held_under_other(), 1);
  EXPECT_EQ(response.totals().held_by_nobody(), 8);
  EXPECT_EQ(response.totals().no_role_known(), 12);
  EXPECT_EQ(response.totals().agencies(), 11);
  EXPECT_EQ(response.status().status(), instruments::v1::PARTICIPATION_STATUS_PARTY);
  const v1::ThemeRoles* licensing = FindTheme(response, "export-licensing");
  ASSERT_NE(licensing, nullptr);
  EXPECT_EQ(licensing->standing(), v1::FUNCTION_STANDING_HELD);
  EXPECT_EQ(licensing->strength(), instruments::v1::STRENGTH_BINDING);
  EXPECT_THAT(HoldersOn(*licensing),
              UnorderedElementsAre("roles/export-licensing-authority:agencies/phl-stmo"));
  EXPECT_THAT(licensing->sentence(), HasSubstr("Strategic Trade Management Office"));
  const v1::ThemeRoles* records = FindTheme(response, "record-keeping");
  ASSERT_NE(records, nullptr);
  EXPECT_THAT(HoldersOn(*records),
              UnorderedElementsAre("roles/firearms-registry:agencies/phl-feo"));
}

// A point of contact under the Programme of Action is none under the ATT.
TEST(GetRoleMapTest, KeepsRolesUnderOtherInstrumentsApart) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(RequestOf("PHL", "att")));
  const v1::ThemeRoles* contact = FindTheme(response, "national-point-of-contact");
  ASSERT_NE(contact, nullptr);
  EXPECT_EQ(contact->standing(), v1::FUNCTION_STANDING_HELD_UNDER_OTHER);
  ASSERT_GT(contact->roles_size(), 0);
  EXPECT_EQ(contact->roles(0).tie(), v1::ROLE_TIE_OTHER);
  EXPECT_EQ(contact->roles(0).instruments(0).name(), "instruments/unpoa");
  EXPECT_EQ(contact->roles(0).holders(0).agency().name(), "agencies/phl-osetc");
  ASSERT_OK_AND_ASSIGN(const auto poa, Ask(RequestOf("PHL", "unpoa")));
  const v1::ThemeRoles* own = FindTheme(poa, "national-point-of-contact");
  ASSERT_NE(own, nullptr);
  EXPECT_EQ(own->standing(), v1::FUNCTION_STANDING_HELD);
  EXPECT_EQ(own->roles(0).tie(), v1::ROLE_TIE_OWN);
}

TEST(GetRoleMapTest, TellsWhichRolesNobodyHolds) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(RequestOf("PHL", "att")));
  std::map<std::string, const v1::UnheldRole*> unheld;
  for (const auto& role : response.unheld_roles()) {
    EXPECT_TRUE(unheld.emplace(role.role().name(), &role).second) << role.role().name();
    EXPECT_NE(role.tie(), v1::ROLE_TIE_OTHER);
  }
  ASSERT_TRUE(unheld.contains("roles/transit-control-authority"));
  EXPECT_FALSE(unheld["roles/transit-control-authority"]->function_held_otherwise());
  // Export licensing is done by another authority.
  ASSERT_TRUE(unheld.contains("roles/munitions-export-authorisation"));
  EXPECT_TRUE(unheld["roles/munitions-export-authorisation"]->function_held_otherwise());
  EXPECT_FALSE(unheld.contains("roles/att-implementation-lead"));
  // What is missing comes first.
  EXPECT_EQ(response.themes(0).standing(), v1::FUNCTION_STANDING_HELD_BY_NOBODY);
  EXPECT_EQ(response.themes(31).standing(), v1::FUNCTION_STANDING_NO_ROLE_KNOWN);
}

TEST(GetRoleMapTest, ShowsEveryAgencyAndRolesWithoutATheme) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(RequestOf("PHL", "att")));
  std::set<std::string> further;
  for (const auto& role : response.further_roles()) {
    for (const auto& holder : role.holders()) {
      further.insert(absl::StrCat(role.role().name(), ":", holder.agency().name()));
    }
  }
  EXPECT_THAT(further, UnorderedElementsAre("roles/att-deliberation:agencies/phl-defence",
                                            "roles/att-deliberation:agencies/phl-police"));
  EXPECT_EQ(response.agencies(0).agency().name(), "agencies/phl-stmo");
  EXPECT_EQ(response.agencies(0).kind(), "export-licensing");
  EXPECT_EQ(response.agencies(0).roles_size(), 3);
}

// Of Indonesia five agencies are known, four of them from background knowledge alone.
TEST(GetRoleMapTest, CountsWhatIsLeftOut) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(RequestOf("IDN", "att")));
  EXPECT_EQ(response.totals().agencies(), 1);
  EXPECT_EQ(response.totals().held(), 1);
  EXPECT_EQ(response.totals().held_by_nobody(), 19);
  EXPECT_EQ(response.totals_with_left_out().agencies(), 5);
  EXPECT_EQ(response.totals_with_left_out().held(), 1);
  EXPECT_GE(response.basis().left_out_statements(), 4);
  auto request = RequestOf("IDN", "att");
  *request.mutable_read() = AsOf("2026-02-03", graph::v1::CONFIDENCE_UNVERIFIED);
  ASSERT_OK_AND_ASSIGN(const auto all, Ask(request));
  EXPECT_EQ(all.totals().agencies(), 5);
  std::set<std::string> kinds;
  for (const auto& agency : all.agencies()) kinds.insert(agency.kind());
  EXPECT_THAT(kinds, Contains("gender-equality"));
}

// Who has a role at borders for the measures on the DPRK.
TEST(GetRoleMapTest, KeepsToThemes) {
  auto request = RequestOf("PLW", "unscr-1718");
  for (const char* theme : {"border-control", "themes/transit-transshipment", "tracing"}) {
    request.add_themes(theme);
  }
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  EXPECT_EQ(response.themes_size(), 2);
  const v1::ThemeRoles* transit = FindTheme(response, "transit-transshipment");
  ASSERT_NE(transit, nullptr);
  EXPECT_THAT(HoldersOn(*transit),
              UnorderedElementsAre("roles/transit-control-authority:agencies/plw-customs",
                                   "roles/transit-control-authority:agencies/plw-president"));
  EXPECT_THAT(response.basis().notes(), Contains(HasSubstr("is known that serves: Tracing.")));
}

// A role counts from the date on which it was taken up.
TEST(GetRoleMapTest, ReadsRolesOnTheirDays) {
  auto request = RequestOf("CHN", "att");
  request.add_themes("universalization");
  ASSERT_OK_AND_ASSIGN(const auto after, Ask(request));
  EXPECT_THAT(HoldersOn(after.themes(0)),
              Contains("roles/treaty-accession-decision:agencies/chn-npcsc"));
  *request.mutable_read() = AsOf("2020-06-19");
  ASSERT_OK_AND_ASSIGN(const auto before, Ask(request));
  EXPECT_THAT(HoldersOn(before.themes(0)),
              Not(Contains("roles/treaty-accession-decision:agencies/chn-npcsc")));
}

TEST(GetRoleMapTest, RestsOnStatements) {
  auto request = RequestOf("FJI", "att");
  request.set_include_sources(true);
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(request));
  std::map<std::string, std::string> types;
  for (const auto& statement : response.statements()) types[statement.name()] = statement.type();
  for (const auto& theme : response.themes()) {
    for (const auto& role : theme.roles()) {
      ASSERT_FALSE(role.evidence().empty());
      EXPECT_EQ(types[role.evidence(0)], "ROLE_SERVES");
      for (const auto& holder : role.holders()) {
        ASSERT_EQ(holder.evidence_size(), 2);
        EXPECT_EQ(types[holder.evidence(0)], "AGENCY_OF");
        EXPECT_EQ(types[holder.evidence(1)], "HOLDS_ROLE");
      }
    }
  }
  EXPECT_GT(response.sources_size(), 0);
}

TEST(GetRoleMapTest, AnswersForEveryPlace) {
  for (const std::string& place : testing::AllPlaces()) {
    ASSERT_OK_AND_ASSIGN(const auto response, Ask(RequestOf(place, "att")));
    const v1::RoleMapTotals& totals = response.totals();
    EXPECT_EQ(totals.held() + totals.held_under_other() + totals.held_by_nobody() +
                  totals.no_role_known(),
              32)
        << place;
    EXPECT_EQ(totals.no_role_known(), 12) << place;
    EXPECT_LE(totals.agencies_with_roles(), totals.agencies()) << place;
  }
}

TEST(GetRoleMapTest, SaysWhatIsNotKnownOfAnInstrumentWithoutProvisions) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask(RequestOf("PHL", "ctbt")));
  EXPECT_THAT(response.themes(), IsEmpty());
  EXPECT_THAT(response.sentence(), HasSubstr("no theme of the CTBT is known"));
}

TEST(GetRoleMapTest, NamesTheFieldsOfBadInput) {
  EXPECT_THAT(BlamedFields(Ask(RequestOf("", "att")).status()), ElementsAre("state"));
  EXPECT_THAT(BlamedFields(Ask(RequestOf("PHL", "")).status()), ElementsAre("instrument"));
  EXPECT_THAT(BlamedFields(Ask(RequestOf("agencies/phl-stmo", "att")).status()),
              ElementsAre("state"));
  const absl::Status unknown = Ask(RequestOf("PHL", "atx")).status();
  EXPECT_EQ(unknown.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(unknown.message()), HasSubstr("instruments/att"));
  auto request = RequestOf("PHL", "att");
  request.add_themes("border-contrl");
  const absl::Status theme = Ask(request).status();
  EXPECT_EQ(theme.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(BlamedFields(theme), ElementsAre("themes[0]"));
  EXPECT_THAT(std::string(theme.message()), HasSubstr("themes/border-control"));
  request.clear_themes();
  for (int i = 0; i < 65; ++i) request.add_themes("tracing");
  const absl::Status many = Ask(request).status();
  EXPECT_EQ(many.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(BlamedFields(many), ElementsAre("themes"));
}

}  // namespace
}  // namespace attlas::cooperation
