// RankCandidates from what is kept of all states and from what the question alone reads: the same
// bytes, over all instruments and region sets.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "services/instruments/instrument_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/services/domain/varied_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::instruments {
namespace {

using testing::AsOf;
using testing::OperatorCall;
using testing::ReaderCall;
using Request = v1::RankCandidatesRequest;

Request About(const std::string& instrument, const std::string& grouping = "",
              const std::string& date = "2026-02-03", int confidence = 0) {
  Request request;
  *request.mutable_read() = AsOf(date, static_cast<graph::v1::Confidence>(confidence));
  request.set_instrument(instrument);
  request.set_grouping(grouping);
  return request;
}

// The answer as bytes, or the error. Tokens of pages differ with who sealed them.
std::string Ask(const InstrumentQueries& queries, const services::CallContext& call,
                const Request& request) {
  const auto found = queries.RankCandidates(call, request);
  if (!found.ok()) return found.status().ToString();
  // The bytes are put together by hand, so protobuf is asked whether it would write the same.
  v1::RankCandidatesResponse response = found->Parse();
  EXPECT_TRUE(found->bytes() == response.SerializeAsString());
  EXPECT_EQ(found->head().revision(), response.revision());
  if (!response.next_page_token().empty()) response.set_next_page_token("more");
  return response.SerializeAsString();
}

// Of one who has kept nothing.
std::string AskAnew(services::GraphApi& graph, const services::CallContext& call,
                    const Request& request) {
  const InstrumentQueries queries(&graph);
  std::string answer = Ask(queries, call, request);
  EXPECT_EQ(queries.kept_candidate_tables(), 0u);
  return answer;
}

void Warm(const InstrumentQueries& queries, const services::CallContext& call) {
  for (int i = 0; i <= kCandidatesAskedBefore; ++i) Ask(queries, call, About("att"));
  EXPECT_GT(queries.kept_candidate_tables(), 0u);
}

testing::VariedGraph& Varied() {
  static testing::VariedGraph graph;
  return graph;
}

std::vector<std::string> NamesOfType(const std::string& type) {
  graph::v1::ListNodesRequest request;
  request.mutable_selector()->add_types(type);
  request.set_page_size(1000);
  const auto response = Varied().api().ListNodes(OperatorCall(), request);
  EXPECT_OK(response);
  std::vector<std::string> names;
  for (const graph::Node& node : response->nodes()) names.push_back(node.name());
  return names;
}

TEST(KeptCandidatesTest, AllInstrumentsAndRegionSetsGetTheSameAnswers) {
  const char* const dates[] = {"2026-02-03", "2014-06-01", "1997-03-01"};
  services::GraphApi& graph = Varied().api();
  const std::vector<std::string> groupings = NamesOfType("grouping");
  ASSERT_FALSE(groupings.empty());
  size_t asked = 0;
  for (const services::CallContext& call : {OperatorCall(), ReaderCall()}) {
    const InstrumentQueries keeping(&graph);
    Warm(keeping, call);
    for (const std::string& instrument : NamesOfType("instrument")) {
      for (int i = 0; i < 3; ++i) {
        ++asked;
        Request request =
            About(instrument, asked % 2 == 0 ? "" : groupings[asked / 2 % groupings.size()],
                  dates[asked % 3], static_cast<int>(asked / 3 % 5));
        request.set_page_size(asked % 4 == 0 ? 500 : 0);
        request.set_signatories_only(asked % 7 == 0);
        EXPECT_TRUE(Ask(keeping, call, request) == AskAnew(graph, call, request))
            << request.ShortDebugString();
      }
    }
  }
  EXPECT_GT(asked, 500u);
}

TEST(KeptCandidatesTest, EveryDayAndConfidenceGetsTheSameAnswers) {
  services::GraphApi& graph = Varied().api();
  const InstrumentQueries keeping(&graph);
  Warm(keeping, OperatorCall());
  for (const char* instrument : {"att", "firearms-protocol", "unpoa", "ccm"}) {
    for (const char* grouping : {"", "asean"}) {
      for (const char* date : {"1950-01-01", "2001-07-20", "2014-12-24", "2030-01-01"}) {
        for (int confidence = 0; confidence <= 4; ++confidence) {
          Request request = About(instrument, grouping, date, confidence);
          request.set_include_sources(true);
          EXPECT_TRUE(Ask(keeping, OperatorCall(), request) ==
                      AskAnew(graph, OperatorCall(), request))
              << request.ShortDebugString();
        }
      }
    }
  }
}

TEST(KeptCandidatesTest, NamesAndErrorsAreTheSame) {
  services::GraphApi& graph = Varied().api();
  const InstrumentQueries keeping(&graph);
  Warm(keeping, OperatorCall());
  for (const auto& [instrument, grouping] :
       {std::pair("Arms Trade Treaty", ""), std::pair("nothing", ""), std::pair("att", "ASEAN"),
        std::pair("att", "groupings/nothing"), std::pair("ATT", "asean")}) {
    const Request request = About(instrument, grouping);
    EXPECT_EQ(Ask(keeping, OperatorCall(), request), AskAnew(graph, OperatorCall(), request))
        << instrument << grouping;
  }
}

TEST(KeptCandidatesTest, ACommitIsSeenAndARedactionForgotten) {
  testing::VariedGraph graph;
  InstrumentQueries keeping(&graph.api());
  Warm(keeping, OperatorCall());
  graph::Edge edge = graph.EdgeFrom("states/IDN", "VOICED");
  edge.mutable_citations(0)->set_confidence(graph::v1::CONFIDENCE_UNVERIFIED);
  edge.mutable_marking()->set_space("spaces/room");
  graph.Put(edge);
  const std::string anew = AskAnew(graph.api(), OperatorCall(), About("att"));
  EXPECT_TRUE(Ask(keeping, OperatorCall(), About("att")) == anew);
  Warm(keeping, OperatorCall());
  EXPECT_TRUE(Ask(keeping, OperatorCall(), About("att")) == anew);
  Request past = About("att");
  past.mutable_read()->set_at_revision(graph.LatestToken());
  for (int i = 0; i <= kCandidatesAskedBefore; ++i) Ask(keeping, OperatorCall(), past);
  const auto listener = graph.graph().SubscribeToRedactions([&](uint64_t) { keeping.Forget(); });
  ASSERT_OK(graph.graph().Redact(
      {.scopes = {{.space = "spaces/room", .through_revision = graph.graph().LatestRevision()}}}));
  for (int i = 0; i <= kCandidatesAskedBefore; ++i) {
    EXPECT_TRUE(Ask(keeping, OperatorCall(), past) == AskAnew(graph.api(), OperatorCall(), past));
  }
}

}  // namespace
}  // namespace attlas::instruments
