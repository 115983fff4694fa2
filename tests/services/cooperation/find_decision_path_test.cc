// FindDecisionPath over the curated dataset; the expected ways were worked out from its tables.
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "graph/graph.h"
#include "gtest/gtest.h"
#include "services/cooperation/cooperation_queries.h"
#include "services/graph/local_graph.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::cooperation {
namespace {

using testing::AsOf;
using testing::BlamedFields;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

v1::FindDecisionPathRequest RequestOf(std::string_view from, std::string_view to = "") {
  v1::FindDecisionPathRequest request;
  *request.mutable_read() = AsOf("2026-02-03");
  request.set_from(std::string(from));
  request.set_to(std::string(to));
  return request;
}

absl::StatusOr<v1::FindDecisionPathResponse> Ask(const v1::FindDecisionPathRequest& request) {
  return CooperationQueries(&testing::CuratedGraph())
      .FindDecisionPath(testing::OperatorCall(), request);
}

absl::StatusOr<v1::FindDecisionPathResponse> Ask(std::string_view from, std::string_view to = "") {
  return Ask(RequestOf(from, to));
}

// `plw-nea plw-customs plw-president`.
std::string Ids(const v1::DecisionPath& path) {
  const auto id = [](const auto& node) { return node.name().substr(sizeof("agencies/") - 1); };
  std::string ids = id(path.steps(0).from());
  for (const auto& step : path.steps()) absl::StrAppend(&ids, " ", id(step.to()));
  return ids;
}

std::vector<std::string> AllIds(const v1::FindDecisionPathResponse& response) {
  std::vector<std::string> all;
  for (const auto& path : response.paths()) all.push_back(Ids(path));
  return all;
}

// The Senate must concur; that foreign affairs brings the matter there is not on record.
TEST(FindDecisionPathTest, SaysWhichStepIsNotRecorded) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("phl-stmo"));
  ASSERT_EQ(response.decision_points_size(), 1);
  EXPECT_EQ(response.decision_points(0).agency().name(), "agencies/phl-senate-foreign");
  EXPECT_EQ(response.decision_points(0).part(), v1::DECISION_PART_DECIDES);
  EXPECT_THAT(AllIds(response), ElementsAre("phl-stmo phl-mfa phl-senate-foreign"));
  const v1::DecisionPath& path = response.paths(0);
  EXPECT_FALSE(path.recorded());
  EXPECT_TRUE(path.steps(0).recorded());
  EXPECT_EQ(path.steps(0).links(0).ground(), v1::STEP_GROUND_SAME_INSTRUMENT);
  EXPECT_EQ(path.steps(0).links(0).via().name(), "instruments/att");
  EXPECT_EQ(path.steps(0).links(0).to_role().name(), "roles/att-delegation");
  EXPECT_FALSE(path.steps(1).recorded());
  EXPECT_EQ(path.steps(1).links(0).ground(), v1::STEP_GROUND_NOT_RECORDED);
  EXPECT_THAT(path.steps(1).links(0).evidence(), IsEmpty());
  EXPECT_THAT(response.sentence(), HasSubstr("Nothing on record leads from"));
  EXPECT_THAT(response.basis().notes(), Contains(HasSubstr("No statement says that an agency")));
}

TEST(FindDecisionPathTest, GoesOverWhatAgenciesHaveInCommon) {
  ASSERT_OK_AND_ASSIGN(const auto palau, Ask("plw-nea", "plw-president"));
  EXPECT_THAT(AllIds(palau),
              ElementsAre("plw-nea plw-customs plw-president", "plw-nea plw-police plw-president"));
  EXPECT_TRUE(palau.paths(0).recorded());
  EXPECT_EQ(palau.paths(0).steps(0).links(0).ground(), v1::STEP_GROUND_SAME_ROLE);
  EXPECT_EQ(palau.paths(0).steps(0).links(0).via().name(), "roles/att-working-group");
  EXPECT_EQ(palau.paths(0).steps(1).links(0).via().name(), "roles/import-control-authority");
  ASSERT_OK_AND_ASSIGN(const auto fiji, Ask("fji-police", "agencies/fji-cabinet"));
  EXPECT_THAT(AllIds(fiji), ElementsAre("fji-police fji-defence fji-cabinet"));
  EXPECT_THAT(fiji.paths(0).sentence(), HasSubstr("in 2 steps:"));
}

