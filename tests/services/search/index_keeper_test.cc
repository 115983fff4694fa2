// Who shares an index with whom, and when it is made.
#include "services/search/index_keeper.h"

#include "gmock/gmock.h"
#include "graph/graph.h"
#include "gtest/gtest.h"
#include "services/graph/local_graph.h"
#include "tests/testing/eventually.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::search {
namespace {

using ::attlas::testing::Eventually;
using ::attlas::testing::MakeEdge;
using ::attlas::testing::MakeNode;
using ::attlas::testing::StatusIs;
using graph::v1::Mutation;
using graph::v1::TRAFFIC_LIGHT_AMBER;
using graph::v1::TRAFFIC_LIGHT_CLEAR;
using graph::v1::TRAFFIC_LIGHT_GREEN;
using graph::v1::TRAFFIC_LIGHT_RED;
using graph::v1::TRAFFIC_LIGHT_UNSPECIFIED;

class IndexKeeperTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(graph_, graph::Graph::Open({.path = directory_.file("store"),
                                                     .ontology = attlas::testing::TestOntology()}));
    local_ = std::make_unique<services::LocalGraph>(
        graph_.get(), services::ServiceLimits(),
        services::PageTokenCodec(services::PageTokenKey::Random()));
    Put(MakeNode("sources/test"));
    Put(MakeNode("states/IDN", "Indonesia"));
    Put(MakeNode("states/PHL", "Philippines"));
  }

  void Put(graph::Node node, graph::TrafficLight level = TRAFFIC_LIGHT_CLEAR,
           const std::string& space = "") {
    node.mutable_marking()->set_traffic_light(level);
    node.mutable_marking()->set_space(space);
    Mutation mutation;
    *mutation.mutable_put_node() = std::move(node);
    ASSERT_OK(graph_->Commit({.mutations = {mutation}}));
  }
  void Put(graph::Edge edge) {
    Mutation mutation;
    *mutation.mutable_put_edge() = std::move(edge);
    ASSERT_OK(graph_->Commit({.mutations = {mutation}}));
  }
  void MakeKeeper(IndexKeeperOptions options = {}) {
    keeper_ = std::make_unique<IndexKeeper>(local_.get(), options);
  }
  std::string Latest() { return graph_->RevisionToken(graph_->LatestRevision()); }

  static services::CallContext Caller(graph::TrafficLight level,
                                      std::vector<std::string> spaces = {}) {
    services::CallContext context;
    context.clearance = {level, std::move(spaces), false};
    return context;
  }
  IndexKeeper::Index Get(const services::CallContext& caller,
                         graph::TrafficLight ceiling = TRAFFIC_LIGHT_UNSPECIFIED) {
    auto index = keeper_->Get(caller, Latest(), ceiling);
    EXPECT_OK(index.status());
    return index.ok() ? *std::move(index) : nullptr;
  }

  attlas::testing::TemporaryDirectory directory_;
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<services::LocalGraph> local_;
  std::unique_ptr<IndexKeeper> keeper_;
};

TEST_F(IndexKeeperTest, ForgetsWhatARedactionMayHaveChanged) {
  MakeKeeper();
  const auto index = Get(Caller(TRAFFIC_LIGHT_CLEAR));
  keeper_->Clear();
  EXPECT_EQ(keeper_->statistics().indexes, 0u);
  EXPECT_NE(Get(Caller(TRAFFIC_LIGHT_CLEAR)), index);
  EXPECT_EQ(keeper_->statistics().made, 2u);
}

TEST_F(IndexKeeperTest, MakesAnIndexOnce) {
  MakeKeeper();
  const auto index = Get(Caller(TRAFFIC_LIGHT_CLEAR));
  EXPECT_EQ(index->document_count(), 3u);
  EXPECT_EQ(Get(Caller(TRAFFIC_LIGHT_CLEAR)), index);
  EXPECT_EQ(keeper_->statistics().made, 1u);
  EXPECT_EQ(keeper_->statistics().documents, 3u);
}

