// GetChanges: the two clocks, over the curated dataset and over commits of the test's own.
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "graph/graph.h"
#include "graph/model/date.h"
#include "graph/model/name.h"
#include "gtest/gtest.h"
#include "services/evidence/evidence_queries.h"
#include "services/graph/local_graph.h"
#include "tests/services/common/random_codec.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::evidence {
namespace {

using testing::AsOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::RandomCodec;
using testing::StatusIs;

v1::GetChangesRequest Request(std::string_view node, std::string_view since,
                              std::string_view date = "2026-11-29") {
  v1::GetChangesRequest request;
  *request.mutable_read() = AsOf(date);
  request.set_node(std::string(node));
  if (!since.empty()) *request.mutable_since() = graph::ParseDate(since).value();
  return request;
}

absl::StatusOr<v1::GetChangesResponse> Changes(const v1::GetChangesRequest& request) {
  return EvidenceQueries(&testing::CuratedGraph(), &RandomCodec())
      .GetChanges(testing::OperatorCall(), request);
}

std::vector<std::string> WorldOf(const v1::GetChangesResponse& response) {
  std::vector<std::string> changes;
  for (const v1::WorldChange& change : response.world_changes()) {
    changes.push_back(graph::FormatDate(change.date()) +
                      (change.kind() == v1::WORLD_CHANGE_KIND_ENDED ? " ended " : " began ") +
                      change.to().name());
  }
  return changes;
}

TEST(GetChangesTest, TellsWhatBeganAndEndedInTheWorld) {
  v1::GetChangesRequest request = Request("states/PHL", "2019");
  request.add_types("CONSENTED_TO");
  ASSERT_OK_AND_ASSIGN(const auto answer, Changes(request));
  EXPECT_THAT(
      WorldOf(answer),
      ElementsAre("2022-05-10 began instruments/ccw-amendment-art1",
                  "2022-05-10 began instruments/ccw-p-v", "2022-03-24 began instruments/att",
                  "2021-02-18 began instruments/tpnw", "2019-03-17 ended instruments/rome-statute",
                  "2019-01-03 began instruments/ccm"));
  EXPECT_EQ(answer.world_total(), 6);
  EXPECT_THAT(answer.recorded_changes(), IsEmpty());
  EXPECT_THAT(answer.sentence(), HasSubstr("6 statements in the neighbourhood of Philippines"));
  // The window ends with the date of the answer, and begins with `since`.
  request = Request("states/PHL", "2021-02-18", "2022-05-09");
  request.add_types("CONSENTED_TO");
  ASSERT_OK_AND_ASSIGN(const auto some, Changes(request));
  EXPECT_THAT(WorldOf(some),
              ElementsAre("2022-03-24 began instruments/att", "2021-02-18 began instruments/tpnw"));
}

TEST(GetChangesTest, ReachesAgenciesAndPublicationsOfTheState) {
  ASSERT_OK_AND_ASSIGN(const auto answer, Changes(Request("states/PHL", "2022")));
  std::vector<std::string> types;
  bool published = false;
  for (const v1::WorldChange& change : answer.world_changes()) {
    types.push_back(change.type());
    published = published || (change.from().name() == "agencies/phl-mfa" &&
                              change.to().name() == "evidence/ev-att-trade-dfa-2024");
    EXPECT_FALSE(change.newly_recorded());
    EXPECT_NE(change.type(), "SUPPLIES");  // A period of a dataset is no change in the world.
  }
  EXPECT_TRUE(published);
  for (const char* type : {"CONSENTED_TO", "IN_FORCE_FOR", "ATTENDED", "REPORTED"}) {
    EXPECT_THAT(types, ::testing::Contains(type));
  }
  EXPECT_GT(answer.undated_statements(), 0);
  EXPECT_GT(answer.measured_statements(), 0);
}

TEST(GetChangesTest, ADateThatReachesBeyondTheWindowIsUncertain) {
  v1::GetChangesRequest request = Request("states/PHL", "2023-06-01");
  request.add_types("REPORTED");
  ASSERT_OK_AND_ASSIGN(const auto answer, Changes(request));
  ASSERT_THAT(WorldOf(answer), ElementsAre("2023 began instruments/att"));
  EXPECT_TRUE(answer.world_changes(0).date_uncertain());
  request = Request("states/PHL", "2023");
  request.add_types("REPORTED");
  ASSERT_OK_AND_ASSIGN(const auto whole, Changes(request));
  EXPECT_FALSE(whole.world_changes(0).date_uncertain());
  request = Request("states/PHL", "2024");
  request.add_types("REPORTED");
  ASSERT_OK_AND_ASSIGN(const auto none, Changes(request));
  EXPECT_THAT(none.world_changes(), IsEmpty());
}

TEST(GetChangesTest, BadInputBlamesItsField) {
  const auto blamed = [](const v1::GetChangesRequest& request) {
    return testing::BlamedFields(Changes(request).status());
  };
  EXPECT_THAT(blamed(Request("PHL", "2020")), ElementsAre("node"));
  EXPECT_THAT(blamed(Request("states/PHL", "")), ElementsAre("since"));
  EXPECT_THAT(blamed(Request("states/PHL", "2027")), ElementsAre("since"));
  v1::GetChangesRequest request = Request("states/PHL", "2020");
  request.mutable_since()->set_day(7);
  EXPECT_THAT(blamed(request), ElementsAre("since"));
  request = Request("states/PHL", "2020");
  request.add_types("CONSENTED_TO");
  request.add_types("DANCED_WITH");
  EXPECT_THAT(blamed(request), ElementsAre("types[1]"));
  request = Request("states/PHL", "");
  request.set_since_revision("yesterday");
  EXPECT_THAT(blamed(request), ElementsAre("since_revision"));
  EXPECT_EQ(testing::ReasonOf(Changes(request).status()), "REVISION_MALFORMED");
  EXPECT_THAT(Changes(Request("states/QQQ", "2020")), StatusIs(absl::StatusCode::kNotFound));
}

class RecordedChangesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK(testing::CopyCuratedStore(directory_.file("store")));
    ASSERT_OK_AND_ASSIGN(graph_, graph::Graph::Open({.path = directory_.file("store")}));
    api_ = std::make_unique<services::LocalGraph>(graph_.get(), services::ServiceLimits(),
                                                  RandomCodec());
    before_ = graph_->RevisionToken(graph_->LatestRevision());
  }

  static graph::Edge Attended(std::string_view event, std::string_view date) {
    graph::Edge edge;
    edge.set_type("ATTENDED");
    edge.set_from("states/MHL");
    edge.set_to(std::string(event));
    *edge.mutable_valid_from() = graph::ParseDate(date).value();
    auto* citation = edge.add_citations();
    citation->set_source("sources/attlas-analysis");
    citation->set_confidence(graph::v1::CONFIDENCE_SEEN);
    return edge;
  }

  void Commit(graph::v1::Mutation mutation, const std::string& reason) {
    graph::v1::CommitRequest request;
    *request.add_mutations() = std::move(mutation);
    request.set_reason(reason);
    ASSERT_OK(api_->Commit(testing::OperatorCall(), request));
  }
  void Put(const graph::Edge& edge, const std::string& reason) {
    graph::v1::Mutation mutation;
    *mutation.mutable_put_edge() = edge;
    Commit(std::move(mutation), reason);
  }

  absl::StatusOr<v1::GetChangesResponse> Ask(const v1::GetChangesRequest& request,
                                             const services::CallContext& caller) {
    return EvidenceQueries(api_.get(), &RandomCodec()).GetChanges(caller, request);
  }

  const testing::TemporaryDirectory directory_;
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<services::LocalGraph> api_;
  std::string before_;
};