// All grounds of a step are told, the strongest first.
TEST(FindDecisionPathTest, TellsEveryGroundOfAStep) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("npl-defence", "npl-parliament"));
  ASSERT_THAT(AllIds(response), ElementsAre("npl-defence npl-parliament"));
  std::vector<v1::StepGround> grounds;
  for (const auto& link : response.paths(0).steps(0).links()) grounds.push_back(link.ground());
  EXPECT_THAT(grounds, ElementsAre(v1::STEP_GROUND_SAME_ROLE, v1::STEP_GROUND_SAME_INSTRUMENT,
                                   v1::STEP_GROUND_SAME_THEME));
}

// From an office that nothing joins, the step that is not recorded leads to who can go on.
TEST(FindDecisionPathTest, LeadsAnIsolatedContactToAMediator) {
  ASSERT_OK_AND_ASSIGN(const auto nepal, Ask("npl-moha", "npl-parliament"));
  EXPECT_THAT(AllIds(nepal), ElementsAre("npl-moha npl-mfa npl-parliament"));
  EXPECT_FALSE(nepal.paths(0).steps(0).recorded());
  EXPECT_TRUE(nepal.paths(0).steps(1).recorded());
  ASSERT_OK_AND_ASSIGN(const auto china, Ask("chn-mofcom"));
  EXPECT_THAT(AllIds(china), ElementsAre("chn-mofcom chn-mfa chn-npcsc"));
  EXPECT_EQ(china.paths(0).steps(1).links(0).ground(), v1::STEP_GROUND_SAME_THEME);
  EXPECT_THAT(china.paths(0).steps(1).sentence(), HasSubstr("likely, not stated"));
}

TEST(FindDecisionPathTest, FindsDecisionPointsByTheirRoles) {
  // New Zealand's committee examines and advises; no role says who decides.
  ASSERT_OK_AND_ASSIGN(const auto zealand, Ask("nzl-mfa"));
  ASSERT_EQ(zealand.decision_points_size(), 1);
  EXPECT_EQ(zealand.decision_points(0).part(), v1::DECISION_PART_ADVISES);
  // Before the Standing Committee decided, no role said that it would.
  auto request = RequestOf("chn-mofcom");
  *request.mutable_read() = AsOf("2020-06-19");
  ASSERT_OK_AND_ASSIGN(const auto before, Ask(request));
  EXPECT_THAT(before.decision_points(), IsEmpty());
  EXPECT_THAT(before.paths(), IsEmpty());
  EXPECT_THAT(before.sentence(), HasSubstr("No role on record says that an agency of China"));
  // Of Indonesia nothing is known at all; the contact is taken as named.
  ASSERT_OK_AND_ASSIGN(const auto indonesia, Ask("idn-mfa"));
  EXPECT_EQ(indonesia.state().name(), "states/IDN");
  EXPECT_THAT(indonesia.paths(), IsEmpty());
  EXPECT_THAT(indonesia.basis().notes(), Contains(HasSubstr("is less sure than")));
  ASSERT_OK_AND_ASSIGN(const auto senate, Ask("phl-senate-foreign"));
  EXPECT_THAT(senate.sentence(), HasSubstr("itself has a part in the decision"));
}