TEST_F(IndexKeeperTest, CallersWhoSeeTheSameShareAnIndex) {
  Put(MakeNode("states/FJI", "Fiji"), TRAFFIC_LIGHT_AMBER, "spaces/one");
  MakeKeeper();
  const auto clear = Get(Caller(TRAFFIC_LIGHT_CLEAR));
  // Cleared for more, and a member of a space that is empty: it comes to the same documents.
  EXPECT_EQ(Get(Caller(TRAFFIC_LIGHT_RED, {"spaces/two"})), clear);
  const auto member = Get(Caller(TRAFFIC_LIGHT_AMBER, {"spaces/one", "spaces/two"}));
  EXPECT_NE(member, clear);
  EXPECT_EQ(member->document_count(), clear->document_count() + 1);
  EXPECT_EQ(Get(Caller(TRAFFIC_LIGHT_AMBER, {"spaces/two", "spaces/one", "spaces/one"})), member);
  // A member who asks for less is no member.
  EXPECT_EQ(Get(Caller(TRAFFIC_LIGHT_AMBER, {"spaces/one"}), TRAFFIC_LIGHT_AMBER), clear);
  EXPECT_EQ(Get(Caller(TRAFFIC_LIGHT_GREEN, {"spaces/one"})), clear);
  EXPECT_EQ(keeper_->statistics().made, 2u);
  EXPECT_EQ(keeper_->statistics().indexes, 2u);
}

TEST_F(IndexKeeperTest, EachRevisionHasItsOwnDocuments) {
  MakeKeeper();
  const std::string before = Latest();
  const auto index = Get(Caller(TRAFFIC_LIGHT_CLEAR));
  // A statement is nothing that is searched here: the documents stay.
  Put(MakeEdge("KNOWS", "states/IDN", "states/PHL"));
  EXPECT_EQ(Get(Caller(TRAFFIC_LIGHT_CLEAR)), index);
  Put(MakeNode("states/FJI", "Fiji"));
  const auto later = Get(Caller(TRAFFIC_LIGHT_CLEAR));
  EXPECT_EQ(later->document_count(), index->document_count() + 1);
  ASSERT_OK_AND_ASSIGN(const auto past, keeper_->Get(Caller(TRAFFIC_LIGHT_CLEAR), before,
                                                     TRAFFIC_LIGHT_UNSPECIFIED));
  EXPECT_EQ(past, index);
}

TEST_F(IndexKeeperTest, MakesTheNextRevisionBeforeItIsAskedFor) {
  MakeKeeper();
  Get(Caller(TRAFFIC_LIGHT_CLEAR));
  Put(MakeNode("states/FJI", "Fiji"));
  ASSERT_TRUE(Eventually([&] { return keeper_->statistics().foreseen > 0; }));
  const uint64_t made = keeper_->statistics().made;
  EXPECT_EQ(Get(Caller(TRAFFIC_LIGHT_CLEAR))->document_count(), 4u);
  EXPECT_EQ(keeper_->statistics().made, made);
}

TEST_F(IndexKeeperTest, KeepsNoMoreThanItMay) {
  Put(MakeNode("states/FJI", "Fiji"), TRAFFIC_LIGHT_GREEN);
  MakeKeeper({.max_indexes = 1});
  const auto clear = Get(Caller(TRAFFIC_LIGHT_CLEAR));
  const auto green = Get(Caller(TRAFFIC_LIGHT_GREEN));
  EXPECT_NE(clear, green);
  EXPECT_EQ(keeper_->statistics().indexes, 1u);
  // Who holds an index may go on with it.
  EXPECT_EQ(clear->document_count(), 3u);
  EXPECT_NE(Get(Caller(TRAFFIC_LIGHT_CLEAR)), clear);
  EXPECT_EQ(keeper_->statistics().made, 3u);
}

TEST_F(IndexKeeperTest, SearchesALargeGraphInPart) {
  MakeKeeper({.max_documents = 2});
  const auto index = Get(Caller(TRAFFIC_LIGHT_CLEAR));
  EXPECT_EQ(index->document_count(), 2u);
  EXPECT_TRUE(index->truncated());
}

TEST_F(IndexKeeperTest, TellsWhatTheGraphTells) {
  MakeKeeper();
  EXPECT_THAT(
      keeper_->Get(Caller(TRAFFIC_LIGHT_CLEAR), "nonsense", TRAFFIC_LIGHT_UNSPECIFIED).status(),
      StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(keeper_->statistics().indexes, 0u);
}

TEST_F(IndexKeeperTest, ACallerWhoseTimeIsUpDoesNotWait) {
  MakeKeeper();
  services::CallContext late = Caller(TRAFFIC_LIGHT_CLEAR);
  late.deadline = absl::InfinitePast();
  EXPECT_THAT(keeper_->Get(late, Latest(), TRAFFIC_LIGHT_UNSPECIFIED).status(),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  services::CallContext gone = Caller(TRAFFIC_LIGHT_CLEAR);
  gone.cancelled = [] { return true; };
  EXPECT_THAT(keeper_->Get(gone, Latest(), TRAFFIC_LIGHT_UNSPECIFIED).status(),
              StatusIs(absl::StatusCode::kCancelled));
}

}  // namespace
}  // namespace attlas::search
