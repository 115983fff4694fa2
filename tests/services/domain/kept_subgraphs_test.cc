#include "services/domain/kept_subgraphs.h"

#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "services/domain/patterns.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::domain {
namespace {

using attlas::testing::AsOf;
using attlas::testing::CuratedGraph;
using attlas::testing::OperatorCall;
using IndexPtr = std::shared_ptr<const SubgraphIndex>;

// What is asked of a state, of the day and the confidence of `read`.
IndexPtr AskOf(KeptSubgraphs& subgraphs, const std::string& state,
               const graph::v1::ReadOptions& read,
               const services::CallContext& context = OperatorCall()) {
  const auto scope = MakeScope(read);
  EXPECT_OK(scope);
  std::vector<NameArgument> names;
  EXPECT_OK(AddName(NameKind::kState, "state", state, &names).status());
  auto index = subgraphs.Ask(context, *scope, &names, [&](auto* question) {
    *question->add_patterns() = PatternFrom(names[0].name(), {Forward(kActTypes)});
  });
  EXPECT_OK(index.status());
  return index.ok() ? *index : nullptr;
}

TEST(KeptSubgraphsTest, TheSameReadIsKeptWhateverTheDayAndTheConfidence) {
  KeptSubgraphs subgraphs(&CuratedGraph());
  const IndexPtr first = AskOf(subgraphs, "states/IDN", AsOf("2026-02-03"));
  EXPECT_EQ(AskOf(subgraphs, "IDN", AsOf("2014-12-24")), first);
  EXPECT_EQ(AskOf(subgraphs, "IDN", AsOf("2026-02-03", graph::v1::CONFIDENCE_SEEN)), first);
  EXPECT_NE(AskOf(subgraphs, "PHL", AsOf("2026-02-03")), first);
  EXPECT_EQ(subgraphs.statistics().values, 2u);
}

TEST(KeptSubgraphsTest, ARevisionThatIsNamedIsTheSameAsTheLatestWhereItIsThat) {
  KeptSubgraphs subgraphs(&CuratedGraph());
  const IndexPtr latest = AskOf(subgraphs, "IDN", AsOf("2026-02-03"));
  graph::v1::ReadOptions read = AsOf("2026-02-03");
  read.set_at_revision(latest->response().revision());
  EXPECT_EQ(AskOf(subgraphs, "IDN", read), latest);
}

TEST(KeptSubgraphsTest, ACallerOfAnotherClearanceReadsAnew) {
  KeptSubgraphs subgraphs(&CuratedGraph());
  const IndexPtr first = AskOf(subgraphs, "IDN", AsOf("2026-02-03"));
  services::CallContext another = OperatorCall();
  another.clearance = {};
  EXPECT_NE(AskOf(subgraphs, "IDN", AsOf("2026-02-03"), another), first);
}

TEST(KeptSubgraphsTest, NothingIsKeptAfterForgetNorWithoutMemory) {
  KeptSubgraphs subgraphs(&CuratedGraph());
  const IndexPtr first = AskOf(subgraphs, "IDN", AsOf("2026-02-03"));
  subgraphs.Forget();
  EXPECT_NE(AskOf(subgraphs, "IDN", AsOf("2026-02-03")), first);

  KeptSubgraphs none(&CuratedGraph(), 0);
  const IndexPtr unkept = AskOf(none, "IDN", AsOf("2026-02-03"));
  EXPECT_NE(AskOf(none, "IDN", AsOf("2026-02-03")), unkept);
  EXPECT_EQ(none.statistics().values, 0u);
}

TEST(KeptSubgraphsTest, WhatIsLargerThanItsMemoryIsReadEachTime) {
  KeptSubgraphs subgraphs(&CuratedGraph(), 4'000);
  const IndexPtr first = AskOf(subgraphs, "IDN", AsOf("2026-02-03"));
  ASSERT_GT(first->response().subgraph().edges_size(), 10);
  EXPECT_NE(AskOf(subgraphs, "IDN", AsOf("2026-02-03")), first);
}

// It is the graph that tells what is missing, each time.
TEST(KeptSubgraphsTest, AMissIsAnErrorEachTime) {
  KeptSubgraphs subgraphs(&CuratedGraph());
  const auto scope = MakeScope(AsOf("2026-02-03"));
  ASSERT_OK(scope);
  for (int i = 0; i < 2; ++i) {
    std::vector<NameArgument> names;
    ASSERT_OK(AddName(NameKind::kState, "state", "states/XQQ", &names).status());
    const auto index = subgraphs.Ask(OperatorCall(), *scope, &names, [&](auto* question) {
      *question->add_patterns() = PatternFrom(names[0].name(), {});
    });
    EXPECT_EQ(index.status().code(), absl::StatusCode::kNotFound);
  }
}

}  // namespace
}  // namespace attlas::domain