TEST(FindDecisionPathTest, KeepsToTheBoundsOfTheRequest) {
  auto request = RequestOf("plw-nea", "plw-president");
  request.set_max_paths(1);
  ASSERT_OK_AND_ASSIGN(const auto one, Ask(request));
  EXPECT_THAT(AllIds(one), ElementsAre("plw-nea plw-customs plw-president"));
  request.set_max_steps(1);
  ASSERT_OK_AND_ASSIGN(const auto direct, Ask(request));
  EXPECT_THAT(AllIds(direct), ElementsAre("plw-nea plw-president"));
  EXPECT_FALSE(direct.paths(0).recorded());
  request.set_max_steps(1'000'000);
  request.set_max_paths(1'000'000);
  ASSERT_OK_AND_ASSIGN(const auto most, Ask(request));
  EXPECT_LE(most.paths_size(), 10);
  request.set_max_steps(-1);
  EXPECT_THAT(BlamedFields(Ask(request).status()), ElementsAre("max_steps"));
  request.set_max_steps(0);
  request.set_max_paths(-3);
  EXPECT_THAT(BlamedFields(Ask(request).status()), ElementsAre("max_paths"));
}

void CheckPath(const v1::DecisionPath& path,
               const std::map<std::string, std::set<std::string>>& ends) {
  std::set<std::string> seen = {path.steps(0).from().name()};
  std::string at = path.steps(0).from().name();
  int unrecorded = 0;
  for (const auto& step : path.steps()) {
    EXPECT_EQ(step.from().name(), at);
    at = step.to().name();
    EXPECT_TRUE(seen.insert(at).second) << Ids(path);
    unrecorded += step.recorded() ? 0 : 1;
    for (const auto& link : step.links()) {
      std::set<std::string> rests_on;
      for (const std::string& name : link.evidence()) {
        ASSERT_TRUE(ends.contains(name));
        rests_on.insert(ends.at(name).begin(), ends.at(name).end());
      }
      EXPECT_EQ(rests_on.contains(step.from().name()), step.recorded()) << step.sentence();
      EXPECT_EQ(rests_on.contains(step.to().name()), step.recorded()) << step.sentence();
    }
  }
  EXPECT_EQ(unrecorded, path.recorded() ? 0 : 1) << Ids(path);
  EXPECT_LE(path.steps_size(), 4);
}

// How many ordered pairs of agencies a recorded way of up to four steps joins was worked out apart
// from this, by sets over the tables.
TEST(FindDecisionPathTest, FindsAWayWhereverThereIsOne) {
  const std::map<std::string, int> expected = {{"PHL", 14}, {"PLW", 56}, {"FJI", 20}, {"NPL", 6},
                                               {"JPN", 20}, {"IND", 12}, {"VNM", 4}};
  CooperationQueries queries(&testing::CuratedGraph());
  for (const auto& [state, count] : expected) {
    v1::GetRoleMapRequest agencies;
    *agencies.mutable_read() = AsOf("2026-02-03");
    agencies.set_state(state);
    agencies.set_instrument("att");
    ASSERT_OK_AND_ASSIGN(const auto map, queries.GetRoleMap(testing::OperatorCall(), agencies));
    int joined = 0;
    for (const auto& from : map.agencies()) {
      for (const auto& to : map.agencies()) {
        if (from.agency().name() == to.agency().name()) continue;
        ASSERT_OK_AND_ASSIGN(const auto response, Ask(from.agency().name(), to.agency().name()));
        std::map<std::string, std::set<std::string>> ends;
        for (const auto& statement : response.statements()) {
          ends[statement.name()] = {statement.from(), statement.to()};
        }
        ASSERT_FALSE(response.paths().empty()) << from.agency().name() << " " << to.agency().name();
        for (const auto& path : response.paths()) CheckPath(path, ends);
        joined += response.paths(0).recorded() ? 1 : 0;
      }
    }
    EXPECT_EQ(joined, count) << state;
  }
}