TEST_F(RecordedChangesTest, TheTwoClocksAreKeptApart) {
  // Recorded today, of long ago.
  Put(Attended("events/csp1", "2015-08-24"), "found the list of participants");
  v1::GetChangesRequest request = Request("states/MHL", "2024");
  request.set_since_revision(before_);
  ASSERT_OK_AND_ASSIGN(const auto answer, Ask(request, testing::OperatorCall()));
  for (const v1::WorldChange& change : answer.world_changes()) {
    EXPECT_FALSE(change.newly_recorded()) << change.sentence();
  }
  ASSERT_EQ(answer.recorded_changes_size(), 1);
  const v1::RecordedChange& recorded = answer.recorded_changes(0);
  EXPECT_EQ(recorded.kind(), graph::v1::CHANGE_KIND_CREATED);
  EXPECT_EQ(recorded.type(), "ATTENDED");
  EXPECT_EQ(recorded.to().name(), "events/csp1");
  EXPECT_EQ(recorded.reason(), "found the list of participants");
  EXPECT_EQ(recorded.revision(), answer.revision());
  EXPECT_TRUE(recorded.has_commit_time());
  EXPECT_EQ(graph::FormatDate(recorded.valid_from()), "2015-08-24");
  EXPECT_THAT(answer.sentence(), HasSubstr("1 change about it since the revision named was"));
  // Seen by the other clock it began in 2015, and is new to the record.
  request = Request("states/MHL", "2015", "2015-12-31");
  request.set_since_revision(before_);
  request.add_types("ATTENDED");
  ASSERT_OK_AND_ASSIGN(const auto then, Ask(request, testing::OperatorCall()));
  ASSERT_EQ(then.world_changes_size(), 1);
  EXPECT_TRUE(then.world_changes(0).newly_recorded());
}

