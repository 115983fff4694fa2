// FindBridges from what is kept of all states and from what the question alone reads: the same
// bytes, over all states, whatever is asked, committed or taken out meanwhile.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/synergy/synergy_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/services/domain/kept_question.h"
#include "tests/services/domain/varied_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::synergy {
namespace {

using testing::AsOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::OperatorCall;
using testing::ReaderCall;
using Request = v1::FindBridgesRequest;

Request About(const std::string& state, const std::string& target,
              const std::string& date = "2026-02-03", int confidence = 0) {
  Request request;
  *request.mutable_read() = AsOf(date, static_cast<graph::v1::Confidence>(confidence));
  request.set_state(state);
  request.set_target(target);
  return request;
}

constexpr testing::KeptQuestion kBridges{&SynergyQueries::FindBridges,
                                         &SynergyQueries::kept_bridge_tables, kBridgesAskedBefore};

TEST(KeptBridgesTest, AllStatesGetTheSameAnswers) {
  const char* const targets[] = {"att", "unpoa", "firearms-protocol", "ccm", "unscr-1540"};
  const char* const dates[] = {"2026-02-03", "2014-06-01", "1997-03-01"};
  services::GraphApi& graph = testing::SharedVariedGraph().api();
  size_t asked = 0;
  for (const services::CallContext& call : {OperatorCall(), ReaderCall()}) {
    const SynergyQueries keeping(&graph);
    kBridges.Warm(keeping, call, About("IDN", "att"));
    for (const std::string& state : testing::AllPlaces()) {
      for (int i = 0; i < 2; ++i) {
        ++asked;
        Request request =
            About(state, targets[asked % 5], dates[asked % 3], static_cast<int>(asked / 3 % 5));
        request.set_page_size(asked % 4 == 0 ? 200 : 0);
        if (asked % 2 == 0) request.set_order(v1::BRIDGE_ORDER_CONTACT);
        kBridges.ExpectAsAnew(keeping, graph, call, request);
      }
    }
  }
  EXPECT_GT(asked, 700u);
}

TEST(KeptBridgesTest, EveryDayAndConfidenceGetsTheSameAnswers) {
  services::GraphApi& graph = testing::SharedVariedGraph().api();
  const SynergyQueries keeping(&graph);
  kBridges.Warm(keeping, OperatorCall(), About("IDN", "att"));
  for (const char* state : {"IDN", "MYS", "COK", "FJI", "AUS"}) {
    for (const char* date :
         {"1950-01-01", "2001-07-20", "2014-12-24", "2022-06-22", "2030-01-01"}) {
      for (int confidence = 0; confidence <= 4; ++confidence) {
        Request request = About(state, "att", date, confidence);
        request.set_include_sources(true);
        kBridges.ExpectAsAnew(keeping, graph, OperatorCall(), request);
      }
    }
  }
}

TEST(KeptBridgesTest, NamesAndErrorsAreTheSame) {
  services::GraphApi& graph = testing::SharedVariedGraph().api();
  const SynergyQueries keeping(&graph);
  kBridges.Warm(keeping, OperatorCall(), About("IDN", "att"));
  for (const auto& [state, target] :
       {std::pair("Indonesia", "att"), std::pair("TWN", "att"), std::pair("states/TWN", "att"),
        std::pair("XKX", "att"), std::pair("QQQ", "att"), std::pair("IDN", "no-such-thing"),
        std::pair("IDN", "Arms Trade Treaty"), std::pair("idn", "instruments/att")}) {
    const Request request = About(state, target);
    kBridges.ExpectAsAnew(keeping, graph, OperatorCall(), request);
  }
}

TEST(KeptBridgesTest, PagesOfAKeptAnswerAreOfOneRevision) {
  testing::VariedGraph graph;
  const SynergyQueries keeping(&graph.api());
  Request request = About("IDN", "att");
  kBridges.Warm(keeping, OperatorCall(), request);
  ASSERT_OK_AND_ASSIGN(const auto answer, keeping.FindBridges(OperatorCall(), request));
  const v1::FindBridgesResponse first = answer.Parse();
  graph::Edge edge = graph.EdgeFrom(first.bridges(0).peer().name(), "CONSENTED_TO");
  edge.mutable_valid_to()->set_year(2000);
  graph.Put(edge);
  request.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const auto next, keeping.FindBridges(OperatorCall(), request));
  const v1::FindBridgesResponse second = next.Parse();
  EXPECT_EQ(second.revision(), first.revision());
  EXPECT_EQ(second.bridges_size(), 10);
}

