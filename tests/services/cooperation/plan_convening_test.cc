// Plans of meetings, over the curated dataset; facts were looked up in its tables by hand.
#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "graph/model/date.h"
#include "gtest/gtest.h"
#include "services/cooperation/cooperation_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::cooperation {
namespace {

using testing::AsOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::StatusIs;

absl::StatusOr<v1::PlanConveningResponse> Ask(const v1::PlanConveningRequest& request) {
  static const CooperationQueries queries(&testing::CuratedGraph());
  return queries.PlanConvening(testing::OperatorCall(), request);
}

v1::PlanConveningRequest Plan(const std::string& theme, const std::string& grouping,
                              const std::string& start, const std::string& end = "") {
  v1::PlanConveningRequest request;
  *request.mutable_read() = AsOf("2026-11-23");
  request.set_theme(theme);
  request.set_grouping(grouping);
  *request.mutable_start_date() = graph::ParseDate(start).value();
  if (!end.empty()) *request.mutable_end_date() = graph::ParseDate(end).value();
  return request;
}

const v1::Invitee& InviteeOf(const v1::PlanConveningResponse& answer, std::string_view place) {
  const auto found =
      std::find_if(answer.invitees().begin(), answer.invitees().end(),
                   [&](const v1::Invitee& one) { return one.place().name() == place; });
  EXPECT_NE(found, answer.invitees().end()) << place;
  return *found;
}

const v1::Invitation* OfficeOf(const v1::Invitee& invitee, std::string_view agency) {
  for (const v1::Invitation& one : invitee.invitations()) {
    if (one.office().agency().name() == agency) return &one;
  }
  return nullptr;
}

TEST(PlanConveningTest, InvitesOfficesForWhatTheyDo) {
  ASSERT_OK_AND_ASSIGN(const auto answer,
                       Ask(Plan("national-coordination-body", "asean", "2027-03-01")));
  EXPECT_EQ(answer.invitees_size(), 11);
  const v1::Invitee& philippines = InviteeOf(answer, "states/PHL");
  const v1::Invitation* osetc = OfficeOf(philippines, "agencies/phl-osetc");
  ASSERT_NE(osetc, nullptr);
  EXPECT_THAT(osetc->reasons(),
              ElementsAre(v1::INVITATION_REASON_ROLE_ON_THEME, v1::INVITATION_REASON_COORDINATES));
  const v1::Invitation* atc = OfficeOf(philippines, "agencies/phl-atc");
  ASSERT_NE(atc, nullptr);
  EXPECT_THAT(atc->reasons(), ElementsAre(v1::INVITATION_REASON_COORDINATES));
  const v1::Invitation* dfa = OfficeOf(philippines, "agencies/phl-mfa");
  ASSERT_NE(dfa, nullptr);
  EXPECT_THAT(dfa->reasons(), Contains(v1::INVITATION_REASON_FOREIGN_AFFAIRS));
  // Customs have no part in coordination.
  EXPECT_EQ(OfficeOf(philippines, "agencies/phl-customs"), nullptr);
  // csp10-wg and tha-att-dec2016.
  EXPECT_EQ(philippines.earlier_contacts_size(), 2);
  EXPECT_THAT(answer.clashes(), IsEmpty());
}

TEST(PlanConveningTest, GenderEqualityIsNeverForgotten) {
  ASSERT_OK_AND_ASSIGN(const auto asean, Ask(Plan("border-control", "asean", "2027-03-01")));
  for (const v1::Invitee& invitee : asean.invitees()) {
    EXPECT_EQ(invitee.gender_equality_office(), v1::GENDER_EQUALITY_OFFICE_TO_BE_CHECKED);
    EXPECT_TRUE(std::any_of(invitee.invitations().begin(), invitee.invitations().end(),
                            [](const auto& one) {
                              return one.office().kind() == "gender-equality" &&
                                     one.office().left_out();
                            }))
        << invitee.place().name();
  }
  EXPECT_THAT(asean.without_gender_equality_office(), IsEmpty());
  EXPECT_THAT(asean.sentence(), HasSubstr("named and to be checked for 11"));

  v1::PlanConveningRequest request = Plan("border-control", "un-asia-pacific-group", "2027-03-01");
  request.mutable_read()->set_min_confidence(graph::v1::CONFIDENCE_UNVERIFIED);
  ASSERT_OK_AND_ASSIGN(const auto wide, Ask(request));
  EXPECT_EQ(wide.invitees_size(), 56);
  EXPECT_EQ(wide.without_gender_equality_office_size(), 21);
  EXPECT_EQ(InviteeOf(wide, "states/FJI").gender_equality_office(),
            v1::GENDER_EQUALITY_OFFICE_KNOWN);
  const v1::Invitee& iraq = InviteeOf(wide, "states/IRQ");
  EXPECT_EQ(iraq.gender_equality_office(), v1::GENDER_EQUALITY_OFFICE_NONE_KNOWN);
  EXPECT_THAT(iraq.sentence(), HasSubstr("No office for gender equality is known: ask the state"));
}

TEST(PlanConveningTest, OrganizationsAndEvidenceOnTheTheme) {
  ASSERT_OK_AND_ASSIGN(const auto answer,
                       Ask(Plan("national-coordination-body", "asean", "2027-03-01")));
  // The working groups, NISEA, the Spearhead Group's four, SEESAC and the regional centre.
  std::vector<std::string> organizations;
  for (const auto& one : answer.organizations()) {
    organizations.push_back(one.organization().name());
    EXPECT_EQ(one.engagements_on_theme(), 1) << one.organization().name();
  }
  EXPECT_THAT(organizations, Contains("organizations/nisea"));
  EXPECT_THAT(organizations, Contains("organizations/undp-seesac"));
  EXPECT_EQ(organizations[0], "organizations/nisea");
  EXPECT_EQ(answer.organizations(0).places_reached(), 5);
  std::vector<std::string> on_theme;
  bool ended = false;
  for (const auto& one : answer.evidence_to_table()) {
    if (!one.on_theme()) ended = true;
    if (!one.on_theme()) continue;
    EXPECT_FALSE(ended) << "what is on the theme comes first";
    on_theme.push_back(one.publication().name());
  }
  EXPECT_THAT(on_theme, ::testing::UnorderedElementsAre("evidence/ev-cavr-guide-2017",
                                                        "evidence/ev-unidir-sas-2012",
                                                        "evidence/ev-lka-survey-2008"));
  // A publication on a concern that the Philippines voiced.
  const auto trade = std::find_if(
      answer.evidence_to_table().begin(), answer.evidence_to_table().end(),
      [](const auto& one) { return one.publication().name() == "evidence/ev-att-trade-dfa-2024"; });
  ASSERT_NE(trade, answer.evidence_to_table().end());
  EXPECT_EQ(graph::FormatDate(trade->date()), "2024-02");
  EXPECT_FALSE(trade->url().empty());
  EXPECT_GE(trade->places_concerned(), 1);
  std::vector<std::string> concerns;
  for (const auto& node : InviteeOf(answer, "states/PHL").concerns()) {
    concerns.push_back(node.name());
  }
  EXPECT_THAT(concerns, Contains("challenges/ch-phl-paperwork"));
}

TEST(PlanConveningTest, KnownEventsClashAlsoThoseStillToCome) {
  v1::PlanConveningRequest request = Plan("brokering", "asean", "2026-08-20", "2026-08-24");
  *request.mutable_read() = AsOf("2026-02-03");
  ASSERT_OK_AND_ASSIGN(const auto answer, Ask(request));
  ASSERT_EQ(answer.clashes_size(), 1);
  EXPECT_EQ(answer.clashes(0).engagement().name(), "events/csp12");
  EXPECT_EQ(answer.clashes(0).kind(), v1::CLASH_KIND_OVERLAPS);
  EXPECT_FALSE(answer.clashes(0).on_theme());
  *request.mutable_end_date() = graph::ParseDate("2026-08-23").value();
  ASSERT_OK_AND_ASSIGN(const auto before, Ask(request));
  EXPECT_EQ(before.clashes(0).kind(), v1::CLASH_KIND_NEAR);

  // The Philippines took part in a meeting on these days.
  request = Plan("brokering", "asean", "2024-02-22");
  ASSERT_OK_AND_ASSIGN(const auto busy, Ask(request));
  const v1::Invitee& philippines = InviteeOf(busy, "states/PHL");
  ASSERT_EQ(philippines.busy_with_size(), 1);
  EXPECT_EQ(philippines.busy_with(0).name(), "events/csp10-wg");
  EXPECT_THAT(philippines.sentence(), HasSubstr("busy with 1 known event"));
  EXPECT_THAT(InviteeOf(busy, "states/IDN").busy_with(), IsEmpty());
}

TEST(PlanConveningTest, ADateKnownToTheMonthMayOverlap) {
  v1::PlanConveningRequest request = Plan("brokering", "asean", "2024-08-10");
  ASSERT_OK_AND_ASSIGN(const auto answer, Ask(request));
  std::vector<std::pair<std::string, v1::ClashKind>> clashes;
  for (const v1::Clash& one : answer.clashes()) {
    clashes.emplace_back(one.engagement().name(), one.kind());
  }
  EXPECT_THAT(clashes, ::testing::UnorderedElementsAre(
                           std::pair("events/sas-report-launch", v1::CLASH_KIND_MAY_OVERLAP),
                           std::pair("events/attmonitor-2024-launch", v1::CLASH_KIND_MAY_OVERLAP),
                           std::pair("events/csp10", v1::CLASH_KIND_NEAR)));
  request.set_margin_days(8);
  ASSERT_OK_AND_ASSIGN(const auto narrow, Ask(request));
  EXPECT_EQ(narrow.clashes_size(), 2);
  // The launches may still be held on the last day of the month, not on the next.
  request = Plan("brokering", "asean", "2024-09-01");
  request.set_margin_days(1);
  ASSERT_OK_AND_ASSIGN(const auto after, Ask(request));
  for (const v1::Clash& one : after.clashes()) EXPECT_EQ(one.kind(), v1::CLASH_KIND_NEAR);
  EXPECT_EQ(after.clashes_size(), 2);
}

TEST(PlanConveningTest, EverythingIsCited) {
  v1::PlanConveningRequest request = Plan("women-participation", "asean", "2026-08-24");
  request.set_include_sources(true);
  ASSERT_OK_AND_ASSIGN(const auto answer, Ask(request));
  EXPECT_FALSE(answer.sources().empty());
  EXPECT_GT(answer.basis().left_out_statements(), 0);
  for (const auto& one : answer.organizations()) EXPECT_FALSE(one.evidence().empty());
  for (const auto& one : answer.evidence_to_table()) EXPECT_FALSE(one.evidence().empty());
  for (const auto& one : answer.clashes()) EXPECT_FALSE(one.evidence().empty());
}

TEST(PlanConveningTest, BadInputBlamesItsField) {
  const auto blamed = [](const v1::PlanConveningRequest& request) {
    return testing::BlamedFields(Ask(request).status());
  };
  v1::PlanConveningRequest request = Plan("marking", "asean", "2026-08-24");
  request.clear_start_date();
  EXPECT_THAT(blamed(request), ElementsAre("start_date"));
  EXPECT_THAT(blamed(Plan("marking", "asean", "2026-08")), ElementsAre("start_date"));
  EXPECT_THAT(blamed(Plan("marking", "asean", "2026-08-24", "2026-08-23")),
              ElementsAre("end_date"));
  EXPECT_THAT(blamed(Plan("marking", "asean", "2026-08-24", "2028-08-24")),
              ElementsAre("end_date"));
  request = Plan("marking", "asean", "2026-08-24");
  request.set_margin_days(367);
  EXPECT_THAT(blamed(request), ElementsAre("margin_days"));
  EXPECT_THAT(blamed(Plan("", "asean", "2026-08-24")), ElementsAre("theme"));
  EXPECT_THAT(blamed(Plan("marking", "", "2026-08-24")), ElementsAre("grouping"));
  EXPECT_THAT(Ask(Plan("markng", "asean", "2026-08-24")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("themes/marking")));
}

}  // namespace
}  // namespace attlas::cooperation