TEST_F(RecordedChangesTest, TellsWhatWasReplacedAndTakenBackLastFirst) {
  const graph::Edge edge = Attended("events/csp1", "2015-08-24");
  const std::string name = graph::DeriveEdgeName(edge.type(), edge.from(), edge.to(), "");
  Put(edge, "first");
  const std::string after_first = graph_->RevisionToken(graph_->LatestRevision());
  Put(Attended("events/csp2", "2016-08-22"), "second");
  Put(Attended("events/csp1", "2015-08-25"), "third");
  v1::GetChangesRequest request = Request("states/MHL", "");
  request.set_since_revision(after_first);
  ASSERT_OK_AND_ASSIGN(const auto two, Ask(request, testing::OperatorCall()));
  ASSERT_EQ(two.recorded_total(), 2);
  EXPECT_EQ(two.world_total(), 0);
  EXPECT_EQ(two.recorded_changes(0).reason(), "third");
  EXPECT_EQ(two.recorded_changes(0).kind(), graph::v1::CHANGE_KIND_UPDATED);
  EXPECT_EQ(two.recorded_changes(1).kind(), graph::v1::CHANGE_KIND_CREATED);
  // What came and went between two revisions does not show; what was there and went does.
  graph::v1::Mutation removal;
  removal.set_delete_edge(name);
  Commit(std::move(removal), "a mistake");
  ASSERT_OK_AND_ASSIGN(const auto gone, Ask(request, testing::OperatorCall()));
  ASSERT_EQ(gone.recorded_total(), 2);
  EXPECT_EQ(gone.recorded_changes(0).kind(), graph::v1::CHANGE_KIND_DELETED);
  EXPECT_EQ(gone.recorded_changes(0).reason(), "a mistake");
  EXPECT_THAT(gone.recorded_changes(0).sentence(), HasSubstr("Taken back: Marshall Islands"));
  request.set_since_revision(before_);
  ASSERT_OK_AND_ASSIGN(const auto never, Ask(request, testing::OperatorCall()));
  EXPECT_EQ(never.recorded_total(), 1);
  // Pages are parts of one answer.
  request.set_since_revision(after_first);
  request.set_page_size(1);
  ASSERT_OK_AND_ASSIGN(const auto first, Ask(request, testing::OperatorCall()));
  ASSERT_EQ(first.recorded_changes_size(), 1);
  request.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const auto last, Ask(request, testing::OperatorCall()));
  ASSERT_EQ(last.recorded_changes_size(), 1);
  EXPECT_EQ(last.recorded_changes(0).name(), gone.recorded_changes(1).name());
  EXPECT_THAT(last.next_page_token(), IsEmpty());
}

TEST_F(RecordedChangesTest, WhatACallerMayNotSeeDidNotChange) {
  graph::Edge edge = Attended("events/csp1", "2015-08-24");
  edge.mutable_marking()->set_traffic_light(graph::v1::TRAFFIC_LIGHT_RED);
  Put(edge, "in confidence");
  services::CallContext reader = testing::OperatorCall();
  reader.clearance = {graph::v1::TRAFFIC_LIGHT_GREEN, {}, false};
  v1::GetChangesRequest request = Request("states/MHL", "");
  request.set_since_revision(before_);
  ASSERT_OK_AND_ASSIGN(const auto hidden, Ask(request, reader));
  EXPECT_EQ(hidden.recorded_total(), 0);
  const std::string while_hidden = graph_->RevisionToken(graph_->LatestRevision());
  edge.mutable_marking()->set_traffic_light(graph::v1::TRAFFIC_LIGHT_CLEAR);
  Put(edge, "released");
  request.set_since_revision(while_hidden);
  ASSERT_OK_AND_ASSIGN(const auto released, Ask(request, reader));
  ASSERT_EQ(released.recorded_total(), 1);
  EXPECT_EQ(released.recorded_changes(0).kind(), graph::v1::CHANGE_KIND_CREATED);
  ASSERT_OK_AND_ASSIGN(const auto remarked, Ask(request, testing::OperatorCall()));
  ASSERT_EQ(remarked.recorded_total(), 1);
  EXPECT_EQ(remarked.recorded_changes(0).kind(), graph::v1::CHANGE_KIND_UPDATED);
}

TEST_F(RecordedChangesTest, ANodeThatIsNewIsToldAsSuch) {
  graph::v1::Mutation creation;
  graph::Node* node = creation.mutable_create_node();
  node->set_name("concern-themes/new-theme");
  node->set_type("concern_theme");
  node->set_display_name("New theme");
  auto* citation = node->add_citations();
  citation->set_source("sources/attlas-analysis");
  citation->set_confidence(graph::v1::CONFIDENCE_SEEN);
  Commit(std::move(creation), "a theme of its own");
  v1::GetChangesRequest request = Request("concern-themes/new-theme", "");
  request.set_since_revision(before_);
  ASSERT_OK_AND_ASSIGN(const auto answer, Ask(request, testing::OperatorCall()));
  ASSERT_EQ(answer.recorded_total(), 1);
  EXPECT_EQ(answer.recorded_changes(0).sentence(), "Recorded: New theme.");
  EXPECT_EQ(answer.recorded_changes(0).type(), "concern_theme");
}

}  // namespace
}  // namespace attlas::evidence