TEST(FindDecisionPathTest, NamesTheFieldsOfBadInput) {
  EXPECT_THAT(BlamedFields(Ask("").status()), ElementsAre("from"));
  EXPECT_THAT(BlamedFields(Ask("states/PHL").status()), ElementsAre("from"));
  EXPECT_THAT(BlamedFields(Ask("phl-stmo", "phl-stmo").status()), ElementsAre("to"));
  const absl::Status elsewhere = Ask("phl-stmo", "fji-cabinet").status();
  EXPECT_EQ(elsewhere.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(BlamedFields(elsewhere), ElementsAre("to"));
  const absl::Status unknown = Ask("phl-stm").status();
  EXPECT_EQ(unknown.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(unknown.message()), HasSubstr("agencies/phl-stmo"));
}

class StatedStepsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK(testing::CopyCuratedStore(directory_.file("store")));
    ASSERT_OK_AND_ASSIGN(graph_, graph::Graph::Open({.path = directory_.file("store")}));
    api_ = std::make_unique<services::LocalGraph>(
        graph_.get(), services::ServiceLimits(),
        services::PageTokenCodec(services::PageTokenKey::Random()));
  }

  void State(std::string_view type, std::string_view from, std::string_view to) {
    graph::v1::CommitRequest request;
    graph::v1::Edge* edge = request.add_mutations()->mutable_put_edge();
    edge->set_type(std::string(type));
    edge->set_from(absl::StrCat("agencies/", std::string(from)));
    edge->set_to(absl::StrCat("agencies/", std::string(to)));
    graph::v1::Citation* citation = edge->add_citations();
    citation->set_source("sources/attlas-analysis");
    citation->set_confidence(graph::v1::CONFIDENCE_SEEN);
    ASSERT_OK(api_->Commit(testing::OperatorCall(), request).status());
  }

  CooperationQueries queries() { return CooperationQueries(api_.get()); }

  const testing::TemporaryDirectory directory_;
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<services::LocalGraph> api_;
};

TEST_F(StatedStepsTest, WhatIsStatedIsGoneOverFirst) {
  State("ADVISES", "phl-mfa", "phl-senate-foreign");
  State("COORDINATES_WITH", "phl-stmo", "phl-oes");
  ASSERT_OK_AND_ASSIGN(const auto response,
                       queries().FindDecisionPath(testing::OperatorCall(), RequestOf("phl-stmo")));
  EXPECT_THAT(AllIds(response), ElementsAre("phl-stmo phl-mfa phl-senate-foreign"));
  EXPECT_TRUE(response.paths(0).recorded());
  EXPECT_EQ(response.paths(0).steps(1).links(0).ground(), v1::STEP_GROUND_ADVISES);
  EXPECT_THAT(response.basis().notes(), Not(Contains(HasSubstr("No statement says that"))));
  // Advice leads one way alone, coordination both.
  ASSERT_OK_AND_ASSIGN(const auto back,
                       queries().FindDecisionPath(testing::OperatorCall(),
                                                  RequestOf("phl-senate-foreign", "phl-mfa")));
  EXPECT_FALSE(back.paths(0).recorded());
  ASSERT_OK_AND_ASSIGN(
      const auto office,
      queries().FindDecisionPath(testing::OperatorCall(), RequestOf("phl-oes", "phl-stmo")));
  EXPECT_EQ(office.paths(0).steps(0).links(0).ground(), v1::STEP_GROUND_COORDINATES);
}

TEST_F(StatedStepsTest, ABodyJoinsThoseWhoAreSaidToCoordinateWithIt) {
  State("COORDINATES_WITH", "phl-customs", "phl-oes");
  State("COORDINATES_WITH", "phl-stmo", "phl-oes");
  v1::FindCooperationRequest request;
  request.set_state("PHL");
  ASSERT_OK_AND_ASSIGN(const auto response,
                       queries().FindCooperation(testing::OperatorCall(), request));
  const v1::CoordinatingBody& body = response.bodies(0);
  EXPECT_EQ(body.agency().name(), "agencies/phl-oes");
  ASSERT_EQ(body.joined_size(), 2);
  EXPECT_EQ(body.joined(0).agency().name(), "agencies/phl-customs");
  EXPECT_EQ(body.joined(1).ground(), v1::JOINING_GROUND_STATED);
}

}  // namespace
}  // namespace attlas::cooperation
