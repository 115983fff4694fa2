// Engagements over the curated dataset; the expected numbers were counted from its tables by hand.
#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "graph/graph.h"
#include "gtest/gtest.h"
#include "services/domain/question.h"
#include "services/engagement/engagement_queries.h"
#include "services/engagement/engagements.h"
#include "services/graph/local_graph.h"
#include "tests/services/common/random_codec.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::engagement {
namespace {

using testing::AsOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::RandomCodec;
using testing::StatusIs;

EngagementQueries Queries() { return {&testing::CuratedGraph(), &RandomCodec()}; }

v1::ListEngagementsRequest Request(std::string_view date = "2026-11-23") {
  v1::ListEngagementsRequest request;
  *request.mutable_read() = AsOf(date);
  request.set_page_size(500);
  return request;
}

absl::StatusOr<v1::ListEngagementsResponse> List(const v1::ListEngagementsRequest& request) {
  return Queries().ListEngagements(testing::OperatorCall(), request);
}

TEST(WorksTest, ThoseBegunByADayAreTheSameWhereverTheyAreTakenFrom) {
  ASSERT_OK_AND_ASSIGN(const domain::Scope scope, domain::MakeScope(AsOf("2026-11-23")));
  std::vector<domain::NameArgument> none;
  ASSERT_OK_AND_ASSIGN(const auto index,
                       domain::Ask(&testing::CuratedGraph(), testing::OperatorCall(), scope, &none,
                                   [](auto* question) {
                                     for (auto& pattern : EngagementPatterns())
                                       *question->add_patterns() = pattern;
                                   }));
  const std::vector<Work> ever = WorksOf(*index, scope.reading.On(graph::kEndOfTime));
  ASSERT_GT(ever.size(), 100u);
  for (const char* const date : {"2010-01-01", "2014-12-24", "2020-06-15", "2026-11-23", "2030"}) {
    const graph::DayNumber day = graph::FirstDay(graph::ParseDate(date).value());
    const std::vector<Work> asked = WorksOf(*index, scope.reading.On(day));
    const std::span<const Work> taken = WorksBegunBy(ever, day);
    ASSERT_EQ(taken.size(), asked.size()) << date;
    for (size_t i = 0; i < taken.size(); ++i) {
      EXPECT_EQ(taken[i].node, asked[i].node);
      EXPECT_EQ(taken[i].participants, asked[i].participants);
      EXPECT_EQ(taken[i].topics, asked[i].topics);
    }
  }
}

TEST(ListEngagementsTest, ListsAllEventsAndOutputsLatestFirst) {
  ASSERT_OK_AND_ASSIGN(const auto all, List(Request()));
  EXPECT_EQ(all.total(), 66 + 46);
  EXPECT_EQ(all.engagements_size(), all.total());
  EXPECT_EQ(all.reached_states(), 39);
  // The one event without a date comes last.
  EXPECT_EQ(all.engagements(all.total() - 1).name(), "events/somtc-wg6");
  for (int i = 1; i + 1 < all.total(); ++i) {
    EXPECT_GE(graph::FirstDay(all.engagements(i - 1).start_date()),
              graph::FirstDay(all.engagements(i).start_date()));
  }
  for (const auto& [kind, count] :
       {std::pair(v1::ENGAGEMENT_KIND_EVENT, 66), std::pair(v1::ENGAGEMENT_KIND_ACTIVITY, 0),
        std::pair(v1::ENGAGEMENT_KIND_OUTPUT, 46)}) {
    v1::ListEngagementsRequest request = Request();
    request.set_kind(kind);
    ASSERT_OK_AND_ASSIGN(const auto some, List(request));
    EXPECT_EQ(some.total(), count);
  }
}

TEST(ListEngagementsTest, AStateIsReachedByEventsAndSubjectOfOutputs) {
  v1::ListEngagementsRequest request = Request();
  request.set_state("PHL");
  ASSERT_OK_AND_ASSIGN(const auto all, List(request));
  EXPECT_EQ(all.total(), 14 + 6);
  request.set_kind(v1::ENGAGEMENT_KIND_EVENT);
  ASSERT_OK_AND_ASSIGN(const auto events, List(request));
  EXPECT_EQ(events.total(), 14);
  for (const v1::Engagement& event : events.engagements()) {
    EXPECT_TRUE(std::any_of(event.states().begin(), event.states().end(), [](const auto& state) {
      return state.node().name() == "states/PHL";
    })) << event.name();
  }
  *request.mutable_read() = AsOf("2024-01-01");
  ASSERT_OK_AND_ASSIGN(const auto then, List(request));
  EXPECT_EQ(then.total(), 12);
  request.set_state("MHL");
  ASSERT_OK_AND_ASSIGN(const auto none, List(request));
  EXPECT_EQ(none.total(), 0);
  EXPECT_THAT(none.sentence(), HasSubstr("No engagements are held here that reached or concern"));
}

TEST(ListEngagementsTest, NamesTheStatesOfAGroupingThatNobodyReached) {
  v1::ListEngagementsRequest request = Request();
  request.set_grouping("pacific-islands-forum");
  ASSERT_OK_AND_ASSIGN(const auto answer, List(request));
  std::vector<std::string> unreached;
  for (const auto& state : answer.unreached_states()) unreached.push_back(state.name());
  EXPECT_THAT(unreached, ElementsAre("states/MHL", "states/NRU"));
  EXPECT_THAT(answer.sentence(), HasSubstr("Of the 16 members of"));
}

TEST(ListEngagementsTest, FiltersAreJoinedByAnd) {
  v1::ListEngagementsRequest request = Request();
  request.set_organization("organizations/unrcpd");
  request.set_kind(v1::ENGAGEMENT_KIND_EVENT);
  ASSERT_OK_AND_ASSIGN(const auto organized, List(request));
  EXPECT_EQ(organized.total(), 22);
  request.set_theme("export-licensing");
  ASSERT_OK_AND_ASSIGN(const auto both, List(request));
  EXPECT_LE(both.total(), 4);
  request = Request();
  request.set_term("workshop");
  ASSERT_OK_AND_ASSIGN(const auto workshops, List(request));
  EXPECT_EQ(workshops.total(), 28);
  request = Request();
  *request.mutable_from_date() = graph::ParseDate("2025").value();
  *request.mutable_to_date() = graph::ParseDate("2027").value();
  request.set_kind(v1::ENGAGEMENT_KIND_EVENT);
  ASSERT_OK_AND_ASSIGN(const auto recent, List(request));
  EXPECT_EQ(recent.total(), 10);
}

TEST(ListEngagementsTest, PagesAreOneList) {
  v1::ListEngagementsRequest request = Request();
  ASSERT_OK_AND_ASSIGN(const auto whole, List(request));
  request.set_page_size(37);
  std::vector<std::string> names;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, List(request));
    EXPECT_EQ(page.total(), whole.total());
    for (const auto& one : page.engagements()) names.push_back(one.name());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  ASSERT_EQ(names.size(), static_cast<size_t>(whole.total()));
  for (int i = 0; i < whole.total(); ++i) {
    EXPECT_EQ(names[static_cast<size_t>(i)], whole.engagements(i).name());
  }
}