TEST(KeptBridgesTest, ACommitIsSeenByTheNextQuestion) {
  testing::VariedGraph graph;
  const SynergyQueries keeping(&graph.api());
  const Request now = About("IDN", "att");
  Request past = now;
  past.mutable_read()->set_at_revision(graph.LatestToken());
  kBridges.Warm(keeping, OperatorCall(), now);
  const std::string before = kBridges.Ask(keeping, OperatorCall(), past);
  graph::Edge edge = graph.EdgeFrom("states/PHL", "ATTENDED");
  for (int i = 0; i < 3; ++i) {
    edge.mutable_citations(0)->set_locator("Page " + std::to_string(i));
    graph.Put(edge);
    const std::string anew = kBridges.AskAnew(graph.api(), OperatorCall(), now);
    EXPECT_TRUE(kBridges.Ask(keeping, OperatorCall(), now) == anew);
    kBridges.Warm(keeping, OperatorCall(), now);
    EXPECT_TRUE(kBridges.Ask(keeping, OperatorCall(), now) == anew);
  }
  EXPECT_TRUE(kBridges.Ask(keeping, OperatorCall(), past) == before);
}

// A membership in a room that nobody else sees.
graph::Edge SecretMembership(testing::VariedGraph& graph) {
  graph::Edge edge = graph.EdgeFrom("states/PHL", "MEMBER_OF");
  edge.clear_name();
  edge.set_to("organizations/pif");
  edge.set_from("states/IDN");
  edge.set_qualifier("secret");
  edge.mutable_marking()->set_space("spaces/room");
  for (graph::v1::Property& property : *edge.mutable_properties()) {
    if (property.name() == "role") property.mutable_value()->set_text("member");
  }
  edge.mutable_citations(0)->set_confidence(graph::v1::CONFIDENCE_SEEN);
  edge.mutable_citations(0)->set_locator("Secret page");
  edge.clear_valid_from();
  edge.clear_valid_to();
  return edge;
}

TEST(KeptBridgesTest, NothingOfAnotherCallerAndNothingThatWasRedacted) {
  testing::VariedGraph graph;
  SynergyQueries keeping(&graph.api());
  graph.Put(SecretMembership(graph));
  Request request = About("IDN", "att");
  request.set_page_size(200);
  request.mutable_read()->set_at_revision(graph.LatestToken());
  kBridges.Warm(keeping, OperatorCall(), request);
  EXPECT_THAT(kBridges.Ask(keeping, OperatorCall(), request), HasSubstr("Secret page"));
  kBridges.Warm(keeping, ReaderCall(), request);
  EXPECT_THAT(kBridges.Ask(keeping, ReaderCall(), request), Not(HasSubstr("Secret page")));
  kBridges.ExpectAsAnew(keeping, graph.api(), ReaderCall(), request);
  const auto listener = graph.graph().SubscribeToRedactions([&](uint64_t) { keeping.Forget(); });
  const auto redacted = graph.graph().Redact(
      {.scopes = {{.space = "spaces/room", .through_revision = graph.graph().LatestRevision()}}});
  ASSERT_OK(redacted);
  ASSERT_EQ(redacted->erased, 1u);
  kBridges.Warm(keeping, OperatorCall(), request);
  EXPECT_THAT(kBridges.Ask(keeping, OperatorCall(), request), Not(HasSubstr("Secret page")));
  kBridges.ExpectAsAnew(keeping, graph.api(), OperatorCall(), request);
}

}  // namespace
}  // namespace attlas::synergy
