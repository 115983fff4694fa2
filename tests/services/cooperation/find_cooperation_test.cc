// FindCooperation over the curated dataset; the expected numbers were counted from its tables.
#include <algorithm>
#include <map>
#include <set>
#include <string>

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
using ::testing::UnorderedElementsAre;

absl::StatusOr<v1::FindCooperationResponse> Ask(std::string_view state,
                                                std::string_view apart_from = "") {
  v1::FindCooperationRequest request;
  *request.mutable_read() = AsOf("2026-02-03");
  request.set_state(std::string(state));
  request.set_apart_from(std::string(apart_from));
  return CooperationQueries(&testing::CuratedGraph())
      .FindCooperation(testing::OperatorCall(), request);
}

template <typename Nodes>
std::set<std::string> NamesOf(const Nodes& nodes) {
  std::set<std::string> names;
  for (const auto& node : nodes) names.insert(node.name());
  return names;
}

std::set<std::string> JoinedBy(const v1::CoordinatingBody& body) {
  std::set<std::string> names;
  for (const auto& joined : body.joined()) names.insert(joined.agency().name());
  return names;
}

const v1::CoordinatingBody* FindBody(const v1::FindCooperationResponse& response,
                                     std::string_view name) {
  for (const auto& body : response.bodies()) {
    if (body.agency().name() == name) return &body;
  }
  return nullptr;
}

// Fiji's defence ministry is the contact of the Programme of Action and of an ATT project.
TEST(FindCooperationTest, AnAgencyUnderTwoInstrumentsComesFirst) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("FJI"));
  EXPECT_EQ(response.agencies_size(), 5);
  EXPECT_EQ(response.agencies_under_several(), 1);
  const v1::AgencyCooperation& first = response.agencies(0);
  EXPECT_EQ(first.agency().name(), "agencies/fji-defence");
  ASSERT_EQ(first.instruments_size(), 2);
  EXPECT_EQ(first.instruments(0).instrument().name(), "instruments/att");
  EXPECT_THAT(NamesOf(first.instruments(0).roles()),
              UnorderedElementsAre("roles/att-vtf-project-counterpart"));
  EXPECT_EQ(first.instruments(1).instrument().name(), "instruments/unpoa");
  EXPECT_THAT(
      NamesOf(first.instruments(1).roles()),
      UnorderedElementsAre("roles/poa-coordination", "roles/poa-national-point-of-contact"));
  EXPECT_THAT(NamesOf(first.general_roles()),
              UnorderedElementsAre("roles/export-licence-minister"));
  EXPECT_THAT(NamesOf(first.partners()),
              UnorderedElementsAre("agencies/fji-cabinet", "agencies/fji-mfa", "agencies/fji-pm-un",
                                   "agencies/fji-police"));
  EXPECT_EQ(response.instruments_with_several(), 2);
  for (const auto& meeting : response.instruments()) EXPECT_EQ(meeting.agencies(), 3);
}

TEST(FindCooperationTest, ABodyJoinsThoseUnderTheInstrumentThatItCoordinates) {
  ASSERT_OK_AND_ASSIGN(const auto fiji, Ask("FJI"));
  const v1::CoordinatingBody* defence = FindBody(fiji, "agencies/fji-defence");
  ASSERT_NE(defence, nullptr);
  // It coordinates the Programme of Action, not the ATT.
  EXPECT_THAT(JoinedBy(*defence),
              UnorderedElementsAre("agencies/fji-pm-un", "agencies/fji-police"));
  EXPECT_EQ(defence->joined(0).ground(), v1::JOINING_GROUND_SAME_INSTRUMENT);
  // The cabinet is a coordination body by its kind; no statement says whom it joins.
  const v1::CoordinatingBody* cabinet = FindBody(fiji, "agencies/fji-cabinet");
  ASSERT_NE(cabinet, nullptr);
  EXPECT_THAT(cabinet->joined(), IsEmpty());
  EXPECT_THAT(cabinet->sentence(), HasSubstr("no statement says whom it joins"));
  ASSERT_OK_AND_ASSIGN(const auto palau, Ask("PLW"));
  const v1::CoordinatingBody& working_group = palau.bodies(0);
  EXPECT_EQ(working_group.agency().name(), "agencies/plw-attwg");
  EXPECT_THAT(
      JoinedBy(working_group),
      UnorderedElementsAre("agencies/plw-customs", "agencies/plw-maritime", "agencies/plw-mfa",
                           "agencies/plw-nea", "agencies/plw-police", "agencies/plw-vpo"));
}

TEST(FindCooperationTest, TellsWhereAgenciesMeet) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("PHL"));
  EXPECT_EQ(response.agencies_size(), 6);
  EXPECT_EQ(response.agencies_under_several(), 0);
  ASSERT_EQ(response.instruments_size(), 3);
  EXPECT_EQ(response.instruments(0).instrument().name(), "instruments/att");
  EXPECT_EQ(response.instruments(0).agencies(), 4);
  EXPECT_EQ(response.instruments_with_several(), 1);
  EXPECT_EQ(response.bodies_size(), 3);
  EXPECT_THAT(response.instruments(0).sentence(), HasSubstr("Under the ATT: "));
  EXPECT_THAT(response.basis().notes(), Contains(HasSubstr("No statement says directly")));
}

TEST(FindCooperationTest, LeavesAnInstrumentOut) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("PHL", "att"));
  EXPECT_EQ(response.agencies_size(), 2);
  EXPECT_EQ(response.instruments_size(), 2);
  EXPECT_EQ(response.instruments_with_several(), 0);
  for (const auto& statement : response.statements()) {
    EXPECT_NE(statement.to(), "instruments/att");
  }
}

TEST(FindCooperationTest, EveryRowRestsOnStatements) {
  for (const std::string& place : testing::AllPlaces()) {
    ASSERT_OK_AND_ASSIGN(const auto response, Ask(place));
    std::map<std::string, std::string> types;
    for (const auto& statement : response.statements()) types[statement.name()] = statement.type();
    for (const auto& agency : response.agencies()) {
      for (const auto& under : agency.instruments()) {
        EXPECT_EQ(types[under.evidence(0)], "AGENCY_OF") << place;
        EXPECT_EQ(under.evidence_size(), 1 + 2 * under.roles_size()) << place;
      }
    }
    for (const auto& meeting : response.instruments()) {
      const auto partners = std::count_if(
          response.agencies().begin(), response.agencies().end(), [&](const auto& agency) {
            return std::any_of(agency.instruments().begin(), agency.instruments().end(),
                               [&](const auto& under) {
                                 return under.instrument().name() == meeting.instrument().name();
                               });
          });
      EXPECT_EQ(meeting.agencies(), partners) << place;
    }
  }
}

TEST(FindCooperationTest, SaysWhereNothingIsKnown) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("MHL"));
  EXPECT_THAT(response.agencies(), IsEmpty());
  EXPECT_THAT(response.sentence(), HasSubstr("no agency is known to hold a role"));
}

TEST(FindCooperationTest, NamesTheFieldsOfBadInput) {
  EXPECT_THAT(BlamedFields(Ask("").status()), ElementsAre("state"));
  EXPECT_THAT(BlamedFields(Ask("PHL", "states/PHL").status()), ElementsAre("apart_from"));
  const absl::Status unknown = Ask("PHX").status();
  EXPECT_EQ(unknown.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(unknown.message()), HasSubstr("states/PHL"));
}

}  // namespace
}  // namespace attlas::cooperation