TEST(ListEngagementsTest, EveryParticipantIsCited) {
  v1::ListEngagementsRequest request = Request();
  request.set_include_sources(true);
  ASSERT_OK_AND_ASSIGN(const auto answer, List(request));
  std::set<std::string> statements;
  std::set<std::string> sources;
  for (const auto& source : answer.sources()) sources.insert(source.name());
  for (const auto& statement : answer.statements()) {
    statements.insert(statement.name());
    ASSERT_FALSE(statement.citations().empty());
    for (const auto& citation : statement.citations()) {
      EXPECT_TRUE(sources.contains(citation.source())) << citation.source();
    }
  }
  for (const v1::Engagement& one : answer.engagements()) {
    for (const auto* list : {&one.organizers(), &one.states(), &one.agencies()}) {
      for (const v1::Participant& participant : *list) {
        EXPECT_TRUE(statements.contains(participant.evidence())) << one.name();
      }
    }
  }
  EXPECT_GT(answer.basis().left_out_statements(), 0);
}

TEST(ListEngagementsTest, BadInputBlamesItsField) {
  v1::ListEngagementsRequest request = Request();
  request.set_state("PHI");
  EXPECT_THAT(List(request), StatusIs(absl::StatusCode::kNotFound, HasSubstr("states/PHL")));
  request = Request();
  request.set_organization("states/PHL");
  EXPECT_THAT(testing::BlamedFields(List(request).status()), ElementsAre("organization"));
  request.set_organization("unrcpx");
  EXPECT_THAT(List(request),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("organizations/unrcpd")));
  // A word of no list finds nothing, and that is said instead of an empty answer.
  request = Request();
  request.set_term("workshops");
  EXPECT_THAT(List(request), StatusIs(absl::StatusCode::kInvalidArgument,
                                      HasSubstr("`workshops` is none of the kinds")));
  EXPECT_THAT(testing::BlamedFields(List(request).status()), ElementsAre("term"));
  request = Request();
  request.set_agency_kind("custom");
  EXPECT_THAT(List(request),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("did you mean customs")));
  EXPECT_THAT(testing::BlamedFields(List(request).status()), ElementsAre("agency_kind"));
  request = Request();
  request.mutable_from_date()->set_month(13);
  EXPECT_THAT(testing::BlamedFields(List(request).status()), ElementsAre("from_date"));
  request = Request();
  request.set_page_size(-1);
  EXPECT_THAT(testing::BlamedFields(List(request).status()), ElementsAre("page_size"));
}

TEST(GetEngagementTest, ShowsOneWithItsParticipants) {
  v1::GetEngagementRequest request;
  *request.mutable_read() = AsOf("2026-11-23");
  request.set_name("events/revcon4-regional");
  ASSERT_OK_AND_ASSIGN(const auto answer,
                       Queries().GetEngagement(testing::OperatorCall(), request));
  EXPECT_EQ(answer.engagement().states_size(), 23);
  request.set_name("events/none");
  EXPECT_THAT(Queries().GetEngagement(testing::OperatorCall(), request),
              StatusIs(absl::StatusCode::kNotFound));
  request.set_name("states/PHL");
  EXPECT_THAT(
      testing::BlamedFields(Queries().GetEngagement(testing::OperatorCall(), request).status()),
      ElementsAre("name"));
}

class RecordEngagementTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK(testing::CopyCuratedStore(directory_.file("store")));
    ASSERT_OK_AND_ASSIGN(graph_, graph::Graph::Open({.path = directory_.file("store")}));
    api_ = std::make_unique<services::LocalGraph>(graph_.get(), services::ServiceLimits(),
                                                  RandomCodec());
  }

  EngagementQueries queries() { return {api_.get(), &RandomCodec()}; }

  static v1::RecordEngagementRequest Support() {
    v1::RecordEngagementRequest request;
    request.set_name("activities/fji-brokering-law");
    request.set_display_name("Advice on a brokering law");
    request.set_term("advisory-support");
    *request.mutable_start_date() = graph::ParseDate("2026-05").value();
    request.add_organizers("organizations/unrcpd");
    request.add_participants("agencies/fji-defence");
    request.add_participants("organizations/pif");
    request.add_topics("themes/brokering");
    request.add_topics("instruments/att");
    auto* citation = request.add_citations();
    citation->set_source("sources/attlas-analysis");
    citation->set_confidence(graph::v1::CONFIDENCE_SEEN);
    return request;
  }

  const testing::TemporaryDirectory directory_;
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<services::LocalGraph> api_;
};

TEST_F(RecordEngagementTest, WhatIsRecordedIsListed) {
  ASSERT_OK_AND_ASSIGN(const auto recorded,
                       queries().RecordEngagement(testing::OperatorCall(), Support()));
  EXPECT_EQ(recorded.statements_size(), 5);
  v1::ListEngagementsRequest request = Request();
  request.set_kind(v1::ENGAGEMENT_KIND_ACTIVITY);
  // An agency reaches its state.
  request.set_state("FJI");
  request.set_agency_kind("defence");
  ASSERT_OK_AND_ASSIGN(const auto listed,
                       queries().ListEngagements(testing::OperatorCall(), request));
  ASSERT_EQ(listed.total(), 1);
  const v1::Engagement& activity = listed.engagements(0);
  EXPECT_EQ(activity.term(), "advisory-support");
  ASSERT_EQ(activity.agencies_size(), 1);
  EXPECT_EQ(activity.agencies(0).state().name(), "states/FJI");
  EXPECT_EQ(activity.organizations(0).node().name(), "organizations/pif");
  EXPECT_EQ(activity.topics_size(), 2);
  EXPECT_EQ(listed.revision(), recorded.revision());
}

TEST_F(RecordEngagementTest, AnotherOfTheSameNameIsRefused) {
  ASSERT_OK(queries().RecordEngagement(testing::OperatorCall(), Support()));
  EXPECT_THAT(queries().RecordEngagement(testing::OperatorCall(), Support()),
              StatusIs(absl::StatusCode::kAlreadyExists));
}

TEST_F(RecordEngagementTest, ARepeatedRequestIsTheFirst) {
  v1::RecordEngagementRequest request = Support();
  request.set_request_id("0d5b1f0e-7a41-4f0a-9f5e-6a2f0f6c1a11");
  ASSERT_OK_AND_ASSIGN(const auto first,
                       queries().RecordEngagement(testing::OperatorCall(), request));
  ASSERT_OK_AND_ASSIGN(const auto second,
                       queries().RecordEngagement(testing::OperatorCall(), request));
  EXPECT_EQ(first.revision(), second.revision());
}

TEST_F(RecordEngagementTest, FaultsBlameWhatTheCallerWrote) {
  const uint64_t before = graph_->LatestRevision();
  const auto blamed = [&](const v1::RecordEngagementRequest& request) {
    return testing::BlamedFields(
        queries().RecordEngagement(testing::OperatorCall(), request).status());
  };
  v1::RecordEngagementRequest request = Support();
  request.add_participants("agencies/fji-nobody");
  EXPECT_THAT(blamed(request), ElementsAre("participants[2]"));
  request = Support();
  request.set_name("states/FJI");
  EXPECT_THAT(blamed(request), ElementsAre("name"));
  request = Support();
  request.clear_organizers();
  EXPECT_THAT(blamed(request), ElementsAre("organizers"));
  request = Support();
  request.set_term("dance");
  EXPECT_THAT(blamed(request), ElementsAre("term"));
  request = Support();
  *request.mutable_end_date() = graph::ParseDate("2025").value();
  EXPECT_THAT(blamed(request), ElementsAre("end_date"));
  request = Support();
  request.clear_citations();
  EXPECT_EQ(
      testing::ReasonOf(queries().RecordEngagement(testing::OperatorCall(), request).status()),
      "CITATION_REQUIRED");
  request = Support();
  request.mutable_marking()->set_traffic_light(graph::v1::TRAFFIC_LIGHT_RED);
  services::CallContext reader = testing::OperatorCall();
  reader.clearance = {graph::v1::TRAFFIC_LIGHT_GREEN, {}, false};
  EXPECT_THAT(queries().RecordEngagement(reader, request),
              StatusIs(absl::StatusCode::kPermissionDenied));
  request = Support();
  request.set_validate_only(true);
  EXPECT_OK(queries().RecordEngagement(testing::OperatorCall(), request));
  EXPECT_EQ(graph_->LatestRevision(), before);
}

}  // namespace
}  // namespace attlas::engagement
